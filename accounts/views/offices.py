"""The tree of offices: looked up, kept, linked to other receivers. Nothing is deleted."""

from django.db.models import Q
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import places, story
from accounts.duties import Duty
from accounts.forms.keyed import KeyedForm, ReasonForm
from accounts.forms.places import AliasForm, NewOfficeForm, OfficeFactsForm, RelinkForm
from accounts.models import Office, OfficeAlias
from accounts.models.places import OfficeKind
from accounts.views.guard import as_it_is, attempt, needs
from weihai_transfer.lib import filters
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.words import Badge

FACTS = ("name", "short_name", "address", "phone", "note")
IN_USE = (("1", "在用"), ("0", "停用"))
FORM_METHODS = ("GET", "HEAD", "POST")


def use_badge(place):
    return Badge("在用", "done") if place.active else Badge("停用", "closed")


def _areas():
    return Office.objects.filter(kind=OfficeKind.AREA).order_by("path").values_list("path", "name")


def _named_like(rows, text):
    aliased = OfficeAlias.objects.filter(name__contains=text).values("office")
    return rows.filter(
        Q(name__contains=text) | Q(short_name__contains=text) | Q(code__startswith=text) | Q(pk__in=aliased)
    )


COLUMNS = (
    Column("name", "名称", link=True),
    Column("code", "代码", sort="code"),
    Column("kind", "类别", "get_kind_display", sort="kind"),
    Column("parent", "上级单位", "parent"),
    Column("stats_parent", "统计上级代码", optional=True, hidden=True),
    Column("note", "说明", optional=True, hidden=True),
    Column("active", "状态", use_badge),
)
FILTERS = (
    Filter("area", "区市、开发区", _areas, lookup="path__startswith"),
    Filter("kind", "类别", OfficeKind.choices),
    Filter("text", "名称、别名或代码", kind=filters.TEXT, narrow=_named_like),
    Filter("active", "状态", IN_USE),
)


def _crumbs(*more):
    return [("单位与人员", reverse("accounts:offices")), *more]


@require_safe
@needs(Duty.MANAGE_SYSTEM)
def offices(request):
    rows = Office.objects.select_related("parent")
    page = ListPage(request, rows, columns=COLUMNS, filters=FILTERS, order=("path",), unit="个", row_url=_url_of)
    context = {"title": f"单位（{page.count:,} 个）", "list": page, "crumbs": _crumbs(("单位", ""))}
    return render(request, "accounts/offices.html", context)


def _url_of(office):
    return reverse("accounts:office", args=[office.pk])


@require_safe
@needs(Duty.MANAGE_SYSTEM)
def office(request, pk):
    return _show(request, get_object_or_404(Office.objects.select_related("parent"), pk=pk), AliasForm())


def _show(request, one, alias_form):
    above = Office.objects.filter(code__in=one.path.split("/")[:-2]).order_by("path")
    context = {
        "title": one.name,
        "crumbs": _crumbs(*((str(each), _url_of(each)) for each in above), (one.name, "")),
        "office": one,
        "badge": use_badge(one),
        "back_url": back_url(request, reverse("accounts:offices")),
        "alias_form": alias_form,
        "removal": KeyedForm(),
        "aliases": one.aliases.order_by("name"),
        "links": one.links.select_related("receiver").order_by("-since", "-pk"),
        "children": one.children.order_by("-active", "path"),
        "may_have_children": one.active and places.kinds_below(one),
        "entries": story.of_office(one),
    }
    return render(request, "accounts/office.html", context)


def _form_page(request, one, form, title, submit, **more):
    context = {
        "title": title,
        "crumbs": _crumbs((str(one), _url_of(one)), (title, "")),
        "form": form,
        "submit": submit,
        "cancel_url": _url_of(one),
        **more,
    }
    return render(request, "accounts/form.html", context)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def add_office(request, pk):
    parent = get_object_or_404(Office, pk=pk)
    form = NewOfficeForm(parent, request.POST or None)
    if form.is_valid():
        done = attempt(
            request, form, lambda: places.add_office(parent, actor=request.user, **form.cleaned_data), "已新增单位。"
        )
        if done:
            return redirect("accounts:office", parent.pk if done.again else done.result.pk)
    return _form_page(request, parent, form, f"新增{parent}的下级单位", "新增")


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def change_office(request, pk):
    one = get_object_or_404(Office, pk=pk)
    initial = {name: getattr(one, name) for name in FACTS} | {"version": places.version_of(one)}
    form = OfficeFactsForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        request, form, lambda: places.change_office(one, actor=request.user, **form.cleaned_data), "已保存修改。"
    ):
        return redirect(_url_of(one))
    return _form_page(request, one, form, f"修改{one}的信息", "保存", now=as_it_is(form, one))


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def relink_office(request, pk):
    one = get_object_or_404(Office.objects.exclude(parent=None).select_related("parent"), pk=pk)
    form = RelinkForm(one, request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        receiver = given.pop("receiver")
        said = f"{one}已调整到{receiver}。"
        if attempt(request, form, lambda: places.relink(one, receiver, actor=request.user, **given), said):
            return redirect(_url_of(one))
    intro = f"现属{one.parent}。调整后，其下级单位和在该单位名下的退休人员随同由新的上级单位查看和办理。"
    return _form_page(request, one, form, f"调整{one}的隶属关系", "调整", intro=intro)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def use_office(request, pk):
    """Out of use, or back into use: whichever it is not."""
    one = get_object_or_404(Office, pk=pk)
    word = "停用" if one.active else "启用"
    form = ReasonForm(request.POST or None)
    wanted = request.POST.get("wanted") == "1"
    if form.is_valid() and attempt(
        request,
        form,
        lambda: places.set_office_active(one, wanted, actor=request.user, **form.cleaned_data),
        f"{one}已{'启用' if wanted else '停用'}。",
    ):
        return redirect(_url_of(one))
    intro = "停用后不能再向该单位分配人员，也不能在该单位任职；已有记录照常保留。" if one.active else ""
    hidden = [("wanted", "0" if one.active else "1")]
    return _form_page(request, one, form, f"{word}{one}", word, danger=one.active, intro=intro, hidden=hidden)


@require_POST
@needs(Duty.MANAGE_SYSTEM)
def add_alias(request, pk):
    one = get_object_or_404(Office.objects.select_related("parent"), pk=pk)
    form = AliasForm(request.POST)
    if form.is_valid() and attempt(
        request, form, lambda: places.add_alias(one, actor=request.user, **form.cleaned_data), "已新增别名。"
    ):
        return redirect(_url_of(one))
    return _show(request, one, form)


@require_POST
@needs(Duty.MANAGE_SYSTEM)
def remove_alias(request, pk, alias):
    one = get_object_or_404(Office, pk=pk)
    row = get_object_or_404(OfficeAlias.objects.filter(office=one), pk=alias)
    form = KeyedForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    attempt(
        request, None, lambda: places.remove_alias(row, actor=request.user, **form.cleaned_data), f"已删除别名“{row}”。"
    )
    return redirect(_url_of(one))
