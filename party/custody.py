"""Who is responsible for a member at every instant, told from history; and the proof that it is never nobody.

二(三): the sending organisation answers until the receiving one has confirmed the arrival. Responsibility follows from the
state by the table SIDES; whoever has come to an end is kept by the branch, by a place outside, or by nobody any more.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Enterprise, Office
from audit.history import CREATED, REMOVED, history_of
from party.ends import RECEIVER, SENDER
from party.models import Letter, Membership
from party.models.letters import to_words
from party.states import SIDES, WITH_LETTER, State
from weihai_transfer.lib import bulk

AT_ONCE = 2000
# Who keeps a member whose relation has come to its end; ended ones are nobody's any more.
SETTLED_WITH = {State.PLACED: RECEIVER, State.DEPARTED: "outside", State.ENDED: ""}
NO_ONE = "没有责任党组织"
NO_LETTER = "状态为“{state}”，却没有有效的介绍信"
MANY_LETTERS = "同时有 {count} 份有效的介绍信"
NOT_FROM_BIRTH = "历史记录不是从登记开始"
NOT_NOW = "最近一条历史与现在的状态不一致"


@dataclass(frozen=True)
class Stretch:
    """One stretch of time under one responsible organisation; `until` is None for the one that lasts."""

    since: datetime
    until: datetime | None
    responsible: str
    state: str
    letter: str = ""


@dataclass(frozen=True)
class Gap:
    membership: object
    since: datetime
    why: str


@dataclass(frozen=True)
class Moment:
    """What stood at one instant: the membership's version, and the letters that were not void."""

    at: datetime
    row: object
    letters: tuple
    # The instant began with the registration itself; a step may fall into the same one.
    born: bool = False

    @property
    def side(self):
        return SIDES[self.row.state].answers if SIDES[self.row.state] else SETTLED_WITH[State(self.row.state)]

    @property
    def keeper(self):
        """Which enterprise or office answers; None when nobody does although somebody must."""
        return {SENDER: self.row.enterprise_id, RECEIVER: self.row.office_id}.get(self.side, self.side)


def line_of(membership):
    """The stretches of one member's relation, oldest first; neighbours that say the same are one."""
    moments = _moments([membership.pk]).get(membership.pk, [])
    offices = Office.objects.in_bulk({one.row.office_id for one in moments if one.row.office_id})
    enterprises = Enterprise.objects.in_bulk({one.row.enterprise_id for one in moments})
    told = []
    for one in moments:
        letter = one.letters[0].number if one.letters else ""
        said = (_words(one, offices, enterprises), State(one.row.state).label, letter)
        if told and told[-1][1:] == said:
            continue
        told.append((one.at, *said))
    ends = [since for since, *_ in told[1:]] + [None]
    return [Stretch(since, until, *said) for (since, *said), until in zip(told, ends, strict=True)]


def _words(one, offices, enterprises):
    if one.side == SENDER:
        return f"{enterprises[one.row.enterprise_id]}党组织"
    if one.side == RECEIVER:
        where = offices.get(one.row.office_id)
        branch = f"{one.row.branch_name}" if one.row.state == State.PLACED else ""
        return "　".join(filter(None, (f"{where}党组织" if where else NO_ONE, branch)))
    if one.side == "outside":
        return to_words(one.letters[0]) if one.letters else "市外党组织"
    return "转接终止，不再有责任党组织"


def gaps(memberships):
    """Every instant of these members' histories without exactly one responsible organisation, or without a letter that
    must stand. Read in chunks, two queries for each."""
    found = []
    for chunk in bulk.chunks(list(memberships.order_by("pk").values_list("pk", flat=True)), AT_ONCE):
        moments = _moments(chunk)
        live = {row.pk: row for row in QuerySet(Membership).filter(pk__in=chunk)}
        for pk in chunk:
            found += _gaps_of(pk, moments.get(pk, []), live[pk])
    return found


def _gaps_of(pk, moments, live):
    if not moments or not moments[0].born:
        yield Gap(pk, moments[0].at if moments else live.state_since, NOT_FROM_BIRTH)
    for one in moments:
        if one.keeper is None:
            yield Gap(pk, one.at, NO_ONE)
        if len(one.letters) > 1:
            yield Gap(pk, one.at, MANY_LETTERS.format(count=len(one.letters)))
        if one.row.state in WITH_LETTER and not one.letters:
            yield Gap(pk, one.at, NO_LETTER.format(state=State(one.row.state).label))
    if moments and (moments[-1].row.state, moments[-1].keeper) != (live.state, Moment(None, live, ()).keeper):
        yield Gap(pk, moments[-1].at, NOT_NOW)


def _moments(ids):
    """{membership id: [Moment]}, oldest first. What one operation wrote is one instant."""
    events = {}
    for row in history_of(Membership).objects.filter(retiree_id__in=ids).order_by("history_date", "history_id"):
        events.setdefault(row.retiree_id, []).append((row.history_date, row, None))
    letters = history_of(Letter).objects.filter(membership_id__in=ids).select_related("committee", "addressee")
    for letter in letters.order_by("history_date", "history_id"):
        events.setdefault(letter.membership_id, []).append((letter.history_date, None, letter))
    # Each table is in its own order already, and a stable sort keeps it.
    return {pk: _replayed(sorted(mine, key=lambda one: one[0])) for pk, mine in events.items()}


def _replayed(events):
    moments, row, standing, born = [], None, {}, False
    for place, (at, version, letter) in enumerate(events):
        if version is not None:
            # Taken away with its roster and registered again, it begins anew.
            if version.history_type == REMOVED:
                moments, row, standing, born = [], None, {}, False
                continue
            born = born or (row is None and version.history_type == CREATED)
            row = version
        else:
            standing[letter.id] = letter
        last_of_its_instant = place + 1 == len(events) or events[place + 1][0] != at
        if row is not None and last_of_its_instant:
            letters = tuple(one for one in standing.values() if one.voided_at is None)
            moments.append(Moment(at, row, letters, born))
    return moments
