"""The tree of party organisations: looked up, and kept by the party workers of each place."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.forms.keyed import ReasonForm
from accounts.scope import holds
from accounts.views.guard import attempt, needs
from party.models import Membership, PartyOrganisation
from party.models.organisations import BELOW, OrganisationKind
from party.organisations import keeping, story
from party.organisations.forms import ChangeOrganisationForm, NewOrganisationForm
from party.states import State
from party.views.guard import for_party
from weihai_transfer.lib import filters
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.words import Badge

METHODS = ("GET", "HEAD", "POST")
IN_USE = (("1", "在用"), ("0", "停用"))


def use_badge(one):
    return Badge("在用", "done") if one.active else Badge("停用", "closed")


def _placed(user):
    """How many members that the user sees are placed at an organisation or below it."""
    members = Membership.objects.visible_to(user).filter(state=State.PLACED, branch__path__startswith=OuterRef("path"))
    counted = members.order_by().annotate(at=F("state")).values("at").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


COLUMNS = (
    Column("name", "党组织", template="party/_organisation.html"),
    Column("kind", "类别", "get_kind_display", sort="kind"),
    Column("place", "所在单位", "place"),
    Column("members", "编入党员", "members_placed", template="party/_members.html", number=True),
    Column("phone", "联系电话"),
    Column("active", "状态", use_badge),
)
FILTERS = (
    Filter("kind", "类别", OrganisationKind.choices),
    Filter("text", "名称", kind=filters.TEXT, lookup="name__contains"),
    Filter("active", "状态", IN_USE),
)


@require_safe
@for_party
def show_organisations(request):
    rows = PartyOrganisation.objects.visible_to(request.user).select_related("office", "enterprise")
    page = ListPage(
        request,
        rows.annotate(members_placed=_placed(request.user)),
        columns=COLUMNS,
        filters=FILTERS,
        order=("path",),
        unit="个",
        row_url=lambda one: reverse("party:organisation", args=[one.pk]),
    )
    context = {
        "title": f"党组织（{page.count:,} 个）",
        "crumbs": _crumbs(("党组织", "")),
        "list": page,
        "keeps": holds(request.user, Duty.PARTY),
    }
    return render(request, "party/organisations.html", context)


def _crumbs(*more):
    return [("党组织关系", reverse("party:memberships")), *more]


def _seen(request, pk):
    rows = PartyOrganisation.objects.visible_to(request.user).select_related("office", "enterprise", "parent")
    return get_object_or_404(rows, pk=pk)


def _kept(request, pk):
    """404 for what is not seen, 403 for what is seen and not this user's to keep."""
    one = _seen(request, pk)
    if not PartyOrganisation.objects.open_to(request.user, Duty.PARTY).filter(pk=pk).exists():
        raise PermissionDenied
    return one


@require_safe
@for_party
def show_organisation(request, pk):
    one = _seen(request, pk)
    rows = PartyOrganisation.objects.visible_to(request.user)
    below = rows.filter(parent=one).select_related("office", "enterprise").order_by("-active", "path")
    codes = one.path.strip("/").split("/")
    above = ["/".join(codes[:length]) + "/" for length in range(1, len(codes))]
    keeps = PartyOrganisation.objects.open_to(request.user, Duty.PARTY).filter(pk=pk).exists()
    context = {
        "title": one.name,
        "crumbs": _crumbs(
            ("党组织", reverse("party:organisations")),
            *((each.name, _url(each)) for each in rows.filter(path__in=above).order_by("path")),
            (one.name, ""),
        ),
        "one": one,
        "badge": use_badge(one),
        "keeps": keeps,
        "may_have_children": one.active and BELOW[OrganisationKind(one.kind)],
        "placed": rows.filter(pk=pk).annotate(placed=_placed(request.user)).values_list("placed", flat=True).get(),
        "stopped": keeping.hindrance_to_close(one) if keeps and one.active else "",
        "children": below.annotate(members_placed=_placed(request.user)),
        "entries": story.entries(one),
        "back_url": back_url(request, reverse("party:organisations")),
    }
    return render(request, "party/organisation.html", context)


def _url(one):
    return reverse("party:organisation", args=[one.pk])


@require_http_methods(METHODS)
@needs(Duty.PARTY)
def add(request):
    form = NewOrganisationForm(request.user, request.POST or None, initial=_beginning(request))
    if form.is_valid():
        done = attempt(request, form, lambda: keeping.add(actor=request.user, **form.said()), "已新增党组织。")
        if done:
            return redirect(_url(done.result) if done.result else reverse("party:organisations"))
    return _form(request, form, "新增党组织", "新增", reverse("party:organisations"))


def _beginning(request):
    """Below the organisation from whose page the user comes, at the same place."""
    parent = request.GET.get("parent", "")
    rows = (
        PartyOrganisation.objects.open_to(request.user, Duty.PARTY).filter(pk=int(parent)) if parent.isdecimal() else ()
    )
    for one in rows:
        kind = "office" if one.office_id else "enterprise"
        return {
            "parent": one.pk,
            "place": f"{kind}-{one.office_id or one.enterprise_id}",
            "kind": OrganisationKind.BRANCH,
        }
    return {}


@require_http_methods(METHODS)
@for_party
def change(request, pk):
    one = _kept(request, pk)
    names = ("name", "nationwide", *keeping.CONTACT)
    initial = {name: getattr(one, name) for name in names} | {"version": keeping.version_of(one)}
    form = ChangeOrganisationForm(request.POST or None, initial=initial)
    if not one.is_committee:
        del form.fields["nationwide"]
    if form.is_valid():
        said = {"nationwide": False, **form.said(), "version": form.cleaned_data["version"]}
        if attempt(request, form, lambda: keeping.change(one, actor=request.user, **said), "已修改党组织信息。"):
            return redirect(_url(one))
    return _form(request, form, f"修改{one}", "保存", _url(one))


@require_http_methods(METHODS)
@for_party
def use(request, pk):
    """Closing, and opening again."""
    one = _kept(request, pk)
    wanted = not one.active
    if one.active and request.method != "POST" and (stopped := keeping.hindrance_to_close(one)):
        messages.error(request, stopped)
        return redirect(_url(one))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        said = "已启用党组织。" if wanted else "已停用党组织。"
        if attempt(
            request, form, lambda: keeping.set_active(one, wanted, actor=request.user, **form.cleaned_data), said
        ):
            return redirect(_url(one))
    label = "启用" if wanted else "停用"
    return _form(request, form, f"{label}{one}", label, _url(one), danger=not wanted)


def _form(request, form, title, submit, back, danger=False):
    context = {
        "title": title,
        "crumbs": _crumbs(("党组织", reverse("party:organisations")), (title, "")),
        "form": form,
        "submit": submit,
        "danger": danger,
        "cancel_url": back,
    }
    return render(request, "accounts/form.html", context)
