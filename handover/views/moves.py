"""Moves told to the former enterprise: the list beside the deaths, one of them, taking note of one or many."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds
from audit import events
from handover.community import moves
from handover.community.moves import DESK
from handover.models import Case, MoveNotice
from handover.states.moves import MACHINE
from tracks import desk
from tracks.taking import offers
from weihai_transfer.lib.pages import back_url


@require_safe
def show_moves(request):
    if not holds(request.user, *MoveNotice.objects.all().seen_with):
        raise PermissionDenied
    page = moves.moves_page(request)
    context = {
        "title": f"迁移告知（{page.count:,} 人）",
        "crumbs": [("退休人员", reverse("handover:people")), ("去世与迁移告知", "")],
        "list": page,
        "bulk": moves.bulk_buttons(request.user),
        "chosen": desk.left_over(request, DESK),
    }
    return render(request, "handover/community/moves.html", context)


@require_safe
def show_move(request, pk):
    row, user = _seen(request, pk), request.user
    events.note(request, "open_person", subject=f"handover.MoveNotice {pk}")
    sees_person = Case.objects.visible_to(user).filter(pk=row.retiree_id).exists()
    context = {
        "title": f"迁移告知（{row.retiree.name}）",
        "crumbs": [("去世与迁移告知", back_url(request, reverse("handover:moves"))), (row.retiree.name, "")],
        "person": desk.header_of(row, user),
        "track": moves.track_of(row, user),
        "actions": desk.actions_of(DESK, row, offers(row, user), moves.has_form),
        "facts": moves.facts_of(row),
        "person_url": reverse("handover:person", args=[row.retiree_id]) if sees_person else "",
        "entries": moves.entries(row),
    }
    return render(request, "handover/relocation.html", context)


def _seen(request, pk):
    rows = MoveNotice.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("retiree__office", "enterprise", "office__parent"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk, step):
    if step not in MACHINE.by_name:
        raise Http404
    return desk.step_on_one(request, DESK, _seen(request, pk), MACHINE[step], moves.action(request.user))


@require_POST
def bulk(request):
    if not holds(request.user, Duty.SUBMIT):
        raise PermissionDenied
    return desk.act_on_many(request, DESK, moves.moves_page(request), moves.action(request.user))


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, DESK, key)
