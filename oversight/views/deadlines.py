"""The due list of everybody who has something to do by a day, and what each side has used of it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.duties import Duty
from accounts.scope import holds
from audit import events
from handover.models import Case
from oversight.deadlines import counting, spent
from oversight.deadlines.ladder import ESCALATED, kinds_of
from oversight.deadlines.listing import due_page, view_of
from oversight.deadlines.look import SOON, Look
from weihai_transfer.lib.pages import back_url


@require_safe
def show_due(request):
    user = request.user
    kinds = kinds_of(user)
    if not kinds:
        raise PermissionDenied
    look = Look()
    lines, page = counting.lines(user, look), due_page(request, look, kinds)
    context = {
        "title": f"{'逾期提级' if view_of(request) == ESCALATED else '到期提醒'}（{page.count:,} 件）",
        "crumbs": [("到期提醒", "")],
        "list": page,
        "lines": [_shown(line) for line in lines if line.count or line.escalated],
        "view": view_of(request),
        "soon": SOON,
        "second": look.terms.value("escalate_second", look.today),
        "third": look.terms.value("escalate_third", look.today),
        "notes": sorted({row.object.note for row in page.rows if row.object.note}),
        "may_press": holds(user, Duty.COORDINATE),
    }
    return render(request, "oversight/due.html", context)


def _shown(line):
    return {
        "label": line.kind.label,
        "unit": line.kind.unit,
        "late": line.late,
        "late_url": line.url(when=counting.LATE),
        "soon": line.soon,
        "soon_url": line.url(when=counting.SOON),
        "escalated": line.escalated,
        "escalated_url": line.url(view=ESCALATED),
        # Where many are acted on at once, and where the city office presses for them.
        "list_url": line.kind.list_url,
    }


@require_safe
def show_spent(request, pk):
    rows = Case.objects.visible_to(request.user).select_related("retiree", "enterprise", "office__parent")
    case = get_object_or_404(rows, pk=pk)
    events.note(request, "open_person", subject=f"handover.Case {pk}")
    sides = spent.spent(case)
    context = {
        "title": f"各方用时（{case.retiree.name}）",
        "crumbs": [("到期提醒", back_url(request, reverse("oversight:due"))), (case.retiree.name, "")],
        "case": case,
        "sides": [(spent.LABELS[side], days) for side, days in sides.items()],
        "stays": spent.stays(case),
        "person_url": reverse("handover:person", args=[case.pk]),
    }
    return render(request, "oversight/due_spent.html", context)
