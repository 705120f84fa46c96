"""Deciding items by the table of 二(六): thousands at once as one, in one act."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet

from accounts.duties import Duty
from benefits import facts as sources
from benefits.decision import BY_NUMBER
from benefits.decision import decide as row_of
from benefits.models import OutOfPoolItem, Treatment
from benefits.treatment_states import State
from retirees.codes import Survival
from tracks.advancing import NOT_YOURS, UNSEEN, Outcome, lock_rows
from tracks.taking import as_ids, carry_out
from weihai_transfer.lib import bulk
from weihai_transfer.lib.among import among

AT_ONCE = 5000
DEAD = "本人已去世，不再发放统筹外费用，没有判定。"
UNCHANGED = "已按现有情况判定，结果没有变化，没有重复判定。"
DECIDED = "本项目当前为“{state}”，没有重新判定。情况确有变化的，请先撤回决定。"
WAITING = "本项目已报主管部门，待其答复，没有重新判定。"
LABELS = dict(State.choices)


@dataclass
class Decided(Outcome):
    """An Outcome that also says how many items each row of the table decided, of how many people, at what a year."""

    by_rule: Counter = field(default_factory=Counter)
    people: dict = field(default_factory=lambda: defaultdict(set))
    yearly: dict = field(default_factory=lambda: defaultdict(Decimal))

    def count(self, rule, known):
        self.by_rule[rule] += 1
        self.people[rule].add(known.item["retiree_id"])
        self.yearly[rule] += known.yearly

    def as_json(self):
        return super().as_json() | {
            "rules": {str(rule): count for rule, count in sorted(self.by_rule.items())},
            "people": {str(rule): len(people) for rule, people in self.people.items()},
            "yearly": {str(rule): str(yearly) for rule, yearly in self.yearly.items()},
        }

    def rules(self):
        """[(Row, count)] in the order of the table."""
        return [(BY_NUMBER[rule], count) for rule, count in sorted(self.by_rule.items())]


def ids_of_enterprise(enterprise, user):
    """The items of an enterprise and its subsidiaries that wait for a decision, or whose decision may be renewed."""
    return list(
        OutOfPoolItem.objects.open_to(user, Duty.SUBMIT)
        .filter(Q(treatment=None) | Q(treatment__state=State.PROPOSED), enterprise__path__startswith=enterprise.path)
        .exclude(retiree__survival=Survival.DECEASED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def preview(ids, *, actor):
    """What `decide` would do, without doing it."""
    return _all(None, as_ids(ids), actor)


def decide(ids, *, actor, key=None):
    """Decide items by the table: new treatments, and anew those still proposed whose facts changed."""

    def work(act):
        return _all(act, as_ids(ids), actor)

    return carry_out("treatment.decide", work, actor=actor, key=key)


def lock(ids):
    """Items, then their treatments: everybody who writes both takes them in this order, so that nobody waits in a
    circle and a step that is taken meanwhile is seen."""
    lock_rows(OutOfPoolItem, ids)
    lock_rows(Treatment, ids)


def renew(act, ids):
    """Decide anew, inside another act, those of `ids` that are still proposed; nobody is asked for a duty again."""
    settings = sources.settings_on()
    for chunk in bulk.chunks(ids, AT_ONCE):
        standing = _standing(chunk)
        proposed = [pk for pk, one in standing.items() if one["state"] == State.PROPOSED]
        known = sources.known_of(proposed, settings)
        act.change_each(Treatment, {pk: _values(one, settings) for pk, one in known.items() if one.facts})


def _all(act, ids, actor):
    outcome = Decided("decide")
    settings = sources.settings_on()
    # In the order of their ids: two acts never wait for each other in a circle.
    for chunk in bulk.chunks(sorted(ids), AT_ONCE):
        _chunk(act, chunk, actor, settings, outcome)
    return outcome


def _chunk(act, ids, actor, settings, outcome):
    if act:
        lock(ids)
    rows = OutOfPoolItem.objects.filter(pk__in=among(OutOfPoolItem, ids))
    known = sources.known_of(rows.open_to(actor, Duty.SUBMIT), settings)
    others = [pk for pk in ids if pk not in known]
    seen = set(rows.visible_to(actor).values_list("pk", flat=True)) if others else set()
    standing = _standing(list(known))
    new, changed = [], {}
    for pk in ids:
        if pk in seen and pk not in known:
            outcome.refused[pk] = NOT_YOURS
            outcome.forbidden.append(pk)
        elif sentence := _refusal(known.get(pk), standing.get(pk), settings):
            outcome.refused[pk] = sentence
        else:
            outcome.moved.append(pk)
            values = _values(known[pk], settings)
            outcome.count(values["rule"], known[pk])
            if pk in standing:
                changed[pk] = values
            elif act:
                new.append(_new(act, known[pk], values))
    if act:
        _insert(act, new)
        act.change_each(Treatment, changed)


def _insert(act, new):
    """By COPY where the database has it: thousands of rows with three JSON columns each."""
    if new:
        bulk.load(Treatment, new)
        act.record_created(QuerySet(Treatment).filter(pk__in=among(Treatment, [one.pk for one in new])))


def _standing(ids):
    columns = ("state", "facts", "grounds", "choices", "yearly", "approver_id", "rule")
    rows = QuerySet(Treatment).filter(pk__in=among(Treatment, ids))
    return {row["pk"]: row for row in rows.values("pk", *columns)}


def _refusal(known, standing, settings):
    if known is None:
        return UNSEEN
    if not known.alive:
        return DEAD
    if known.facts is None:
        return sources.NO_RETIREMENT
    if standing is None:
        return ""
    if standing["state"] == State.WITH_APPROVER:
        return WAITING
    if standing["state"] != State.PROPOSED:
        return DECIDED.format(state=LABELS[standing["state"]])
    return UNCHANGED if _same(standing, known, settings) else ""


def _same(standing, known, settings):
    values = _values(known, settings)
    return all(
        standing[name] == values[name] for name in ("facts", "grounds", "choices", "yearly", "approver_id", "rule")
    )


def _values(known, settings):
    """What a decision writes; a reckoning of the sum that was made before it does not hold any more."""
    row = row_of(known.facts, settings.choices)
    return {
        "rule": row.number,
        "outcome": row.outcome,
        "facts": sources.as_json(known.facts),
        "grounds": known.grounds,
        "choices": settings.as_json,
        "decided_on": settings.day,
        "yearly": known.yearly,
        "approver_id": known.house.supervisor,
        "settlement": None,
    }


def _new(act, known, values):
    return Treatment(
        item_id=known.item["pk"],
        retiree_id=known.item["retiree_id"],
        enterprise_id=known.item["enterprise_id"],
        state_since=act.operation.at,
        last_step="decide",
        **values,
    )
