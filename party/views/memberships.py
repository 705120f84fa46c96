"""The list of memberships and the page of one."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import events
from party import custody, listing, timeline, unreachable
from party.desk import DESK, has_form
from party.ends import SENDING
from party.models import Letter, Membership, SearchRecord
from party.papers import PAPERS
from party.path import track_of
from party.services import preview_receipts
from party.states import State
from party.summary import ends_of
from party.views.guard import BOTH_ENDS, for_party
from tracks import desk
from tracks.papers import pages as paper_pages
from tracks.taking import offers
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.words import Badge, shown

OWN = ("branch_name", "placed_on", "floating", "floating_to", "lost_since", "stopped_on", "papers_complete", "remark")
# Said of few members, and left out where there is nothing to say.
RARE = ("floating_to", "lost_since", "stopped_on", "remark")
LABELS = {"branch_name": "所在党支部", "papers_complete": "材料齐全"}
OF_THE_PERSON = (
    "political_status",
    "party_branch",
    "party_joined_on",
    "party_confirmed_on",
    "dues_paid_until",
    "dues_monthly",
)


@require_safe
@for_party
def show_memberships(request):
    page = listing.memberships_page(request)
    states = [state for state in request.GET.getlist("state") if state in State.values]
    context = {
        "title": f"党组织关系（{page.count:,} {page.unit}）",
        "crumbs": [("党组织关系", "")],
        "list": page,
        "bulk": listing.bulk_buttons(request.user, states, request.GET.get("chase", "")),
        "chosen": desk.left_over(request, DESK),
        "sends": SENDING in ends_of(request.user),
    }
    return render(request, "party/memberships.html", context)


@require_safe
def show_membership(request, pk):
    rows = Membership.objects.visible_to(request.user).select_related("retiree__office", "enterprise", "office")
    membership = get_object_or_404(rows.with_letter(), pk=pk)
    events.note(request, "open_person", subject=str(pk), field="党组织关系")
    user, today = request.user, timezone.localdate()
    mine = Membership.objects.open_to(user, *BOTH_ENDS).filter(pk=pk).exists()
    letters = Letter.objects.visible_to(user).filter(membership=pk).select_related("addressee", "committee")
    context = {
        "title": f"党组织关系（{membership.retiree.name}）",
        "crumbs": [("党组织关系", back_url(request, reverse("party:memberships"))), (membership.retiree.name, "")],
        "person": {**desk.header_of(membership, user), "masked_phone": membership.retiree.masked_phone},
        "track": track_of(membership, user, today),
        "actions": _actions(membership, user, mine),
        "facts": _facts(membership),
        "letters": [(letter, _standing(letter, today)) for letter in letters.order_by("-issued_on", "-id")],
        "line": custody.line_of(membership),
        "hints": unreachable.hints(membership, today),
        "searches": SearchRecord.objects.visible_to(user).filter(membership=pk),
        "papers": paper_pages.papers_of(PAPERS, membership, user),
        "contact_url": reverse("party:contact", args=[pk]) if mine and membership.retiree.phone else "",
        "entries": timeline.entries(membership.retiree, user),
    }
    return render(request, "party/membership.html", context)


def _actions(membership, user, mine):
    actions = desk.actions_of(DESK, membership, offers(membership, user), has_form)
    if preview_receipts([membership.pk], actor=user).moved:
        actions.append({"label": "登记回执", "url": reverse("party:receipt", args=[membership.pk])})
    if mine:
        actions.append({"label": "登记党员情况", "url": reverse("party:facts", args=[membership.pk])})
        if unreachable.is_lost(membership):
            actions.append({"label": "登记查找记录", "url": reverse("party:search", args=[membership.pk])})
    return actions


def _facts(membership):
    retiree, letter = membership.retiree, membership.letter
    said = [name for name in OWN if name not in RARE or getattr(membership, name)]
    own = [
        (LABELS.get(name) or Membership._meta.get_field(name).verbose_name, getattr(membership, name)) for name in said
    ]
    person = []
    for name in OF_THE_PERSON:
        field = retiree._meta.get_field(name)
        label = "原所在党支部" if name == "party_branch" else field.verbose_name
        person.append((label, getattr(retiree, f"get_{name}_display")() if field.choices else getattr(retiree, name)))
    return [("转入党组织", letter.to_words if letter else membership.office), *own, *person]


def _standing(letter, today):
    if letter.voided_at:
        return Badge("已作废", "closed", f"{shown(timezone.localdate(letter.voided_at))}")
    if letter.arrived_on:
        return Badge("已接收", "done", "回执已回" if letter.receipt_on else "待回执")
    left = letter.days_left(today)
    return Badge("有效", "away", f"剩 {left} 天") if left >= 0 else Badge("已过期", "late", f"{-left} 天")
