"""Why a step that the table allows still cannot be taken with one member: what the letter or the person lacks."""

from django.db.models import QuerySet

from party.models import Letter
from party.services import letters
from weihai_transfer.lib import bulk

NO_ADDRESSEE = "此人还没有接收的镇（街道）或社区，转入党组织未定。请在办理时选择转入党组织，或等分配后再开具。"
NO_DUES = "没有登记党费交至何时。请在办理时填写“党费交至”，或先更正人员信息。"
TOO_LATE = "介绍信有效期至 {until}，接收日期已超过有效期。请联系转出党组织作废重开。"
TOO_EARLY = "接收日期早于介绍信开具日期 {issued}。请核对接收日期。"
BEFORE_ARRIVAL = "编入党支部的日期早于接收日期 {arrived}。请核对编入日期。"


def of(step_name, ids, targets, values):
    """{id: sentence} for the rows of `ids` that cannot take the step with these values."""
    if step_name in ("issue", "reissue"):
        return _to_issue(step_name, ids, targets, values)
    if step_name == "arrive" and values.get("arrived_on"):
        return _to_arrive(ids, values["arrived_on"])
    if step_name == "place" and values.get("placed_on"):
        return _to_place(ids, values["placed_on"])
    return {}


def _to_issue(step_name, ids, targets, values):
    reached = letters.addressees(step_name, ids, targets)
    found = {pk: NO_ADDRESSEE for pk in ids if pk not in reached}
    if not values.get("dues_paid_until"):
        paid = letters.dues_of([pk for pk in ids if pk not in found])
        found.update({pk: NO_DUES for pk, until in paid.items() if until is None})
    return found


def _standing(ids, *names):
    for chunk in bulk.chunks(ids, letters.AT_ONCE):
        yield from QuerySet(Letter).filter(membership__in=chunk, voided_at=None).values_list("membership", *names)


def _to_arrive(ids, day):
    found = {}
    for pk, issued, until in _standing(ids, "issued_on", "valid_until"):
        if day > until:
            found[pk] = TOO_LATE.format(until=until)
        elif day < issued:
            found[pk] = TOO_EARLY.format(issued=issued)
    return found


def _to_place(ids, day):
    arrivals = _standing(ids, "arrived_on")
    return {pk: BEFORE_ARRIVAL.format(arrived=arrived) for pk, arrived in arrivals if arrived and day < arrived}
