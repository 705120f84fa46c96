"""Who comes in: the party duty or a watch over this track; and one member, found by his scope."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.scope import holds
from party.ends import RECEIVING, SENDING
from party.models import Membership

BOTH_ENDS = (SENDING, RECEIVING)


def for_party(view):
    """403 for whoever sees no party data at all."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not holds(request.user, *Membership.objects.all().seen_with):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def seen(request, pk, duties):
    """404 for what the user may not see, 403 for what he may see but not do."""
    rows = Membership.objects.visible_to(request.user).select_related("retiree__office", "enterprise", "office")
    membership = get_object_or_404(rows, pk=pk)
    if not Membership.objects.open_to(request.user, *duties).filter(pk=pk).exists():
        raise PermissionDenied
    return membership
