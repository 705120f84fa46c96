"""Why a step that the table allows still cannot be taken with one member: what the letter or the person lacks."""

from django.db.models import QuerySet

from party.models import Letter, Membership
from party.models.letters import Way
from party.organisations.nearest import committees_of
from party.services import letters, placing
from weihai_transfer.lib import bulk

NO_ADDRESSEE = "此人还没有接收的镇（街道）或社区，转入党组织未定。请在办理时选择转入党组织，或等分配后再开具。"
NO_DUES = "没有登记党费交至何时。请在办理时填写“党费交至”，或先更正人员信息。"
TOO_LATE = "介绍信有效期至 {until}，接收日期已超过有效期。请填写逾期接收的理由，或联系转出党组织作废重开。"
TOO_EARLY = "接收日期早于介绍信开具日期 {issued}。请核对接收日期。"
BEFORE_ARRIVAL = "编入党支部的日期早于接收日期 {arrived}。请核对编入日期。"
NOT_NATIONWIDE = "{committee}没有登记可向全国直接接转组织关系，不能直接开往省外。请由有权限的上级党委开具；已有权限的，请先在“党组织”中登记。"


def of(step_name, ids, targets, values):
    """{id: sentence} for the rows of `ids` that cannot take the step with these values."""
    if step_name in ("issue", "reissue"):
        return _to_issue(step_name, ids, targets, values)
    if step_name in ("issue_outside", "reissue_outside"):
        return _to_send_outside(ids, values)
    if step_name in ("arrive", "confirm_outside") and values.get("arrived_on"):
        return _to_arrive(ids, values)
    if step_name in ("place", "move"):
        return _to_place(ids, values)
    return {}


def _to_issue(step_name, ids, targets, values):
    reached = letters.destinations(step_name, ids, targets)
    found = {pk: NO_ADDRESSEE for pk in ids if pk not in reached}
    return {**found, **_without_dues([pk for pk in ids if pk not in found], values)}


def _without_dues(ids, values):
    if values.get("dues_paid_until"):
        return {}
    return {pk: NO_DUES for pk, until in letters.dues_of(ids).items() if until is None}


def _to_send_outside(ids, values):
    found = _without_dues(ids, values)
    if values.get("way") != Way.PROVINCE:
        return found
    rows = list(QuerySet(Membership).filter(pk__in=ids).select_related("enterprise"))
    speaking = committees_of({row.enterprise for row in rows})
    for row in rows:
        committee = speaking.get(row.enterprise_id)
        if committee and not committee.nationwide:
            found.setdefault(row.pk, NOT_NATIONWIDE.format(committee=committee))
    return found


def _standing(ids, *names):
    for chunk in bulk.chunks(ids, letters.AT_ONCE):
        yield from QuerySet(Letter).filter(membership__in=chunk, voided_at=None).values_list("membership", *names)


def _to_arrive(ids, values):
    found, day = {}, values["arrived_on"]
    for pk, issued, until in _standing(ids, "issued_on", "valid_until"):
        if day > until and not values.get("late_reason", "").strip():
            found[pk] = TOO_LATE.format(until=until)
        elif day < issued:
            found[pk] = TOO_EARLY.format(issued=issued)
    return found


def _to_place(ids, values):
    found = {}
    if day := values.get("placed_on"):
        arrivals = _standing(ids, "arrived_on")
        found = {pk: BEFORE_ARRIVAL.format(arrived=arrived) for pk, arrived in arrivals if arrived and day < arrived}
    if branch := values.get("branch"):
        found.update(dict.fromkeys(placing.elsewhere(ids, branch), placing.ELSEWHERE))
    return found
