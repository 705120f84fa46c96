"""The acts of the community's service: each with its form, its preview and its way into the services."""

from collections.abc import Callable
from dataclasses import dataclass

from handover.forms import care as forms
from handover.models import Case
from handover.services import care, moves
from tracks.advancing import Outcome
from tracks.desk import Action, Desk

DESK = Desk(
    kind="care",
    model=Case,
    noun="社区服务",
    list="handover:care",
    row="handover:person",
    step="",
    outcome="handover:care_outcome",
)


@dataclass(frozen=True)
class Act:
    label: str
    form: Callable
    preview: Callable
    run: Callable
    intro: str = ""
    danger: bool = False


CONFIRMING = "核实健在和联系信息，每年一次。去世的不在这里登记，请在人员页面“登记去世”。"
BULK = {
    "confirm": Act("核实健在", forms.ConfirmForm, care.preview_confirm, care.confirm, CONFIRMING),
    "found": Act(
        "找到，健在", forms.FoundForm, care.preview_confirm, care.confirm, "登记后不再列为联系不上，本年度视为已核实。"
    ),
    "serve": Act(
        "登记走访服务", forms.ServeForm, care.preview_serve, care.serve, "节日慰问等可以勾选多人一次登记，情况相同。"
    ),
    "check": Act(
        "登记资格认证", forms.CheckForm, care.preview_check, care.check, "同一年度登记一次，结果有变化的再次登记。"
    ),
}
SINGLE = {
    **BULK,
    "confirm": Act("核实健在", forms.ConfirmOneForm, care.preview_confirm, care.confirm, CONFIRMING),
    "unreachable": Act(
        "登记联系不上",
        forms.UnreachableForm,
        care.preview_confirm,
        care.confirm,
        "登记后列入“联系不上”名单，找到后登记“找到，健在”。",
        danger=True,
    ),
}
OWN = ("groups", "move_out")
LABELS = {
    **{name: act.label for name, act in SINGLE.items()},
    "groups": "认定特殊群体",
    "move_out": "登记迁出本市",
}


def action_of_many(name, user):
    return _action(BULK[name], user)


def _action(act, user):
    return Action(
        act.label,
        form=act.form,
        preview=lambda ids, form: act.preview(ids, actor=user, given=form.given),
        run=lambda ids, form: act.run(ids, actor=user, given=form.given, key=form.cleaned_data["key"]),
        danger=act.danger,
        intro=act.intro,
    )


def action_of_one(name, case, user):
    if name == "groups":
        initial = {"groups": case.retiree.special_groups}
        return Action(
            LABELS[name],
            form=lambda data: forms.GroupsForm(data, initial=initial),
            preview=None,
            run=lambda ids, form: care.set_groups(ids[0], actor=user, **form.cleaned_data),
        )
    if name == "move_out":
        return Action(
            LABELS[name],
            form=forms.MoveOutForm,
            preview=None,
            run=lambda ids, form: _moved_out(case, user, form.cleaned_data),
            intro="本人迁往市外居住的在这里登记，并告知原企业；管理服务仍由本单位负责。迁到本市其他镇街的，请申请属地变更。",
        )
    return _action(SINGLE[name], user)


def _moved_out(case, user, given):
    moves.record_move_out(case.retiree, actor=user, **given)
    return Outcome("move_out", moved=[case.pk])
