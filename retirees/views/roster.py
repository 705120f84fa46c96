"""One roster: what happens to it now, what was found in it, what may be done next."""

from dataclasses import dataclass, field

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.views.guard import needs
from retirees.models import Retiree
from retirees.models.rosters import RosterState
from retirees.roster import explaining, files, review
from retirees.views.badges import badge_of
from retirees.views.guard import MAY_LOOK, find, may_act
from retirees.views.steps import steps_of
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.pages import back_url, is_htmx, paginate

REVIEWED = (RosterState.CHECKED, RosterState.IMPORTED)


def crumbs(roster, *more):
    own = reverse("retirees:roster", args=[roster.pk]) if more else ""
    return [("花名册", reverse("retirees:rosters")), (roster.filename, own), *more]


@require_safe
@needs(*MAY_LOOK)
def show_roster(request, pk):
    roster = find(request, pk)
    acts = may_act(request.user, roster)
    context = {
        "title": roster.filename,
        "crumbs": crumbs(roster),
        "roster": roster,
        "badge": badge_of(roster, request.user),
        "steps": steps_of(roster),
        "may_act": acts,
        "has_file": acts and files.path_of(roster).exists(),
        "back": back_url(request, reverse("retirees:rosters")),
        "hidden": [("key", new_id())],
    }
    if roster.is_running:
        context["progress"] = progress_of(roster, acts)
    elif roster.state == RosterState.HEADINGS:
        context["actions"] = _heading_actions(roster) if acts else []
    elif roster.state in REVIEWED:
        context |= {"kinds": review.kinds(roster), **_reviewed(request, roster)}
        context["doubts"] = _doubts(roster) if acts else []
        context["actions"] = _actions(roster, context["counts"], context["doubts"]) if acts else []
        if roster.state == RosterState.IMPORTED:
            people = Retiree.objects.visible_to(request.user).filter(roster=roster).count()
            context |= {"people": people, "left": roster.rows - roster.blank - people}
    return render(request, "retirees/roster.html", context)


@require_safe
@needs(*MAY_LOOK)
def show_rows(request, pk):
    roster = find(request, pk)
    if roster.state not in REVIEWED:
        return redirect("retirees:roster", roster.pk)
    context = {
        "title": "逐行核对结果",
        "crumbs": crumbs(roster, ("逐行核对结果", "")),
        "roster": roster,
        **_reviewed(request, roster),
    }
    context["print_words"] = f"{roster.filename}，{context['shown']}，共 {context['page'].paginator.count:,} 行。"
    return render(request, "retirees/rows.html", context)


@dataclass(frozen=True)
class TabLink:
    label: str
    count: int
    url: str
    active: bool


def _reviewed(request, roster):
    """Counts, and one page of rows by ?tab= or ?kind=."""
    counts, address = review.tab_counts(roster), reverse("retirees:rows", args=[roster.pk])
    kind = request.GET.get("kind", "")
    kind = kind if review.is_kind(kind) else ""
    asked = request.GET.get("tab", "")
    first = next((tab.name for tab in review.TABS if counts[tab.name]), "good")
    tab = "" if kind else asked if asked in counts else first
    page = paginate(request, review.rows_of(roster, tab=tab, kind=kind))
    sheets = review.sheet_names(roster)
    tabs = [
        # A row with nothing in it is counted, not kept.
        TabLink(
            one.label,
            roster.blank if one.name == "blank" else counts[one.name],
            f"{address}?tab={one.name}",
            one.name == tab,
        )
        for one in review.TABS
        # What was imported is in the list of people from then on.
        if one.name != "good" or roster.state == RosterState.CHECKED
    ]
    return {
        "counts": counts,
        "rows_url": address,
        "tabs": tabs,
        "kind": review.title_of(kind) if kind else "",
        "shown": review.title_of(kind) if kind else next(one.label for one in review.TABS if one.name == tab),
        "is_blank": tab == "blank",
        "unlisted": max(0, roster.blank - counts["blank"]),
        "page": page,
        "lines": review.lines(page.object_list, sheets),
        "several_sheets": len(sheets) > 1,
    }


@dataclass(frozen=True)
class Action:
    """A button of `_actions.html`."""

    label: str
    url: str
    primary: bool = False
    danger: bool = False
    post: bool = False
    name: str = ""
    value: str = ""
    hint: str = ""
    reasons: list = field(default_factory=list)


def _at(name, roster):
    return reverse(f"retirees:{name}", args=[roster.pk])


def _discard(roster):
    hint = "删除核对结果和上传的文件，不影响已在册人员。"
    return Action("放弃本次上传", _at("discard", roster), danger=True, post=True, hint=hint)


def _heading_actions(roster):
    return [Action("确认表头", _at("headings", roster), primary=True), _discard(roster)]


@dataclass(frozen=True)
class Doubt:
    """One kind of odd retirement dates that still wants a reason."""

    code: str
    title: str
    count: int


def _doubts(roster):
    """Asked before the import; judgements warn and want a reason, they refuse nobody."""
    if roster.state != RosterState.CHECKED:
        return []
    return [Doubt(code, review.title_of(code), count) for code, count in explaining.unexplained(roster).items()]


def _actions(roster, counts, doubts):
    if roster.state == RosterState.IMPORTED:
        return _after_import(roster, counts["bad"] + counts["duplicate"])
    return _before_import(roster, doubts)


def _before_import(roster, doubts):
    whole, some = _import_buttons(roster, doubts)
    annotated = Action("下载标注问题的表格", _at("annotated", roster), primary=not roster.accepted)
    again = Action("修改表头对应", _at("headings", roster), hint="改后整份重新核对。")
    marked = annotated if roster.rejected or roster.warnings else None
    return [one for one in (whole, some, marked, again, _discard(roster)) if one]


def _import_buttons(roster, doubts):
    whole = "导入全部" if not roster.accepted or roster.rejected else f"导入全部 {roster.accepted:,} 人"
    reasons = []
    if not roster.accepted:
        reasons.append("没有可以导入的行。请下载标注问题的表格，改正后重新上传。")
    elif roster.rejected:
        reasons.append(f"还有 {roster.rejected:,} 行不能导入。请改正后重新上传，或只导入正确的行。")
    wanting = [f"还有 {sum(one.count for one in doubts):,} 人的退休时间没有说明原因。请在下方填写。"] if doubts else []
    reasons += wanting
    act = {"url": _at("import", roster), "post": True, "name": "rows"}
    first = Action(whole, **act, value="all", primary=not reasons, reasons=reasons)
    if not (roster.accepted and roster.rejected):
        return first, None
    hint = f"其余 {roster.rejected:,} 行可在改正后另行上传。"
    some = f"只导入正确的 {roster.accepted:,} 行"
    return first, Action(some, **act, value="good", primary=not wanting, hint=hint, reasons=wanting)


def _after_import(roster, left):
    found = []
    if left:
        hint = "只含没有导入的行，改正后可直接上传。"
        found.append(Action("下载未导入的行", _at("annotated", roster), hint=hint))
    found.append(
        Action("撤回本次导入", _at("withdraw", roster), danger=True, hint="本批人员都还没有办理过时可以撤回。")
    )
    return found


@dataclass(frozen=True)
class Progress:
    """What `_progress.html` prints."""

    words: str
    percent: int | None
    poll_url: str
    cancel_url: str
    running: bool = True
    failed: bool = False


def progress_of(roster, acts):
    words, percent = _words(roster), roster.percent if roster.total else None
    cancel = _at("cancel", roster) if acts and not roster.cancel_asked else ""
    return Progress(words, percent, _at("progress", roster), cancel)


def _words(roster):
    if roster.cancel_asked:
        return "正在取消，已经导入的部分将全部撤回。"
    if roster.state == RosterState.UPLOADED:
        return "文件已收到，正在排队等候读取。"
    if roster.state == RosterState.IMPORTING:
        return f"正在导入，已完成 {roster.done:,} 人，共 {roster.total:,} 人。"
    if not roster.total:
        return "正在读取文件、识别表头。"
    return f"正在核对，已完成 {roster.done:,} 行，共 {roster.total:,} 行。"


@require_safe
@needs(*MAY_LOOK)
def show_progress(request, pk):
    """The piece that the roster page asks for every two seconds; the page itself when there is nothing more to wait for."""
    roster = find(request, pk)
    if not is_htmx(request):
        return redirect("retirees:roster", roster.pk)
    if not roster.is_running:
        return HttpResponseClientRefresh()
    return render(request, "_progress.html", {"progress": progress_of(roster, may_act(request.user, roster))})
