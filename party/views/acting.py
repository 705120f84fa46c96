"""Steps and receipts of one membership or of many."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from party import listing
from party.desk import DESK, receipt_action, step_action
from party.ends import SENDING
from party.papers import PAPERS, Kind
from party.services import preview_receipts
from party.states import MACHINE
from party.summary import ends_of
from party.views.guard import seen
from tracks import desk
from tracks.papers import pages as paper_pages


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk, step):
    """The form of one step with one membership."""
    # A step without a duty follows from another track and is nobody's to take.
    if step not in MACHINE.by_name or not MACHINE[step].duties:
        raise Http404
    membership = seen(request, pk, MACHINE[step].duties)
    return desk.step_on_one(request, DESK, membership, MACHINE[step], step_action(step, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request, pk):
    """Noting that the receipt of one letter came back."""
    membership = seen(request, pk, (SENDING,))
    if request.method != "POST" and (stopped := preview_receipts([pk], actor=request.user).refused):
        messages.error(request, stopped[pk])
        return redirect(DESK.row, pk)
    return desk.act_on_one(request, DESK, membership, receipt_action(request.user))


@require_POST
def bulk(request):
    """A step, or receipts, with the rows chosen in the list."""
    name = request.POST.get("step", "")
    if name == f"paper-{Kind.LETTER}":
        duties, action = (SENDING,), paper_pages.make_action(PAPERS, Kind.LETTER, request.user)
    elif name == "receipt":
        duties, action = (SENDING,), receipt_action(request.user)
    elif name in listing.USUAL:
        duties, action = MACHINE[name].duties, step_action(name, request.user)
    else:
        return HttpResponseBadRequest()
    if not ends_of(request.user).intersection(duties):
        raise PermissionDenied
    return desk.act_on_many(request, DESK, listing.memberships_page(request), action)


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, DESK, key)
