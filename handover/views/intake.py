"""The monthly intake of new retirees: one month by enterprise, and the months of a year."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import holds
from accounts.values import value_on
from handover import intake
from handover.models import Case
from retirees.statutory_age import add_months
from weihai_transfer.lib import clock

# So far back and ahead an address may ask.
YEARS = 60
SEES = Case.objects.all().seen_with


@require_safe
def show_intake(request):
    user = request.user
    if not holds(user, *SEES):
        raise PermissionDenied
    month, fault = _asked(request)
    submits = holds(user, Duty.SUBMIT)
    enterprise = _enterprise(request)
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
        "year": intake.by_month(user, month, enterprise),
        "enterprise": enterprise,
    }
    return render(request, "handover/intake.html", context)


def _asked(request):
    """The month in the address, this month without one; and what is wrong with the address."""
    text = request.GET.get("month", "").strip()
    now = clock.today().replace(day=1)
    if not text:
        return now, ""
    try:
        month = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return now, "月份不是有效日期，现在显示的是本月。请按 2026-11 的格式填写。"
    if abs(month.year - now.year) > YEARS:
        return now, "月份离今天太远，现在显示的是本月。请核对。"
    return month, ""


def _enterprise(request):
    """The enterprise in the address, where this user sees somebody of it."""
    asked = request.GET.get("enterprise", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return None
    seen = Case.objects.visible_to(request.user).filter(enterprise=asked)
    return Enterprise.objects.filter(pk__in=seen.values("enterprise")).first()
