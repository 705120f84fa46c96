"""What the pages do with out-of-pool money: deciding, each step, and reckoning, as actions of the desk."""

from accounts.scope import holds
from benefits.decision import BY_NUMBER
from benefits.explaining import FOLLOWS
from benefits.forms.treatments import SettleForm, TreatmentStepForm
from benefits.lists.money import in_words
from benefits.models import OutOfPoolItem, Treatment
from benefits.services import deciding, settling, steps
from benefits.treatment_states import MACHINE
from retirees.models import Retiree
from tracks import desk
from tracks.advancing import Outcome
from tracks.desk import Action, Desk, Summary
from tracks.forms import KeyForm
from weihai_transfer.lib.refusals import Refused


def _full_name(row):
    return f"{row.retiree.name}（{row.enterprise}）{row}"


ITEMS = Desk(
    kind="treatment",
    model=OutOfPoolItem,
    noun="统筹外项目",
    list="benefits:items",
    row="benefits:item",
    step="",
    outcome="benefits:item_outcome",
    unit="项",
    full_name=_full_name,
)
TREATMENTS = Desk(
    kind="treatment",
    model=Treatment,
    noun="统筹外费用处理",
    list="benefits:treatments",
    row="benefits:treatment",
    step="benefits:step",
    outcome="benefits:outcome",
    unit="项",
    joined=("retiree", "enterprise", "item"),
    name=lambda row: f"{row.retiree.name}，{row}",
    full_name=_full_name,
)
PEOPLE = Desk(
    kind="settlement",
    model=Retiree,
    noun="统筹外费用人员",
    list="benefits:people",
    row="benefits:person",
    step="",
    outcome="benefits:settle_outcome",
    joined=("enterprise",),
    name=lambda row: row.name,
    full_name=lambda row: f"{row.name}（{row.enterprise}）",
)
OF_RULES = "按判定表"
HEADINGS = ("规则", "处理方式", "人数", "项数", "年标准（元）", "下一步")
NUMBERS = (2, 3, 4)


def has_form(step):
    return TreatmentStepForm(step).asks


def step_action(step, user):
    return desk.step_action(step, TreatmentStepForm, steps, user)


def may_take(user, step):
    return bool(step.duties) and holds(user, *step.duties)


def decide_action(user):
    return Action(
        "判定",
        form=KeyForm,
        preview=lambda ids, form: deciding.preview(ids, actor=user),
        run=lambda ids, form: deciding.decide(ids, actor=user, key=form.cleaned_data["key"]),
        intro="逐项适用判定表，第一条符合的规则决定处理方式。判定后由企业决定并落实，决定之前可以重新判定。",
        summary=lambda outcome: rules_of(outcome.as_json()),
    )


def rules_of(stored):
    """What each row of the table decided, from the stored outcome of an act."""
    if not stored.get("rules"):
        return None
    rows = []
    for number, count in sorted(stored["rules"].items(), key=lambda pair: int(pair[0])):
        row = BY_NUMBER[int(number)]
        yearly = in_words(stored.get("yearly", {}).get(number, 0))
        people = stored.get("people", {}).get(number, 0)
        rows.append((f"第 {number} 行", row.outcome.label, people, count, yearly, FOLLOWS[row.outcome]))
    return Summary(OF_RULES, HEADINGS, rows, NUMBERS)


def settle_action(user):
    return Action(
        "核算一次性支付",
        form=SettleForm,
        preview=lambda ids, form: _preview_of_sums(ids, form.day, user),
        run=lambda ids, form: settling.settle(
            ids, settled_on=form.cleaned_data["settled_on"], actor=user, key=form.cleaned_data["key"]
        ),
        intro="参考所在城市人口平均预期寿命核算（二(六)）。每人的一次性支付项目合并核算为一笔；未支付的旧核算由本次替代。",
    )


def _preview_of_sums(ids, day, user):
    """What is refused for all, such as a day without a life expectancy, is said of each."""
    try:
        return settling.preview(ids, settled_on=day, actor=user)
    except Refused as refusal:
        return Outcome("settle", refused=dict.fromkeys(ids, str(refusal)))


def steps_of(name):
    """The step of that name that somebody takes by hand, or None."""
    step = MACHINE.by_name.get(name)
    return step if step and step.duties else None
