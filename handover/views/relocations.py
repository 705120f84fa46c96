"""Relocations: the list, one of them, asking from either end, answering one or many."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds, reach_of
from accounts.views.guard import attempt
from audit import events
from handover import relocating
from handover.forms.relocations import ComingForm, LeavingForm
from handover.models import Case, Relocation
from handover.relocating import DESK
from handover.services import relocations
from handover.states.cases import RECEIVED
from handover.states.relocations import MACHINE
from handover.viewers import holds_over
from tracks import desk
from tracks.taking import offers
from weihai_transfer.lib.pages import back_url

SHOWN_WITH = ("retiree__office", "enterprise", "office__parent", "to_office__parent")


@require_safe
def show_relocations(request):
    if not holds(request.user, *Relocation.objects.all().seen_with):
        raise PermissionDenied
    page = relocating.relocations_page(request)
    context = {
        "title": f"属地变更（{page.count:,} 人）",
        "crumbs": [("退休人员", reverse("handover:people")), ("属地变更", "")],
        "list": page,
        "bulk": relocating.bulk_buttons(request.user),
        "chosen": desk.left_over(request, DESK),
        "may_ask": bool(reach_of(request.user, Duty.RECEIVE).offices),
    }
    return render(request, "handover/relocations.html", context)


@require_safe
def show_relocation(request, pk):
    row = get_object_or_404(Relocation.objects.visible_to(request.user).select_related(*SHOWN_WITH), pk=pk)
    events.note(request, "open_person", subject=f"handover.Relocation {pk}")
    actions = desk.actions_of(DESK, row, offers(row, request.user), relocating.has_form)
    person = desk.header_of(row, request.user)
    context = {
        "title": f"属地变更（{row.retiree.name}）",
        "crumbs": [("属地变更", back_url(request, reverse("handover:relocations"))), (row.retiree.name, "")],
        "person": person,
        "track": relocating.track_of(row, request.user),
        "actions": actions,
        "facts": relocating.facts_of(row),
        "person_url": reverse("handover:person", args=[row.retiree_id])
        if Case.objects.visible_to(request.user).filter(pk=row.retiree_id).exists()
        else "",
        "entries": relocating.entries(row),
    }
    return render(request, "handover/relocation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, pk):
    """The office that has the person asks another one."""
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("retiree", "enterprise"), pk=pk)
    if not holds_over(case, request.user, Duty.RECEIVE):
        raise PermissionDenied
    person = reverse("handover:person", args=[pk])
    if case.state not in RECEIVED or case.office_id is None:
        messages.error(request, relocations.NOT_RECEIVED)
        return redirect(person)
    form = LeavingForm(request.POST if request.method == "POST" else None)
    crumbs = [("退休人员", reverse("handover:people")), (case.retiree.name, person), ("申请属地变更", "")]

    def ask(given, key):
        office = given.pop("office")
        relocations.ask_to_leave(case.retiree, office, actor=request.user, key=key, **given)

    intro = f"{case.retiree.name}搬到其他镇（街道）居住的，由新单位接收后转出；接收以前仍由本单位管理。"
    return _ask(request, form, ask, crumbs, intro, person)


@sensitive_post_parameters("id_number", "name")
@require_http_methods(["GET", "HEAD", "POST"])
def come(request):
    """A new office asks for a person who lives with it now."""
    offices = reach_of(request.user, Duty.RECEIVE).offices
    if not offices:
        raise PermissionDenied
    form = ComingForm(offices, request.POST if request.method == "POST" else None)
    listed = reverse("handover:relocations")

    def ask(given, key):
        number, name, office = given.pop("id_number"), given.pop("name"), given.pop("office")
        events.note(request, "search", field="属地变更")
        relocations.ask_to_come(number, name, office, actor=request.user, key=key, **given)

    intro = "本人已搬到本辖区居住的，填写证件号码和姓名提出申请，由原单位同意后转入。"
    return _ask(request, form, ask, [("属地变更", listed), ("申请转入", "")], intro, listed)


def _ask(request, form, ask, crumbs, intro, back):
    if form.is_valid():
        given = dict(form.cleaned_data)
        key = given.pop("key")
        if attempt(request, form, lambda: ask(given, key), "申请已提交，等待对方单位答复。"):
            return redirect("handover:relocations")
    action = desk.Action("提交申请", form=None, preview=None, run=None, intro=intro)
    context = {"title": crumbs[-1][0], "crumbs": crumbs, "action": action, "form": form, "row_url": back}
    return render(request, "tracks/act.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk, step):
    if step not in MACHINE.by_name:
        raise Http404
    row = get_object_or_404(Relocation.objects.visible_to(request.user).select_related("retiree", "enterprise"), pk=pk)
    return desk.step_on_one(request, DESK, row, MACHINE[step], relocating.step_action(step, request.user, row))


@require_POST
def bulk(request):
    name = request.POST.get("step", "")
    if name not in relocating.USUAL:
        return HttpResponseBadRequest()
    if not reach_of(request.user, Duty.RECEIVE).offices:
        raise PermissionDenied
    listing = relocating.relocations_page(request)
    return desk.act_on_many(request, DESK, listing, relocating.step_action(name, request.user))


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, DESK, key)
