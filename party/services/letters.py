"""Introduction letters: to whom, numbering, writing, voiding. Called by the steps, inside their operation."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from accounts.values import value_on
from party.models import Letter, Membership, PartyOrganisation
from party.models.letters import LONGEST, Way
from party.organisations.nearest import committees_at, committees_of
from party.services import notices
from party.states import State
from weihai_transfer.lib import bulk
from weihai_transfer.lib.numbering import numbers_from
from weihai_transfer.lib.refusals import Refused

AT_ONCE = 5000
# Whose party organisation a letter may be addressed to (二(三)).
RECEIVERS = (OfficeKind.STREET, OfficeKind.COMMUNITY, OfficeKind.PARTY)
LONGEST_NUMBER = Letter._meta.get_field("number").max_length
TAKEN = "介绍信编号 {number} 已经使用过，没有开具。作废的编号也不能再用，请换一个起始编号。"
REFERENCE_TAKEN = "灯塔转接编号 {number} 已登记在另一份介绍信上，没有开具。请核对后重新填写。"
NO_REFERENCE = "省内网上转接没有填写灯塔转接编号，没有开具。请先在灯塔-党建在线发起转接，再填写其编号；不走网上的，请选择纸质介绍信。"
WRONG_WAY = {
    State.ISSUED: "省外转接只用于转往市外的党员，没有开具。请选择网上转接或纸质介绍信。",
    State.OUTSIDE: "没有填写市外转入党组织，没有开具。请按介绍信抬头填写其全称。",
}


def values_of(start_number, way, issued_on, valid_days, dues_paid_until, reference="", outside=""):
    return {
        "start_number": start_number,
        "way": way,
        "reference": reference,
        "outside": outside,
        "issued_on": issued_on,
        "valid_days": valid_days,
        "dues_paid_until": dues_paid_until,
    }


def longest(day):
    """How many days a letter of that day may be valid: what the city set, never over 90."""
    return min(LONGEST, value_on("letter_days", day))


def check(target, values, today):
    """Refuse a letter that may not be written at all."""
    if not values["start_number"].strip():
        raise Refused("没有填写介绍信编号，没有开具。请填写起始编号。")
    if values["way"] not in Way.values:
        raise Refused("没有选择转接方式，没有开具。请选择网上转接或纸质介绍信。")
    if target == State.ISSUED and values["way"] == Way.PROVINCE:
        raise Refused(WRONG_WAY[target])
    if target == State.OUTSIDE and not values.get("outside", "").strip():
        raise Refused(WRONG_WAY[target])
    if values["way"] == Way.ONLINE and not values.get("reference", "").strip():
        raise Refused(NO_REFERENCE)
    if values["issued_on"] > today:
        raise Refused("开具日期晚于今天，没有开具。请填写实际开具日期。")
    most = longest(values["issued_on"])
    if not 1 <= values["valid_days"] <= most:
        raise Refused(f"有效期须在 1 至 {most} 天之间，没有开具。请改正有效期（二(三)）。")


@dataclass(frozen=True)
class Destination:
    """The office whose party workers see the letter, and the 基层党委 that it names."""

    office: Office
    committee: PartyOrganisation | None = None


def destinations(step_name, ids, targets):
    """{id: Destination}; the ids that are not in it have none. `targets`: an office or a committee, for all or by id."""
    if targets is not None and not isinstance(targets, dict):
        targets = dict.fromkeys(ids, targets)
    if targets is not None:
        named = {pk: _named(targets[pk]) for pk in ids if pk in targets}
        if any(to.office.kind not in RECEIVERS or not to.office.active for to in named.values()):
            raise Refused("所选单位不是在用的镇（街道）、社区或党组织，没有开具。请重新选择转入党组织。")
    else:
        named = {pk: Destination(office) for pk, office in _by_itself(step_name, ids).items()}
    known = committees_at({to.office for to in named.values() if to.committee is None})
    return {pk: to if to.committee else Destination(to.office, known.get(to.office.pk)) for pk, to in named.items()}


def _named(target):
    if isinstance(target, Office):
        return Destination(target)
    if not target.active or not target.is_committee or target.office is None:
        raise Refused(f"{target}不是在用的转入党委，没有开具。请重新选择转入党组织。")
    return Destination(target.office, target)


def _by_itself(step_name, ids):
    """A reissued letter goes where the void one went; the first goes to the street that receives the person."""
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


def write(act, ids, values, going):
    """Write one letter for each of `ids`, in their order. `going`: {id: Destination}, empty for letters outside."""
    if not ids:
        return
    made = numbers_from(values["start_number"], len(ids), longest=LONGEST_NUMBER)
    references = references_of(values, len(ids))
    senders = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        senders.update(QuerySet(Membership).filter(pk__in=chunk).values_list("pk", "enterprise"))
    _refuse_taken(set(senders.values()), made, references)
    committees = committees_of(Enterprise.objects.filter(pk__in=set(senders.values())))
    given = values.get("dues_paid_until")
    dues = {} if given else dues_of(ids)
    new = []
    for pk, number, reference in zip(ids, made, references, strict=True):
        to, sender = going.get(pk), committees.get(senders[pk])
        new.append(
            Letter(
                membership_id=pk,
                enterprise_id=senders[pk],
                number=number,
                reference=reference,
                way=values["way"],
                sender=sender,
                committee=to.committee if to else None,
                addressee=to.office if to else None,
                outside="" if to else values["outside"].strip(),
                issued_on=values["issued_on"],
                valid_days=values["valid_days"],
                valid_until=values["issued_on"] + timedelta(days=values["valid_days"]),
                dues_paid_until=given or dues[pk],
            )
        )
    try:
        with transaction.atomic():
            act.insert(new)
    except IntegrityError as clash:
        # Somebody else used a number between the look and the writing.
        raise Refused(TAKEN.format(number=f"{made[0]} 至 {made[-1]} 中有的编号")) from clash


def references_of(values, count):
    """One reference for each letter: a line each, or a first one that is counted upwards; none for a paper letter."""
    if values["way"] == Way.PAPER:
        return [""] * count
    lines = [line.strip() for line in values.get("reference", "").splitlines() if line.strip()]
    if not lines:
        return [""] * count
    if len(lines) == 1:
        return numbers_from(lines[0], count, longest=LONGEST_NUMBER)
    if len(lines) != count:
        raise Refused(
            f"填写了 {len(lines)} 个灯塔转接编号，可开具 {count} 人，对不上，没有开具。"
            "请每行一个、与所选人员顺序一致，或只填第一个、依次编号。"
        )
    if len(set(lines)) < count:
        raise Refused("灯塔转接编号有重复，没有开具。请核对后每人填写一个。")
    return lines


def _refuse_taken(enterprises, made, references):
    for chunk in bulk.chunks(made, AT_ONCE):
        used = QuerySet(Letter).filter(enterprise__in=enterprises, number__in=chunk).order_by("number").first()
        if used:
            raise Refused(TAKEN.format(number=used.number))
    for chunk in bulk.chunks([one for one in references if one], AT_ONCE):
        used = QuerySet(Letter).filter(reference__in=chunk).order_by("reference").first()
        if used:
            raise Refused(REFERENCE_TAKEN.format(number=used.reference))


def standing_of(ids):
    """(letter id, membership id, way, valid until) of the standing letters of these members."""
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = QuerySet(Letter).filter(membership__in=chunk, voided_at=None)
        yield from rows.values_list("pk", "membership", "way", "valid_until")


def void(act, ids, *, why, tell):
    """Void the standing letters; `tell`: the addressees are told, because it was not they who sent the letter back."""
    letters = [letter for letter, *_ in standing_of(ids)]
    act.change(Letter, letters, voided_at=act.operation.at)
    if tell:
        notices.tell(act, letters, why)


def arrive(act, ids, values):
    """Note the arrival. An online transfer brings its own receipt; a paper one comes back by post."""
    day, late = values["arrived_on"], values.get("late_reason", "").strip()
    receipt = {name: values[name] for name in ("receipt_number", "receipt_handler", "receipt_phone") if name in values}
    own = {}
    for letter, _, way, until in standing_of(ids):
        own[letter] = {"arrived_on": day, **receipt}
        if day > until:
            own[letter]["late_reason"] = late
        if values.get("receipt_on") or way == Way.ONLINE:
            own[letter]["receipt_on"] = values.get("receipt_on") or day
    act.change_each(Letter, own)
