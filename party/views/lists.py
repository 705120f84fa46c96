"""The party list, out for what one sees and in for what one sends."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.scope import holds
from audit import events
from audit.operations import AlreadyDone
from party import listing
from party.ends import SENDING
from party.lists import applying, reading, writing
from party.summary import ends_of
from party.views.guard import for_party
from tracks import sheets
from tracks.sheets import SheetForm
from weihai_transfer.lib import sealed_files
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.output import XLSX


@require_safe
@for_party
def export(request):
    page = listing.memberships_page(request)
    # Whole numbers are for those who write letters and receive members; who watches reads masked ones.
    full = holds(request.user, Duty.PARTY)
    events.note(
        request, "export", subject="party.Membership", field=f"党员名册 {page.count} 人", reason=page.words[:200]
    )
    with sealed_files.clear_folder() as folder:
        target = folder / "members.xlsx"
        writing.write(target, page.queryset, words=page.words, full=full)
        return private_file(target, f"党员名册-{timezone.localdate()}.xlsx", XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
@for_party
def bring_in(request):
    if SENDING not in ends_of(request.user):
        raise PermissionDenied
    posted = request.method == "POST"
    form = SheetForm(request.POST if posted else None, request.FILES if posted else None)
    faults = []
    if form.is_valid():
        outcome, faults = _taken_in(request, form)
        if outcome is not None and not faults:
            return redirect("party:memberships")
    context = {
        "title": "上传党员名册",
        "crumbs": [("党组织关系", reverse("party:memberships")), ("上传党员名册", "")],
        **sheets.context_of(form, faults),
    }
    return render(request, "party/import.html", context, status=sheets.status_of(form, faults))


def _taken_in(request, form):
    """(Outcome or None, faults) of an uploaded list."""
    found = sheets.read(form, reading.read)
    if found is None or found.faults:
        return None, found.faults if found else []
    try:
        outcome, faults = applying.apply(found.lines, actor=request.user, key=form.cleaned_data["key"])
    except AlreadyDone as done:
        messages.info(request, str(done))
        return applying.Outcome("list"), []
    if not faults:
        same = len(found.lines) - len(outcome.moved)
        messages.success(
            request, f"名册共 {len(found.lines):,} 人，更新 {len(outcome.moved):,} 人，内容相同未更新 {same:,} 人。"
        )
    return outcome, faults
