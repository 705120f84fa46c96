"""The stages of the campaign and the target of signing, beside the parameters."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import campaign, story
from accounts.duties import Duty
from accounts.forms.stages import StageForm, TargetForm
from accounts.stages import Measure
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
        "measures": Measure.labels,
        "targets": _targets(),
        "entries": story.of_stages(),
    }
    return render(request, "accounts/stages.html", context)


def _targets():
    """[(stage, [(measure, Target or None)])]: every rate that a stage may have a target for."""
    found = campaign.targets()
    return [
        (one.known, [(measure, found.get((one.known.code, measure.value))) for measure in Measure])
        for one in campaign.stages()
    ]


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def set_stage(request, code):
    standing = _standing(code)
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


def _standing(code):
    standing = next((one for one in campaign.stages() if one.known.code == code), None)
    if standing is None:
        raise Http404
    return standing


@require_http_methods(FORM_METHODS)
@needs(Duty.MANAGE_SYSTEM)
def set_target(request, code, measure):
    standing = _standing(code)
    if measure not in Measure.values:
        raise Http404
    label, dated = Measure(measure).label, measure != Measure.SIGNED
    now = campaign.targets().get((code, measure))
    initial = {"percent": now.percent, "due_on": now.due_on} if now else {}
    form = TargetForm(standing.first_day, dated, request.POST if request.method == "POST" else None, initial=initial)

    def act():
        return campaign.set_target(code, measure, actor=request.user, **form.cleaned_data)

    if form.is_valid() and attempt(request, form, act, f"已设定“{standing.known.label}”的{label}目标。"):
        return redirect("accounts:stages")
    own_day = "" if dated else "目标日期为本阶段的协议签订目标日期，在“设定阶段”中修改。"
    context = {
        "title": f"设定目标：{standing.known.label}，{label}",
        "crumbs": [
            ("参数", reverse("accounts:parameters")),
            ("工作阶段", reverse("accounts:stages")),
            (f"{standing.known.label}，{label}", ""),
        ],
        "form": form,
        "submit": "设定",
        "cancel_url": reverse("accounts:stages"),
        "intro": f"{f'现行依据：{now.source}。' if now else ''}{own_day}原来的目标保留在变更记录中。",
    }
    return render(request, "accounts/form.html", context)
