"""进展情况统计表 as a workbook: the numbers of one's own reach, of any day, with the period after another day."""

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.views.guard import needs
from audit import events
from oversight.dashboards.asked import day_or_404
from oversight.reports import figures, workbook
from weihai_transfer.lib import clock, sealed_files
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.output import XLSX

# Who has something to report: the leading group's office, the heads of areas and of enterprises.
REPORTS = (Duty.SUBMIT, Duty.SIGN, Duty.DISTRIBUTE, Duty.COORDINATE, Duty.WATCH)


@require_safe
@needs(*REPORTS)
def download(request):
    day, since = day_or_404(request, "day") or clock.today(), day_or_404(request, "since")
    if since and since > day:
        raise Http404
    numbers = figures.read(request.user, day, since)
    office = f"{request.user.acting_for} {request.user.name}　{timezone.localtime(numbers.taken_at):%Y-%m-%d %H:%M}生成"
    with sealed_files.clear_folder() as folder:
        target = folder / "progress.xlsx"
        workbook.write(target, numbers, office)
        words = f"进展情况统计表，截至 {day}{f'，本期自 {since}' if since else ''}"
        events.note(request, "download", subject="oversight.Report", field=words)
        return private_file(target, f"退休人员社会化管理进展情况统计表-{day}.xlsx", XLSX)
