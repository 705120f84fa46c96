"""The stages of the campaign and the target of signing, beside the parameters."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import campaign, story
from accounts.duties import Duty
from accounts.forms.stages import StageForm
from accounts.views.guard import attempt, needs
from accounts.views.offices import FORM_METHODS

FIELDS = ("first_day", "last_day", "signing_by")


@require_safe
@needs(Duty.MANAGE_SYSTEM)
def stages(request):
    now = campaign.stage_on()
    context = {
        "title": "工作阶段",
        "crumbs": [("参数", reverse("accounts:parameters")), ("工作阶段", "")],
        "standings": campaign.stages(),
        "now": now and now.known.code,
        "target": campaign.signing_target(),
        "entries": story.of_stages(),
    }
    return render(request, "accounts/stages.html", context)


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def set_stage(request, code):
    standing = next((one for one in campaign.stages() if one.known.code == code), None)
    if standing is None:
        raise Http404
    initial = {name: getattr(standing, name) for name in FIELDS}
    form = StageForm(request.POST if request.method == "POST" else None, initial=initial)
    said = f"已设定“{standing.known.label}”。"
    if form.is_valid() and attempt(
        request, form, lambda: campaign.set_stage(code, actor=request.user, **form.cleaned_data), said
    ):
        return redirect("accounts:stages")
    context = {
        "title": f"设定：{standing.known.label}",
        "crumbs": [
            ("参数", reverse("accounts:parameters")),
            ("工作阶段", reverse("accounts:stages")),
            (standing.known.label, ""),
        ],
        "form": form,
        "submit": "设定",
        "cancel_url": reverse("accounts:stages"),
        "intro": f"现行依据：{standing.source}。原来的日期保留在变更记录中。",
    }
    return render(request, "accounts/form.html", context)
