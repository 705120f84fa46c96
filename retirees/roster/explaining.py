"""Reasons for retirement dates that the check found odd: asked for before the import, kept with the person.

A reason stands in the workbook's own column, or is said once here for all rows with the same kind of doubt.
"""

from django.db.models import QuerySet

from retirees.models import Roster, RosterRow
from retirees.models.rosters import RosterState, Verdict
from retirees.roster import review
from weihai_transfer.lib.refusals import Refused

ASKED = ("retired_too_early", "retired_late", "retired_off_age", "retired_in_future")


def unexplained(roster):
    """{code: number of good rows whose odd date has no reason yet}, of the kinds that ask for one."""
    found = {code: _rows(roster, code).count() for code in ASKED}
    return {code: count for code, count in found.items() if count}


def _rows(roster, code):
    rows = review.rows_of(roster, kind=code)
    return rows.filter(verdict=Verdict.GOOD, has_warning=True, retirement_note="")


def explain(roster, code, text):
    """Say the reason for all rows of one kind that have none; returns how many. Staged rows are not audited: the
    reason comes into the history with the person."""
    if code not in ASKED or not text.strip():
        raise Refused("没有填写说明，没有登记。请写明原因（如按特殊工种批准提前退休，附批准文号）。")
    if QuerySet(Roster).get(pk=roster.pk).state != RosterState.CHECKED:
        raise Refused("花名册已不在核对阶段，没有登记。请刷新页面查看最新状态。")
    ids = list(_rows(roster, code).order_by().values_list("pk", flat=True))
    return QuerySet(RosterRow).filter(pk__in=ids).update(retirement_note=text.strip()[:200])


def explain_all(roster, text):
    """The same reason for every kind that still wants one."""
    for code in unexplained(roster):
        explain(roster, code, text)


def refuse_unexplained(roster):
    """Raises Refused where a date that is to be imported still lacks its reason."""
    if left := unexplained(roster):
        words = "、".join(f"{review.title_of(code)} {count:,} 人" for code, count in left.items())
        raise Refused(
            f"退休时间需要说明原因：{words}，没有导入。请在核对结果中填写说明，或在表格“退休时间说明”列写明。"
        )
