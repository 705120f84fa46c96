"""Coming retirements: the list, the workbook in and out, one employee's choice, the roster of a month."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.scope import own_enterprises, reach_of
from accounts.views.guard import attempt, needs
from audit import events
from audit.operations import AlreadyDone
from retirees.forecast import keeping, listing, month_roster, sheet
from retirees.forms import ChoiceForm, EmployeesForm
from retirees.models import ExpectedRetirement
from retirees.statutory_age import least_contribution_months
from retirees.views.downloads import written
from tracks import sheets
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

MAY_LOOK = ExpectedRetirement.objects.all().seen_with
METHODS = ["GET", "HEAD", "POST"]
CRUMB = "退休预测"


@require_safe
@needs(*MAY_LOOK)
def show_forecast(request):
    page = listing.forecast_page(request)
    asked = request.GET.get("enterprise", "")
    enterprise = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    context = {
        "title": f"退休预测（{page.count:,} 人）",
        "crumbs": [(CRUMB, "")],
        "list": page,
        "months": listing.by_month(request.user, enterprise),
        "headings": [label for _, _, label in listing.COUNTED],
        "may_bring": bool(reach_of(request.user, Duty.SUBMIT).enterprises),
    }
    return render(request, "retirees/forecast.html", context)


@require_safe
@needs(Duty.SUBMIT)
def template(request):
    return written(sheet.write, sheet.FILENAME)


@require_http_methods(METHODS)
@needs(Duty.SUBMIT)
def bring_in(request):
    posted = request.method == "POST"
    form = EmployeesForm(
        own_enterprises(request.user),
        request.user.post and request.user.post.place,
        request.POST if posted else None,
        request.FILES if posted else None,
    )
    faults = []
    if form.is_valid() and (found := sheets.read(form, sheet.read)):
        lines, faults = found
        if lines and _taken_in(request, form, lines):
            return redirect("retirees:forecast")
    context = {
        "title": "导入职工名单",
        "crumbs": [(CRUMB, reverse("retirees:forecast")), ("导入职工名单", "")],
        **sheets.context_of(form, faults),
        "back": reverse("retirees:forecast"),
    }
    return render(request, "retirees/forecast_import.html", context, status=sheets.status_of(form, faults))


def _taken_in(request, form, lines):
    given = form.cleaned_data
    try:
        added, changed, removed = keeping.bring_in(
            given["enterprise"], lines, way=given["way"], actor=request.user, key=given["key"]
        )
    except AlreadyDone as done:
        messages.info(request, str(done))
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return False
    else:
        messages.success(
            request, f"名单共 {len(lines):,} 人：新增 {added:,} 人，更新 {changed:,} 人，移出 {removed:,} 人。"
        )
    return True


@require_http_methods(METHODS)
@needs(*MAY_LOOK)
def choose(request, pk):
    """One employee: the months that the law gives him, and what he has chosen."""
    rows = ExpectedRetirement.objects.visible_to(request.user).select_related("enterprise")
    row = get_object_or_404(rows, pk=pk)
    mine = ExpectedRetirement.objects.open_to(request.user, Duty.SUBMIT).filter(pk=pk).exists()
    if request.method == "POST" and not mine:
        raise PermissionDenied
    form = ChoiceForm(row, request.POST if request.method == "POST" else None) if mine else None

    def act():
        return keeping.choose(row, actor=request.user, **form.cleaned_data)

    if form and form.is_valid() and attempt(request, form, act, "已登记。"):
        row.refresh_from_db()
        if warning := keeping.late_notice(row):
            messages.warning(request, warning)
        return redirect("retirees:forecast_choose", pk)
    context = {
        "title": row.name,
        "crumbs": [(CRUMB, reverse("retirees:forecast")), (row.name, "")],
        "row": row,
        "facts": _facts(row),
        "warning": keeping.late_notice(row),
        "form": form,
        "cancel_url": reverse("retirees:forecast"),
    }
    return render(request, "retirees/forecast_person.html", context)


def _facts(row):
    return [
        ("公民身份号码", row.masked_id),
        ("企业", row.enterprise),
        ("人员类别", row.get_category_display()),
        ("出生日期", row.born_on),
        ("最早可退休月份", listing.month_text(row.earliest)),
        ("法定退休月份", listing.month_text(row.statutory)),
        ("最晚可退休月份", listing.month_text(row.latest)),
        ("弹性退休", row.get_choice_display()),
        ("预计退休月份", listing.month_text(row.expected)),
        ("最低缴费年限", _years(least_contribution_months(row.expected.year))),
        ("书面告知日期", row.noticed_on),
        ("备注", row.remark),
    ]


def _years(months):
    return f"{months // 12} 年{f' {months % 12} 个月' if months % 12 else ''}"


COLUMNS = (
    Column("姓名"),
    Column("公民身份号码", 22),
    Column("企业", 26),
    Column("人员类别", 18),
    Column("出生日期", 12, "date"),
    Column("最早可退休月份", 16),
    Column("法定退休月份", 16),
    Column("最晚可退休月份", 16),
    Column("弹性退休", 12),
    Column("预计退休月份", 16),
)


@require_safe
@needs(*MAY_LOOK)
def export(request):
    """The list as it is filtered, numbers masked."""
    page = listing.forecast_page(request)
    events.note(request, "download", field=CRUMB)
    lines = [
        (
            one.name,
            one.masked_id,
            str(one.enterprise),
            one.get_category_display(),
            one.born_on,
            *(listing.month_text(month) for month in (one.earliest, one.statutory, one.latest)),
            one.get_choice_display(),
            listing.month_text(one.expected),
        )
        for one in page.queryset
    ]
    sheet_out = Sheet(CRUMB, COLUMNS, lines, (CRUMB, page.words))
    return written(lambda target: write_table(target, [sheet_out]), "退休预测.xlsx")


@require_safe
@needs(Duty.SUBMIT)
def roster_of_month(request, month):
    """The people expected in a month who stand in no roster yet, as a roster to be completed and uploaded."""
    try:
        first = datetime.strptime(month, "%Y-%m").date()
    except ValueError as wrong:
        raise Http404 from wrong
    # A roster is one enterprise's: that of the post, not those below it.
    rows = ExpectedRetirement.objects.open_to(request.user, Duty.SUBMIT).filter(enterprise=request.user.post.place.pk)
    rows = rows.in_month(first).entered(False).select_related("enterprise").order_by("pk")
    events.note(request, "download", field=f"{month} 退休名单")
    words = f"{month} 预计退休人员，请补全后上传花名册"
    return written(lambda target: month_roster.write(target, rows, words), f"{month} 退休人员花名册.xlsx")
