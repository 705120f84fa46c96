"""The community's service: the people looked after, what is recorded of one or many, services, activities, sums."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds, reach_of
from accounts.views.guard import attempt, needs
from audit import events
from handover.community import acts, listing, summary, terms
from handover.forms.care import ActivityForm
from handover.models import Activity, Case
from handover.services import care
from handover.viewers import holds_over
from tracks import desk
from weihai_transfer.lib import clock
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.output import XLSX
from weihai_transfer.lib.workbooks.writing import Sheet, write_table

METHODS = ["GET", "HEAD", "POST"]
TITLE = "社区服务"


def _crumbs(title):
    return [(TITLE, reverse("handover:care")), (title, "")]


@require_safe
@needs(Duty.RECEIVE)
def show_care(request):
    page = listing.care_page(request)
    year = clock.today().year
    context = {
        "title": f"社区服务（{page.count:,} 人）",
        "crumbs": [(TITLE, "")],
        "list": page,
        "bulk": listing.bulk_buttons(request),
        "chosen": desk.left_over(request, acts.DESK),
        "year": year,
        "last_day": terms.last_day_of(year),
    }
    return render(request, "handover/community/care.html", context)


@require_POST
@needs(Duty.RECEIVE)
def bulk(request):
    name = request.POST.get("step", "")
    if name not in acts.BULK:
        return HttpResponseBadRequest()
    return desk.act_on_many(request, acts.DESK, listing.care_page(request), acts.action_of_many(name, request.user))


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, acts.DESK, key)


@require_http_methods(METHODS)
def act(request, pk, act):
    if act not in acts.LABELS:
        raise Http404
    rows = Case.objects.visible_to(request.user).select_related("retiree", "enterprise")
    case = get_object_or_404(rows, pk=pk)
    if not holds_over(case, request.user, Duty.RECEIVE):
        raise PermissionDenied
    if not terms.looked_after().filter(pk=pk).exists():
        messages.error(request, care.NOT_LOOKED_AFTER)
        return redirect("handover:person", pk)
    return desk.act_on_one(request, acts.DESK, case, acts.action_of_one(act, case, request.user))


@require_safe
@needs(Duty.RECEIVE)
def show_services(request):
    page = listing.services_page(request)
    context = {
        "title": f"走访服务记录（{page.count:,} 条）",
        "crumbs": _crumbs("走访服务记录"),
        "list": page,
    }
    return render(request, "handover/community/services.html", context)


@require_safe
def show_activities(request):
    if not holds(request.user, *Activity.objects.all().seen_with):
        raise PermissionDenied
    page = listing.activities_page(request)
    receives = bool(reach_of(request.user, Duty.RECEIVE).offices)
    context = {
        "title": f"社区活动（{page.count:,} 场）",
        "crumbs": _crumbs("社区活动") if receives else [("社区活动", "")],
        "list": page,
        "may_record": receives,
    }
    return render(request, "handover/community/activities.html", context)


@require_http_methods(METHODS)
@needs(Duty.RECEIVE)
def record_activity(request):
    offices = reach_of(request.user, Duty.RECEIVE).offices
    form = ActivityForm(offices, request.POST if request.method == "POST" else None)

    def record():
        return care.record_activity(actor=request.user, **form.cleaned_data)

    if form.is_valid() and attempt(request, form, record, "已登记活动。"):
        return redirect("handover:activities")
    context = {
        "title": "登记活动",
        "crumbs": [
            (TITLE, reverse("handover:care")),
            ("社区活动", reverse("handover:activities")),
            ("登记活动", ""),
        ],
        "action": desk.Action("登记活动", form=None, preview=None, run=None, intro="只登记参加人数，不写参加人姓名。"),
        "form": form,
        "row_url": reverse("handover:activities"),
    }
    return render(request, "tracks/act.html", context)


@require_safe
@needs(Duty.RECEIVE)
def show_summary(request):
    year = clock.today().year
    context = {
        "title": f"{year}年社区服务统计",
        "crumbs": _crumbs("统计"),
        "lines": summary.lines(request.user, year),
        "groups": summary.groups(request.user),
        "year": year,
        "last_day": terms.last_day_of(year),
    }
    return render(request, "handover/community/summary.html", context)


@require_safe
@needs(Duty.RECEIVE)
def export_summary(request):
    year = clock.today().year
    events.note(request, "download", field="社区服务统计")
    target = BytesIO()
    rows = [line.as_row() for line in summary.lines(request.user, year)]
    write_table(target, [Sheet("社区服务统计", summary.COLUMNS, rows, (f"{year}年社区服务统计",))])
    return private_file(target.getvalue(), f"社区服务统计（{year}年）.xlsx", XLSX)
