"""The monthly intake of new retirees: one month by enterprise, and the months of a year."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.scope import holds
from accounts.values import value_on
from handover import intake
from handover.models import Case
from retirees.statutory_age import add_months

SEES = Case.objects.all().seen_with


@require_safe
def show_intake(request):
    user = request.user
    if not holds(user, *SEES):
        raise PermissionDenied
    month, fault = _asked(request)
    submits = holds(user, Duty.SUBMIT)
    context = {
        "title": f"月度移交（{month:%Y-%m}）",
        "crumbs": [("月度移交", "")],
        "month": f"{month:%Y-%m}",
        "before": f"{add_months(month, -1):%Y-%m}",
        "after": f"{add_months(month, 1):%Y-%m}",
        "fault": fault,
        "days": value_on("submit_days", month),
        "submits": submits,
        "sees_forecast": intake.sees_forecast(user),
        "one_month": intake.by_enterprise(user, month),
        "year": intake.by_month(user, month),
    }
    return render(request, "handover/intake.html", context)


def _asked(request):
    """The month in the address, this month without one; and what is wrong with the address."""
    text = request.GET.get("month", "").strip()
    now = timezone.localdate().replace(day=1)
    if not text:
        return now, ""
    try:
        return datetime.strptime(text, "%Y-%m").date(), ""
    except ValueError:
        return now, "月份不是有效日期，现在显示的是本月。请按 2026-11 的格式填写。"
