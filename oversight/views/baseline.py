"""应移交人数: the bridge from the baseline to today, the list behind each number, freezing and recording."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.scope import reach_of
from accounts.views.guard import attempt, needs
from audit import events
from oversight.baseline import bridge, freezing, listing, recording, tables, workbook
from oversight.forms.baseline import FreezeForm, RecordForm
from oversight.models import Baseline, BaselineChange, BaselinePerson, ChangedPerson, DuePerson
from oversight.models.baseline import SEES_BASELINE, SEES_CHANGES
from tracks import desk
from weihai_transfer.lib import sealed_files
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import back_url, private_file
from weihai_transfer.lib.workbooks.output import XLSX

ROOT = "应移交人数"
FORM = ("GET", "HEAD", "POST")
DESK = desk.Desk(
    kind="baseline",
    model=DuePerson,
    noun=ROOT,
    list="oversight:baseline_people",
    row="handover:person",
    step="",
    outcome="oversight:baseline_outcome",
)


def _home():
    return (ROOT, reverse("oversight:baseline"))


@require_safe
@needs(*SEES_BASELINE)
def show_baseline(request):
    user = request.user
    baseline = Baseline.objects.visible_to(user).in_force()
    context = {
        "title": "应移交人数变动表",
        "crumbs": [("进度", reverse("oversight:progress")), (ROOT, "")],
        "baseline": baseline,
        "may_keep": freezing.may_keep(user),
        "sees_changes": _sees_changes(user),
        "baselines": _baselines(user),
    }
    if baseline:
        found = bridge.read(baseline, user)
        context |= {
            "bridge": found,
            "lines": tables.upright(found),
            "formula": tables.formula(found),
            "tables": [tables.table(found, cut) for cut in (bridge.AREA, bridge.ENTERPRISE)],
            "print_words": f"{baseline}，依据：{baseline.source}。",
        }
    return render(request, "oversight/baseline.html", context)


def _sees_changes(user):
    return reach_of(user, *SEES_CHANGES).everywhere


def _baselines(user):
    """Every baseline with how many of the user's people it holds, newest first."""
    counts = dict(BaselinePerson.objects.visible_to(user).order_by().values_list("baseline").annotate(Count("pk")))
    rows = Baseline.objects.visible_to(user).order_by("-frozen_at", "-pk")
    return [(one, counts.get(one.pk, 0)) for one in rows]


@require_safe
@needs(*SEES_BASELINE)
def download(request):
    baseline = Baseline.objects.visible_to(request.user).in_force()
    if baseline is None:
        return redirect("oversight:baseline")
    found = bridge.read(baseline, request.user)
    made = f"{request.user.acting_for} {request.user.name} {timezone.localtime():%Y-%m-%d %H:%M}"
    with sealed_files.clear_folder() as folder:
        target = folder / "baseline.xlsx"
        workbook.write(target, found, _baselines(request.user), made)
        events.note(request, "download", subject="oversight.Baseline", field=workbook.TITLE)
        return private_file(target, f"{workbook.TITLE}-{timezone.localdate():%Y%m%d}.xlsx", XLSX)


@require_safe
@needs(*SEES_BASELINE)
def show_people(request):
    baseline = Baseline.objects.visible_to(request.user).in_force()
    if baseline is None or "line" not in request.GET:
        return redirect("oversight:baseline")
    asked = listing.Asked.of(request.GET)
    page = listing.people_page(request, baseline, asked)
    where = f"{asked.name}，" if asked.name else ""
    context = {
        "title": f"{asked.line.label}（{where}{page.count:,} 人）",
        "crumbs": [_home(), (asked.line.label, "")],
        "list": page,
        "line": asked.line,
        "baseline": baseline,
        "bulk": listing.buttons(request.user, asked.line),
        "bulk_words": "同一理由的可以勾选多人一次登记；登记前先核对",
        "chosen": desk.left_over(request, DESK),
    }
    return render(request, "oversight/baseline_people.html", context)


@require_http_methods(FORM)
@needs(*SEES_BASELINE)
def freeze(request):
    if not freezing.may_keep(request.user):
        raise PermissionDenied
    before = Baseline.objects.visible_to(request.user).in_force()
    form = FreezeForm(before, request.POST if request.method == "POST" else None)

    def act():
        return freezing.freeze(actor=request.user, **form.cleaned_data)

    if form.is_valid() and attempt(request, form, act, "已冻结应移交基线。"):
        return redirect("oversight:baseline")
    context = {
        "title": "重新冻结基线" if before else "冻结基线",
        "crumbs": [_home(), ("冻结基线", "")],
        "preview": freezing.preview(),
        "before": before,
        "form": form,
        "cancel_url": reverse("oversight:baseline"),
    }
    return render(request, "oversight/baseline_freeze.html", context)


@require_http_methods(FORM)
@needs(*SEES_BASELINE)
def record(request):
    """Out of the list behind a number: preview, then the act."""
    if not freezing.may_keep(request.user):
        raise PermissionDenied
    baseline = Baseline.objects.visible_to(request.user).in_force()
    if request.method != "POST" or baseline is None or "line" not in request.GET:
        return redirect("oversight:baseline")
    asked = listing.Asked.of(request.GET)
    page = listing.people_page(request, baseline, asked)
    return desk.act_on_many(request, DESK, page, _recording(request.user, asked.line))


def _recording(user, line):
    def preview(ids, form):
        kind = form.cleaned_data.get("kind") if form.is_bound and form.is_valid() else line.kinds[0]
        return recording.preview(_persons(user, ids), kind, actor=user)

    def run(ids, form):
        return recording.record(_persons(user, ids), actor=user, **form.arguments())

    return desk.Action(
        "登记变动",
        form=lambda data: RecordForm(line.kinds, data),
        preview=preview,
        run=run,
        intro="登记后这些人员列入相应的变动类别，应移交人数不因登记而改变。登记有误的可以重新登记，原记录保留。",
    )


def _persons(user, ids):
    """The people whom chosen rows are about: rows of the baseline carry numbers of their own."""
    numbers = [one for one in ids if not isinstance(one, UUID)]
    if not numbers:
        return ids
    return list(BaselinePerson.objects.visible_to(user).filter(pk__in=numbers).values_list("case_id", flat=True))


@require_safe
@needs(*SEES_BASELINE)
def outcome(request, key):
    return desk.show_outcome(request, DESK, key)


@require_safe
@needs(*SEES_CHANGES)
def show_changes(request):
    rows = BaselineChange.objects.visible_to(request.user).select_related("baseline")
    page = ListPage(
        request,
        rows.annotate(named=Count("people")),
        columns=[
            Column("at", "登记时间", sort="at", link=True),
            Column("kind", "变动类别", "get_kind_display"),
            Column("named", "人数", number=True),
            Column("reason", "理由"),
            Column("by", "登记人"),
            Column("baseline", "基线"),
        ],
        order=("-at", "-pk"),
        unit="次",
        row_url=lambda one: reverse("oversight:baseline_change", args=[one.pk]),
    )
    context = {
        "title": f"应移交变动登记（{page.count:,} 次）",
        "crumbs": [_home(), ("变动登记", "")],
        "list": page,
    }
    return render(request, "oversight/baseline_changes.html", context)


@require_safe
@needs(*SEES_CHANGES)
def show_change(request, pk):
    change = get_object_or_404(BaselineChange.objects.visible_to(request.user).select_related("baseline"), pk=pk)
    page = listing.changed_page(request, ChangedPerson.objects.visible_to(request.user).filter(change=change))
    context = {
        "title": f"{change.get_kind_display()}（{page.count:,} 人）",
        "crumbs": [
            _home(),
            ("变动登记", back_url(request, reverse("oversight:baseline_changes"))),
            (change.get_kind_display(), ""),
        ],
        "facts": [
            ("变动类别", change.get_kind_display()),
            ("理由", change.reason),
            ("登记时间", change.at),
            ("登记人", change.by),
            ("基线", change.baseline),
        ],
        "list": page,
    }
    return render(request, "oversight/baseline_change.html", context)
