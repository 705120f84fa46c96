class CurrentPost:
    """Puts the post that the user chose on the user object; a post that was withdrawn is forgotten."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated:
            chosen = request.session.get("post")
            for post in user.posts:
                if post.key == chosen:
                    user.post = post
        return self.get_response(request)
