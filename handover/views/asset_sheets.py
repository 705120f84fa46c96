"""The list of assets as a workbook: the blank form, the list out, the list in."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.scope import holds
from audit import events
from audit.operations import AlreadyDone
from handover.agreements import asset_sheets, coverage, viewers
from handover.forms.assets import AssetSheetForm
from handover.models import Agreement
from handover.models.agreements import BUSINESS
from handover.services import assets
from handover.states.agreements import EDITABLE, ENTERPRISE
from tracks import sheets
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.workbooks.output import XLSX
from weihai_transfer.lib.workbooks.writing import Sheet, write_table

TITLE = "移交资产清单"


def _seen(request, pk):
    return get_object_or_404(Agreement.objects.visible_to(request.user).select_related("enterprise", "area"), pk=pk)


@require_safe
def template(request):
    """The fifteen headings, nothing below them."""
    if not holds(request.user, *BUSINESS):
        raise PermissionDenied
    return private_file(_workbook((), (TITLE,)), "移交资产清单模板.xlsx", XLSX)


@require_safe
def export(request, pk):
    one = _seen(request, pk)
    # Party workers see the agreement for its roster of members, not what goes with it.
    if not holds(request.user, *BUSINESS):
        raise PermissionDenied
    rows = coverage.assets_of(one)
    events.note(request, "download", subject=f"handover.Agreement {pk}", field=TITLE)
    caption = f"协议编号：{one.number}　移交企业：{one.enterprise.name}　接收方：{one.area.name}"
    data = _workbook(asset_sheets.rows_of(rows), (TITLE, caption))
    return private_file(data, f"移交资产清单（{one.number}）.xlsx", XLSX)


def _workbook(rows, captions):
    target = BytesIO()
    write_table(target, [Sheet(TITLE, asset_sheets.COLUMNS_OUT, rows, captions)])
    return target.getvalue()


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request, pk):
    one = _seen(request, pk)
    if ENTERPRISE not in viewers.sides_of(one, request.user):
        raise PermissionDenied
    page = f"{reverse('handover:assets')}?agreement={pk}"
    if one.state not in EDITABLE and request.method != "POST":
        messages.error(request, f"协议为“{one.get_state_display()}”，不能修改资产清单。已提出的请先撤回方案。")
        return redirect(page)
    posted = request.method == "POST"
    form, faults = AssetSheetForm(request.POST if posted else None, request.FILES if posted else None), []
    if form.is_valid() and (found := sheets.read(form, asset_sheets.read)):
        rows, faults = found
        if rows and _written(request, one, form, rows):
            return redirect(page)
    context = {
        "title": f"导入资产清单（{one.number}）",
        "crumbs": [
            ("协议", reverse("handover:agreements")),
            (one.number, reverse("handover:agreement", args=[pk])),
            ("导入资产清单", ""),
        ],
        "agreement": one,
        **sheets.context_of(form, faults),
        "headings": asset_sheets.HEADINGS,
        "back": page,
    }
    return render(request, "handover/asset_import.html", context, status=sheets.status_of(form, faults))


def _written(request, one, form, rows):
    given = form.cleaned_data
    try:
        count = assets.bring_in(one, rows, way=given["way"], actor=request.user, key=given["key"])
    except AlreadyDone as done:
        messages.info(request, str(done))
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return False
    else:
        messages.success(request, f"已导入资产 {count:,} 项。方案中的资产数字请“按现有数据更新”。")
    return True
