"""What was done to find a member, and what a party worker notes about a member beside the steps."""

from django.db.models import QuerySet

from audit.operations import operation
from party.ends import RECEIVING, SENDING
from party.models import Membership, SearchRecord
from tracks.advancing import NOT_YOURS, UNSEEN, lock_rows
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import sealed
from weihai_transfer.lib.refusals import Refused

BOTH = (SENDING, RECEIVING)
FACTS = ("floating", "floating_to", "lost_since", "stopped_on", "papers_complete", "remark")


def _mine(pk, actor):
    rows = Membership.objects.filter(pk=pk)
    if not rows.open_to(actor, *BOTH).exists():
        raise Refused(NOT_YOURS if rows.visible_to(actor).exists() else UNSEEN)


def record_search(membership, *, searched_on, way, note, actor, key=None):
    """Note one search for a member; at either end, by whoever did it."""
    if searched_on > clock.today():
        raise Refused("查找日期晚于今天，没有登记。请填写实际查找日期。")
    if not note.strip():
        raise Refused("没有填写查找情况，没有登记。请写明向谁了解、结果如何。")
    with operation("membership.search", actor=actor, key=key) as act:
        _mine(membership.pk, actor)
        one = SearchRecord(membership_id=membership.pk, searched_on=searched_on, way=way)
        one.note = note.strip()
        act.outcome = {"step": "search", "moved": [str(membership.pk)], "refused": {}}
        return act.insert([one])[0]


def record_facts(membership, values, *, actor, key=None):
    """Note facts about a member beside the steps; returns {field: (before, after)}. `values`: some of FACTS."""
    with operation("membership.record", actor=actor, key=key) as act:
        _mine(membership.pk, actor)
        lock_rows(Membership, [membership.pk])
        now = QuerySet(Membership).get(pk=membership.pk)
        check_facts(now, values)
        changed = write_facts(act, {now: values})[now.pk]
        act.outcome = {"step": "record", "moved": [str(now.pk)], "refused": {}}
    return changed


def check_facts(now, values):
    """Refuse facts that contradict each other or the state."""
    after = {name: values.get(name, getattr(now, name)) for name in FACTS}
    today = clock.today()
    for name, label in (("lost_since", "失联时间"), ("stopped_on", "停止党籍日期")):
        if after[name] and after[name] > today:
            raise Refused(f"{label}晚于今天，没有登记。请填写实际日期。")
    if after["floating_to"] and not after["floating"]:
        raise Refused("填写了外出流向，但没有登记为流动党员，没有登记。请勾选流动党员，或清空外出流向。")
    if after["stopped_on"] and not after["lost_since"]:
        raise Refused("没有失联时间，不能登记停止党籍，没有登记。请先填写失联时间。")
    if after["stopped_on"] and after["stopped_on"] < after["lost_since"]:
        raise Refused("停止党籍日期早于失联时间，没有登记。请核对。")
    if now.state == now.machine.states.UNREACHABLE and not after["lost_since"]:
        raise Refused("此人状态为失联，失联时间不能清空。已联系上的，请办理“恢复联系”。")


def write_facts(act, wanted):
    """Within the caller's operation: {membership: values} → {id: {field: (before, after)}} of what differs."""
    changes, stored = {}, {}
    for now, values in wanted.items():
        changes[now.pk] = {
            name: (getattr(now, name), value) for name, value in values.items() if getattr(now, name) != value
        }
        for name, (_, after) in changes[now.pk].items():
            setattr(now, name, after)
            value = sealed(now, name) if name == "remark" else after
            stored.setdefault(now.pk, {})[name] = value
    act.change_each(Membership, stored)
    return changes
