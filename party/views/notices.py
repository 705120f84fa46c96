"""Void letters, told to the organisations to which they were addressed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from audit.operations import AlreadyDone
from party import services
from party.ends import RECEIVING
from party.models import VoidNotice
from party.notice_states import State
from party.summary import ends_of
from party.views.guard import for_party
from tracks.forms import KeyForm
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.filters import MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.selection import Selection
from weihai_transfer.lib.words import Badge


def _page(request):
    receives = RECEIVING in ends_of(request.user)

    def badge(notice):
        if notice.state == State.NOTED:
            return Badge(notice.get_state_display(), "done")
        return Badge(notice.get_state_display(), "mine" if receives else "away")

    rows = VoidNotice.objects.visible_to(request.user)
    return ListPage(
        request,
        rows.select_related("letter__committee", "letter__addressee", "enterprise", "office"),
        columns=[
            Column("number", "介绍信编号", "letter.number", sort="letter__number"),
            Column("reference", "灯塔转接编号", "letter.reference"),
            Column("enterprise", "转出企业", sort="enterprise__path"),
            Column("to", "原转入党组织", "letter.to_words"),
            Column("issued", "开具日期", "letter.issued_on"),
            Column("voided", "作废日期", lambda notice: timezone.localdate(notice.voided_at), sort="voided_at"),
            Column("why", "作废原因"),
            Column("state", "状态", badge, sort="state"),
        ],
        filters=[Filter("state", "状态", State.choices, MANY)],
        order=("-voided_at", "pk"),
        unit="份",
    )


@require_safe
@for_party
def show_notices(request):
    page = _page(request)
    button = {"label": "知悉所选", "url": reverse("party:note_notices"), "primary": True, "name": "key"}
    context = {
        "title": f"作废的介绍信（{page.count:,} 份）",
        "crumbs": [("党组织关系", reverse("party:memberships")), ("作废的介绍信", "")],
        "list": page,
        "bulk": [{**button, "value": str(new_id())}] if RECEIVING in ends_of(request.user) else [],
    }
    return render(request, "party/notices.html", context)


@require_POST
@for_party
def note(request):
    if RECEIVING not in ends_of(request.user):
        raise PermissionDenied
    page, form = _page(request), KeyForm(request.POST)
    chosen = Selection.from_post(request, page.queryset, unit="份")
    if chosen.is_empty or chosen.changed or not form.is_valid():
        messages.warning(request, chosen.changed or "没有勾选任何通知，未办理。请先勾选。")
        return redirect(f"{reverse('party:notices')}?{page.query}")
    try:
        outcome = services.note(
            list(chosen.queryset.values_list("pk", flat=True)), actor=request.user, key=form.cleaned_data["key"]
        )
    except AlreadyDone as done:
        messages.info(request, str(done))
    else:
        _say(request, outcome)
    return redirect(f"{reverse('party:notices')}?{page.query}")


def _say(request, outcome):
    if outcome.moved:
        messages.success(request, f"已知悉 {len(outcome.moved):,} 份作废的介绍信，不再接收。")
    for sentence, ids in outcome.by_reason():
        messages.error(request, f"{len(ids):,} 份未办理：{sentence}")
