"""What waits for whom: one table of tiles by position. A tile counts by the same query that its list shows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse

from accounts.calendar import working_days_since
from accounts.duties import Duty
from accounts.scope import holds
from archives.models import Dossier
from archives.states import State as DossierState
from handover import deadlines
from handover.figures import FIGURES
from handover.models import Case, DeathNotice, Relocation
from handover.states.cases import State
from handover.states.deaths import State as DeathState
from handover.states.relocations import ARRIVING, LEAVING
from handover.states.relocations import State as MoveState
from party.models import Membership
from party.states import RECEIVING, SENDING
from party.states import State as MembershipState
from party.summary import ends_of
from retirees.models import Roster
from retirees.models.rosters import RosterState


@dataclass(frozen=True)
class Tile:
    label: str
    count: int
    url: str
    unit: str
    oldest: str = ""
    late: int = 0


@dataclass(frozen=True)
class Waiting:
    """One kind of waiting work: which rows, for whose duty, under which list."""

    label: str
    duty: str
    model: type
    states: tuple
    url: str
    unit: str = "人"
    query: tuple = ()


CASES = "handover:people"
WAITING = (
    Waiting("退回待处理", Duty.SUBMIT, Case, (State.RETURNED,), CASES),
    Waiting("待上报", Duty.SUBMIT, Case, (State.DRAFT,), CASES),
    Waiting("接收方提出核销，待答复", Duty.SUBMIT, Case, (State.CLOSING_BY_OFFICE,), CASES),
    Waiting("市外移交，待交回执", Duty.SUBMIT, Case, (State.OUTSIDE,), CASES),
    Waiting("死亡告知，待知悉", Duty.SUBMIT, DeathNotice, (DeathState.TOLD_TO_ENTERPRISE,), "handover:deaths"),
    Waiting("待分配", Duty.DISTRIBUTE, Case, (State.SUBMITTED,), "handover:distribute"),
    Waiting("待接收", Duty.RECEIVE, Case, (State.ASSIGNED,), "handover:receive"),
    Waiting("待首次联系", Duty.RECEIVE, Case, (State.ACCEPTED,), CASES),
    Waiting("待办结", Duty.RECEIVE, Case, (State.CONTACTED,), CASES),
    Waiting("死亡告知，待知悉", Duty.RECEIVE, DeathNotice, (DeathState.TOLD_TO_OFFICE,), "handover:deaths"),
    Waiting("属地变更，待接收", ARRIVING, Relocation, (MoveState.ASKED_BY_OLD,), "handover:relocations"),
    Waiting("属地变更，待同意", LEAVING, Relocation, (MoveState.ASKED_BY_NEW,), "handover:relocations"),
    Waiting("企业申请核销，待确认", Duty.COORDINATE, Case, (State.CLOSING_BY_ENTERPRISE,), CASES),
    Waiting("市外移交，待确认", Duty.COORDINATE, Case, (State.OUTSIDE_REPORTED,), CASES),
    Waiting("档案待核收", Duty.ARCHIVES, Dossier, (DossierState.IN_TRANSIT,), "archives:dossiers", "卷"),
    Waiting("档案待入库", Duty.ARCHIVES, Dossier, (DossierState.RECEIVED,), "archives:dossiers", "卷"),
    Waiting("组织关系待转出", SENDING, Membership, (MembershipState.PENDING,), "party:memberships"),
    Waiting("组织关系待接收", RECEIVING, Membership, (MembershipState.ISSUED,), "party:memberships"),
    Waiting("待编入党支部", RECEIVING, Membership, (MembershipState.ARRIVED,), "party:memberships"),
)
UNFINISHED_ROSTERS = (RosterState.HEADINGS, RosterState.CHECKED, RosterState.READING, RosterState.UPLOADED)


def tiles(user):
    """The tiles of this user's duties, those with something late first, empty ones last."""
    found = [_tile(waiting, user) for waiting in WAITING if _is_for(user, waiting.duty)]
    if holds(user, Duty.SUBMIT):
        found.append(_rosters(user))
    return sorted(found, key=lambda tile: (-bool(tile.late), not tile.count))


def _is_for(user, duty):
    """Party work is told apart by the end at which the duty is held."""
    if duty in (LEAVING, ARRIVING):
        return holds(user, Duty.RECEIVE)
    return duty in ends_of(user) if duty in (SENDING, RECEIVING) else holds(user, duty)


def _tile(waiting, user):
    rows = waiting.model.objects.open_to(user, waiting.duty).filter(state__in=waiting.states)
    facts = rows.aggregate(count=Count("pk"), oldest=Min("state_since"))
    late = deadlines.overdue(rows).count() if waiting.model is Case and facts["count"] else 0
    oldest = (
        f"最早一{'卷' if waiting.unit == '卷' else '件'}已等 {working_days_since(facts['oldest'])} 个工作日"
        if facts["oldest"]
        else ""
    )
    query = urlencode([("state", state.value) for state in waiting.states])
    return Tile(waiting.label, facts["count"], f"{reverse(waiting.url)}?{query}", waiting.unit, oldest, late)


def _rosters(user):
    rows = Roster.objects.open_to(user, Duty.SUBMIT).filter(state__in=UNFINISHED_ROSTERS)
    query = urlencode([("state", state.value) for state in UNFINISHED_ROSTERS])
    return Tile("花名册未完成", rows.count(), f"{reverse('retirees:rosters')}?{query}", "份")


def overview(user):
    """The headline numbers of everything in the user's reach, each with its list."""
    cases = Case.objects.visible_to(user)
    return [
        Tile(
            FIGURES[code].label,
            FIGURES[code].of(cases).count(),
            f"{reverse(CASES)}?{urlencode({'figure': code})}",
            "人",
        )
        for code in ("due", "submitted", "accepted", "returned", "overdue")
    ]
