"""Papers of many people at once, in one file."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.scope import holds
from handover import listing
from handover.desk import PEOPLE
from handover.models import Case
from handover.papers.desk import PAPERS
from tracks import desk
from tracks.papers import pages as paper_pages


@require_http_methods(["GET", "HEAD", "POST"])
def make_papers(request, code):
    """From the list of people. After a login that was asked for in between, there is nothing to go on with."""
    kind = next((kind for kind in PAPERS.kinds if kind.code == code and kind.template), None)
    if kind is None:
        raise Http404
    if not holds(request.user, *kind.duties):
        raise PermissionDenied
    if request.method != "POST":
        return redirect(PEOPLE.list)
    page = listing.people_page(request, Case.objects.visible_to(request.user))
    return desk.act_on_many(request, PEOPLE, page, paper_pages.make_action(PAPERS, kind.code, request.user))


@require_safe
def show_outcome(request, key):
    return desk.show_outcome(request, PEOPLE, key)
