from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.scope import holds
from oversight import acts, workbench
from oversight.dashboards.asked import SEES_PEOPLE
from oversight.deadlines.ladder import kinds_of


@require_safe
def show_workbench(request):
    sees_people = holds(request.user, *SEES_PEOPLE)
    context = {
        "title": "工作台",
        "tiles": workbench.tiles(request.user),
        "overview": workbench.overview(request.user) if sees_people else [],
        "acts": acts.latest_of(request.user),
        "has_due": bool(kinds_of(request.user)),
    }
    return render(request, "oversight/workbench.html", context)
