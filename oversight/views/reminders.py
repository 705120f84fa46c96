"""The reader's own digests, day by day."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from oversight.deadlines import digests
from oversight.models import Digest
from weihai_transfer.lib.pages import paginate

PER_PAGE = 25


@require_safe
def show_reminders(request):
    mine = Digest.objects.visible_to(request.user)
    page = paginate(request, mine.order_by("-day"), PER_PAGE)
    context = {
        "title": "每日提醒",
        "crumbs": [("每日提醒", "")],
        "page": page,
        "unread": mine.unread().count(),
        "newest": max((one.pk for one in page.object_list), default=0),
    }
    return render(request, "oversight/reminders.html", context)


@require_POST
def read_reminders(request):
    until = request.POST.get("until", "")
    if until.isascii() and until.isdigit() and len(until) < 19:
        count = digests.mark_read(request.user, int(until))
        messages.success(request, f"已标为已读，{count} 份。" if count else "没有未读的提醒。")
    return redirect("oversight:reminders")
