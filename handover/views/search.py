"""Looking for a person. The words come by POST, so that no name and no number ever stands in an address or a log."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.scope import holds
from audit import events
from handover.badges import badge_of
from handover.listing import SHOWN_WITH, person_url
from handover.models import Case
from handover.viewers import full_name
from retirees.models import Retiree
from weihai_transfer.lib.words import shown

MOST = 200


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request):
    if not holds(request.user, *Case.objects.all().seen_with):
        raise PermissionDenied
    text = request.POST.get("q", "").strip()[:60]
    context = {
        "title": "搜索退休人员",
        "crumbs": [("搜索退休人员", "")],
        "text": _echo(text),
        "most": MOST,
        "asked": False,
    }
    if request.method == "POST" and text:
        events.note(request, "search")
        found = list(_found(request.user, text)[: MOST + 1])
        if len(found) == 1:
            return redirect(person_url(found[0]))
        context |= {"asked": True, "more": len(found) > MOST, "rows": _rows(found[:MOST], request.user)}
        context["print_words"] = f"按搜索词列出 {len(context['rows'])} 人。"
    return render(request, "handover/search.html", context)


def _echo(text):
    """What the box shows again: never a whole number."""
    return "" if sum(sign.isdigit() for sign in text) > 4 else text


def _found(user, text):
    """The scope stands first: a number that belongs to somebody else's person finds nothing."""
    people = Retiree.objects.visible_to(user).matching(text)
    cases = Case.objects.visible_to(user).filter(retiree__in=people)
    return cases.select_related(*SHOWN_WITH).order_by("retiree__pinyin", "pk")


def _rows(cases, user):
    return [
        {
            "url": person_url(case),
            "name": case.retiree.name,
            "masked_id": case.retiree.masked_id,
            "masked_phone": case.retiree.masked_phone,
            "age": shown(case.retiree.age),
            "enterprise": case.enterprise,
            "office": shown(full_name(case.office)),
            "badge": badge_of(case, user),
        }
        for case in cases
    ]
