"""A person who was submitted again: why he was returned, and what is different now."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from handover import differences, rounds, submission
from handover.badges import badge_of
from handover.listing import SHOWN_WITH, person_url
from handover.models import Case
from handover.services import preview
from handover.states.cases import MACHINE
from handover.viewers import holds_over
from tracks.taking import reason_in_words
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.pages import back_url

OFFERED = ("accept", "return", "take_back", "submit")
AT_ONCE = ("accept", "take_back")


@require_safe
def compare(request, pk):
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related(*SHOWN_WITH), pk=pk)
    returned = rounds.last_return(case)
    person = person_url(case)
    back = back_url(request, person)
    changes = differences.since_last_round(case, request.user)
    context = {
        "title": f"与上轮比较：{case.retiree.name}",
        "crumbs": [("退休人员", reverse("handover:people")), (case.retiree.name, person), ("与上轮比较", "")],
        "case": case,
        "badge": badge_of(case, request.user),
        "rows": [{"label": one.label, "before": one.before, "after": one.after, "changed": True} for one in changes],
        "returned": returned,
        "reason": reason_in_words(MACHINE["return"], returned.reason_code, returned.reason) if returned else "",
        "actions": _actions(case, request.user, back),
        "hidden": [("key", new_id()), ("back", back)],
        "back_url": back,
        "person_url": person,
    }
    return render(request, "handover/compare.html", context)


def _actions(case, user, back):
    found = []
    for name in OFFERED:
        step = MACHINE[name]
        if case.state not in step.sources or not holds_over(case, user, *step.duties):
            continue
        refused = submission.obstacle(name, preview(name, [case.pk], actor=user).refused.get(case.pk))
        found.append(
            {
                "label": step.label,
                "url": reverse("handover:step", args=[case.pk, name]),
                "post": name in AT_ONCE,
                "primary": not step.danger and not found,
                "danger": step.danger,
                "reasons": [refused] if refused else [],
            }
        )
    return found
