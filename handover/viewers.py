"""What one viewer is to one case: asked once a row, without a query of its own (the reach is kept for the request)."""

from accounts.duties import Duty
from accounts.scope import reach_of
from handover.states.cases import AREA, CITY, ENTERPRISE, RECEIVER, State
from retirees.codes import Survival

DUTY_OF_SIDE = {ENTERPRISE: Duty.SUBMIT, AREA: Duty.DISTRIBUTE, RECEIVER: Duty.RECEIVE, CITY: Duty.COORDINATE}
SIDE_LABELS = {ENTERPRISE: "移交企业", AREA: "接收区市", RECEIVER: "接收镇街（社区）", CITY: "市国资委"}


def holds_over(row, user, *duties):
    """Does the user hold any of these duties over this row, by its office or its enterprise?"""
    reach = reach_of(user, *duties)
    return reach.everywhere or row.enterprise_id in reach.enterprises or row.office_id in reach.offices


def is_turn_of(case, user):
    """Is it this viewer who must act next?"""
    side = case.side
    return side is not None and holds_over(case, user, DUTY_OF_SIDE[side.acts])


def name_of_side(case, side):
    """The side by its real name: which enterprise, which area, which street."""
    if side == ENTERPRISE:
        return str(case.enterprise)
    if side == CITY:
        return SIDE_LABELS[CITY]
    place = case.area if side == AREA and case.area_id else case.office
    if place is None:
        return SIDE_LABELS[side]
    return f"{SIDE_LABELS[side]} {full_name(place)}" if side == AREA else full_name(place)


def full_name(office):
    """A community with its street before it, since many villages share a name; needs `office.parent` loaded."""
    if office is None:
        return ""
    if office.kind == "community" and office.parent_id:
        return f"{office.parent} {office}"
    return str(office)


def next_words(case):
    """Who must do what now, as a sentence without a subject: “竹岛街道接收”."""
    if case.side is None:
        return ""
    words = OF_THE_DEAD if _dead_and_not_contacted(case) else NEXT[case.state]
    return f"{name_of_side(case, case.side.acts)}{words}"


def _dead_and_not_contacted(case):
    return case.state == State.ACCEPTED and case.retiree.survival == Survival.DECEASED


# Nobody can be contacted any more, and the case still ends by the same steps.
OF_THE_DEAD = "联系家属核对死亡信息，登记首次联系后办结"


NEXT = {
    State.DRAFT: "上报",
    State.SUBMITTED: "分配到镇街",
    State.ASSIGNED: "接收或退回",
    State.RETURNED: "收回并修改",
    State.ACCEPTED: "首次联系本人",
    State.CONTACTED: "办结",
    State.OUTSIDE: "提交市外接收回执",
    State.OUTSIDE_REPORTED: "确认市外接收",
    State.CLOSING_BY_ENTERPRISE: "确认核销或不同意核销",
    State.CLOSING_BY_OFFICE: "同意核销或不同意核销",
}
