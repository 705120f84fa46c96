"""What can go wrong or stands still beside the people's own cases: letters, shipments, agreements, money, problems.

Each line counts by the query of the list that it leads to; whoever has no list of a kind has no line of it.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from accounts.models import Enterprise
from accounts.scope import holds
from archives import terms as shipment_terms
from archives.models import Dossier, FilingFee, Shipment
from archives.shipment_states import NOT_RECEIVED
from archives.states import State as DossierState
from benefits import medical_terms
from benefits.lists.items import STANDINGS
from benefits.medical_states import OPEN as MEDICAL_OPEN
from benefits.models import MedicalTransfer, OutOfPoolItem
from benefits.models.medical import SEEN_WITH as SEES_MEDICAL
from handover.agreements import viewers as agreement_viewers
from handover.models import Agreement, Case, Notice, Problem
from handover.models.notices import SEES_NOTICES
from handover.models.problems import SEES_PROBLEMS
from handover.problems import due
from handover.states import agreements, notices, problems
from party import chasing
from party.models import Membership
from party.models.memberships import MembershipQuerySet
from weihai_transfer.lib import clock
from weihai_transfer.lib.linked import Number


@dataclass(frozen=True)
class Line:
    label: str
    number: Number
    unit: str
    # Something of it is past its day or lost.
    bad: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    lines: list


def groups(user):
    """[Group] of everything that this viewer has a list of."""
    found = [Group(title, make(user)) for title, sees, make in GROUPS if holds(user, *sees)]
    return [one for one in found if one.lines]


def _line(label, rows, unit, name, query=(), *, bad=False):
    count = rows if isinstance(rows, int) else rows.count()
    url = f"{reverse(name)}?{urlencode(list(query))}" if query else reverse(name)
    return Line(label, Number(count, url), unit, bad and count > 0)


def _letters(user):
    mine, today = Membership.objects.visible_to(user), clock.today()
    return [
        _line(
            kind.label,
            chasing.chased(mine, kind.code, today),
            "人",
            "party:chase",
            [("kind", kind.code)],
            bad=kind.code != "at_risk",
        )
        for kind in chasing.KINDS.values()
    ]


def _shipments(user):
    dossiers, shipments = Dossier.objects.visible_to(user), Shipment.objects.visible_to(user)
    return [
        _line(
            "移交途中的批次",
            shipments.filter(state__in=NOT_RECEIVED),
            "批",
            "archives:shipments",
            [("state", state.value) for state in NOT_RECEIVED],
        ),
        _line(
            "逾期未核收的批次",
            shipment_terms.overdue(shipments),
            "批",
            "archives:shipments",
            [("overdue", "1")],
            bad=True,
        ),
        *(
            _line(
                f"档案{state.label}",
                dossiers.filter(state=state),
                "卷",
                "archives:dossiers",
                [("state", state.value)],
                bad=state == DossierState.LOST,
            )
            for state in (DossierState.LOST, DossierState.RETURNED, DossierState.DEFERRED, DossierState.DISPUTED)
        ),
    ]


def _agreements(user):
    mine = Agreement.objects.visible_to(user)
    by_state = dict(mine.order_by().values_list("state").annotate(Count("pk")))
    states = [state for state in agreements.State if by_state.get(state)]
    lines = [
        _line(f"协议{state.label}", by_state[state], "份", "handover:agreements", [("state", state.value)])
        for state in states
    ]
    late = agreement_viewers.late(mine, user)
    return [*lines, _line("逾期未签订", late, "份", "handover:agreements", [("late", "1")], bad=True)]


def _medical(user):
    mine = MedicalTransfer.objects.visible_to(user)
    open_ones = [("state", state.value) for state in MEDICAL_OPEN]
    return [
        _line("医保衔接在办", mine.filter(state__in=MEDICAL_OPEN), "人", "benefits:medical", open_ones),
        _line("医保衔接逾期", medical_terms.overdue(mine), "人", "benefits:medical", [("overdue", "1")], bad=True),
    ]


def _money(user):
    items, fees = OutOfPoolItem.objects.visible_to(user), FilingFee.objects.visible_to(user)
    return [
        _line("统筹外项目", items, "项", "benefits:items"),
        _line("待判定", items.filter(treatment=None), "项", "benefits:items", [("state", "none")]),
        _line("已办结", items.filter(STANDINGS["settled"]), "项", "benefits:items", [("standing", "settled")]),
        _line("档案整理费", fees, "笔", "archives:fees"),
    ]


def _problems(user):
    mine = Problem.objects.visible_to(user)
    lines = [
        _line(f"问题{state.label}", mine.filter(state=state), "件", "handover:problems", [("state", state.value)])
        for state in problems.State
        if problems.SIDES[state]
    ]
    late = mine.filter(due.late_problems())
    return [*lines, _line("问题逾期", late, "件", "handover:problems", [("overdue", "1")], bad=True)]


def _notices(user):
    mine = Notice.objects.visible_to(user)
    lines = [
        _line(f"督办{state.label}", mine.filter(state=state), "件", "handover:notices", [("state", state.value)])
        for state in notices.State
        if notices.MACHINE.sides[state]
    ]
    late = mine.filter(due.late_notices())
    return [*lines, _line("督办逾期未答复", late, "件", "handover:notices", [("overdue", "1")], bad=True)]


SEES_PARTY, SEES_AGREEMENTS = Membership.objects.all().seen_with, Agreement.objects.all().seen_with
GROUPS = (
    ("党员组织关系和介绍信", SEES_PARTY, _letters),
    ("档案和批次", Dossier.objects.all().seen_with, _shipments),
    ("移交协议", SEES_AGREEMENTS, _agreements),
    ("医保衔接", SEES_MEDICAL, _medical),
    ("统筹外费用和档案整理费", OutOfPoolItem.objects.all().seen_with, _money),
    ("问题", SEES_PROBLEMS, _problems),
    ("督办", SEES_NOTICES, _notices),
)


# --- letters, for those who look at the whole and not at members (design 4: numbers without names)

LETTER_KINDS = tuple(chasing.KINDS.values())


@dataclass(frozen=True)
class Letters:
    """Of one sending enterprise: how many members stand under each kind of the chase list; its own party workers and the
    organisation department have the names."""

    enterprise: object
    numbers: list


def letters_by_enterprise(user):
    """[Letters] of the people whom the user may see, the sum last; [] when nobody is to be chased."""
    people = Case.objects.visible_to(user).values("pk")
    mine, today = MembershipQuerySet(Membership).filter(pk__in=people), clock.today()
    found = {
        kind.code: dict(
            chasing.chased(mine, kind.code, today).order_by().values_list("enterprise").annotate(Count("pk"))
        )
        for kind in LETTER_KINDS
    }
    rows = Enterprise.objects.filter(pk__in={pk for one in found.values() for pk in one}).order_by("path")
    lines = [Letters(one, [found[kind.code].get(one.pk, 0) for kind in LETTER_KINDS]) for one in rows]
    if not lines:
        return []
    return [*lines, Letters("合计", [sum(found[kind.code].values()) for kind in LETTER_KINDS])]
