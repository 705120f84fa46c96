"""The list of memberships and the page of one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.scope import holds
from audit import events
from party import listing, timeline
from party.desk import DESK, has_form
from party.models import Letter, Membership
from party.path import track_of
from party.services import preview_receipts
from party.states import State
from tracks import desk
from tracks.taking import offers
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.words import Badge

OF_THE_PERSON = (
    "political_status",
    "party_branch",
    "party_joined_on",
    "party_confirmed_on",
    "dues_paid_until",
    "dues_monthly",
)


@require_safe
def show_memberships(request):
    if not holds(request.user, *Membership.objects.all().seen_with):
        raise PermissionDenied
    page = listing.memberships_page(request)
    states = [state for state in request.GET.getlist("state") if state in State.values]
    context = {
        "title": f"党组织关系（{page.count:,} {page.unit}）",
        "crumbs": [("党组织关系", "")],
        "list": page,
        "bulk": listing.bulk_buttons(request.user, states, request.GET.get("chase", "")),
        "chosen": desk.left_over(request, DESK),
    }
    return render(request, "party/memberships.html", context)


@require_safe
def chase(request):
    """The list of everybody who might be lost on the way."""
    return redirect(f"{reverse('party:memberships')}?chase=at_risk")


@require_safe
def show_membership(request, pk):
    rows = Membership.objects.visible_to(request.user).select_related("retiree__office", "enterprise", "office")
    membership = get_object_or_404(rows.with_letter(), pk=pk)
    events.note(request, "open_person", subject=str(pk), field="党组织关系")
    user, today = request.user, timezone.localdate()
    actions = desk.actions_of(DESK, membership, offers(membership, user), has_form)
    if preview_receipts([pk], actor=user).moved:
        actions.append({"label": "登记回执", "url": reverse("party:receipt", args=[pk])})
    letters = (
        Letter.objects.visible_to(user).filter(membership=pk).select_related("addressee").order_by("-issued_on", "-id")
    )
    context = {
        "title": f"党组织关系（{membership.retiree.name}）",
        "crumbs": [("党组织关系", back_url(request, reverse("party:memberships"))), (membership.retiree.name, "")],
        "person": desk.header_of(membership, user),
        "track": track_of(membership, user, today),
        "actions": actions,
        "facts": _facts(membership),
        "letters": [(letter, _standing(letter, today)) for letter in letters],
        "entries": timeline.entries(membership.retiree, user),
    }
    return render(request, "party/membership.html", context)


def _facts(membership):
    retiree = membership.retiree
    own = [
        (Membership._meta.get_field(name).verbose_name, getattr(membership, name))
        for name in ("office", "branch", "placed_on")
    ]
    person = []
    for name in OF_THE_PERSON:
        field = retiree._meta.get_field(name)
        label = "原所在党支部" if name == "party_branch" else field.verbose_name
        person.append((label, getattr(retiree, f"get_{name}_display")() if field.choices else getattr(retiree, name)))
    return [*own, *person, ("联系电话", retiree.masked_phone)]


def _standing(letter, today):
    if letter.voided_at:
        return Badge("已作废", "closed")
    if letter.arrived_on:
        return Badge("已接收", "done", "回执已回" if letter.receipt_on else "待回执")
    left = letter.days_left(today)
    return Badge("有效", "away", f"剩 {left} 天") if left >= 0 else Badge("已过期", "late", f"{-left} 天")
