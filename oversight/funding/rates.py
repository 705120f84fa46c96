"""What one person costs in a year, by level of the enterprise, and who bears it: dated rows, set by the city (二(一))."""

from decimal import Decimal

from accounts.duties import Duty
from accounts.models.places import EnterpriseLevel
from accounts.scope import reach_of
from audit.operations import operation
from oversight.models import FinanceLevel, ServiceRate
from oversight.models.funding import WHOLE
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

PAST = "自 {since} 起的标准已经生效或早于今天，没有写明更正理由，没有设定。请填写理由后再提交。"
NOT_WHOLE = "四级财政负担比例合计为 {sum}%，应为 100%，没有设定。请核对比例。"


def may_set(user):
    """The city's rates are set by the finance bureau: the duty at the city or one of its bureaus."""
    return reach_of(user, Duty.FUNDING).everywhere


def over_time():
    """{level: [rate, …]}, oldest first."""
    found = {level.value: [] for level in EnterpriseLevel}
    for rate in ServiceRate.objects.order_by("since"):
        found[rate.level].append(rate)
    return found


def holding(rates, day):
    """Of the rates of one level, oldest first, the one that holds on a day; None: there is none yet."""
    return next((rate for rate in reversed(rates) if rate.since <= day), None)


def set_rate(level, since, per_head, shares, *, source, actor, reason="", key=None):
    """Let a rate hold from a day on. `shares`: {finance level: percent}. One of the past is corrected with a reason."""
    if not may_set(actor):
        raise Refused("经费标准由市财政部门设定，没有设定。请联系市财政局。")
    parts = _parts(shares)
    if per_head <= 0 or not source.strip():
        raise Refused("标准须大于零并写明依据，没有设定。请补齐后再提交。")
    with operation("funding.rate", actor=actor, reason=reason.strip() or source.strip(), key=key) as act:
        row = ServiceRate.objects.select_for_update().filter(level=level, since=since).first()
        if (row or since < clock.today()) and not reason.strip():
            raise Refused(PAST.format(since=since))
        values = {"per_head": per_head, "source": source.strip(), **parts}
        if row:
            act.change(ServiceRate, [row.pk], **values)
        else:
            act.insert([ServiceRate(level=level, since=since, **values)])


def _parts(shares):
    """Percents as hundredths, which must be the whole exactly."""
    parts = {finance.value: Decimal(shares[finance]) * 100 for finance in FinanceLevel}
    total = sum(parts.values())
    if total != WHOLE or min(parts.values()) < 0 or any(part % 1 for part in parts.values()):
        raise Refused(NOT_WHOLE.format(sum=total / 100))
    return {finance: int(part) for finance, part in parts.items()}
