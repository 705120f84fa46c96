"""Accounts and positions, for the security administrator."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import people, services, story
from accounts.duties import POSITIONS, Duty, Place
from accounts.forms.keyed import ReasonForm
from accounts.forms.people import AppointForm, EmailForm, NewUserForm
from accounts.models import Enterprise, EnterpriseGrant, Office, OfficeGrant, User
from accounts.views.guard import attempt, needs
from accounts.views.offices import FORM_METHODS
from weihai_transfer.lib import filters
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.words import Badge

MOST_PLACES = 20


def _standing(user):
    return Badge("启用", "done") if user.is_active else Badge("停用", "closed")


def _posts_in_words(user):
    """The posts as they stand, also of a stopped account; from the rows that the list fetched ahead."""
    grants = [*user.enterprisegrant_set.all(), *user.officegrant_set.all()]
    return "；".join(dict.fromkeys(f"{one.content_object} {POSITIONS[one.position].label}" for one in grants))


def in_position(rows, position):
    return rows.filter(
        Q(pk__in=_holders(OfficeGrant, position=position)) | Q(pk__in=_holders(EnterpriseGrant, position=position))
    )


def _holders(grants, **conditions):
    return grants.objects.filter(**conditions).values("user")


def placed_at(rows, text):
    offices = Office.objects.filter(Q(name__contains=text) | Q(short_name__contains=text)).values("pk")
    enterprises = Enterprise.objects.filter(Q(name__contains=text) | Q(short_name__contains=text)).values("pk")
    return rows.filter(
        Q(pk__in=_holders(OfficeGrant, content_object__in=offices))
        | Q(pk__in=_holders(EnterpriseGrant, content_object__in=enterprises))
    )


COLUMNS = (
    Column("username", "账号", sort="username", link=True),
    Column("name", "姓名"),
    Column("posts", "岗位", _posts_in_words),
    Column("last_login", "最近登录", sort="last_login"),
    Column("is_active", "状态", _standing),
)
# The account and not the name: what is typed here stands in the address.
FILTERS = (
    Filter("username", "账号", kind=filters.TEXT),
    Filter("place", "任职单位", kind=filters.TEXT, narrow=placed_at),
    Filter("position", "岗位", tuple((one.code, one.label) for one in POSITIONS.values()), narrow=in_position),
    Filter("is_active", "状态", (("1", "启用"), ("0", "停用"))),
)


def _crumbs(*more):
    return [("单位与人员", reverse("accounts:users")), *more]


def _url_of(user):
    return reverse("accounts:user", args=[user.pk])


@require_safe
@needs(Duty.MANAGE_SECURITY)
def users(request):
    rows = User.objects.prefetch_related("officegrant_set__content_object", "enterprisegrant_set__content_object")
    page = ListPage(request, rows, columns=COLUMNS, filters=FILTERS, order=("username",), unit="个", row_url=_url_of)
    context = {"title": f"用户（{page.count:,} 个）", "list": page, "crumbs": _crumbs(("用户", ""))}
    return render(request, "accounts/users.html", context)


@require_safe
@needs(Duty.MANAGE_SECURITY)
def user(request, pk):
    one = get_object_or_404(User, pk=pk)
    context = {
        "title": f"{one.name}（{one.username}）",
        "crumbs": _crumbs((one.name, "")),
        "account": one,
        "badge": _standing(one),
        "is_self": one == request.user,
        "is_locked": people.is_locked(one),
        "back_url": back_url(request, reverse("accounts:users")),
        "grounds": story.grounds_of(one),
        "entries": story.of_user(one),
    }
    return render(request, "accounts/user.html", context)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SECURITY)
def add_user(request):
    form = NewUserForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(request, form, lambda: people.create_user(actor=request.user, **given), "已新建账号。")
        if done and done.again:
            # The first password was shown once and is nowhere kept in clear.
            return redirect("accounts:users")
        if done:
            return _password_page(request, *done.result)
    context = {"title": "新建账号", "crumbs": _crumbs(("新建账号", "")), "form": form, "submit": "新建"}
    return render(request, "accounts/form.html", {**context, "cancel_url": reverse("accounts:users")})


def _password_page(request, account, password):
    context = {
        "title": "初始密码",
        "crumbs": _crumbs((account.name, _url_of(account)), ("初始密码", "")),
        "account": account,
        "password": password,
    }
    return render(request, "accounts/password_once.html", context)


def _reason_page(request, one, form, title, submit, **more):
    context = {
        "title": title,
        "crumbs": _crumbs((one.name, _url_of(one)), (submit, "")),
        "form": form,
        "submit": submit,
        "cancel_url": _url_of(one),
        **more,
    }
    return render(request, "accounts/form.html", context)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SECURITY)
def use_user(request, pk):
    """Stop the account, or open it again: whichever it is not."""
    one = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST or None)
    wanted = request.POST.get("wanted") == "1"
    if form.is_valid():
        verb = people.enable if wanted else people.disable
        said = f"{one}的账号已{'启用' if wanted else '停用'}。"
        done = attempt(request, form, lambda: verb(one, actor=request.user, **form.cleaned_data), said)
        if done and wanted and not done.again:
            return _password_page(request, one, done.result)
        if done:
            return redirect(_url_of(one))
    word = "停用" if one.is_active else "启用"
    intro = (
        "停用后立即退出登录，不能再登录；岗位和办理记录照常保留。"
        if one.is_active
        else "启用后生成新的初始密码，原岗位随即恢复。"
    )
    hidden = [("wanted", "0" if one.is_active else "1")]
    title = f"{word}{one.name}的账号"
    return _reason_page(request, one, form, title, word, danger=one.is_active, intro=intro, hidden=hidden)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SECURITY)
@sensitive_post_parameters()
def reset_password(request, pk):
    one = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request, form, lambda: people.reset_password(one, actor=request.user, **form.cleaned_data), "已重置密码。"
        )
        if done:
            return redirect(_url_of(one)) if done.again else _password_page(request, one, done.result)
    intro = "重置后原密码失效，该账号立即退出登录。新的初始密码只显示一次，请当面或以可靠方式告知本人。"
    return _reason_page(request, one, form, f"重置{one.name}的密码", "重置密码", danger=True, intro=intro)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SECURITY)
def unlock(request, pk):
    one = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST or None)
    said = f"已解除{one}的登录锁定。"
    if form.is_valid() and attempt(
        request, form, lambda: people.unlock(one, actor=request.user, **form.cleaned_data), said
    ):
        return redirect(_url_of(one))
    return _reason_page(request, one, form, f"解除{one.name}的登录锁定", "解除锁定")


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SECURITY)
def email(request, pk):
    one = get_object_or_404(User, pk=pk)
    form = EmailForm(request.POST or None, initial={"email": one.email})
    said = f"已登记{one}的电子邮箱。"
    if form.is_valid() and attempt(
        request, form, lambda: people.set_email(one, actor=request.user, **form.cleaned_data), said
    ):
        return redirect(_url_of(one))
    return _reason_page(request, one, form, f"登记{one.name}的电子邮箱", "登记电子邮箱")


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SECURITY)
def appoint(request, pk):
    """Two beats: places found by name, then the position at one of them."""
    one = get_object_or_404(User, pk=pk)
    text = (request.POST.get("q") or request.GET.get("q") or "").strip()[:80]
    found = _places_like(text)
    form = AppointForm(found, request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        position, place = given.pop("position"), given.pop("place")
        said = f"{one}已任{place} {POSITIONS[position].label}。"
        if attempt(request, form, lambda: services.appoint(one, position, place, actor=request.user, **given), said):
            return redirect(_url_of(one))
    context = {
        "title": f"{one.name}任职",
        "crumbs": _crumbs((one.name, _url_of(one)), ("任职", "")),
        "account": one,
        "q": text,
        "found": found,
        "too_many": len(found) == MOST_PLACES,
        "form": form,
        "hidden": [("q", text)],
        "cancel_url": _url_of(one),
        "submit": "任职",
    }
    return render(request, "accounts/appoint.html", context)


def _places_like(text):
    """Offices and enterprises in use whose name or code is like `text`, those that are called exactly so first."""
    if not text:
        return []
    like = Q(name__contains=text) | Q(short_name__contains=text) | Q(code=text)
    found = [
        *Enterprise.objects.active().filter(like).select_related("parent")[:MOST_PLACES],
        *Office.objects.active().filter(like).select_related("parent")[:MOST_PLACES],
    ]
    return sorted(found, key=lambda place: text not in (place.name, place.short_name, place.code))[:MOST_PLACES]


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SECURITY)
def dismiss(request, pk, position, kind, place):
    one = get_object_or_404(User, pk=pk)
    if position not in POSITIONS or kind not in Place.values:
        raise Http404
    at = get_object_or_404(Enterprise if kind == Place.ENTERPRISE else Office, pk=place)
    form = ReasonForm(request.POST or None)
    title = f"解除{one.name}的岗位：{at} {POSITIONS[position].label}"
    if form.is_valid() and attempt(
        request,
        form,
        lambda: services.dismiss(one, position, at, actor=request.user, **form.cleaned_data),
        f"{one}已不再担任{at} {POSITIONS[position].label}。",
    ):
        return redirect(_url_of(one))
    return _reason_page(request, one, form, title, "解除岗位", danger=True)
