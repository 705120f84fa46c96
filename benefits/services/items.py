"""Entering items 统筹外项目: what is paid goes in, a new item or a higher rate does not (benefits/changes.py)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from accounts.duties import Duty
from accounts.scope import reach_of
from audit.operations import operation
from benefits import changes
from benefits.codes import ItemKind, Period
from benefits.models import OutOfPoolItem, Treatment
from benefits.services import deciding
from benefits.treatment_states import State
from retirees.codes import Survival
from retirees.models import Retiree
from tracks.advancing import lock_rows
from tracks.taking import carry_out
from weihai_transfer.lib import bulk, clock
from weihai_transfer.lib.among import among
from weihai_transfer.lib.refusals import Refused

AT_ONCE = 5000
FACTS = ("rate", "period", "times", "since", "basis", "payer", "met_old_rules", "lump_agreed", "raise_approval")
# In these states the enterprise has not decided yet, or has withdrawn: an entry may still be corrected.
OPEN = (State.PROPOSED, State.CANCELLED)
LABELS = dict(State.choices)

NOT_YOURS = "本人不在您的企业名下，没有录入。请核对人员。"
DEAD = "本人已去世，没有录入。已去世人员的待遇按规定另行办理。"
NO_NAME = "项目选择“其他”的，须填写项目名称，没有录入。"
NO_RATE = "标准须大于零，最多两位小数，没有录入。请核对发放标准。"
TIMES = "按节日发放的，须填写每年次数（1 至 12）；其他发放方式不填次数。没有录入。"
FUTURE = "开始发放时间晚于今天，没有录入。请填写实际开始时间。"
ON_AN_EVENT = "按发生支付的项目不能折算为一次性支付，没有录入。请取消“协商一致一次性支付”或改正发放方式。"
THERE_ALREADY = "本人已有“{name}”，没有重复录入。请在原项目上修改。"
DECIDED = "“{name}”当前为“{state}”，不能修改。请先撤回决定再修改。"
FINISHED = "“{name}”当前为“{state}”，不能修改。"
KEPT = "“{name}”已由企业作出决定（当前为“{state}”），不能移去。不再发放的，请办理停发。"
CHANGED_MEANWHILE = "本项目刚被他人修改，没有保存。请刷新后核对再改。"
UNSEEN = "查找不到本项目。请刷新后重新选择。"


@dataclass(frozen=True)
class Entry:
    """One item as it is entered by hand or stands in a row of the workbook."""

    retiree_id: object
    kind: str
    name: str
    rate: Decimal
    period: str
    times: int
    since: date
    basis: str = ""
    payer: str = ""
    met_old_rules: bool = True
    lump_agreed: bool = False
    raise_approval: str = ""

    @property
    def key(self):
        return self.retiree_id, self.kind, self.name


@dataclass
class Entered:
    """What a workbook brought: ids added and changed, how many rows said what stood there already."""

    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: int = 0
    refused: dict = field(default_factory=dict)
    step: str = "import"

    @property
    def moved(self):
        return [*self.added, *self.changed]

    def as_json(self):
        return {
            "moved": [str(pk) for pk in self.moved],
            "refused": {},
            "added": len(self.added),
            "changed": len(self.changed),
            "same": self.same,
        }


def add(
    retiree,
    *,
    kind,
    name="",
    rate,
    period,
    times=0,
    since,
    basis="",
    payer="",
    met_old_rules=True,
    lump_agreed=False,
    actor,
    key=None,
):
    """Enter one item; refused with the clause where it is a new one."""
    entry = entry_of(retiree.pk, kind, name, rate, period, times, since, basis, payer, met_old_rules, lump_agreed)
    with operation("item.add", actor=actor, key=key) as act:
        _lock_people([retiree.pk])
        checked = _check([entry], actor)
        if checked.faults:
            raise Refused(checked.faults[0])
        if entry.key in checked.stored:
            raise Refused(THERE_ALREADY.format(name=changes.label(entry)))
        return act.insert([_new(entry, checked)])[0]


def change(item, *, actor, key=None, reason="", version=None, **values):
    """Change an item that is not decided yet; `values` are any of FACTS. A higher rate needs `raise_approval`.

    `version`: what the form showed ({field: value} of FACTS); refused when somebody changed it since. A treatment
    that is still proposed is decided anew.
    """
    if unknown := set(values) - set(FACTS):
        raise TypeError(f"items have no {unknown}")
    with operation("item.change", actor=actor, reason=reason.strip(), key=key) as act:
        deciding.lock([item.pk])
        stored = OutOfPoolItem.objects.open_to(actor, Duty.SUBMIT).filter(pk=item.pk).first()
        if stored is None:
            raise Refused(UNSEEN)
        if version and any(getattr(stored, name) != value for name, value in version.items()):
            raise Refused(CHANGED_MEANWHILE)
        entry = _entry_of_item(stored, values)
        if sentence := _fault_of_form(entry) or fault_of_state(entry, _state_of(item.pk)):
            raise Refused(sentence)
        found, why = changes.change_of(entry, retired_on=None, stored=stored)
        if sentence := changes.refusal(found, why, raise_approval=values.get("raise_approval", "")):
            raise Refused(sentence)
        act.change(OutOfPoolItem, [stored.pk], **{name: getattr(entry, name) for name in FACTS})
        deciding.renew(act, [stored.pk])
    return OutOfPoolItem.objects.get(pk=item.pk)


def remove(item, *, reason, actor, key=None):
    """Take back an entry made by mistake, as long as nobody has decided on it."""
    if not reason.strip():
        raise Refused("没有填写移去的理由，没有移去。请写明情况后再提交。")
    with operation("item.remove", actor=actor, reason=reason.strip(), key=key) as act:
        deciding.lock([item.pk])
        stored = OutOfPoolItem.objects.open_to(actor, Duty.SUBMIT).filter(pk=item.pk).first()
        if stored is None:
            raise Refused(UNSEEN)
        if state := _state_of(item.pk):
            raise Refused(KEPT.format(name=stored, state=LABELS[state]))
        act.remove(OutOfPoolItem, [item.pk])


def entry_of(retiree_id, kind, name, rate, period, times, since, basis="", payer="", met=True, lump=False, raised=""):
    """An Entry with its texts trimmed."""
    texts = (basis.strip(), payer.strip(), met, lump, raised.strip())
    return Entry(retiree_id, kind, name.strip(), rate, period, times or 0, since, *texts)


def faults_of(entries, *, actor):
    """{index: sentence} of the entries that cannot go in: what the page of a workbook shows row by row."""
    return _check(entries, actor).faults


def enter_many(rows, *, actor, key=None):
    """Enter the items (Entry) of a workbook, all or none: new ones added, existing ones (same person, kind and name)
    changed, and those that say what stands there already left as they are."""

    def work(act):
        _lock_people([entry.retiree_id for entry in rows])
        checked = _check(rows, actor)
        if checked.faults:
            at, sentence = next(iter(checked.faults.items()))
            raise Refused(f"第 {at + 1} 条：{sentence}共 {len(checked.faults)} 条不能录入，本次没有录入任何一条。")
        return _enter(act, rows, checked)

    return carry_out("item.import", work, actor=actor, key=key)


def _enter(act, rows, checked):
    outcome, new, changed = Entered(), [], {}
    for entry in rows:
        stored = checked.stored.get(entry.key)
        if stored is None:
            new.append(_new(entry, checked))
            continue
        values = {name: getattr(entry, name) for name in FACTS}
        if not entry.raise_approval:
            values["raise_approval"] = stored.raise_approval
        if all(getattr(stored, name) == value for name, value in values.items()):
            outcome.same += 1
        else:
            changed[stored.pk] = values
    outcome.added = [one.pk for one in act.insert(new)]
    outcome.changed = list(changed)
    act.change_each(OutOfPoolItem, changed)
    deciding.renew(act, outcome.changed)
    return outcome


@dataclass
class _Checked:
    people: dict
    stored: dict
    faults: dict


def _check(entries, actor):
    """Everything that may stand in the way of these entries, in a constant number of queries for 5,000 people."""
    people, stored = {}, {}
    ids = {entry.retiree_id for entry in entries}
    for chunk in bulk.chunks(sorted(ids), AT_ONCE):
        rows = QuerySet(Retiree).filter(pk__in=among(Retiree, chunk))
        people |= {one.pk: one for one in rows.only("pk", "enterprise_id", "retired_on", "survival")}
        items = QuerySet(OutOfPoolItem).filter(retiree__in=among(Retiree, chunk))
        stored |= {(one.retiree_id, one.kind, one.name): one for one in items}
    states = _states([one.pk for one in stored.values()])
    mine = reach_of(actor, Duty.SUBMIT).enterprises
    of_stock = [
        (people[entry.retiree_id].enterprise_id, entry)
        for entry in entries
        if entry.retiree_id in people
        and people[entry.retiree_id].retired_on
        and people[entry.retiree_id].retired_on <= changes.POLICY_DAY
    ]
    paid = changes.paid_before_of({one.enterprise_id for one in people.values()}, of_stock)
    faults, seen = {}, set()
    for at, entry in enumerate(entries):
        person = people.get(entry.retiree_id)
        if person is None or person.enterprise_id not in mine:
            faults[at] = NOT_YOURS
            continue
        old = stored.get(entry.key)
        sentence = _fault_of_form(entry) or _fault(entry, person, old, states, paid[person.enterprise_id])
        if not sentence and entry.key in seen:
            sentence = THERE_ALREADY.format(name=changes.label(entry))
        seen.add(entry.key)
        if sentence:
            faults[at] = sentence
    return _Checked(people, stored, faults)


def _fault(entry, person, stored, states, paid_before):
    if person.survival == Survival.DECEASED:
        return DEAD
    if person.retired_on is None:
        return changes.NO_RETIREMENT
    if stored is not None:
        if not _differs(entry, stored):
            return ""
        if sentence := fault_of_state(stored, states.get(stored.pk)):
            return sentence
    found, why = changes.change_of(entry, retired_on=person.retired_on, stored=stored, paid_before=paid_before)
    return changes.refusal(found, why, raise_approval=entry.raise_approval)


def _differs(entry, stored):
    return any(getattr(entry, name) != getattr(stored, name) for name in FACTS if name != "raise_approval") or (
        entry.raise_approval not in ("", stored.raise_approval)
    )


def _fault_of_form(entry):
    if entry.kind not in ItemKind.values or entry.period not in Period.values:
        return "项目或者发放方式不在可选范围内，没有录入。请重新选择。"
    if entry.kind == ItemKind.OTHER and not entry.name:
        return NO_NAME
    if entry.rate <= 0 or entry.rate != entry.rate.quantize(Decimal("0.01")):
        return NO_RATE
    if (1 <= entry.times <= 12) != (entry.period == Period.FESTIVAL) or entry.times > 12 or entry.times < 0:
        return TIMES
    if entry.since > clock.today():
        return FUTURE
    return ON_AN_EVENT if entry.lump_agreed and entry.period == Period.EVENT else ""


def fault_of_state(entry, state):
    """Why an item whose treatment is in `state` (None: nobody decided) cannot be changed, or nothing."""
    if state is None or state in OPEN:
        return ""
    sentence = FINISHED if state in (State.PAID, State.ENDED) else DECIDED
    return sentence.format(name=changes.label(entry), state=LABELS[state])


def _entry_of_item(item, values):
    given = {name: values.get(name, getattr(item, name)) for name in FACTS}
    texts = {name: given[name].strip() for name in ("basis", "payer", "raise_approval")}
    return Entry(item.retiree_id, item.kind, item.name, **given | texts | {"times": given["times"] or 0})


def _new(entry, checked):
    return OutOfPoolItem(
        retiree_id=entry.retiree_id,
        enterprise_id=checked.people[entry.retiree_id].enterprise_id,
        kind=entry.kind,
        name=entry.name,
        **{name: getattr(entry, name) for name in FACTS if name != "raise_approval"},
    )


def _lock_people(ids):
    """Two who enter items of one person go one after the other; what is decided meanwhile is seen."""
    lock_rows(Retiree, ids)
    for chunk in bulk.chunks(sorted(set(ids)), AT_ONCE):
        rows = QuerySet(OutOfPoolItem).filter(retiree__in=among(Retiree, chunk))
        deciding.lock(list(rows.values_list("pk", flat=True)))


def _states(ids):
    states = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = QuerySet(Treatment).filter(pk__in=among(Treatment, chunk))
        states |= dict(rows.values_list("pk", "state"))
    return states


def _state_of(pk):
    return _states([pk]).get(pk)
