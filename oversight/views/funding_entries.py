"""Budgets and payments: their lists, one of them, entering and taking back. And the setting of a rate."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.scope import holds, reach_of
from accounts.views.guard import attempt, needs
from oversight.forms.funding import CounterForm, EntryForm, RateForm
from oversight.funding import entries, rates, story
from oversight.funding import year as years
from oversight.models import FinanceLevel, FundingBudget, FundingLine, FundingPayment
from oversight.models.funding import SEES_FUNDING
from oversight.views.funding import ROOT, asked_year
from weihai_transfer.lib.filters import MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.words import Badge

FORM = ("GET", "HEAD", "POST")
MODELS = {"budget": FundingBudget, "payment": FundingPayment}
NOUNS = {"budget": "预算", "payment": "拨付"}
OWN = {
    "budget": (Column("document", "预算文件"),),
    "payment": (Column("paid_on", "拨付日期", sort="paid_on"), Column("voucher", "凭证号")),
}
SHOWN = ("area", "year", "finance", "line", "amount", "document", "paid_on", "voucher", "reason")


def _list_url(kind):
    return reverse(f"oversight:funding_{kind}s")


def _form(request, form, kind_title, back, *, submit, intro="", danger=False, crumbs=()):
    context = {
        "title": kind_title,
        "crumbs": [(ROOT, reverse("oversight:funding")), *crumbs, (kind_title, "")],
        "form": form,
        "submit": submit,
        "danger": danger,
        "cancel_url": back,
        "intro": intro,
    }
    return render(request, "accounts/form.html", context)


def standing(row):
    if row.corrects_id:
        return Badge("冲销记录", "closed")
    return Badge("已冲销", "closed") if getattr(row, "corrected_by", None) else Badge("有效", "done")


@require_safe
@needs(*SEES_FUNDING)
def show_entries(request, kind):
    rows = MODELS[kind].objects.visible_to(request.user).select_related("area", "corrected_by")
    page = ListPage(
        request,
        rows,
        columns=[
            Column("area", "区市", sort="area__path", link=True),
            Column("year", "年度", lambda row: str(row.year), sort="year"),
            Column("finance", "负担级次", "get_finance_display", sort="finance"),
            Column("line", "预算来源", lambda row: "2230105" if row.line != FundingLine.GENERAL else "一般公共预算"),
            Column("amount", "金额（元）", sort="amount", number=True),
            *OWN[kind],
            Column("standing", "状态", standing),
        ],
        filters=[
            Filter("year", "年度", lambda: [(year, f"{year}") for year in years.years()]),
            Filter("area", "区市", lambda: [(one.pk, str(one)) for one in years.areas_of(request.user)]),
            Filter("finance", "负担级次", FinanceLevel.choices, MANY),
        ],
        order=("-year", "area__path", "pk"),
        unit="笔",
        row_url=lambda row: reverse(f"oversight:funding_{kind}", args=[row.pk]),
    )
    context = {
        "title": f"经费{NOUNS[kind]}（{page.count:,} 笔）",
        "crumbs": [(ROOT, reverse("oversight:funding")), (NOUNS[kind], "")],
        "list": page,
        "noun": NOUNS[kind],
        "add_url": reverse(f"oversight:funding_add_{kind}") if holds(request.user, Duty.FUNDING) else "",
    }
    return render(request, "oversight/funding_entries.html", context)


@require_http_methods(FORM)
@needs(Duty.FUNDING)
def add_entry(request, kind):
    user = request.user
    areas = years.areas_of(user, Duty.FUNDING)
    everything = reach_of(user, Duty.FUNDING).everywhere
    finances = tuple(FinanceLevel) if everything else (FinanceLevel.AREA,)
    initial = {"year": asked_year(request), "area": request.GET.get("area")}
    model = MODELS[kind]
    form = EntryForm(model, areas, finances, years.years(), request.POST or None, initial=initial)
    said = f"已登记经费{NOUNS[kind]}。"
    if form.is_valid() and (
        done := attempt(request, form, lambda: entries.enter(model, actor=user, **form.arguments()), said)
    ):
        return redirect(f"oversight:funding_{kind}", done.result.pk) if done.result else redirect(_list_url(kind))
    intro = "经费按照阶段支出、分级负担原则纳入各级财政预算管理（二(一)）。登记后不能修改，有误的办理冲销后重新登记。"
    return _form(
        request,
        form,
        f"登记{NOUNS[kind]}",
        _list_url(kind),
        submit="登记",
        intro=intro,
        crumbs=[(NOUNS[kind], _list_url(kind))],
    )


def _seen(request, kind, pk):
    rows = MODELS[kind].objects.visible_to(request.user).select_related("area", "corrects", "corrected_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@needs(*SEES_FUNDING)
def show_entry(request, kind, pk):
    row = _seen(request, kind, pk)
    names = [name for name in SHOWN if hasattr(row, name) and (name != "reason" or row.reason)]
    facts = [(row._meta.get_field(name).verbose_name, _words(row, name)) for name in names]
    other = row.corrects or getattr(row, "corrected_by", None)
    context = {
        "title": f"经费{NOUNS[kind]}：{row}",
        "crumbs": [
            (ROOT, reverse("oversight:funding")),
            (NOUNS[kind], back_url(request, _list_url(kind))),
            (str(row.area), ""),
        ],
        "facts": facts,
        "badge": standing(row),
        "other": reverse(f"oversight:funding_{kind}", args=[other.pk]) if other else "",
        "other_words": "查看被冲销的记录" if row.corrects_id else "查看冲销记录",
        "actions": [_correcting(request.user, kind, row)] if holds(request.user, Duty.FUNDING) else [],
        "area_url": reverse("oversight:funding_area", args=[row.year, row.area_id]),
        "entries": story.of_entry(row),
    }
    return render(request, "oversight/funding_entry.html", context)


def _correcting(user, kind, row):
    why_not = entries.may_correct(user, row)
    url = reverse(f"oversight:funding_correct_{kind}", args=[row.pk])
    return {"label": "冲销", "url": url, "danger": True, "reasons": [why_not] if why_not else []}


def _words(row, name):
    spoken = getattr(row, f"get_{name}_display", None)
    value = spoken() if spoken else getattr(row, name)
    return str(value) if name in ("area", "year") else value


@require_http_methods(FORM)
@needs(*SEES_FUNDING)
def correct_entry(request, kind, pk):
    row = _seen(request, kind, pk)
    if row.finance not in entries.finances_open_to(request.user, row.area):
        raise PermissionDenied
    form = CounterForm(request.POST or None)
    own = reverse(f"oversight:funding_{kind}", args=[pk])
    if form.is_valid() and attempt(
        request, form, lambda: entries.correct(row, actor=request.user, **form.cleaned_data), "已冲销。"
    ):
        return redirect(own)
    intro = f"{row}，{row.amount:,} 元。冲销后另记一笔相同金额的负数，原记录保留；需要的请重新登记正确的金额。"
    return _form(
        request,
        form,
        f"冲销{NOUNS[kind]}",
        own,
        submit="冲销",
        danger=True,
        intro=intro,
        crumbs=[(NOUNS[kind], _list_url(kind))],
    )


@require_http_methods(FORM)
@needs(*SEES_FUNDING)
def set_rate(request):
    if not rates.may_set(request.user):
        raise PermissionDenied
    form = RateForm(request.POST or None)
    back = reverse("oversight:funding_rates")
    if form.is_valid() and attempt(
        request, form, lambda: rates.set_rate(actor=request.user, **form.arguments()), "已设定标准。"
    ):
        return redirect(back)
    intro = "每人每年的标准和各级财政负担比例，按企业隶属关系分别设定，比例合计须为 100%。没有标准的不测算金额。"
    return _form(request, form, "设定标准", back, submit="设定", intro=intro, crumbs=[("标准", back)])
