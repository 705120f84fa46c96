from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.scope import holds
from oversight import acts, progress, workbench

SEES_PEOPLE = (Duty.SUBMIT, Duty.SIGN, Duty.DISTRIBUTE, Duty.RECEIVE, Duty.COORDINATE, Duty.WATCH)


@require_safe
def show_workbench(request):
    sees_people = holds(request.user, *SEES_PEOPLE)
    context = {
        "title": "工作台",
        "tiles": workbench.tiles(request.user),
        "overview": workbench.overview(request.user) if sees_people else [],
        "acts": acts.latest_of(request.user),
    }
    return render(request, "oversight/workbench.html", context)


@require_safe
def show_progress(request):
    if not holds(request.user, *SEES_PEOPLE):
        raise PermissionDenied
    context = {
        "title": "进度",
        "overview": workbench.overview(request.user),
        "tables": [progress.by_area(request.user), progress.by_enterprise(request.user)],
    }
    return render(request, "oversight/progress.html", context)
