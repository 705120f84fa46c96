"""The tracks of one person side by side, each as a step bar: the case, the dossier, the party membership, the
medical insurance."""

from django.utils import timezone

from archives import path as dossier_path
from archives import summary as dossiers
from archives.models import Dossier
from benefits import medical_path
from benefits import medical_summary as medical
from benefits import summary as money
from benefits.models import MedicalTransfer
from handover import badges
from handover.states.cases import RECEIVED, State
from handover.viewers import name_of_side, next_words
from party import path as membership_path
from party import summary as memberships
from party.models import Membership
from weihai_transfer.lib.words import Badge

INSIDE = (State.DRAFT, State.SUBMITTED, State.ASSIGNED, State.ACCEPTED, State.CONTACTED, State.COMPLETED)
OUTSIDE = (State.DRAFT, State.OUTSIDE, State.OUTSIDE_REPORTED, State.COMPLETED)
CLOSING = (State.CLOSING_BY_ENTERPRISE, State.CLOSED)
# Where on the path a case stands that has left it for a while.
ASIDE = {State.RETURNED: State.DRAFT, State.CLOSING_BY_OFFICE: State.CLOSING_BY_ENTERPRISE}
SHORT = {State.SUBMITTED: "已上报", State.OUTSIDE_REPORTED: "待确认", State.CLOSING_BY_ENTERPRISE: "核销待确认"}


def bars_of(case, user):
    """What `_steps.html` draws, for each track of the case's person. `opens`: the page of that track, if he sees it."""
    others = (_dossier(case, user), _membership(case, user), _medical(case, user), _money(case, user))
    return [_case(case, user), *filter(None, others)]


def _case(case, user):
    side = case.side
    return {
        "heading": "管理服务移交",
        "badge": badges.badge_of(case, user),
        "steps": _steps(case),
        "responsible": name_of_side(case, side.answers) if side else "",
        "next_words": next_words(case),
    }


def _steps(case):
    path, here = _path(case), ASIDE.get(case.state, case.state)
    now, ended = path.index(here), case.side is None
    return [
        {
            "label": SHORT.get(one, one.label),
            "status": "done" if at < now or ended else "now" if at == now else "ahead",
            "note": case.get_state_display()
            if at == now and case.state == State.RETURNED
            else _day_of(case, one, at <= now),
        }
        for at, one in enumerate(path)
    ]


def _path(case):
    if case.state in (*CLOSING, State.CLOSING_BY_OFFICE):
        return CLOSING
    outside = case.state in OUTSIDE[1:3] or (case.state == State.COMPLETED and case.outside_place)
    return OUTSIDE if outside else INSIDE


def _day_of(case, state, reached):
    """The day on which the case came so far, where the row itself remembers it."""
    if not reached:
        return ""
    moment = case.state_since if state == case.state else None
    if state == State.SUBMITTED:
        moment = case.submitted_at
    elif state == State.ACCEPTED and case.state in RECEIVED:
        moment = case.accepted_at
    return f"{timezone.localdate(moment):%Y-%m-%d}" if moment else ""


def _dossier(case, user):
    dossier = Dossier.objects.visible_to(user).select_related("enterprise", "office").filter(pk=case.pk).first()
    if dossier is None:
        return _label_only("人事档案", dossiers.summary([case.pk]).get(case.pk))
    return {**dossier_path.track_of(dossier, user), "opens": "dossier"}


def _membership(case, user):
    rows = Membership.objects.visible_to(user).select_related("enterprise", "office")
    membership = rows.filter(pk=case.pk).first()
    if membership is None:
        return _label_only("党组织关系", memberships.summary([case.pk]).get(case.pk))
    return {**membership_path.track_of(membership, user), "opens": "membership"}


def _medical(case, user):
    rows = MedicalTransfer.objects.visible_to(user).select_related("enterprise", "office")
    transfer = rows.filter(pk=case.pk).first()
    if transfer is None:
        return _label_only("医保衔接", medical.summary([case.pk]).get(case.pk))
    return {**medical_path.track_of(transfer, user), "opens": "medical"}


def _money(case, user):
    """Out-of-pool money, for those with the duty alone: to the others it is not even a label."""
    found = money.of_person(case.pk, user)
    return found and {"heading": "统筹外费用", "badge": found, "opens": "money"}


def _label_only(heading, found):
    """Other tracks' states appear on a case page as labels and nothing more (design 4)."""
    return found and {"heading": heading, "badge": Badge(*found)}
