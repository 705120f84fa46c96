"""What the pages say and offer of relocations: list, buttons, step bar, facts, story."""

from django.urls import reverse

from accounts.duties import Duty
from accounts.models import Office
from accounts.scope import reach_of
from handover.forms.relocations import RelocationStepForm
from handover.models import Relocation
from handover.services import relocations
from handover.states.relocations import ARRIVING, LEAVING, MACHINE, MEANINGS, NEW, OLD, State
from handover.viewers import full_name
from tracks import desk, timeline
from tracks.desk import Desk, step_buttons
from tracks.taking import reason_in_words
from weihai_transfer.lib.filters import MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.words import Badge

DESK = Desk(
    kind="relocation",
    model=Relocation,
    noun="属地变更",
    list="handover:relocations",
    row="handover:relocation",
    step="handover:relocation_step",
    outcome="handover:relocation_outcome",
)
# Done in bulk; a refusal is judged person by person.
USUAL = ("accept", "agree")
NEXT = {State.ASKED_BY_OLD: "接收变更或不接收", State.ASKED_BY_NEW: "同意变更或不同意变更"}
SENTENCES = {
    "accept": "接收变更，{new}自此负责。",
    "agree": "同意变更，{new}自此负责。",
    "decline": "不接收变更。",
    "object": "不同意变更。",
    "recall": "撤回申请。",
    "cancel": "撤回申请。",
}


def has_form(step):
    return RelocationStepForm(step).asks


def step_action(step_name, user, row=None):
    step = MACHINE[step_name]
    # Only one's own communities are offered, and only where one person is taken in.
    offices = Office.objects.under([row.to_office.path]).values("pk") if row and step.name == "accept" else ()
    return desk.step_action(step, lambda step, data: RelocationStepForm(step, data, offices=offices), relocations, user)


def relocations_page(request):
    rows = Relocation.objects.visible_to(request.user)
    return ListPage(
        request,
        rows.select_related("retiree", "enterprise", "office__parent", "to_office__parent"),
        columns=[
            Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
            Column("id_number", "公民身份号码", "retiree.masked_id"),
            Column("enterprise", "企业", sort="enterprise__path"),
            Column("office", "原单位", lambda row: full_name(row.office), sort="office__path"),
            Column("to_office", "新单位", lambda row: full_name(row.to_office), sort="to_office__path"),
            Column("since", "申请或答复日期", lambda row: row.state_since.date(), sort="state_since"),
            Column("state", "状态", lambda row: badge(row, request.user), sort="state"),
        ],
        filters=[
            Filter("state", "状态", State.choices, MANY),
            Filter(
                "end",
                "方向",
                (("coming", "转入本单位"), ("leaving", "转出本单位")),
                narrow=lambda found, end: found.open_to(request.user, ARRIVING if end == "coming" else LEAVING),
            ),
        ],
        order=("-state_since", "pk"),
        row_url=lambda row: reverse("handover:relocation", args=[row.pk]),
    )


def bulk_buttons(user):
    if not reach_of(user, Duty.RECEIVE).offices:
        return []
    url = reverse("handover:relocation_bulk")
    return step_buttons([MACHINE[name] for name in USUAL], (), url, lambda step: True)


def badge(row, user):
    side = row.side
    mine = side is not None and side.acts in _ends(row, user)
    return Badge(row.get_state_display(), "mine" if mine else MEANINGS[row.state])


def _ends(row, user):
    offices = reach_of(user, Duty.RECEIVE).offices
    found = {OLD} if row.office_id in offices else set()
    return found | {NEW} if row.seen_by_id in offices else found


def name_of_side(row, side):
    return full_name({OLD: row.office, NEW: row.to_office}[side])


def track_of(row, user):
    side, done = row.side, row.state == State.DONE
    aside = row.state in (State.REFUSED, State.WITHDRAWN)
    return {
        "heading": "属地变更",
        "badge": badge(row, user),
        "steps": [
            {"label": "提出申请", "status": "done", "note": ""},
            {
                "label": "对方答复",
                "status": "done" if done else "off" if aside else "now",
                "note": row.get_state_display() if aside else "",
            },
            {"label": "已变更", "status": "done" if done else "off" if aside else "ahead", "note": ""},
        ],
        "responsible": name_of_side(row, side.answers) if side else full_name(row.to_office if done else row.office),
        "next_words": f"{name_of_side(row, side.acts)}{NEXT[row.state]}。" if side else "",
    }


def facts_of(row):
    return [
        ("移交企业", row.enterprise),
        ("原单位", full_name(row.office)),
        ("新单位", full_name(row.to_office)),
        ("新住址", "已填写，变更后在人员页面查看" if row.address else ""),
        ("说明", row.note),
    ]


def entries(row):
    """What happened to a relocation, newest first."""
    told = [_entry(one, before) for one, before in timeline.versions(Relocation, ("office", "to_office"), id=row.pk)]
    return told[::-1]


def _entry(row, before):
    step = timeline.step_of(MACHINE, "relocation", row.operation)
    if before is None:
        asked = "转出到" if row.state == State.ASKED_BY_OLD else "转入"
        return timeline.entry(row.operation, f"申请{asked}{full_name(row.to_office)}。", meaning=MEANINGS[row.state])
    sentence = SENTENCES[step.name].format(new=full_name(row.to_office)) if step else "登记属地变更情况。"
    reason = reason_in_words(step, row.operation.reason_code, row.operation.reason) if step else ""
    return timeline.entry(row.operation, sentence, reason=reason, meaning=MEANINGS[row.state])
