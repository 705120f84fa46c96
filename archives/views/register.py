"""The official list of dossiers, out and in."""

from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.views.guard import needs
from archives import register
from archives.forms.catalogue import UploadForm
from archives.lists import dossiers as listing
from archives.services import registering
from archives.views.catalogue import ACCEPT, XLSX
from archives.views.forms import attempt
from audit import events
from weihai_transfer.lib import sealed_files
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks import guard

SHOWN = 500
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
    form = UploadForm(request.POST if posted else None, request.FILES if posted else None)
    faults = []
    if form.is_valid():
        lines, faults = _read(form)
        if not faults and not form.errors:
            try:
                done = attempt(
                    request,
                    form,
                    lambda: registering.register(lines, actor=request.user, key=form.cleaned_data["key"]),
                    f"已按目录登记 {len(lines):,} 卷档案的页数、档号、保管期限和备注。",
                )
            except registering.Faulty as found:
                faults, done = found.faults, False
            if done:
                return redirect("archives:dossiers")
    context = {
        "title": "上传移交案卷目录",
        "crumbs": [("档案", reverse("archives:dossiers")), ("上传案卷目录", "")],
        "form": form,
        "hidden": [("key", form["key"].value())],
        "accept": ACCEPT,
        "faults": faults[:SHOWN],
        "count": len(faults),
        "rows": len({fault.row for fault in faults}),
        "headings": register.HEADINGS,
    }
    return render(request, "archives/register.html", context, status=422 if faults or form.errors else 200)


def _read(form):
    file = form.cleaned_data["file"]
    try:
        lines, faults = register.read(file.temporary_file_path(), file.name)
    except guard.Refused as refusal:
        form.add_error("file", refusal.message)
        return [], []
    return lines, faults
