"""The telephone number of a member, for a reason: a party worker has to reach him."""

from datetime import timedelta

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit import events
from audit.models import SecurityEvent
from party.forms import ContactForm
from party.views.guard import BOTH_ENDS, seen

# As on the person's page: more in an hour is no telephoning.
TOO_MANY, HOUR = 100, timedelta(hours=1)
STOPPED = f"您一小时内查看完整信息已达 {TOO_MANY} 次，暂停查看。请稍后再试；确需大量使用的，请导出党员名册。"


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request, pk):
    membership = seen(request, pk, BOTH_ENDS)
    form = ContactForm(request.POST if request.method == "POST" else None)
    page, value = reverse("party:membership", args=[pk]), None
    stopped = _seen_lately(request.user) >= TOO_MANY
    if form.is_valid() and stopped:
        form.add_error(None, STOPPED)
    elif form.is_valid():
        events.note(
            request, "reveal", subject=f"retirees.Retiree {pk}", field="phone", reason=form.cleaned_data["reason"]
        )
        value = membership.retiree.phone
    context = {
        "title": "查看联系电话",
        "crumbs": [("党组织关系", reverse("party:memberships")), (membership.retiree.name, page), ("查看联系电话", "")],
        "membership": membership,
        "form": form,
        "value": value,
        "back": page,
    }
    return render(request, "party/contact.html", context, status=429 if stopped else 200)


def _seen_lately(user):
    return SecurityEvent.objects.filter(kind="reveal", actor=user, at__gte=timezone.now() - HOUR).count()
