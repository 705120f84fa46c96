"""Who may open a roster's pages: the enterprise works on it, the city office may look."""

from django.shortcuts import get_object_or_404

from accounts.duties import Duty
from accounts.scope import reach_of
from retirees.models import Roster

MAY_LOOK = Roster.objects.all().seen_with


def find(request, pk):
    rows = Roster.objects.visible_to(request.user).select_related("enterprise", "by")
    return get_object_or_404(rows, pk=pk)


def find_own(request, pk):
    """A roster on which this user may act."""
    rows = Roster.objects.open_to(request.user, Duty.SUBMIT).select_related("enterprise", "by")
    return get_object_or_404(rows, pk=pk)


def may_act(user, roster):
    return roster.enterprise_id in reach_of(user, Duty.SUBMIT).enterprises
