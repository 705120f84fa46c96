"""The official list of dossiers, out and in."""

from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.views.guard import attempt, needs
from archives import register
from archives.lists import dossiers as listing
from archives.services import registering
from audit import events
from tracks import sheets
from tracks.sheets import SheetForm
from weihai_transfer.lib import sealed_files
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.faults import Faulty
from weihai_transfer.lib.workbooks.output import XLSX

MOST = 20_000
FILENAME = f"{register.TITLE}.xlsx"


@require_safe
@needs(Duty.SUBMIT)
def register_workbook(request):
    """The enterprise's list as it is filtered, as the official workbook with whole numbers; each leaves an event.

    An archive institution has its copy from the enterprise: the facts of the case are not its to read here.
    """
    page = listing.dossiers_page(request)
    if page.count > MOST:
        return HttpResponseBadRequest(f"一次最多下载 {MOST:,} 卷。请缩小筛选范围。")
    rows = page.queryset.open_to(request.user, Duty.SUBMIT)
    events.note(request, "download", subject="archives.Dossier", field=f"移交案卷目录，{page.count:,} 卷")
    with sealed_files.clear_folder() as folder:
        target = folder / "register.xlsx"
        register.write(target, rows.iterator(2000))
        return private_file(target, FILENAME, XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Duty.SUBMIT)
def upload_register(request):
    posted = request.method == "POST"
    form = SheetForm(request.POST if posted else None, request.FILES if posted else None)
    faults = []
    if form.is_valid() and (found := sheets.read(form, register.read)):
        lines, faults = found
        if not faults:
            try:
                done = attempt(
                    request,
                    form,
                    lambda: registering.register(lines, actor=request.user, key=form.cleaned_data["key"]),
                    f"已按目录登记 {len(lines):,} 卷档案的页数、档号、保管期限和备注。",
                )
            except Faulty as stopped:
                faults, done = stopped.faults, False
            if done:
                return redirect("archives:dossiers")
    context = {
        "title": "上传移交案卷目录",
        "crumbs": [("档案", reverse("archives:dossiers")), ("上传案卷目录", "")],
        **sheets.context_of(form, faults),
        "rows": len({fault.row for fault in faults}),
        "headings": register.HEADINGS,
    }
    return render(request, "archives/register.html", context, status=sheets.status_of(form, faults))
