"""Which column of the file is what: shown as it was recognised, settled by the person, remembered for the next file."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.duties import Duty
from accounts.views.guard import needs
from retirees import jobs
from retirees.forms import heading_forms
from retirees.models.rosters import RosterState
from retirees.roster import checking, layouts
from retirees.roster.heading_words import CLOSE, EXACT, IGNORED_COLUMN, SUGGESTED, UNKNOWN
from retirees.roster.layout import CHOSEN, REMEMBERED, SET_ASIDE
from retirees.views.guard import find_own
from retirees.views.roster import crumbs
from retirees.views.steps import steps_of
from weihai_transfer.lib.words import Badge

CERTAINTY = {
    EXACT: Badge("准确", "done"),
    REMEMBERED: Badge("按上次的选择", "done"),
    CHOSEN: Badge("人工指定", "done"),
    CLOSE: Badge("近似，已采用", "away"),
    SUGGESTED: Badge("疑似，请确认", "mine"),
    UNKNOWN: Badge("未识别，请指定", "mine"),
    SET_ASIDE: Badge("重复，未采用", "mine"),
    IGNORED_COLUMN: Badge("不导入", "idle"),
}
OPEN = (RosterState.HEADINGS, RosterState.CHECKED)


@dataclass(frozen=True)
class Line:
    match: object
    choice: object
    certainty: Badge


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Duty.SUBMIT)
def headings(request, pk):
    roster = find_own(request, pk)
    if roster.state not in OPEN:
        messages.warning(request, f"花名册当前为“{roster.get_state_display()}”，不能修改表头对应。")
        return redirect("retirees:roster", roster.pk)
    forms = heading_forms(layouts.loaded(roster), request.POST or None)
    # Every form is asked, so that all mistakes are shown at once.
    wrong = any([form.errors for form in forms])  # noqa: C419
    if request.method == "POST" and not wrong:
        settled = [pair for form in forms for pair in form.settled()]
        return _read_again(request, roster, sorted(settled, key=lambda pair: pair[0]))
    sheets = [_sheet(form) for form in forms]
    lines = [line for sheet in sheets for line in sheet["lines"]]
    context = {
        "title": "识别表头",
        "crumbs": crumbs(roster, ("识别表头", "")),
        "roster": roster,
        "steps": steps_of(roster),
        "sheets": sheets,
        "wrong": wrong,
        "wrong_lines": [line for line in lines if line.choice.errors],
        "open_lines": [line for line in lines if line.match.is_open],
    }
    return render(request, "retirees/headings.html", context, status=422 if wrong else 200)


def _read_again(request, roster, settled):
    if checking.read_again(roster, settled):
        roster.refresh_from_db()
        jobs.enqueue(roster)
        messages.success(request, "表头对应已保存，正在按此重新核对。同样的表头下次上传时自动沿用。")
    else:
        messages.warning(request, "花名册的状态已由他人改变，表头对应没有保存。下面是最新情况。")
    return redirect("retirees:roster", roster.pk)


def _sheet(form):
    layout = form.layout
    first, last = layout.heading_rows
    where = f"第 {first} 行" if first == last else f"第 {first} 至 {last} 行"
    return {
        "form": form,
        "names": form.sheet_names,
        "where": f"表头在{where}，人员从第 {layout.data_from} 行开始",
        "doubts": [doubt for doubt in layout.doubts if not _belongs_to_a_column(doubt, layout)],
        "lines": [Line(match, choice, CERTAINTY[match.status]) for match, choice in form.lines],
    }


def _belongs_to_a_column(doubt, layout):
    """Said in the column's own line already."""
    return any(doubt.endswith(own) for match in layout.columns for own in match.doubts)
