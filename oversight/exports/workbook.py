"""The workbook of an export: lines as they come, and on it whose it is, from when, how many, under which number."""

from django.utils import timezone

from oversight.exports.people import width_of
from weihai_transfer.lib import clock
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

INTERNAL = "内部资料"


def mark(export, one, rows, user):
    """The watermark: who, for which office, when, how many, which export."""
    who = " ".join(filter(None, (user.acting_for, user.acting_as, user.name)))
    made = timezone.localtime(clock.now())
    return f"{INTERNAL}　导出人：{who}　时间：{made:%Y-%m-%d %H:%M}　共 {rows:,} {one.unit}　导出编号：{export.number}"


def write(target, export, one, columns, lines, *, rows, user):
    """Returns how many lines were written."""
    words = f"筛选条件：{export.words}　{'已脱敏' if export.masked else '未脱敏'}"
    if export.total > rows:
        words += f"　申请时 {export.total:,} {one.unit}，其中 {export.total - rows:,} {one.unit}已不在可查看的列表中"
    marked = mark(export, one, rows, user)
    sheet = Sheet(
        one.label,
        [Column(column.label, width_of(column), column.kind) for column in columns],
        lines,
        (f"{one.label}（{rows:,} {one.unit}）", marked, words),
        footer=marked,
        header=f"{INTERNAL}　{export.number}",
    )
    said = {
        "title": f"{one.label} {export.number}",
        "subject": INTERNAL,
        "author": user.name,
        "company": user.acting_for,
        "comments": marked,
        "status": INTERNAL,
    }
    return write_table(target, [sheet], properties=said)
