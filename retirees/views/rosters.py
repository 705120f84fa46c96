"""The list of rosters."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import holds
from accounts.views.guard import needs
from retirees.models import Roster
from retirees.models.rosters import RosterState
from retirees.views.badges import badge_of
from retirees.views.guard import MAY_LOOK
from weihai_transfer.lib.filters import MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage

# Before the check has ended nothing is counted yet.
COUNTED = (RosterState.CHECKED, RosterState.IMPORTING, RosterState.IMPORTED)


@require_safe
@needs(*MAY_LOOK)
def show_rosters(request):
    rosters = Roster.objects.visible_to(request.user)
    page = ListPage(
        request,
        rosters.select_related("enterprise", "by"),
        columns=columns(request.user),
        filters=(
            Filter("state", "状态", RosterState.choices, MANY),
            Filter("enterprise", "企业", lambda: _enterprises(rosters)),
        ),
        order=("-at",),
        unit="份",
        row_url=url_of,
    )
    context = {
        "title": "花名册",
        "crumbs": [("花名册", "")],
        "list": page,
        "may_upload": holds(request.user, Duty.SUBMIT),
    }
    return render(request, "retirees/rosters.html", context)


def url_of(roster):
    return reverse("retirees:roster", args=[roster.pk])


def columns(user):
    return (
        Column("filename", "文件名", link=True, sort="filename"),
        Column("state", "状态", lambda roster: badge_of(roster, user), sort="state"),
        Column("enterprise", "企业", sort="enterprise__path"),
        Column("by", "上传人"),
        Column("at", "上传时间", sort="at"),
        _count("rows", "总行数"),
        _count("accepted", "可导入"),
        _count("rejected", "不能导入"),
        _count("blank", "空行"),
    )


def _count(name, label):
    return Column(name, label, lambda roster: getattr(roster, name) if roster.state in COUNTED else None, number=True)


def _enterprises(rosters):
    return [(one.pk, one.name) for one in Enterprise.objects.filter(pk__in=rosters.order_by().values("enterprise"))]
