"""Eligibility checks from a workbook: the blank form, and the list in with all its faults by cell."""

from io import BytesIO

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.views.guard import needs
from audit.operations import AlreadyDone
from handover.community import eligibility_sheet
from handover.services import care
from tracks import sheets
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.faults import Faulty
from weihai_transfer.lib.workbooks.output import XLSX


@require_safe
@needs(Duty.RECEIVE)
def template(request):
    target = BytesIO()
    eligibility_sheet.write(target)
    return private_file(target.getvalue(), eligibility_sheet.FILENAME, XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Duty.RECEIVE)
def bring_in(request):
    posted = request.method == "POST"
    form = sheets.SheetForm(request.POST if posted else None, request.FILES if posted else None)
    faults = []
    if form.is_valid() and (found := sheets.read(form, eligibility_sheet.read)):
        lines, faults = found
        if lines:
            faults = _taken_in(request, form, lines)
            if not faults:
                return redirect("handover:care")
    context = {
        "title": "导入资格认证",
        "crumbs": [("社区服务", reverse("handover:care")), ("导入资格认证", "")],
        **sheets.context_of(form, faults),
        "headings": eligibility_sheet.HEADINGS,
        "back": reverse("handover:care"),
    }
    return render(request, "handover/community/eligibility_import.html", context, status=sheets.status_of(form, faults))


def _taken_in(request, form, lines):
    """The faults that only the base knows; none when the list was taken in."""
    try:
        count = care.bring_in_checks(lines, actor=request.user, key=form.cleaned_data["key"])
    except AlreadyDone as done:
        messages.info(request, str(done))
    except Faulty as faulty:
        return faulty.faults
    else:
        messages.success(request, f"名单共 {len(lines):,} 人：登记 {count:,} 人，其余已有相同或较新的登记。")
    return []
