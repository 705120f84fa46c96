"""How far a treatment has come, as the step bar shows it, and what happened to it."""

from benefits.decision import Outcome
from benefits.models import OutOfPoolItem, Treatment
from benefits.treatment_states import APPROVER, ENTERPRISE, MACHINE, MEANINGS, State
from tracks import timeline
from tracks.taking import reason_in_words

STOPPING = (State.PROPOSED, State.DECIDED, State.STOPPED)
CARRIED_OUT = (State.PROPOSED, State.DECIDED, State.IN_FORCE)
PATHS = {
    Outcome.KEEP: (State.PROPOSED, State.WITH_APPROVER, State.IN_FORCE),
    Outcome.LUMP_SUM: (State.PROPOSED, State.TO_SIGN, State.DECIDED, State.PAID),
    Outcome.STOP: STOPPING,
    Outcome.CLEAN_UP: STOPPING,
    Outcome.PROVISION: CARRIED_OUT,
    Outcome.TAPER: CARRIED_OUT,
    Outcome.FOLLOW: (State.PROPOSED, State.RECORDED),
}
# The steps by which each outcome is carried out; taking back and cancelling belong to all.
CARRYING = {
    Outcome.KEEP: ("ask_approval", "approve", "reject"),
    Outcome.LUMP_SUM: ("offer", "sign", "decline", "pay"),
    Outcome.STOP: ("confirm", "stop"),
    Outcome.CLEAN_UP: ("confirm", "stop"),
    Outcome.PROVISION: ("confirm", "put_in_force"),
    Outcome.TAPER: ("confirm", "put_in_force"),
    Outcome.FOLLOW: ("record",),
}
ALWAYS = ("revoke", "cancel")
ASIDE = {State.REJECTED: State.WITH_APPROVER}
GONE = (State.CANCELLED, State.ENDED)
NEXT = {
    (Outcome.KEEP, State.PROPOSED): "报主管部门（单位）同意",
    (Outcome.KEEP, State.WITH_APPROVER): "审核弱势群体情况，同意保留或者写明理由不同意",
    (Outcome.KEEP, State.REJECTED): "补充情况后再报，或者撤回重新判定",
    (Outcome.LUMP_SUM, State.PROPOSED): "核算一次性支付金额，提交本人签字",
    (Outcome.LUMP_SUM, State.TO_SIGN): "请本人在核算表和协议书上签字，登记签字或者本人不同意",
    (Outcome.LUMP_SUM, State.DECIDED): "一次性支付并登记凭证",
    (Outcome.STOP, State.PROPOSED): "决定",
    (Outcome.STOP, State.DECIDED): "停发并登记依据",
    (Outcome.CLEAN_UP, State.PROPOSED): "决定",
    (Outcome.CLEAN_UP, State.DECIDED): "停止发放并登记清理意见",
    (Outcome.PROVISION, State.PROPOSED): "决定",
    (Outcome.PROVISION, State.DECIDED): "一次性计提并登记凭证",
    (Outcome.TAPER, State.PROPOSED): "决定",
    (Outcome.TAPER, State.DECIDED): "按过渡方案落实",
    (Outcome.FOLLOW, State.PROPOSED): "登记上级规定",
}
LABELS = {
    "state": "状态",
    "rule": "判定规则",
    "outcome": "处理方式",
    "yearly": "年标准（元）",
    "approver": "主管部门（单位）",
    "percent": "过渡期比例（%）",
    "settlement": "核算",
    "proof": "凭证（文号）",
    "proof_on": "凭证日期",
}
ITEM_LABELS = {
    "rate": "标准（元）",
    "period": "发放方式",
    "times": "每年次数",
    "since": "开始发放时间",
    "basis": "发放依据",
    "payer": "发放渠道",
    "met_old_rules": "符合原有关规定",
    "lump_agreed": "协商一致一次性支付",
    "raise_approval": "提高标准的批准文号",
}
OTHER = {"treatment.decide": "按判定表重新判定。", "settlement.reckon": "核算一次性支付金额。"}
JOINED = ("approver", "settlement")


def is_of(step_name, outcome):
    """Whether a step is one of this outcome's; another's would only say “请办理本项目的下一步”."""
    return step_name in (*CARRYING.get(outcome, ()), *ALWAYS)


def treatment_track(one, badge):
    path = PATHS.get(one.outcome, (State.PROPOSED,))
    side, here = one.side, ASIDE.get(one.state, one.state)
    names = {ENTERPRISE: str(one.enterprise), APPROVER: str(one.approver or "主管部门（单位）")}
    gone = one.state in GONE or here not in path
    now = -1 if gone else path.index(here)
    ended = side is None and not gone
    words = NEXT.get((one.outcome, one.state), "")
    return {
        "heading": "统筹外费用处理",
        "badge": badge,
        "steps": [
            {
                "label": state.label,
                "status": "off" if gone else "done" if at < now or ended else "now" if at == now else "ahead",
                "note": one.get_state_display() if at == now and one.state == State.REJECTED else "",
            }
            for at, state in enumerate(path)
        ],
        "responsible": names[side.answers] if side else "",
        "next_words": f"{names[side.acts]}{words}。" if side and words else "",
    }


def treatment_entries(one):
    return [_entry(row, before) for row, before in timeline.versions(Treatment, JOINED, item_id=one.pk)][::-1]


def _entry(row, before, name=""):
    step = timeline.step_of(MACHINE, "treatment", row.operation)
    first = f"按判定表第 {row.rule} 行判定：{row.get_outcome_display()}。"
    sentence = first if before is None else f"{step.label}。" if step else OTHER.get(row.operation.kind, "更新判定。")
    return timeline.entry(
        row.operation,
        f"{name}{sentence}",
        reason=reason_in_words(step, row.operation.reason_code, row.operation.reason) if step else "",
        changes=timeline.changes(row, before, LABELS),
        meaning=MEANINGS[row.state],
    )


def item_entries(item):
    return [_item_entry(row, before) for row, before in timeline.versions(OutOfPoolItem, id=item.pk)][::-1]


def _item_entry(row, before, name=""):
    sentence = "录入统筹外项目。" if before is None else "修改统筹外项目。"
    return timeline.entry(
        row.operation,
        f"{name}{sentence}",
        reason=row.operation.reason if row.operation.kind == "item.change" else "",
        changes=timeline.changes(row, before, ITEM_LABELS),
    )


def entries_of_person(retiree, user):
    """Everything that was done with one person's items, newest first, as far as this user sees the items."""
    items = list(OutOfPoolItem.objects.visible_to(user).filter(retiree=retiree.pk))
    names = {one.pk: f"统筹外费用（{one}）：" for one in items}
    found = [_item_entry(row, before, names[row.id]) for row, before in _each(OutOfPoolItem, "id", names)]
    found += [_entry(row, before, names[row.item_id]) for row, before in _each(Treatment, "item_id", names, JOINED)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _each(model, key, ids, joined=()):
    """The versions of several objects, each with the one before it of the same object."""
    last = {}
    for row, _ in timeline.versions(model, joined, **{f"{key}__in": list(ids)}):
        pk = getattr(row, key)
        yield row, last.get(pk)
        last[pk] = row
