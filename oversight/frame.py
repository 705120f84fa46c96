"""What every page's frame shows: the user's posts, the navigation of his positions."""


def frame(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"posts": user.posts, "post": user.post, "large_type": user.large_type, "navigation": []}
