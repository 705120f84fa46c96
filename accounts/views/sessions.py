"""Coming in, going out, and what a person sets for himself."""

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms.sessions import LoginForm, NewPasswordForm
from accounts.models import User
from accounts.passwords import must_change
from audit import events


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request):
    wanted = _own_address(request, request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated and request.method != "POST":
        return redirect(wanted or settings.LOGIN_REDIRECT_URL)
    form = LoginForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        for name in ("seen", "since"):
            request.session.pop(name, None)
        auth.login(request, form.get_user())
        events.note(request, "login")
        return redirect(wanted or settings.LOGIN_REDIRECT_URL)
    if request.method == "POST":
        kind = "login_locked" if getattr(request, "axes_locked_out", False) else "login_failed"
        events.note(request, kind, actor_name=request.POST.get("username", "")[:40])
    return render(request, "registration/login.html", {"form": form, "next": wanted})


@login_not_required
@require_POST
def logout(request):
    user = request.user
    if user.is_authenticated:
        auth.logout(request)
        # The event is written after the answer and belongs to the person who left.
        request.user = user
        events.note(request, "logout")
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request):
    form = NewPasswordForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        auth.update_session_auth_hash(request, request.user)
        events.note(request, "password_change")
        return redirect("password_change_done")
    context = {"form": form, "forced": must_change(request.user)}
    return render(request, "registration/password_change_form.html", context)


@require_safe
def password_change_done(request):
    return render(request, "registration/password_change_done.html")


@require_POST
def switch_post(request):
    chosen = next((post for post in request.user.posts if post.key == request.POST.get("post")), None)
    if chosen is None:
        raise Http404
    request.session["post"] = chosen.key
    request.session.cycle_key()
    messages.success(request, f"当前岗位为{chosen.label}。")
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_POST
def large_type(request):
    User.objects.filter(pk=request.user.pk).update(large_type=not request.user.large_type)
    return redirect(_own_address(request, request.POST.get("next")) or settings.LOGIN_REDIRECT_URL)


def _own_address(request, address):
    """The address if it leads into this site, else nothing; the front page counts as nothing asked for."""
    if not address or address == resolve_url(settings.LOGIN_REDIRECT_URL):
        return ""
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if own else ""
