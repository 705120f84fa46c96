"""What a community records of the people it looks after, one or many in one act: an act sorts out first, person by
person, then writes what is left."""

from django.db.models import QuerySet

from accounts.duties import Duty
from accounts.scope import reach_of
from audit.operations import operation
from handover.community.terms import looked_after
from handover.models import Activity, Case, Confirmation, EligibilityCheck, ServiceRecord
from handover.models.community import ConfirmationResult, ContactCheck, EligibilityResult
from retirees import correcting
from retirees.codes import SPECIAL_GROUPS, Survival
from retirees.models import Retiree
from tracks.advancing import NOT_YOURS, UNSEEN, Outcome, lock_rows
from tracks.taking import as_ids, carry_out
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.among import among
from weihai_transfer.lib.fields import sealed
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.sealing import blind_index
from weihai_transfer.lib.workbooks.faults import Fault, Faulty

NOT_LOOKED_AFTER = "此人还没有接收或登记为已去世，不需要办理。请核对人员现状。"
CONTACT = ("phone", "residence_address")
AT_ONCE = 1000


def _sort_out(name, ids, actor, stops):
    """An Outcome of what may be written; `stops(ids)` answers {id: sentence}."""
    outcome = Outcome(name)
    rows = Case.objects.filter(pk__in=among(Case, ids))
    mine = set(rows.open_to(actor, Duty.RECEIVE).values_list("pk", flat=True))
    cared = set(looked_after().filter(pk__in=among(Case, ids)).values_list("pk", flat=True))
    seen = mine if len(mine) == len(ids) else set(rows.visible_to(actor).values_list("pk", flat=True))
    ready = [pk for pk in ids if pk in mine and pk in cared]
    stopped = stops(ready) if ready else {}
    for pk in ids:
        if pk in mine:
            sentence = stopped.get(pk) if pk in cared else NOT_LOOKED_AFTER
        elif pk in seen:
            sentence = NOT_YOURS
            outcome.forbidden.append(pk)
        else:
            sentence = UNSEEN
        if sentence:
            outcome.refused[pk] = sentence
        else:
            outcome.moved.append(pk)
    return outcome


def _carry_out(name, ids, stops, write, *, actor, key, reason=""):
    def work(act):
        lock_rows(Case, ids)
        outcome = _sort_out(name, ids, actor, stops)
        offices = dict(QuerySet(Case).filter(pk__in=among(Case, outcome.moved)).values_list("pk", "office_id"))
        write(act, offices)
        return outcome

    return carry_out(f"care.{name}", work, actor=actor, key=key, reason=reason)


def _refuse_day(on):
    if on > clock.today():
        raise Refused("日期在今天之后，没有登记。请核对日期。")
    if on.year < clock.today().year - 1:
        raise Refused("日期早于上一年度，没有登记。请核对日期。")


def _standing(model, ids, year):
    return {row.retiree_id: row for row in model.objects.filter(retiree__in=ids, year=year)}


# --- yearly confirmation


def _stops_confirming(given):
    on, result, found = given["on"], given["result"], given.get("found")

    def stops(ids):
        stopped = {}
        if found:
            rows = Retiree.objects.filter(pk__in=among(Retiree, ids)).exclude(survival=Survival.UNREACHABLE)
            stopped = dict.fromkeys(rows.values_list("pk", flat=True), "此人没有登记为联系不上，不需要登记找到。")
        for pk, row in _standing(Confirmation, ids, on.year).items():
            if row.result == result:
                stopped[pk] = f"{on.year}年度已于 {row.on} 核实（{row.get_result_display()}），没有重复登记。"
            elif row.on > on:
                stopped[pk] = f"{row.on} 已有较新的核实（{row.get_result_display()}），请核对日期。"
        return stopped

    return stops


def preview_confirm(ids, *, actor, given):
    return _sort_out("confirm", as_ids(ids), actor, _stops_confirming(given))


def confirm(ids, *, actor, given, key=None):
    """Confirm people for the year of the day. `given`: on, way, result, contact, note, found (they were unreachable),
    and for one person `correct`: {field: new value} of the contact data. Returns the Outcome."""
    ids = as_ids(ids)
    _refuse_day(given["on"])
    corrected = {name: value for name, value in (given.get("correct") or {}).items() if name in CONTACT and value}
    if corrected and len(ids) != 1:
        raise Refused("更正联系信息只能逐人办理，没有登记。请在人员页面办理。")

    def write(act, offices):
        _write_year(act, Confirmation, offices, given, ("way", "result", "contact"), note=given.get("note", "").strip())
        alive = given["result"] == ConfirmationResult.ALIVE
        before, after = Survival.UNREACHABLE, Survival.ALIVE
        if not alive:
            before, after = after, before
        rows = Retiree.objects.filter(pk__in=among(Retiree, list(offices)), survival=before)
        act.change(Retiree, list(rows.values_list("pk", flat=True)), survival=after)
        for pk in offices if corrected else ():
            person = Retiree.objects.get(pk=pk)
            correcting.write(act, pk, corrected, version=correcting.version_of(person))

    if corrected:
        given = {**given, "contact": ContactCheck.CORRECTED}
    name = "found" if given.get("found") else "confirm"
    return _carry_out(name, ids, _stops_confirming(given), write, actor=actor, key=key)


def _write_year(act, model, offices, given, names, *, note=""):
    """One row a person and year: the second time it is changed, and its history keeps the first."""
    standing = _standing(model, list(offices), given["on"].year)
    values = {name: given[name] for name in names if name in given}
    fresh, changed = [], {}
    for pk, office in offices.items():
        row = standing.get(pk) or model(
            retiree_id=pk, year=given["on"].year, office_id=office, on=given["on"], **values
        )
        if note:
            row.note = note
        if pk in standing:
            own = {"note": sealed(row, "note")} if note else {}
            changed[row.pk] = {"on": given["on"], "office_id": office, **values, **own}
        else:
            fresh.append(row)
    act.insert(fresh)
    act.change_each(model, changed)


# --- eligibility


def _stops_checking(given):
    def stops(ids):
        return {
            pk: f"{row.year}年度已于 {row.on} 登记（{row.get_result_display()}），没有重复登记。"
            for pk, row in _standing(EligibilityCheck, ids, given["on"].year).items()
            if row.result == given["result"] or row.on > given["on"]
        }

    return stops


def preview_check(ids, *, actor, given):
    return _sort_out("check", as_ids(ids), actor, _stops_checking(given))


def check(ids, *, actor, given, key=None):
    """Record eligibility of the year of the day. `given`: on, way, result. Returns the Outcome."""
    _refuse_day(given["on"])

    def write(act, offices):
        _write_year(act, EligibilityCheck, offices, given, ("way", "result"))

    return _carry_out("check", as_ids(ids), _stops_checking(given), write, actor=actor, key=key)


NOT_HERE = "本单位没有证件号码和姓名都相符的在管人员。请核对号码和姓名，或删去这一行。"


def bring_in_checks(lines, *, actor, key=None):
    """Record that the people of a workbook passed; returns how many. Raises Faulty: nothing is written then.

    Who is recorded for that year as passed already, or with a newer word, stays as he is.
    """
    with operation("care.check_sheet", actor=actor, key=key) as act:
        found = _people_of(lines, actor)
        lock_rows(Case, found)
        faults = [Fault(line.number, line.cell, NOT_HERE) for line in lines if line not in found.values()]
        if faults:
            raise Faulty(faults)
        groups = {}
        for pk, line in found.items():
            groups.setdefault((line.on, line.way), []).append(pk)
        count = 0
        offices = dict(QuerySet(Case).filter(pk__in=among(Case, list(found))).values_list("pk", "office_id"))
        for (on, way), ids in groups.items():
            given = {"on": on, "way": way, "result": EligibilityResult.PASSED}
            stopped = _stops_checking(given)(ids)
            ready = {pk: offices[pk] for pk in ids if pk not in stopped}
            _write_year(act, EligibilityCheck, ready, given, ("way", "result"))
            count += len(ready)
    return count


def _people_of(lines, actor):
    """{id: line} of those whom the actor looks after, by number and name."""
    by_index = {blind_index("id", line.id_number): line for line in lines}
    mine = looked_after().open_to(actor, Duty.RECEIVE)
    found = {}
    for chunk in bulk.chunks(list(by_index), AT_ONCE):
        rows = mine.filter(retiree__id_index__in=chunk).values_list("pk", "retiree__id_index", "retiree__name")
        found |= {pk: by_index[index] for pk, index, name in rows if by_index[index].name == name}
    return found


# --- services


def _stops_serving(given):
    def stops(ids):
        rows = ServiceRecord.objects.filter(retiree__in=ids, on=given["on"], kind=given["kind"])
        return dict.fromkeys(rows.values_list("retiree_id", flat=True), "当天已登记同类服务，没有重复登记。")

    return stops


def preview_serve(ids, *, actor, given):
    return _sort_out("serve", as_ids(ids), actor, _stops_serving(given))


def serve(ids, *, actor, given, key=None):
    """Record a service to each of many people. `given`: on, kind, text. Returns the Outcome."""
    _refuse_day(given["on"])

    def write(act, offices):
        rows = []
        for pk, office in offices.items():
            row = ServiceRecord(retiree_id=pk, office_id=office, on=given["on"], kind=given["kind"])
            # A sealed value is bound to the row's id, which the constructor sets after the fields that it is given.
            row.text = given.get("text", "").strip()
            rows.append(row)
        act.insert(rows)

    return _carry_out("serve", as_ids(ids), _stops_serving(given), write, actor=actor, key=key)


# --- special groups and activities


def set_groups(pk, *, groups, since, ground, actor, key=None):
    """Say to which special groups one person belongs, from which day and on what ground. Returns the Outcome."""
    if strays := set(groups) - set(SPECIAL_GROUPS):
        raise ValueError(strays)
    if not ground.strip():
        raise Refused("没有填写认定依据，没有办理。请写明依据的证件或文件。")
    _refuse_future(since)

    def wanted(before):
        # 高龄 follows from the day of birth: what a roster said of it stays as it is.
        kept = {*groups, *({"elderly"} & set(before))}
        return [code for code in SPECIAL_GROUPS if code in kept]

    def stops(ids):
        before = Retiree.objects.get(pk=ids[0]).special_groups
        return {ids[0]: "特殊群体没有变化，没有登记。"} if set(before) == set(wanted(before)) else {}

    def write(act, offices):
        for one in offices:
            act.change(Retiree, [one], special_groups=wanted(Retiree.objects.get(pk=one).special_groups))

    reason = f"自 {since} 起：{ground.strip()}"
    return _carry_out("groups", as_ids([pk]), stops, write, actor=actor, key=key, reason=reason)


def _refuse_future(day):
    if day > clock.today():
        raise Refused("日期在今天之后，没有登记。请核对日期。")


def record_activity(office, *, actor, on, title, kind, participants, place="", key=None):
    """An activity of an office where the actor receives; returns it."""
    _refuse_future(on)
    with operation("activity.record", actor=actor, key=key) as act:
        if office.pk not in reach_of(actor, Duty.RECEIVE).offices:
            raise Refused("只能登记本单位组织的活动，没有登记。请重新选择组织单位。")
        row = Activity(
            office=office, on=on, title=title.strip(), kind=kind, participants=participants, place=place.strip()
        )
        return act.insert([row])[0]
