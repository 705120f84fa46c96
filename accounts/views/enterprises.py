"""The enterprises and their groups."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import places, story
from accounts.duties import Duty
from accounts.forms.keyed import ReasonForm
from accounts.forms.places import EnterpriseForm
from accounts.models import Enterprise
from accounts.models.places import EnterpriseLevel
from accounts.views.guard import as_it_is, attempt, needs
from accounts.views.offices import FORM_METHODS, IN_USE, use_badge
from weihai_transfer.lib import filters
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import back_url

FACTS = (
    "name",
    "short_name",
    "credit_code",
    "level",
    "parent",
    "address",
    "phone",
    "annuity",
    "annuity_filing",
    "supervisor",
)


def _named_like(rows, text):
    return rows.filter(
        Q(name__contains=text) | Q(short_name__contains=text) | Q(code__startswith=text) | Q(credit_code=text.upper())
    )


COLUMNS = (
    Column("name", "企业名称", link=True),
    Column("code", "代码", sort="code"),
    Column("level", "隶属关系", "get_level_display", sort="level"),
    Column("parent", "上级企业", "parent"),
    Column("credit_code", "统一社会信用代码"),
    Column("annuity", "企业年金", lambda one: "已实施" if one.annuity else "未实施"),
    Column("active", "状态", use_badge),
)
FILTERS = (
    Filter("level", "隶属关系", EnterpriseLevel.choices),
    Filter("text", "名称或代码", kind=filters.TEXT, narrow=_named_like),
    Filter("annuity", "企业年金", (("1", "已实施"), ("0", "未实施"))),
    Filter("active", "状态", IN_USE),
)


def _crumbs(*more):
    return [("单位与人员", reverse("accounts:offices")), ("企业", reverse("accounts:enterprises")), *more]


def _url_of(one):
    return reverse("accounts:enterprise", args=[one.pk])


@require_safe
@needs(Duty.MANAGE_SYSTEM)
def enterprises(request):
    rows = Enterprise.objects.select_related("parent")
    page = ListPage(request, rows, columns=COLUMNS, filters=FILTERS, order=("path",), unit="家", row_url=_url_of)
    context = {"title": f"企业（{page.count:,} 家）", "list": page, "crumbs": _crumbs()[:1] + [("企业", "")]}
    return render(request, "accounts/enterprises.html", context)


@require_safe
@needs(Duty.MANAGE_SYSTEM)
def enterprise(request, pk):
    one = get_object_or_404(Enterprise.objects.select_related("parent", "supervisor"), pk=pk)
    context = {
        "title": one.name,
        "crumbs": _crumbs((str(one), "")),
        "enterprise": one,
        "badge": use_badge(one),
        "back_url": back_url(request, reverse("accounts:enterprises")),
        "children": one.children.order_by("-active", "path"),
        "entries": story.of_enterprise(one),
    }
    return render(request, "accounts/enterprise.html", context)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def add_enterprise(request):
    form = EnterpriseForm(None, request.POST or None)
    if form.is_valid():
        done = attempt(
            request, form, lambda: places.add_enterprise(actor=request.user, **form.cleaned_data), "已新增企业。"
        )
        if done:
            return redirect(reverse("accounts:enterprises") if done.again else _url_of(done.result))
    context = {"title": "新增企业", "crumbs": _crumbs(("新增企业", "")), "form": form, "submit": "新增"}
    return render(request, "accounts/form.html", {**context, "cancel_url": reverse("accounts:enterprises")})


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def change_enterprise(request, pk):
    one = get_object_or_404(Enterprise, pk=pk)
    initial = {name: getattr(one, name) for name in FACTS} | {"version": places.version_of(one)}
    form = EnterpriseForm(one, request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        request, form, lambda: places.change_enterprise(one, actor=request.user, **form.cleaned_data), "已保存修改。"
    ):
        return redirect(_url_of(one))
    title = f"修改{one}的信息"
    context = {
        "title": title,
        "crumbs": _crumbs((str(one), _url_of(one)), (title, "")),
        "form": form,
        "submit": "保存",
        "cancel_url": _url_of(one),
        "now": as_it_is(form, one),
    }
    return render(request, "accounts/form.html", context)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def use_enterprise(request, pk):
    """Out of use, or back into use: whichever it is not."""
    one = get_object_or_404(Enterprise, pk=pk)
    form = ReasonForm(request.POST or None)
    wanted = request.POST.get("wanted") == "1"
    if form.is_valid() and attempt(
        request,
        form,
        lambda: places.set_enterprise_active(one, wanted, actor=request.user, **form.cleaned_data),
        f"{one}已{'启用' if wanted else '停用'}。",
    ):
        return redirect(_url_of(one))
    word = "停用" if one.active else "启用"
    context = {
        "title": f"{word}{one}",
        "crumbs": _crumbs((str(one), _url_of(one)), (word, "")),
        "form": form,
        "submit": word,
        "danger": one.active,
        "cancel_url": _url_of(one),
        "hidden": [("wanted", "0" if one.active else "1")],
        "intro": "停用后该企业不能再任职；已有记录照常保留。" if one.active else "",
    }
    return render(request, "accounts/form.html", context)
