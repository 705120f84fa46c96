"""Out-of-pool money in the demo city: one group that decided its items, one whose annuity ends them (二(六))."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Office
from audit.operations import operation
from benefits.changes import POLICY_DAY
from benefits.codes import ItemKind, Period
from benefits.decision import Outcome
from benefits.models import OutOfPoolItem, Treatment
from benefits.services import deciding, expectancy, items, plans, settling, steps
from benefits.treatment_states import State
from handover.models import Case
from handover.states.cases import State as CaseState
from retirees import correcting
from retirees.codes import Survival
from retirees.models import Retiree
from weihai_transfer.lib import clock

# Which of the group's own people are vulnerable, and on what ground: by their place in the list.
VULNERABLE = {1: "work_injury", 4: "occupational_disease", 7: "work_injury"}
AGREED, UNFOUNDED = 4, 11
PEOPLE = 60
# (kind, period, rate, times): what every one gets, and every other one besides.
FOR_ALL = (ItemKind.HEATING, Period.SEASON, Decimal("1800.00"), 0)
FOR_SOME = (
    (ItemKind.LIVING, Period.MONTHLY, Decimal("120.00"), 0),
    (ItemKind.FESTIVAL, Period.FESTIVAL, Decimal("500.00"), 2),
)


def tell(story, enterprises):
    """The first group decides, asks, signs and pays a part; a second one has an annuity and stops."""
    group, port = enterprises["DEMO01"], enterprises["DEMO04"]
    hr = story.clerks.of("soe_hr", group)
    sysadmin = story.clerks.of("system_admin", Office.objects.get(code="371000"))
    with story.on(30):
        expectancy.set_expectancy(
            date(2021, 1, 1), Decimal("81.00"), 2020, "示例：供演示的数值，并非公布数", actor=sysadmin
        )
        plans.set_plan(
            group,
            first_day=date(2021, 1, 1),
            years=3,
            percents=[Decimal(75), Decimal(50), Decimal(25)],
            document="示例机电发〔2021〕3号",
            actor=hr,
        )
    ids = _entered(story, group, hr)
    for pk, ground in VULNERABLE.items():
        _found_vulnerable(story, ids[pk : pk + 1], ground, hr)
    with story.on(18):
        deciding.decide(deciding.ids_of_enterprise(group, hr), actor=hr)
    _ask(story, group, hr)
    _pay_once(story, group, hr)
    _put_in_force(story, group, hr)
    _stop(story, port)


def _people(enterprise):
    """Those who live and whose case was not closed."""
    rows = Case.objects.filter(enterprise__path__startswith=enterprise.path).exclude(state=CaseState.CLOSED)
    return Retiree.objects.filter(case__in=rows, survival=Survival.ALIVE).order_by("pk")[:PEOPLE]


def _entered(story, enterprise, hr):
    """Items of the people of an enterprise and its subsidiaries; the ids of the people."""
    people = list(_people(enterprise))
    with story.on(20):
        rows = [entry for at, person in enumerate(people) for entry in _entries(at, person)]
        items.enter_many(rows, actor=hr)
    return [one.pk for one in people]


def _entries(at, person):
    since = max(person.retired_on, date(2009, 11, 1))
    if person.retired_on > POLICY_DAY:
        since = person.retired_on + timedelta(days=1)
    wanted = (FOR_ALL, *FOR_SOME[: at % 3])
    for kind, period, rate, times in wanted:
        # Of those who retired later only what the group had paid before.
        yield items.Entry(
            person.pk,
            kind,
            "",
            rate,
            period,
            times,
            min(since, clock.today()),
            basis="示例机电发〔2009〕8号",
            payer="企业发放",
            met_old_rules=at % UNFOUNDED != UNFOUNDED - 1,
            lump_agreed=at % AGREED == 1,
        )


def _found_vulnerable(story, ids, ground, hr):
    for pk in ids:
        with story.on(19), operation("retiree.correct", actor=hr, reason="补充工伤、职业病情况（示例）") as act:
            person = Retiree.objects.get(pk=pk)
            groups = sorted({*person.special_groups, ground})
            correcting.write(act, pk, {"special_groups": groups}, version=correcting.version_of(person))


def _of(enterprise, outcome, state=State.PROPOSED):
    rows = Treatment.objects.filter(enterprise__path__startswith=enterprise.path, outcome=outcome, state=state)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _ask(story, group, hr):
    """The competent body agreed to most, and still has one before it."""
    kept = _of(group, Outcome.KEEP)
    with story.on(15):
        steps.take("ask_approval", kept, actor=hr)
    with story.on(9):
        approver = story.clerks.of("approver", Office.objects.get(code="GZW"))
        steps.take("approve", kept[:-1], actor=approver, values=_proof("示例国资函〔2026〕12号"))


def _pay_once(story, group, hr):
    """Reckoned for all who agreed; some have the paper before them, some signed, some were paid."""
    people = list(
        dict.fromkeys(Treatment.objects.filter(pk__in=_of(group, Outcome.LUMP_SUM)).values_list("retiree", flat=True))
    )
    with story.on(14):
        settling.settle(people, settled_on=clock.today(), actor=hr)
    third = max(1, len(people) // 3)
    with story.on(12):
        steps.take("offer", _items_of(people[: 2 * third]), actor=hr)
    with story.on(7):
        steps.take("sign", _items_of(people[:third]), actor=hr, values=_proof("示例协议〔2026〕1号"))
    with story.on(4):
        steps.take("pay", _items_of(people[: third // 2]), actor=hr, values=_proof("示例付字第0101号"))


def _items_of(people):
    rows = Treatment.objects.filter(retiree__in=people, outcome=Outcome.LUMP_SUM)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _put_in_force(story, group, hr):
    provided = _of(group, Outcome.PROVISION)
    half = len(provided) // 2
    with story.on(10):
        steps.take("confirm", provided[:half], actor=hr)
    with story.on(6):
        steps.take("put_in_force", provided[: half // 2], actor=hr, values=_proof("示例记字第0033号"))


def _stop(story, port):
    """Of the enterprise with an annuity."""
    hr = story.clerks.of("soe_hr", port)
    _entered(story, port, hr)
    with story.on(13):
        ids = OutOfPoolItem.objects.filter(enterprise=port).values_list("pk", flat=True)
        deciding.decide(list(ids), actor=hr)
    stopped = _of(port, Outcome.STOP)
    half = len(stopped) // 2
    with story.on(8):
        steps.take("confirm", stopped[:half], actor=hr)
        steps.take("stop", stopped[:half], actor=hr, values=_proof(port.annuity_filing))


def _proof(number):
    return {"proof": number, "proof_on": clock.today()}
