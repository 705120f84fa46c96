"""Showing one sealed fact of one person in full, for a reason, once."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit import events
from audit.models import SecurityEvent
from handover import facts
from handover.forms.revealing import RevealForm
from handover.models import Case
from retirees.models import SEALED

# Looking at this many in an hour is more than contacting people by telephone takes.
MANY, TOO_MANY = 30, 100
HOUR = timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request, pk, field):
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("retiree", "enterprise"), pk=pk)
    if field not in SEALED:
        raise Http404
    if field not in facts.revealable(case, request.user):
        raise PermissionDenied("当前岗位不需要这项信息，不能查看。")
    seen = _seen_lately(request.user)
    form = RevealForm(request.POST if request.method == "POST" and seen < TOO_MANY else None)
    person = reverse("handover:person", args=[case.pk])
    context = {
        "title": f"查看{facts.label_of(field)}",
        "crumbs": [("退休人员", reverse("handover:people")), (case.retiree.name, person), ("查看完整信息", "")],
        "case": case,
        "form": form,
        "label": facts.label_of(field),
        "masked": facts.text_of(case.retiree, field),
        "back": person,
        "seen": seen,
        "warned": MANY <= seen < TOO_MANY,
        "stopped": seen >= TOO_MANY,
        "most": TOO_MANY,
    }
    if context["stopped"]:
        return render(request, "handover/reveal.html", context, status=429)
    if form.is_valid():
        subject = f"retirees.Retiree {case.pk}"
        events.note(request, "reveal", subject=subject, field=field, reason=form.reason)
        context["value"] = getattr(case.retiree, field)
    return render(request, "handover/reveal.html", context)


def _seen_lately(user):
    since = timezone.now() - HOUR
    return SecurityEvent.objects.filter(kind="reveal", actor=user, at__gte=since).count()
