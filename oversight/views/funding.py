"""The money for the service of the retirees: a year of all areas, one area, the people behind a number, the rates."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.models.places import EnterpriseLevel
from accounts.scope import holds, reach_of
from accounts.views.guard import needs
from audit import events
from oversight.funding import counting, rates, story, tables, workbook
from oversight.funding import year as years
from oversight.funding.statement import together
from oversight.funding.waiting import KINDS
from oversight.models import FinanceLevel, FundedPerson
from oversight.models.funding import SEES_FUNDING
from weihai_transfer.lib import clock, sealed_files
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.output import XLSX

ROOT = "经费"


def known_year(year):
    if year not in years.years():
        raise Http404
    return year


def asked_year(request):
    asked = request.GET.get("year", "")
    return next((year for year in years.years() if str(year) == asked), clock.today().year)


@require_safe
@needs(*SEES_FUNDING)
def show_funding(request):
    """Areas × levels of enterprises, with what is budgeted and paid."""
    year = years.read(asked_year(request), years.areas_of(request.user))
    kind = KINDS.get(request.GET.get("only", ""))
    shown = [one for one in year.statements if kind is None or kind.holds(one)]
    context = {
        "title": f"{year.year} 年度服务经费（{len(shown)} 个区市）",
        "crumbs": [(ROOT, "")],
        "year": year,
        "years": years.years(),
        "kind": kind,
        "levels": EnterpriseLevel.choices,
        "lines": [tables.area_line(year, one) for one in shown],
        "total": tables.total_line(year, together(shown), kind) if shown else None,
        "missing": tables.missing_words(shown),
        "ways": _ways(request.user, year.year),
        "print_words": f"{year.year} 年度{f'，{kind.label}' if kind else ''}。",
    }
    return render(request, "oversight/funding.html", context)


def _ways(user, year):
    """What the user may do from here."""
    enters = holds(user, Duty.FUNDING)
    return {
        "workbook": reverse("oversight:funding_workbook", args=[year]),
        "rates": reverse("oversight:funding_rates"),
        "set_rate": reverse("oversight:funding_set_rate") if rates.may_set(user) else "",
        "add_budget": f"{reverse('oversight:funding_add_budget')}?{urlencode({'year': year})}" if enters else "",
        "add_payment": f"{reverse('oversight:funding_add_payment')}?{urlencode({'year': year})}" if enters else "",
    }


def _area(request, pk):
    return get_object_or_404(years.areas_of(request.user), pk=pk)


@require_safe
@needs(*SEES_FUNDING)
def show_area(request, year, pk):
    """One area: months × levels of enterprises, and each level of finance with what it owes, has budgeted and paid."""
    area = _area(request, pk)
    found = years.read(known_year(year), [area])
    statement = found.of[area.pk]
    context = {
        "title": f"{area} {year} 年度服务经费",
        "crumbs": [(ROOT, f"{reverse('oversight:funding')}?year={year}"), (str(area), "")],
        "area": area,
        "year": found,
        "levels": [(line, tables.rate_words(found, line.level)) for line in statement.lines.values()],
        "months": tables.month_lines(found, statement),
        "statement": statement,
        "finances": tables.finance_lines(found, statement),
        "missing": tables.missing_words([statement]),
        "ways": _ways(request.user, year),
        "print_words": f"{area}，{year} 年度。",
    }
    return render(request, "oversight/funding_area.html", context)


@require_safe
@needs(*SEES_FUNDING)
def show_people(request, year, pk, month):
    """The people behind a count: exactly as many rows as the number says."""
    area, known = _area(request, pk), known_year(year)
    if not 1 <= month <= 12:
        raise Http404
    when = years.months(known)[month - 1]
    rows = counting.people_of(FundedPerson.objects.visible_to(request.user), area, when)
    reach = reach_of(request.user, *SEES_FUNDING)

    def name(one):
        # Who has moved on to another area keeps his line in the count; his name is not this area's to read any more.
        return one.retiree.name if reach.everywhere or one.area_id in reach.offices else "（已迁往其他区市）"

    page = ListPage(
        request,
        rows.select_related("retiree", "enterprise"),
        columns=[
            Column("name", "姓名", name),
            Column("enterprise", "企业", sort="enterprise__path"),
            Column("level", "企业隶属关系", "enterprise.get_level_display", sort="enterprise__level"),
            Column("since", "本区市接收日期", sort="since"),
            Column("until", "截止日期", lambda one: one.left_on or one.retiree.died_on),
            Column("why", "截止原因", lambda one: "迁出" if one.left_on else "去世" if one.retiree.died_on else None),
        ],
        filters=[Filter("level", "企业隶属关系", EnterpriseLevel.choices, lookup="enterprise__level")],
        order=("since", "pk"),
    )
    context = {
        "title": f"{when.label} 计入人员（{area}，{page.count:,} 人）",
        "crumbs": [
            (ROOT, f"{reverse('oversight:funding')}?year={year}"),
            (str(area), reverse("oversight:funding_area", args=[year, pk])),
            (when.label, ""),
        ],
        "list": page,
        "month": when,
    }
    return render(request, "oversight/funding_people.html", context)


@require_safe
@needs(*SEES_FUNDING)
def show_rates(request):
    known = rates.over_time()
    today = clock.today()
    lines = [
        (EnterpriseLevel(level).label, rates.holding(rows, today), [tables.rate_line(row) for row in reversed(rows)])
        for level, rows in known.items()
    ]
    context = {
        "title": "服务经费标准",
        "crumbs": [(ROOT, reverse("oversight:funding")), ("标准", "")],
        "lines": lines,
        "finances": [finance.label for finance in FinanceLevel],
        "missing": [label for label, now, _ in lines if now is None],
        "may_set": rates.may_set(request.user),
        "entries": story.of_rates(),
    }
    return render(request, "oversight/funding_rates.html", context)


@require_safe
@needs(*SEES_FUNDING)
def download(request, year):
    """The statement of a year as a workbook for the finance bureau; numbers and areas as on the page."""
    found = years.read(known_year(year), years.areas_of(request.user))
    made = f"{request.user.acting_for} {request.user.name} {timezone.localtime():%Y-%m-%d %H:%M}"
    with sealed_files.clear_folder() as folder:
        target = folder / "funding.xlsx"
        workbook.write(target, found, made)
        events.note(
            request, "download", subject="oversight.FundingBudget", field=f"{year} 年度经费表，{len(found.of)} 个区市"
        )
        return private_file(target, f"国有企业退休人员服务经费-{year}.xlsx", XLSX)
