"""Budgets and payments: entered by those whose money it is, taken back by a counter entry, never deleted."""

from django.db.models import QuerySet

from accounts.duties import Duty
from accounts.models.places import OfficeKind
from accounts.scope import reach_of
from audit.operations import operation
from oversight.models import FinanceLevel, FundingBudget, FundingPayment
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

FIRST_YEAR = 2020
KINDS = {FundingBudget: "funding.budget", FundingPayment: "funding.payment"}
BACK = {FundingBudget: "funding.budget_back", FundingPayment: "funding.payment_back"}
OWN = {FundingBudget: ("document",), FundingPayment: ("paid_on", "voucher")}
NOT_YOURS = "您不能登记{area}的{finance}经费，没有登记。市财政部门登记各级经费，区市财政人员只登记本区市财政的经费。"
AGAIN = "{area} {year} 年度{finance}已登记凭证号 {voucher} 的拨付，没有重复登记。请核对凭证。"


def finances_open_to(user, area):
    """Which levels' money a user may enter for an area: the city's finance bureau all, an area's its own."""
    reach = reach_of(user, Duty.FUNDING)
    if reach.everywhere:
        return tuple(FinanceLevel)
    return (FinanceLevel.AREA,) if area.pk in reach.offices else ()


def enter(model, area, year, finance, *, line, amount, actor, key=None, **own):
    """Enter a budget (document) or a payment (paid_on, voucher); returns the row."""
    values = {name: own[name] for name in OWN[model]}
    if finance not in finances_open_to(actor, area):
        raise Refused(NOT_YOURS.format(area=area, finance=FinanceLevel(finance).label))
    _refuse_impossible(area, year, amount, values)
    row = model(area=area, year=year, finance=finance, line=line, amount=amount, **values)
    with operation(KINDS[model], actor=actor, key=key) as act:
        if model is FundingPayment:
            _refuse_same(row)
        return act.insert([row])[0]


def _refuse_impossible(area, year, amount, values):
    today = clock.today()
    if area.kind != OfficeKind.AREA:
        raise Refused(f"{area}不是区市、开发区，没有登记。请从列表中选择。")
    if not FIRST_YEAR <= year <= today.year + 1:
        raise Refused(f"年度应在 {FIRST_YEAR} 至 {today.year + 1} 之间，没有登记。请核对年度。")
    if amount <= 0:
        raise Refused("金额须大于零，没有登记。多登记的请对原记录办理冲销。")
    if any(value in (None, "") for value in values.values()):
        raise Refused("内容没有填写完整，没有登记。请补齐后再提交。")
    if values.get("paid_on") and values["paid_on"] > today:
        raise Refused("拨付日期晚于今天，没有登记。请在拨付后登记实际日期。")


def _refuse_same(row):
    same = QuerySet(FundingPayment).filter(
        area=row.area, year=row.year, finance=row.finance, line=row.line, voucher=row.voucher
    )
    if same.filter(corrects=None, corrected_by=None).exists():
        raise Refused(
            AGAIN.format(area=row.area, year=row.year, finance=row.get_finance_display(), voucher=row.voucher)
        )


def may_correct(user, row):
    """ "" or why this entry cannot be taken back by this user."""
    if row.corrects_id:
        return "本条是冲销记录，不能再冲销。需要恢复的，请重新登记。"
    if getattr(row, "corrected_by", None):
        return "本条已冲销，不能重复冲销。"
    if row.finance not in finances_open_to(user, row.area):
        return "只有登记该级经费的财政部门可以冲销。"
    return ""


def correct(row, *, reason, actor, key=None):
    """Take an entry back by one of the same amount below nought; returns the counter entry."""
    if not reason.strip():
        raise Refused("没有填写冲销理由，没有冲销。请写明原因后再提交。")
    model = type(row)
    with operation(BACK[model], actor=actor, reason=reason.strip(), key=key) as act:
        row = QuerySet(model).select_for_update().get(pk=row.pk)
        if why := may_correct(actor, row):
            raise Refused(f"{why}没有办理。")
        back = {name: getattr(row, name) for name in ("area", "year", "finance", "line", *OWN[model])}
        return act.insert([model(**back, amount=-row.amount, corrects=row, reason=reason.strip())])[0]
