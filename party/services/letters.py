"""Introduction letters: numbering, writing, voiding. Called by the steps, inside their operation."""

from datetime import timedelta

from django.db import IntegrityError
from django.db.models import QuerySet

from accounts.models import Office
from accounts.models.places import OfficeKind
from accounts.values import value_on
from party.models import Letter, Membership
from party.models.letters import LONGEST, Way
from weihai_transfer.lib import bulk
from weihai_transfer.lib.numbering import numbers_from
from weihai_transfer.lib.refusals import Refused

AT_ONCE = 5000
# Whose party organisation a letter may be addressed to (二(三)).
RECEIVERS = (OfficeKind.STREET, OfficeKind.COMMUNITY, OfficeKind.PARTY)
LONGEST_NUMBER = Letter._meta.get_field("number").max_length
TAKEN = "介绍信编号 {number} 已经使用过，没有开具。作废的编号也不能再用，请换一个起始编号。"


def values_of(start_number, way, issued_on, valid_days, dues_paid_until):
    return {
        "start_number": start_number,
        "way": way,
        "issued_on": issued_on,
        "valid_days": valid_days,
        "dues_paid_until": dues_paid_until,
    }


def longest(day):
    """How many days a letter of that day may be valid: what the city set, never over 90."""
    return min(LONGEST, value_on("letter_days", day))


def check(values, today):
    """Refuse a letter that may not be written at all."""
    if not values["start_number"].strip():
        raise Refused("没有填写介绍信编号，没有开具。请填写起始编号。")
    if values["way"] not in Way.values:
        raise Refused("没有选择转接方式，没有开具。请选择网上转接或纸质介绍信。")
    if values["issued_on"] > today:
        raise Refused("开具日期晚于今天，没有开具。请填写实际开具日期。")
    most = longest(values["issued_on"])
    if not 1 <= values["valid_days"] <= most:
        raise Refused(f"有效期须在 1 至 {most} 天之间，没有开具。请改正有效期（二(三)）。")


def addressees(step_name, ids, targets):
    """{id: receiving office}; the ids that are not in it have none."""
    if isinstance(targets, Office):
        targets = dict.fromkeys(ids, targets)
    if targets is not None:
        if any(office.kind not in RECEIVERS or not office.active for office in targets.values()):
            raise Refused("所选单位不是在用的镇（街道）、社区或党组织，没有开具。请重新选择转入党组织。")
        return {pk: targets[pk] for pk in ids if pk in targets}
    # A reissued letter goes where the void one went; the first goes to the street that receives the person.
    lookup = "office" if step_name == "reissue" else "retiree__office"
    found = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = QuerySet(Membership).filter(pk__in=chunk, **{f"{lookup}__kind__in": RECEIVERS})
        found.update(rows.values_list("pk", lookup))
    offices = Office.objects.active().in_bulk(set(found.values()))
    return {pk: offices[office] for pk, office in found.items() if office in offices}


def dues_of(ids):
    """{id: how far the person's dues are paid, as registered}."""
    found = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        found.update(QuerySet(Membership).filter(pk__in=chunk).values_list("pk", "retiree__dues_paid_until"))
    return found


def write(act, ids, values):
    """Write one letter for each of `ids`, in their order; the membership already says to whom."""
    if not ids:
        return
    made = numbers_from(values["start_number"], len(ids), longest=LONGEST_NUMBER)
    between = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        for pk, enterprise, office in (
            QuerySet(Membership).filter(pk__in=chunk).values_list("pk", "enterprise", "office")
        ):
            between[pk] = enterprise, office
    _refuse_taken({enterprise for enterprise, _ in between.values()}, made)
    given = values.get("dues_paid_until")
    dues = {} if given else dues_of(ids)
    new = [
        Letter(
            membership_id=pk,
            enterprise_id=between[pk][0],
            number=number,
            way=values["way"],
            addressee_id=between[pk][1],
            issued_on=values["issued_on"],
            valid_days=values["valid_days"],
            valid_until=values["issued_on"] + timedelta(days=values["valid_days"]),
            dues_paid_until=given or dues[pk],
        )
        for pk, number in zip(ids, made, strict=True)
    ]
    try:
        act.insert(new)
    except IntegrityError as clash:
        # Somebody else used the number between the look and the writing.
        raise Refused(TAKEN.format(number=f"{made[0]} 至 {made[-1]} 中有的编号")) from clash


def _refuse_taken(enterprises, made):
    for chunk in bulk.chunks(made, AT_ONCE):
        used = QuerySet(Letter).filter(enterprise__in=enterprises, number__in=chunk).order_by("number").first()
        if used:
            raise Refused(TAKEN.format(number=used.number))


def standing_of(ids):
    """(letter id, membership id, way) of the standing letters of these members."""
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = QuerySet(Letter).filter(membership__in=chunk, voided_at=None)
        yield from rows.values_list("pk", "membership", "way")


def void(act, ids):
    act.change(Letter, [letter for letter, _, _ in standing_of(ids)], voided_at=act.operation.at)


def arrive(act, ids, day):
    # An online transfer brings its own receipt; a paper one comes back by post (党员教育管理工作条例).
    online = {"arrived_on": day, "receipt_on": day}
    paper = {"arrived_on": day}
    act.change_each(Letter, {letter: online if way == Way.ONLINE else paper for letter, _, way in standing_of(ids)})
