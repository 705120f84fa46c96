"""测算 and 分年预算: what the table would bring to an enterprise, and what each year costs. They write nothing."""

from io import BytesIO

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Enterprise
from accounts.scope import reach_of
from accounts.views.guard import needs
from audit import events
from benefits import outlook
from benefits.decision import Outcome
from benefits.explaining import SHORT
from benefits.facts import settings_on
from benefits.forms.outlook import BudgetForm, WhatIfForm
from benefits.lists.money import in_words
from benefits.models import OutOfPoolItem
from benefits.services.expectancy import expectancy_on
from benefits.views.items import MONEY
from weihai_transfer.lib import clock
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.output import XLSX
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

YEARS = 10
PAID = (Outcome.KEEP, Outcome.PROVISION, Outcome.TAPER, Outcome.FOLLOW, Outcome.LUMP_SUM)


def enterprises_of(user):
    """The enterprises of this user's reach that have items, and all above them that he reaches."""
    rows = OutOfPoolItem.objects.visible_to(user).order_by()
    paths = rows.values_list("enterprise__path", flat=True).distinct()
    codes = {code for path in paths for code in path.split("/") if code}
    found = Enterprise.objects.filter(code__in=codes).order_by("path")
    reach = reach_of(user, *MONEY)
    return found if reach.everywhere else found.filter(pk__in=reach.enterprises)


def _below(enterprise, user):
    """The ids of an enterprise and its subsidiaries, as far as this user reaches."""
    reach = reach_of(user, *MONEY)
    rows = Enterprise.objects.under([enterprise.path])
    return list((rows if reach.everywhere else rows.filter(pk__in=reach.enterprises)).values_list("pk", flat=True))


@require_safe
@needs(*MONEY)
def what_if(request):
    enterprises = enterprises_of(request.user)
    standing, expectancy = settings_on(), expectancy_on()
    form = WhatIfForm(enterprises, request.GET if "enterprise" in request.GET else None)
    found, years = None, None
    if form.is_valid():
        given = form.cleaned_data
        years = given["years"] or (expectancy and expectancy.years)
        found = outlook.what_if(
            _below(given["enterprise"], request.user),
            choices=form.choices(standing.choices),
            all_lump=form.all_lump,
            expectancy=years,
        )
    context = {
        "title": "统筹外费用测算",
        "crumbs": [("统筹外费用处理", reverse("benefits:treatments")), ("测算", "")],
        "form": form,
        "has_items": enterprises.exists(),
        "found": found,
        "lines": [_line(one) for one in found.lines] if found else [],
        "total": found and _sums(found),
        "years": years,
        "expectancy": expectancy,
        "given": bool(found and form.cleaned_data["years"]),
        "undiscounted": outlook.UNDISCOUNTED,
        "day": clock.today(),
    }
    return render(request, "benefits/what_if.html", context)


def _line(one):
    return {"row": one.row, "people": one.people, "items": one.items, **_sums(one)}


def _sums(one):
    return {name: in_words(getattr(one, name)) for name in ("yearly", "provision", "once")}


def _budget(request):
    """(form, [Year], life expectancy) as the address asks."""
    enterprises = enterprises_of(request.user)
    form = BudgetForm(enterprises, request.GET if "enterprise" in request.GET else None)
    form.fields["first_year"].initial = clock.today().year
    expectancy = expectancy_on()
    if not form.is_valid():
        return form, [], expectancy
    given = form.cleaned_data
    ids = _below(given["enterprise"], request.user)
    years = outlook.budget_by_year(ids, given["first_year"], YEARS, expectancy=expectancy and expectancy.years)
    return form, years, expectancy


@require_safe
@needs(*MONEY)
def budget(request):
    form, years, expectancy = _budget(request)
    context = {
        "title": "统筹外费用分年预算",
        "crumbs": [("统筹外费用处理", reverse("benefits:treatments")), ("分年预算", "")],
        "form": form,
        "has_items": enterprises_of(request.user).exists(),
        "years": [
            (one.year, [in_words(one.paid.get(outcome, 0)) for outcome in PAID], in_words(one.total)) for one in years
        ],
        "headings": [SHORT[outcome] for outcome in PAID],
        "expectancy": expectancy,
        "workbook": f"{reverse('benefits:budget_workbook')}?{request.GET.urlencode()}" if years else "",
    }
    return render(request, "benefits/budget.html", context)


@require_safe
@needs(*MONEY)
def budget_workbook(request):
    form, years, _ = _budget(request)
    enterprise = get_object_or_404(enterprises_of(request.user), code=request.GET.get("enterprise", ""))
    events.note(request, "download", subject=f"accounts.Enterprise {enterprise.pk}", field="统筹外费用分年预算")
    columns = [
        Column("年份", 8, "text"),
        *(Column(SHORT[one], 18, "money") for one in PAID),
        Column("合计", 18, "money"),
    ]
    rows = [(str(one.year), *(one.paid.get(outcome, 0) for outcome in PAID), one.total) for one in years]
    title = f"{enterprise.name}统筹外费用分年预算"
    target = BytesIO()
    write_table(target, [Sheet("分年预算", columns, rows, (title, "单位：元；未折现"))])
    return private_file(target.getvalue(), f"{title}.xlsx", XLSX)
