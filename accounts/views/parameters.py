"""What the policy leaves to the city: dated values and days, each with its source."""

from dataclasses import dataclass

from chinese_calendar import is_workday
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import story, values
from accounts.duties import Duty
from accounts.forms.keyed import ReasonForm
from accounts.forms.parameters import DayForm, ValueForm
from accounts.models import Holiday, Parameter
from accounts.parameters import KNOWN, Known
from accounts.views.guard import attempt, needs
from accounts.views.offices import FORM_METHODS


@dataclass
class Standing:
    """One parameter as it stands: the value of today, and the rows that gave it or will give another."""

    known: Known
    value: object
    rows: list

    @property
    def now(self):
        today = timezone.localdate()
        return next((row for row in self.rows if row.since <= today), None)

    @property
    def coming(self):
        return [row for row in reversed(self.rows) if row.since > timezone.localdate()]


def _rows_of(code):
    return list(Parameter.objects.filter(code=code).order_by("-since"))


@require_safe
@needs(Duty.MANAGE_SYSTEM)
def parameters(request):
    now = values.values_on()
    rows = {code: [] for code in KNOWN}
    for row in Parameter.objects.order_by("-since"):
        rows.setdefault(row.code, []).append(row)
    context = {
        "title": "参数",
        "crumbs": [("参数", "")],
        "standings": [Standing(known, now[code], rows[code]) for code, known in KNOWN.items()],
        "entries": story.of_parameters(),
    }
    return render(request, "accounts/parameters.html", context)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def set_parameter(request, code):
    known = KNOWN.get(code)
    if known is None:
        raise Http404
    form = ValueForm(known, request.POST or None)
    said = f"已设定“{known.label}”。"
    if form.is_valid() and attempt(
        request, form, lambda: values.set_value(code, actor=request.user, **form.cleaned_data), said
    ):
        return redirect("accounts:parameters")
    context = {
        "title": f"设定：{known.label}",
        "crumbs": [("参数", reverse("accounts:parameters")), (known.label, "")],
        "standing": Standing(known, values.value_on(code), _rows_of(code)),
        "form": form,
        "submit": "设定",
        "cancel_url": reverse("accounts:parameters"),
        "intro": "同一开始日期已有取值的，以本次取值替换，原取值保留在记录中。",
    }
    return render(request, "accounts/parameter.html", context)


def _published(day):
    """What the published calendar says of the day, in words; it knows only the years that were announced."""
    try:
        return "上班" if is_workday(day) else "放假"
    except NotImplementedError:
        return "该年度尚未公布"


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def holidays(request):
    form = DayForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        if _published(given["day"]) == ("上班" if given["working"] else "放假"):
            form.add_error("day", f"国家公布的安排就是{_published(given['day'])}，不需要调整。请核对日期。")
        elif attempt(request, form, lambda: values.set_day(actor=request.user, **given), f"已调整 {given['day']}。"):
            return redirect("accounts:holidays")
    days = [(day, _published(day.day)) for day in Holiday.objects.order_by("-day")]
    context = {
        "title": f"工作日调整（{len(days)} 天）",
        "crumbs": [("参数", reverse("accounts:parameters")), ("工作日调整", "")],
        "days": days,
        "form": form,
        "submit": "调整",
    }
    return render(request, "accounts/holidays.html", context)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def drop_holiday(request, pk):
    row = get_object_or_404(Holiday, pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(
        request, form, lambda: values.drop_day(row.day, actor=request.user, **form.cleaned_data), "已撤销调整。"
    ):
        return redirect("accounts:holidays")
    context = {
        "title": f"撤销 {row.day} 的调整",
        "crumbs": [("工作日调整", reverse("accounts:holidays")), ("撤销", "")],
        "form": form,
        "submit": "撤销调整",
        "danger": True,
        "cancel_url": reverse("accounts:holidays"),
        "intro": f"撤销后按国家公布的安排计算，当天为：{_published(row.day)}。",
    }
    return render(request, "accounts/form.html", context)
