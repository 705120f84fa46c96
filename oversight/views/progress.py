"""进度: how far the hand-over has come, who holds it up, what waits, what can go wrong; of today or of any past day."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.scope import holds
from accounts.views.guard import needs
from handover import deadlines
from oversight.counting.moment import one_moment
from oversight.counting.reading import ENTERPRISE
from oversight.dashboards import asked, headline, lists, path, ranking, risks, waiting
from oversight.models.baseline import SEES_BASELINE
from oversight.models.bulletins import SEES_BULLETINS
from oversight.views.reports import REPORTS
from weihai_transfer.lib import clock

PAGES = (
    ("overview", "总览", "oversight:progress"),
    ("waiting", "积压和时效", "oversight:progress_waiting"),
    ("risks", "风险和其他事项", "oversight:progress_risks"),
)


def _page(request, here, question, **context):
    place = question.place
    label = next(label for code, label, _ in PAGES if code == here)
    return {
        "title": f"进度：{label}{f'（{place}）' if place else ''}",
        "crumbs": _crumbs(question),
        "print_words": f"{question.words}。",
        "here": here,
        "pages": [(code, label, question.page(name)) for code, label, name in PAGES],
        "asked": question,
        "areas": asked.areas(request.user),
        "enterprises": asked.groups(request.user),
        "sees_baseline": holds(request.user, *SEES_BASELINE),
        **context,
    }


def _crumbs(question):
    """From the city down to where one stands."""
    found = [("进度", question.page(area=None, street=None, enterprise=None))]
    if question.area:
        found.append((str(question.area), question.page(street=None)))
    for place in (question.street, question.enterprise):
        if place:
            found.append((str(place), question.page()))
    return [*found[:-1], (found[-1][0], "")]


@require_safe
@needs(*asked.SEES_PEOPLE)
def show_overview(request):
    with one_moment():
        return render(request, "oversight/progress.html", _overview(request))


def _overview(request):
    question = asked.read(request)
    late, targets = ranking.overdue_of(question), headline.targets_of(question)
    cut = ranking.cut_of(question)
    ranked = [ranking.ranking(question, by, late) for by in (cut, ENTERPRISE)]
    reached, aside = path.funnel(question)
    return _page(
        request,
        "overview",
        question,
        headline=headline.read(question, targets),
        worst=[(one.title, ranking.worst(question, one, late)) for one in ranked if one.by in ranking.HELD_BY],
        rankings=ranked,
        funnel=reached,
        aside=aside,
        burn=path.burn_up(question, headline.aim_of(targets)),
        may_press=holds(request.user, Duty.COORDINATE),
        sees_bulletins=holds(request.user, *SEES_BULLETINS),
        report_until=clock.today() if holds(request.user, *REPORTS) else None,
    )


@require_safe
@needs(*asked.SEES_PEOPLE)
def show_waiting(request):
    question = asked.read(request)
    paces, all_paces = waiting.paces(question)
    context = _page(
        request,
        "waiting",
        question,
        waits=deadlines.WAITS,
        ages=waiting.ages(question, waiting.late_by_state(question)),
        reasons=waiting.by_reason(question),
        returned=waiting.returns_of(question).count(),
        returns_url=waiting.returns_url(question),
        paces=paces,
        all_paces=all_paces,
        period=waiting.period_of(question),
    )
    return render(request, "oversight/progress_waiting.html", context)


@require_safe
@needs(*asked.SEES_PEOPLE)
def show_risks(request):
    question = asked.read(request)
    groups = risks.groups(request.user)
    letters = [] if holds(request.user, *risks.SEES_PARTY) else risks.letters_by_enterprise(request.user)
    context = _page(request, "risks", question, groups=groups, letters=letters, kinds=risks.LETTER_KINDS)
    return render(request, "oversight/progress_risks.html", context)


@require_safe
@needs(*asked.SEES_PEOPLE)
def show_people(request):
    """Who stands behind a number of a past day."""
    page, day = lists.people_then(request)
    context = {
        "title": f"{day:%Y-%m-%d} 的人员（{page.count:,} 人）",
        "crumbs": [("进度", f"{reverse('oversight:progress')}?day={day}"), ("名单", "")],
        "list": page,
        "day": day,
    }
    return render(request, "oversight/progress_people.html", context)


@require_safe
@needs(*asked.SEES_PEOPLE)
def show_returns(request):
    question = asked.read(request)
    page = lists.returns(request, question)
    first, last = waiting.period_of(question)
    context = {
        "title": f"退回记录（{page.count:,} 次）",
        "crumbs": [("进度", question.page("oversight:progress_waiting")), ("退回记录", "")],
        "list": page,
        "first": first,
        "last": last,
    }
    return render(request, "oversight/progress_returns.html", context)
