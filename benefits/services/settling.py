"""Reckoning what is paid once (二(六)): one sum a person over all his lump-sum items, every input stored with it."""

from collections import defaultdict

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.values import source_on, value_on
from benefits import worked
from benefits.changes import times_of
from benefits.decision import Outcome as Decision
from benefits.lump_sum import Line, lump_sum
from benefits.models import Settlement, Treatment
from benefits.services.expectancy import expectancy_on
from benefits.treatment_states import State
from retirees.codes import Survival
from retirees.models import Retiree
from tracks.advancing import AT_ONCE, UNSEEN, Outcome, lock_rows
from tracks.taking import as_ids, carry_out
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.among import among
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

NO_EXPECTANCY = "市里还没有设定 {day} 起采用的人口平均预期寿命，不能核算。请由系统管理员按市统计、卫生健康部门公布的数值在“预期寿命”中设置。"
FUTURE = "核算日期晚于今天，没有核算。请填写实际核算日期。"
NOTHING = "本人没有待核算的一次性支付项目。请先判定；已提交签字的，请先撤回决定再重新核算。"
NO_BIRTH = "本人没有出生日期，不能核算。请先在人员信息中补填。"
BORN_LATER = "核算日期早于本人出生日期，没有核算。请核对。"
DEAD = "本人已去世，不再核算一次性支付。"
UNDER_WAY = "本人另有一次性支付项目已提交签字或待支付，没有重新核算。请先撤回决定，再一并核算。"
ON_THE_WAY = (State.TO_SIGN, State.DECIDED)


def preview(ids, *, settled_on, actor):
    """What `settle` would do, without doing it."""
    return _sort_out(as_ids(ids), settled_on, actor)[0]


def settle(ids, *, settled_on, actor, key=None):
    """Reckon the sum of each person of `ids` (retirees); a new reckoning replaces the unpaid one before."""

    def work(act):
        chosen = as_ids(ids)
        lock_rows(Retiree, chosen)
        for chunk in bulk.chunks(chosen, AT_ONCE):
            rows = QuerySet(Treatment).filter(retiree__in=among(Retiree, chunk))
            lock_rows(Treatment, list(rows.values_list("pk", flat=True)))
        outcome, found = _sort_out(chosen, settled_on, actor)
        _write(act, found)
        return outcome

    return carry_out("settlement.reckon", work, actor=actor, key=key)


def _sort_out(ids, settled_on, actor):
    if settled_on > clock.today():
        raise Refused(FUTURE)
    expectancy = expectancy_on(settled_on)
    if expectancy is None:
        raise Refused(NO_EXPECTANCY.format(day=settled_on))
    floor, source = value_on("lump_floor_months", settled_on), source_on("lump_floor_months", settled_on)
    outcome, found = Outcome("settle"), []
    for chunk in bulk.chunks(ids, AT_ONCE):
        mine = Retiree.objects.filter(pk__in=among(Retiree, chunk)).open_to(actor, Duty.SUBMIT)
        people = {one.pk: one for one in mine.only("pk", "enterprise_id", "born_on", "survival")}
        items = _items_of(people)
        for pk in chunk:
            person, rows = people.get(pk), items.get(pk, [])
            if sentence := _refusal(person, rows, settled_on):
                outcome.refused[pk] = sentence
                continue
            outcome.moved.append(pk)
            open_rows = [row for row in rows if row.state == State.PROPOSED]
            found.append((_settlement(person, open_rows, settled_on, expectancy, floor, source), open_rows))
    return outcome, found


def _items_of(people):
    """{retiree id: his lump-sum treatments that are not paid}."""
    rows = (
        QuerySet(Treatment)
        .filter(retiree__in=among(Retiree, people), outcome=Decision.LUMP_SUM, state__in=(State.PROPOSED, *ON_THE_WAY))
        .select_related("item")
        .order_by("pk")
    )
    items = defaultdict(list)
    for row in rows:
        items[row.retiree_id].append(row)
    return items


def _refusal(person, rows, settled_on):
    if person is None:
        return UNSEEN
    if person.survival == Survival.DECEASED:
        return DEAD
    states = {row.state for row in rows}
    if State.PROPOSED not in states:
        return NOTHING
    if states & set(ON_THE_WAY):
        return UNDER_WAY
    if person.born_on is None:
        return NO_BIRTH
    return BORN_LATER if person.born_on > settled_on else ""


def _settlement(person, rows, settled_on, expectancy, floor, source):
    lines = [Line(str(row.item), row.item.rate, times_of(row.item)) for row in rows]
    result = lump_sum(
        lines, born_on=person.born_on, settled_on=settled_on, expectancy=expectancy.years, floor_months=floor
    )
    return Settlement(
        id=new_id(),
        retiree_id=person.pk,
        enterprise_id=person.enterprise_id,
        settled_on=settled_on,
        born_on=person.born_on,
        age_months=result.age_months,
        expectancy=expectancy.years,
        expectancy_year=expectancy.year,
        expectancy_source=expectancy.source,
        full_months=result.full_months,
        floor_months=floor,
        floor_source=source,
        months=result.months,
        lines=[
            {"item": str(row.pk), "label": line.label, "rate": f"{line.rate:.2f}", "times": line.times}
            for row, line in zip(rows, lines, strict=True)
        ],
        amount=result.amount,
    )


def _write(act, found):
    people = [one.retiree_id for one, _ in found]
    for chunk in bulk.chunks(people, AT_ONCE):
        before = QuerySet(Settlement).filter(retiree__in=among(Retiree, chunk), replaced=False, paid_on=None)
        act.change(Settlement, list(before.values_list("pk", flat=True)), replaced=True)
    _number(act, [one for one, _ in found])
    act.insert([one for one, _ in found])
    standing = QuerySet(Settlement).filter(retiree=OuterRef("retiree"), replaced=False, paid_on=None)
    # One UPDATE for all: each treatment is given its own person's sum.
    act.change(Treatment, [row.pk for _, rows in found for row in rows], settlement=Subquery(standing.values("pk")))


def _number(act, settlements):
    """2026-DEMO01-L00012 is the twelfth of that year of that enterprise; its row is the lock on its numbers."""
    year = timezone.localtime(act.operation.at).year
    ids = sorted({one.enterprise_id for one in settlements})
    codes = dict(
        QuerySet(Enterprise).filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk", "code")
    )
    rows = QuerySet(Settlement).filter(enterprise__in=ids, number__startswith=f"{year}-")
    last = dict(rows.order_by().values("enterprise").annotate(last=Max("number")).values_list("enterprise", "last"))
    serial = {pk: int(number.rpartition("-L")[2]) for pk, number in last.items()}
    for one in settlements:
        serial[one.enterprise_id] = serial.get(one.enterprise_id, 0) + 1
        one.number = f"{year}-{codes[one.enterprise_id]}-L{serial[one.enterprise_id]:05}"


def example(settlement):
    """The worked example: see benefits/worked.py."""
    return worked.example(settlement)
