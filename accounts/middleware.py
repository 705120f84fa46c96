"""What every request of a logged-in person passes: the limits of his session, his post, a password that must change."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.passwords import must_change
from audit import events

IDLE_MINUTES = 20
# The mark of the last sign of life is written at most once a minute, so that reading stays reading.
MARK_SECONDS = 60
IDLE = f"已超过 {IDLE_MINUTES} 分钟未操作，为保护人员信息已自动退出。请重新登录后继续办理。"
TOO_LONG = "本次登录已满 8 小时，为保护人员信息已自动退出。请重新登录后继续办理。"


class SessionLimits:
    """Ends a session after 20 idle minutes, and after 8 hours whatever happened in them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        session, now = request.session, int(timezone.now().timestamp())
        seen, since = session.get("seen", now), session.get("since", now)
        if now - since > settings.SESSION_COOKIE_AGE:
            return self._end(request, TOO_LONG)
        if now - seen > IDLE_MINUTES * 60:
            return self._end(request, IDLE)
        if "seen" not in session or now - seen >= MARK_SECONDS:
            session["seen"], session["since"] = now, since
        return self.get_response(request)

    def _end(self, request, words):
        events.note(request, "timeout", actor_name=request.user.name)
        logout(request)
        messages.warning(request, words)
        if request.method in ("GET", "HEAD"):
            # A public page answers as it is, any other sends to the login by LoginRequiredMiddleware.
            return self.get_response(request)
        return redirect_to_login(_page_of(request))


def _page_of(request):
    """The page whose form was sent: the address of a POST cannot be opened after the login."""
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return page
    return reverse(settings.LOGIN_REDIRECT_URL)


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


class PasswordFirst:
    """Whoever still has his initial password, or one that is too old, changes it before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and must_change(user) and request.path not in _open_pages():
            return redirect("password_change")
        return self.get_response(request)


def _open_pages():
    return {
        reverse(name) for name in ("password_change", "password_change_done", "login", "logout", "accounts:large_type")
    }
