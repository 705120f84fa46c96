"""Setting an enterprise's tapering plan 过渡方案: at most three years, and each year no more than the one before."""

from django.db.models import QuerySet

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.models.places import EnterpriseLevel
from accounts.scope import reach_of
from audit.operations import operation
from benefits.changes import POLICY_DAY
from benefits.decision import BY_NUMBER, CLAUSE
from benefits.models import TaperingPlan
from benefits.models.plans import LONGEST
from weihai_transfer.lib.refusals import Refused

TOO_LONG = f"“过渡期原则上不超过3年”（{CLAUSE}），没有登记。请改为 1 至 3 年。"
NOT_FALLING = f"“逐步减少新办理退休人员的统筹外费用”（{CLAUSE}）：各年比例只降不升，没有登记。请核对方案。"
NOT_CITY = f"{BY_NUMBER[10].says}（{CLAUSE}）本企业不是市属企业，没有登记。"


def set_plan(enterprise, *, first_day, years, percents, document, actor, key=None):
    """Set the plan of an enterprise and its subsidiaries; another one replaces it. `percents`: one for each year.

    What was carried out under the plan before keeps its percent; what is still proposed follows when it is decided
    anew.
    """
    if enterprise.pk not in reach_of(actor, Duty.SUBMIT).enterprises:
        raise Refused("您不能登记所选企业的过渡方案。请选择本企业。")
    values = _checked(enterprise, first_day, years, list(percents), document.strip())
    with operation("plan.set", actor=actor, key=key) as act:
        # The enterprise's row is the lock on its plan.
        list(QuerySet(Enterprise).filter(pk=enterprise.pk).select_for_update(no_key=True))
        standing = QuerySet(TaperingPlan).filter(enterprise=enterprise).first()
        if standing:
            act.change(TaperingPlan, [standing.pk], **values)
        else:
            standing = act.insert([TaperingPlan(enterprise=enterprise, **values)])[0]
    return QuerySet(TaperingPlan).get(pk=standing.pk)


def _checked(enterprise, first_day, years, percents, document):
    if enterprise.level != EnterpriseLevel.CITY:
        raise Refused(NOT_CITY)
    if not 1 <= years <= LONGEST:
        raise Refused(TOO_LONG)
    if first_day < POLICY_DAY:
        raise Refused("过渡期起算日早于文件印发日 2020-03-30，没有登记。请核对方案。")
    if not document:
        raise Refused("没有填写方案文号，没有登记。请填写本企业过渡方案的文号。")
    if len(percents) != years or any(one is None for one in percents):
        raise Refused("没有填齐各年的比例，没有登记。请按过渡期年数逐年填写。")
    if any(not 0 <= one <= 100 for one in percents) or sorted(percents, reverse=True) != percents:
        raise Refused(NOT_FALLING)
    first, second, third = (*percents, 0, 0)[:LONGEST]
    return {
        "first_day": first_day,
        "years": years,
        "first_percent": first,
        "second_percent": second,
        "third_percent": third,
        "document": document,
    }
