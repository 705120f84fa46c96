"""What the pages say and offer of moves told to the former enterprise."""

from django.urls import reverse
from django.utils import timezone

from accounts.duties import Duty
from accounts.scope import holds
from handover.community import terms
from handover.models import MoveNotice
from handover.services import moves
from handover.states.moves import MACHINE, State
from handover.viewers import full_name, holds_over
from tracks import timeline
from tracks.desk import Action, Desk, step_buttons
from tracks.forms import StepForm
from weihai_transfer.lib.filters import FLAG, MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.words import Badge

DESK = Desk(
    kind="move_notice",
    model=MoveNotice,
    noun="去世与迁移告知",
    list="handover:moves",
    row="handover:move",
    step="handover:move_step",
    outcome="handover:move_outcome",
)
STEP = MACHINE["acknowledge"]
WAITING = (State.TOLD_TO_ENTERPRISE,)


def has_form(step):
    return StepForm(step).asks


def action(user):
    return Action(
        STEP.label,
        form=lambda data: StepForm(STEP, data),
        preview=lambda ids, form: moves.preview(ids, actor=user),
        run=lambda ids, form: moves.acknowledge(ids, actor=user, key=form.cleaned_data["key"]),
        intro="知悉后请按新的住址发放和寄送企业仍承担的各项待遇。",
    )


def moves_page(request):
    user = request.user
    rows = MoveNotice.objects.visible_to(user)
    return ListPage(
        request,
        rows.select_related("retiree", "enterprise", "office__parent"),
        columns=[
            Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
            Column("id_number", "公民身份号码", "retiree.masked_id"),
            Column("enterprise", "原企业", sort="enterprise__path"),
            Column("moved_from", "迁出地"),
            Column("moved_to", "迁入地"),
            Column("moved_on", "迁移日期", sort="moved_on"),
            Column("since", "告知或知悉日期", lambda row: timezone.localdate(row.state_since), sort="state_since"),
            Column("state", "状态", lambda row: badge(row, user), sort="state"),
        ],
        filters=[
            Filter("state", "状态", State.choices, MANY),
            Filter("overdue", "只看逾期未知悉的", kind=FLAG, narrow=lambda found, _: found.filter(late())),
        ],
        order=("-state_since", "pk"),
        row_url=lambda row: reverse("handover:move", args=[row.pk]),
    )


def late():
    return terms.told_too_long(WAITING)


def bulk_buttons(user):
    url = reverse("handover:move_bulk")
    return step_buttons([STEP], (), url, lambda step: holds(user, Duty.SUBMIT))


def badge(row, user):
    if row.state == State.ACKNOWLEDGED:
        return Badge(row.get_state_display(), "done")
    return Badge(row.get_state_display(), "mine" if holds_over(row, user, Duty.SUBMIT) else "away")


def track_of(row, user):
    waiting = row.state == State.TOLD_TO_ENTERPRISE
    return {
        "heading": "迁移告知",
        "badge": badge(row, user),
        "steps": [
            {"label": "告知原企业", "status": "done", "note": ""},
            {"label": "原企业知悉", "status": "now" if waiting else "done", "note": ""},
        ],
        "responsible": full_name(row.office),
        "next_words": f"{row.enterprise}知悉。" if waiting else "",
    }


def facts_of(row):
    return [
        ("原企业", row.enterprise),
        ("迁出地", row.moved_from),
        ("迁入地", row.moved_to),
        ("迁移日期", row.moved_on),
        ("现管理单位", full_name(row.office)),
    ]


def entries(row):
    """What happened to a notice, newest first."""
    told = [
        timeline.entry(one.operation, "原企业知悉。" if before else f"告知{row.enterprise}。")
        for one, before in timeline.versions(MoveNotice, id=row.pk)
    ]
    return told[::-1]
