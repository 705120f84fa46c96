"""Notices 督办: the list, one of them, issuing one by hand or out of the list of people, what is done with them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds
from accounts.views.guard import attempt
from audit.models import Operation
from handover import listing as people_listing
from handover.badges import badge_of
from handover.desk import PEOPLE, PRESSED
from handover.forms.problems import NoticeForm
from handover.models import Case, Notice, NoticePerson
from handover.models.notices import SEES_NOTICES
from handover.problems import desk as desks
from handover.problems import listing, timeline, viewers
from handover.services import notices
from handover.states.cases import State as CaseState
from handover.states.notices import MACHINE, State
from retirees.models import Retiree
from tracks import desk
from tracks.taking import offers
from weihai_transfer.lib.among import among
from weihai_transfer.lib.pages import back_url

METHODS = ["GET", "HEAD", "POST"]
NAMED = 200


@require_safe
def show_notices(request):
    if not holds(request.user, *SEES_NOTICES):
        raise PermissionDenied
    page = listing.notices_page(request)
    states = [state for state in request.GET.getlist("state") if state in State.values]
    context = {
        "title": f"督办（{page.count:,} 件）",
        "crumbs": [("问题台账", reverse("handover:problems")), ("督办", "")],
        "list": page,
        "bulk": listing.notice_buttons(request.user, states),
        "chosen": desk.left_over(request, desks.NOTICES_DESK),
        "may_issue": holds(request.user, Duty.COORDINATE),
    }
    return render(request, "handover/notices.html", context)


@require_safe
def show_notice(request, pk):
    row, user = _seen(request, pk), request.user
    people = NoticePerson.objects.visible_to(user).filter(notice=row)
    context = {
        "title": f"督办 {row.number}",
        "crumbs": [("督办", back_url(request, reverse("handover:notices"))), (row.number, "")],
        "track": timeline.notice_track(row, user),
        "actions": desk.actions_of(desks.NOTICES_DESK, row, offers(row, user), desks.notice_has_form),
        "facts": [
            ("事由", row.title),
            ("督办对象", viewers.place_name(row.addressee)),
            ("要求", row.text),
            ("答复期限", row.due_on),
            ("答复内容", row.reply),
        ],
        "people": _people(people, user),
        "count": people.count(),
        "late": notices.still_late(row).count(),
        "entries": timeline.of_notice(row),
    }
    return render(request, "handover/notice.html", context)


def _seen(request, pk):
    return get_object_or_404(Notice.objects.visible_to(request.user).select_related("area", "enterprise"), pk=pk)


def _people(rows, user):
    """How each stood then and stands now; what has left this viewer's sight is a name without a page."""
    rows = list(rows.select_related("retiree__enterprise").order_by("-days_late", "retiree__pinyin")[:NAMED])
    seen = (
        Case.objects.visible_to(user).select_related("enterprise", "office").in_bulk([row.retiree_id for row in rows])
    )
    return [
        {
            "name": row.retiree.name,
            "enterprise": row.retiree.enterprise,
            "then": CaseState(row.state).label,
            "days": row.days_late,
            "now": badge_of(seen[row.retiree_id], user) if row.retiree_id in seen else None,
            "url": reverse("handover:person", args=[row.retiree_id]) if row.retiree_id in seen else "",
        }
        for row in rows
    ]


@require_http_methods(METHODS)
def issue(request):
    if not holds(request.user, Duty.COORDINATE):
        raise PermissionDenied
    # The progress page fills in whom it presses and why.
    given = {name: request.GET[name] for name in ("to", "title", "text") if name in request.GET}
    form = NoticeForm(request.POST if request.method == "POST" else None, initial=given)

    def act():
        return notices.issue(actor=request.user, **form.cleaned_data)

    if form.is_valid() and (done := attempt(request, form, act, "已下发。")):
        return redirect("handover:notice", done.result.pk) if done.result else redirect("handover:notices")
    context = {
        "title": "下发督办",
        "crumbs": [("督办", reverse("handover:notices")), ("下发督办", "")],
        "action": desk.Action("下发督办", form=None, preview=None, run=None),
        "form": form,
        "row_url": reverse("handover:notices"),
    }
    return render(request, "tracks/act.html", context)


@require_http_methods(METHODS)
def issue_for_people(request):
    """Out of the list of people, usually of those overdue: one notice for each area and enterprise whose turn it is."""
    if not holds(request.user, Duty.COORDINATE):
        raise PermissionDenied
    if request.method != "POST":
        return redirect(PEOPLE.list)
    page = people_listing.people_page(request, Case.objects.visible_to(request.user))
    return desk.act_on_many(request, PRESSED, page, _for_people(request.user))


def _for_people(user):
    def run(ids, form):
        return notices.issue_for_overdue(ids, actor=user, **form.cleaned_data)

    return desk.Action(
        "督办",
        form=lambda data: NoticeForm(data, to=False),
        preview=lambda ids, form: notices.preview_for_overdue(ids, actor=user),
        run=run,
        intro="轮到办理的每个区市、每家企业各下发一件督办，逾期的人员附在督办后面。",
    )


@require_http_methods(METHODS)
def step(request, pk, step):
    if step not in MACHINE.by_name:
        raise Http404
    row = _seen(request, pk)
    return desk.step_on_one(request, desks.NOTICES_DESK, row, MACHINE[step], desks.notice_action(step, request.user))


@require_POST
def bulk(request):
    name = request.POST.get("step", "")
    if name not in listing.NOTICES_IN_BULK:
        return HttpResponseBadRequest()
    if not desks.may(request.user, MACHINE[name]):
        raise PermissionDenied
    page = listing.notices_page(request)
    return desk.act_on_many(request, desks.NOTICES_DESK, page, desks.notice_action(name, request.user))


@require_safe
def outcome(request, key):
    """Of steps with notices, and of issuing them for people: there the rows are the people."""
    issued = Operation.objects.filter(pk=key, actor=request.user, kind="notice.issue_for_overdue")
    if not issued.exists():
        return desk.show_outcome(request, desks.NOTICES_DESK, key)
    return desk.show_outcome(request, PRESSED, key, onward=lambda moved: _issued_for(request.user, moved))


def _issued_for(user, ids):
    """The notices that wait for a reply about these people, to be looked at."""
    named = NoticePerson.objects.visible_to(user).filter(retiree__in=among(Retiree, ids))
    rows = Notice.objects.visible_to(user).filter(pk__in=named.values("notice"), state=State.ISSUED)
    rows = rows.select_related("area", "enterprise").order_by("-pk")[:NAMED]
    return [
        (f"督办 {row.number}（{viewers.place_name(row.addressee)}）", reverse("handover:notice", args=[row.pk]))
        for row in rows
    ]
