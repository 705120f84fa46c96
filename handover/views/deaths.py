"""Recording a death, and taking note of one that the other side recorded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds
from audit.operations import AlreadyDone
from handover import services
from handover.community import terms
from handover.forms.deaths import DeathForm
from handover.models import Case, DeathNotice
from handover.offers import RECORDING_DEATH
from handover.services.deaths import preview_acknowledge
from handover.states.cases import MACHINE, RECEIVED
from handover.states.deaths import State
from handover.viewers import full_name, holds_over
from retirees.codes import Survival
from tracks import desk
from tracks.forms import KeyForm
from weihai_transfer.lib.filters import FLAG, MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.words import Badge

DESK = desk.Desk(
    kind="case",
    model=DeathNotice,
    noun="去世与迁移告知",
    list="handover:deaths",
    row="handover:person",
    step="",
    outcome="handover:death_outcome",
)
DUTY_OF_STATE = {State.TOLD_TO_ENTERPRISE: Duty.SUBMIT, State.TOLD_TO_OFFICE: Duty.RECEIVE}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("retiree", "enterprise"), pk=pk)
    if not holds_over(case, request.user, *RECORDING_DEATH):
        raise PermissionDenied
    person = reverse("handover:person", args=[case.pk])
    if case.retiree.survival == Survival.DECEASED and request.method != "POST":
        messages.info(request, "此人已登记为已去世，无需重复登记。")
        return redirect(person)
    form = DeathForm(request.POST if request.method == "POST" else None, born_on=case.retiree.born_on)
    if form.is_valid() and _recorded(request, case, form):
        return redirect(person)
    context = {
        "title": "登记去世",
        "crumbs": [("退休人员", reverse("handover:people")), (case.retiree.name, person), ("登记去世", "")],
        "case": case,
        "form": form,
        "back": person,
        "told": _who_is_told(case, request.user),
    }
    return render(request, "handover/death.html", context)


def _recorded(request, case, form):
    values = form.cleaned_data
    try:
        services.record_death(
            case.retiree, values["died_on"], actor=request.user, reason=values["note"], key=values["key"]
        )
    except AlreadyDone:
        messages.info(request, "这次登记已经办理过，没有重复办理。")
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    else:
        messages.success(request, "已登记去世。")
    return True


def _who_is_told(case, user):
    """What follows from the record, said before it is made."""
    if not holds_over(case, user, Duty.SUBMIT):
        asked = (
            "，并提出核销，由其答复"
            if case.state in MACHINE["propose_closing"].sources
            else "，由其停发统筹外费用并知悉"
        )
        return f"登记后将告知{case.enterprise}{asked}。"
    if case.state in RECEIVED and case.office_id:
        return f"登记后将告知{case.office}，由其停止服务并知悉。"
    if case.state in MACHINE["ask_closing"].sources:
        return "登记后本移交事项转为申请核销，由市国资委确认。"
    return "登记后人员信息标注为已去世，移交事项的状态不变。"


@require_safe
def show_deaths(request):
    if not holds(request.user, *DeathNotice.objects.all().seen_with):
        raise PermissionDenied
    page = _deaths_page(request)
    may = holds(request.user, *DUTY_OF_STATE.values())
    context = {
        "title": f"死亡告知（{page.count:,} 人）",
        "crumbs": [("退休人员", reverse("handover:people")), ("去世与迁移告知", "")],
        "list": page,
        "waiting": any(is_mine(row.object, request.user) for row in page.rows),
        "bulk": [desk.Button("知悉", reverse("handover:death_bulk"), "acknowledge", primary=True)] if may else [],
        "chosen": desk.left_over(request, DESK),
    }
    return render(request, "handover/deaths.html", context)


def _deaths_page(request):
    rows = DeathNotice.objects.visible_to(request.user)
    return ListPage(
        request,
        rows.select_related("retiree", "enterprise", "office__parent"),
        columns=_columns(request.user),
        filters=[
            Filter("state", "状态", State.choices, MANY),
            Filter("overdue", "只看逾期未知悉的", kind=FLAG, narrow=lambda found, _: found.filter(late())),
        ],
        order=("state_since", "pk"),
        row_url=lambda notice: reverse("handover:person", args=[notice.pk]),
    )


def late():
    return terms.told_too_long(tuple(DUTY_OF_STATE))


@require_POST
def bulk(request):
    if not holds(request.user, *DUTY_OF_STATE.values()):
        raise PermissionDenied
    user = request.user
    action = desk.Action(
        "知悉",
        form=KeyForm,
        preview=lambda ids, form: preview_acknowledge(ids, actor=user),
        run=lambda ids, form: services.acknowledge(ids, actor=user, key=form.cleaned_data["key"]),
        intro="企业知悉后停发统筹外费用，接收单位知悉后停止各项服务（二(六)）。",
    )
    return desk.act_on_many(request, DESK, _deaths_page(request), action)


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, DESK, key)


def _columns(user):
    return [
        Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
        Column("id_number", "公民身份号码", "retiree.masked_id"),
        Column("enterprise", "企业", sort="enterprise__path"),
        Column("office", "接收单位", lambda notice: full_name(notice.office), sort="office__path"),
        Column("died_on", "死亡日期", sort="died_on"),
        Column("stop", "须停止", _must_stop),
        Column("since", "登记时间", lambda notice: timezone.localdate(notice.state_since), sort="state_since"),
        Column("state", "状态", lambda notice: badge_of(notice, user), sort="state"),
        Column("act", "办理", lambda notice: is_mine(notice, user), template="handover/_acknowledge.html"),
    ]


def _must_stop(notice):
    """二(六): what the side that was told has to end; the money itself belongs to the track of out-of-pool costs."""
    if notice.state == State.ACKNOWLEDGED:
        return "已知悉"
    return "停发统筹外费用" if notice.state == State.TOLD_TO_ENTERPRISE else "停止各项服务"


def badge_of(notice, user):
    meaning = "done" if notice.state == State.ACKNOWLEDGED else "mine" if is_mine(notice, user) else "away"
    return Badge(notice.get_state_display(), meaning)


def is_mine(notice, user):
    duty = DUTY_OF_STATE.get(notice.state)
    return duty is not None and holds_over(notice, user, duty)


@require_POST
def acknowledge(request, pk):
    notice = get_object_or_404(DeathNotice.objects.visible_to(request.user).select_related("retiree"), pk=pk)
    form = KeyForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        outcome = services.acknowledge([notice.pk], actor=request.user, key=form.cleaned_data["key"])
    except AlreadyDone:
        messages.info(request, "已经知悉过，没有重复办理。")
    else:
        if notice.pk in outcome.forbidden:
            raise PermissionDenied
        for sentence in outcome.refused.values():
            messages.error(request, sentence)
        if outcome.moved:
            messages.success(request, f"已知悉{notice.retiree.name}去世。")
    return redirect("handover:deaths")
