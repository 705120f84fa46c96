"""Taking in a list of employees, and what one of them has chosen."""

from django.db.models import QuerySet

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import reach_of
from audit.operations import operation
from retirees.models import ExpectedRetirement
from retirees.models.forecast import Choice
from retirees.statutory_age import NOTICE_OF_EARLY, NOTICE_OF_LATE, add_months, ages
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.sealing import blind_index

REPLACE, APPEND = "replace", "append"


def bring_in(enterprise, lines, *, way, actor, key=None):
    """Take in checked lines (sheet.Line): known numbers are updated, new ones added; with REPLACE, whoever is not in the
    list any more is removed. Returns (added, changed, removed).

    A choice that was made stays while the new months still allow it.
    """
    if enterprise.pk not in reach_of(actor, Duty.SUBMIT).enterprises:
        raise Refused("您不能为所选企业导入职工名单。请选择本企业。")
    with operation("forecast.import", actor=actor, key=key) as act:
        list(Enterprise.objects.filter(pk=enterprise.pk).select_for_update(no_key=True))
        known = {one.id_index: one for one in QuerySet(ExpectedRetirement).filter(enterprise=enterprise)}
        given = {blind_index("id", line.id_number): line for line in lines}
        new = [_made(enterprise, index, line) for index, line in given.items() if index not in known]
        changes = {
            row.pk: wanted for index, row in known.items() if index in given and (wanted := _changed(row, given[index]))
        }
        gone = [row.pk for index, row in known.items() if index not in given] if way == REPLACE else []
        act.insert(new)
        act.change_each(ExpectedRetirement, changes)
        act.remove(ExpectedRetirement, gone)
        act.outcome = {"about": str(enterprise)}
    return len(new), len(changes), len(gone)


def _facts(line):
    found = ages(line.category, line.born_on)
    return {
        "name": line.name,
        "category": line.category,
        "born_on": line.born_on,
        "earliest": found.earliest,
        "statutory": found.statutory,
        "latest": found.latest,
        "remark": line.remark,
    }


def _made(enterprise, index, line):
    facts = _facts(line)
    row = ExpectedRetirement(enterprise=enterprise, id_index=index, expected=facts["statutory"], **facts)
    # A sealed value is bound to the row's id, which the constructor sets after the fields that it is given.
    row.id_number = line.id_number
    return row


def _changed(row, line):
    """What a line says otherwise than the row; empty where the same is said again."""
    facts = _facts(line)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return {}
    kept = _allows(row.choice, row.expected, facts)
    choice = {} if kept else {"choice": Choice.NONE, "noticed_on": None}
    return {**facts, **choice, "expected": row.expected if kept else facts["statutory"]}


def _allows(choice, month, facts):
    if choice == Choice.EARLY:
        return facts["earliest"] <= month < facts["statutory"]
    return choice == Choice.LATE and facts["statutory"] < month <= facts["latest"]


def choose(row, *, choice, month, noticed_on, actor, key=None):
    """Write down that somebody retires early or late, or as the law says. `month` is the first day of a month.

    Raises Refused for a month that the law does not allow; a notice that came too late is a warning (`late_notice`).
    """
    facts = {name: getattr(row, name) for name in ("earliest", "statutory", "latest")}
    if choice == Choice.NONE:
        month, noticed_on = row.statutory, None
    elif not _allows(choice, month, facts):
        raise Refused(
            f"所选月份不在允许范围内，没有登记。提前的应在 {facts['earliest']:%Y-%m} 至 {facts['statutory']:%Y-%m} 之前，"
            f"延后的不晚于 {facts['latest']:%Y-%m}。请重新选择。"
        )
    elif noticed_on is None or noticed_on > clock.today():
        raise Refused("没有填写书面告知日期，或日期晚于今天，没有登记。请填写实际日期。")
    with operation("forecast.choose", actor=actor, key=key) as act:
        mine = ExpectedRetirement.objects.open_to(actor, Duty.SUBMIT).select_for_update(of=("self",)).filter(pk=row.pk)
        if not mine.exists():
            raise Refused("查找不到这名职工，没有登记。请刷新列表后重新选择。")
        act.change(ExpectedRetirement, [row.pk], choice=choice, expected=month, noticed_on=noticed_on)


def late_notice(row):
    """A sentence where the written notice came later than it should have; judgements of dates warn and refuse nothing."""
    months = {Choice.EARLY: NOTICE_OF_EARLY, Choice.LATE: NOTICE_OF_LATE}.get(row.choice)
    # The term runs to the first day of the month: of the statutory one for who retires later, of the chosen one for
    # who retires earlier.
    begins = row.statutory if row.choice == Choice.LATE else row.expected
    if not months or row.noticed_on is None or row.noticed_on <= add_months(begins, -months):
        return ""
    return f"书面告知应至少提前 {months} 个月，登记的告知日期偏晚。请核对。"
