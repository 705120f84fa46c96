"""Medical insurance in the demo city: some people are insured by their enterprise, two groups have supplementary plans."""

from datetime import date
from decimal import Decimal

from accounts.models import Office
from accounts.values import set_value
from benefits.medical_states import State
from benefits.models import MedicalTransfer
from benefits.services import covering, medical, supplementary
from oversight.demo.invented import HEADINGS

COLUMN = "医保是否已纳入地方管理"
PLACE = HEADINGS.index("医疗保险所在地")
OWN = "企业自办"
PLANS = {
    # enterprise: kind, name, channel, yearly amount, percent, and the amount that it was raised to
    "DEMO01": ("supplementary", "示例机电集团补充医疗保险", "示例保险公司", 1200, 80, 1500),
    "DEMO04": ("mutual", "示例港务集团职工医疗互助", "", 600, None, None),
}
EACH, LAST = 6, 5


def with_column(rows):
    """The rows of a roster with one more column, which says what their place of insurance says."""
    return [(*row, "否" if row[PLACE] == OWN else "是") for row in rows]


def set_term(story):
    """Everybody of the demo was registered on one day: with a longer term not all are late at once."""
    steward = story.clerks.of("system_admin", Office.objects.get(code="371000"))
    with story.on(62):
        set_value("medical_days", story.today.replace(month=1, day=1), 90, source="示例：市医保局通知", actor=steward)


def cover(story, enterprise, hr):
    """Before anybody is handed over: the plan, its levels, everybody in it."""
    if enterprise.code not in PLANS:
        return
    kind, name, channel, amount, percent, raised = PLANS[enterprise.code]
    level = {"amount": Decimal(amount), "percent": percent and Decimal(percent), "document": "示例文件〔2015〕3号"}
    since = date(2015, 1, 1)
    with story.on(58):
        plan = supplementary.open_plan(
            enterprise, kind=kind, name=name, channel=channel, since=since, level=level, actor=hr
        )
        if raised:
            level = {**level, "amount": Decimal(raised), "document": "示例文件〔2022〕8号"}
            supplementary.record_level(plan, since=date(2022, 1, 1), level=level, actor=hr)
    with story.on(57):
        everybody = covering.candidates(plan, hr).order_by("pk").values_list("pk", flat=True)
        covering.cover(plan, list(everybody), since=since, actor=hr)


def tell(story, enterprise, hr, fates):
    """Settled for those whose case is completed; the others' transfers stand anywhere on the way."""
    rows = MedicalTransfer.objects.filter(enterprise=enterprise, state=State.TO_SETTLE).order_by("pk")
    waiting = list(rows.values_list("pk", flat=True))
    done = {pk for pk in waiting if fates[pk] == "completed"}
    bureau = Office.objects.get(code="YBJ")
    with story.on(22):
        values = {"scheme": "own", "amount": Decimal("3600.00"), "amount_kind": "once", "payer": "enterprise"}
        proposed = medical.take("propose", waiting, actor=hr, values={**values, "bureau": bureau}).moved
    # How far one comes: of six one is sent back, one waits for an answer, one for documents, one to be taken over.
    fate = {pk: LAST if pk in done else at % EACH for at, pk in enumerate(proposed, 1)}
    for area, pks in _by_area(proposed).items():
        _settle(story, area, pks, fate, hr)
    outside = [pk for pk in waiting if fates[pk] == "outside"]
    with story.on(14) as moment:
        values = {"scheme": "elsewhere", "taken_over_on": moment.date(), "insured_place": "烟台市芝罘区"}
        reported = medical.take("report_outside", outside, actor=hr, values=values).moved
    with story.on(5):
        medical.take(
            "confirm_outside", reported[::2], actor=story.clerks.of("sasac", Office.objects.get(code="371000"))
        )


def _settle(story, area, pks, fate, hr):
    clerk = story.clerks.of("district", area)
    with story.on(18):
        why = {"reason_code": "documents", "reason": "缴费年限与社保记录不符（示例）。"}
        medical.take("object", [pk for pk in pks if not fate[pk]], actor=clerk, **why)
    with story.on(16) as moment:
        agreed = [pk for pk in pks if fate[pk] >= 2]
        medical.take("agree", agreed, actor=clerk, values={"agreed_on": moment.date()})
    with story.on(11) as moment:
        ticked = {"contribution_proof": True, "insurance_proof": True, "application_form": True}
        handed = [pk for pk in agreed if fate[pk] >= 3]
        medical.take("hand", handed, actor=hr, values={"handed_on": moment.date(), **ticked})
    with story.on(3) as moment:
        values = {"taken_over_on": moment.date(), "insured_place": f"威海市{area}"}
        medical.take("take_over", [pk for pk in handed if fate[pk] == LAST], actor=clerk, values=values)


def _by_area(ids):
    found = {}
    rows = MedicalTransfer.objects.filter(pk__in=ids).select_related("office").order_by("pk")
    for row in rows:
        found.setdefault(row.office, []).append(row.pk)
    return found
