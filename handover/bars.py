"""The tracks of one person as step bars: the case in words, the dossier, the party membership where it may be shown."""

from dataclasses import dataclass

from django.utils import timezone

from archives import summary as dossiers
from archives.models import Dossier
from archives.states import State as DossierState
from handover import badges
from handover.states.cases import RECEIVED, State
from handover.viewers import name_of_side, next_words
from party import summary as memberships
from party.models import Membership
from party.states import State as MembershipState
from weihai_transfer.lib.words import Badge

DONE, NOW, AHEAD, OFF = "done", "now", "ahead", "off"

# What is done in each state, in the order in which an ordinary case goes.
INSIDE = (
    ("上报", (State.DRAFT, State.RETURNED)),
    ("分配", (State.SUBMITTED,)),
    ("接收", (State.ASSIGNED,)),
    ("首次联系", (State.ACCEPTED,)),
    ("办结", (State.CONTACTED,)),
)
OUTSIDE = (
    ("转市外", (State.DRAFT,)),
    ("取得回执", (State.OUTSIDE,)),
    ("市国资委确认", (State.OUTSIDE_REPORTED,)),
)
CLOSING = (("提出核销", ()), ("确认核销", (State.CLOSING_BY_ENTERPRISE, State.CLOSING_BY_OFFICE)))
DOSSIER = (
    ("整理", (DossierState.PREPARING, DossierState.RETURNED, DossierState.DEFERRED, DossierState.LOST)),
    ("移交", (DossierState.READY,)),
    ("核收", (DossierState.IN_TRANSIT,)),
    ("入库", (DossierState.RECEIVED,)),
)
MEMBERSHIP = (
    ("开具介绍信", (MembershipState.PENDING, MembershipState.REFUSED, MembershipState.UNREACHABLE)),
    ("接收", (MembershipState.ISSUED,)),
    ("编入支部", (MembershipState.ARRIVED,)),
)
NOT_FOR_THIS_PERSON = (DossierState.EXEMPT, DossierState.NONE, MembershipState.ENDED)


@dataclass(frozen=True)
class Step:
    label: str
    status: str
    note: str = ""


@dataclass(frozen=True)
class Bar:
    heading: str
    badge: Badge
    steps: tuple = ()
    responsible: str = ""
    next_words: str = ""
    # "dossier" or "membership" when the viewer may open the page of that track.
    opens: str = ""


def bars_of(case, user):
    """The bars of the case's person; `case` with retiree, enterprise, area and office loaded."""
    found = [_case(case, user), _dossier(case, user), _membership(case, user)]
    return [bar for bar in found if bar]


def _case(case, user):
    side = case.side
    responsible = name_of_side(case, side.answers) if side else ""
    notes = {
        "上报": case.round and _day(case.submitted_at),
        "接收": case.state in RECEIVED and _day(case.accepted_at),
        "首次联系": case.contacted_on and f"{case.contacted_on:%Y-%m-%d}",
    }
    steps = _steps(_path(case), case.state, notes)
    return Bar("管理服务移交", badges.badge_of(case, user), steps, responsible, next_words(case))


def _path(case):
    if case.state in (State.CLOSING_BY_ENTERPRISE, State.CLOSING_BY_OFFICE, State.CLOSED):
        return CLOSING
    outside = case.state in (State.OUTSIDE, State.OUTSIDE_REPORTED)
    return OUTSIDE if outside or (case.state == State.COMPLETED and case.outside_place) else INSIDE


def _day(moment):
    return f"{timezone.localdate(moment):%Y-%m-%d}" if moment else ""


def _steps(path, state, notes=None):
    """In a state that no step of the path names, all of them are over, or none of them was for this person."""
    places = [place for place, (_, states) in enumerate(path) if state in states]
    here = places[0] if places else len(path)
    found = []
    for place, (label, _) in enumerate(path):
        if state in NOT_FOR_THIS_PERSON:
            status = OFF
        else:
            status = DONE if place < here else NOW if place == here else AHEAD
        found.append(Step(label, status, (notes or {}).get(label) or "" if status == DONE else ""))
    return tuple(found)


def _dossier(case, user):
    dossier = Dossier.objects.visible_to(user).select_related("enterprise", "office").filter(pk=case.pk).first()
    if dossier is None:
        return _label_only("人事档案", dossiers.summary([case.pk]).get(case.pk))
    steps = _steps(DOSSIER, dossier.state)
    side = dossier.side
    responsible = str(dossier.enterprise if side.answers == "enterprise" else dossier.office) if side else ""
    return Bar("人事档案", dossiers.badge(dossier, user), steps, responsible, opens="dossier")


def _membership(case, user):
    rows = Membership.objects.visible_to(user).select_related("enterprise", "office")
    membership = rows.filter(pk=case.pk).first()
    if membership is None:
        return _label_only("党组织关系", memberships.summary([case.pk]).get(case.pk))
    steps = _steps(MEMBERSHIP, membership.state)
    side = membership.side
    responsible = f"{membership.enterprise if side.answers == 'sender' else membership.office}党组织" if side else ""
    return Bar("党组织关系", memberships.badge(membership, user), steps, responsible, opens="membership")


def _label_only(heading, found):
    """Other tracks' states appear on a case page as labels and nothing more (design 4)."""
    return found and Bar(heading, Badge(*found))
