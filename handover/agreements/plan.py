"""The plan of an agreement beside the live data: what was written, what the data says today, where they differ."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from archives.models import Dossier
from archives.states import State as DossierState
from handover.agreements import coverage
from handover.models import Agreement
from party.models import Membership
from party.states import State as MembershipState
from weihai_transfer.lib.words import shown

# In the order in which the page shows them.
FIGURES = ("people", "members", "dossiers", "dossier_volumes", "assets", "assets_area", "assets_value")
TEXTS = ("timetable", "contingency", "fees")
# What is signed for in a dossier: not what stays or does not exist.
NO_DOSSIER = (DossierState.EXEMPT, DossierState.NONE)
ROWS = 6
WHO = (("enterprise", "移交企业"), ("area", "接收方"), ("both", "双方"))


@dataclass(frozen=True)
class Line:
    """`now` is what the data says; of a signed agreement the frozen rosters are the data."""

    label: str
    written: object
    now: object
    url: str = ""

    @property
    def differs(self):
        return self.written != self.now


def live_figures(agreement):
    """{field: number} as the data stands, in four queries."""
    people = coverage.people_of(agreement)
    dossiers = QuerySet(Dossier).filter(pk__in=people).exclude(state__in=NO_DOSSIER)
    counted = dossiers.aggregate(count=Count("pk"), volumes=Sum("volumes"))
    members = QuerySet(Membership).filter(pk__in=people).exclude(state=MembershipState.ENDED)
    assets = coverage.assets_of(agreement).aggregate(
        count=Count("pk"), area=Sum("floor_area"), value=Sum("original_value")
    )
    return {
        "people": people.count(),
        "members": members.count(),
        "dossiers": counted["count"],
        "dossier_volumes": counted["volumes"] or 0,
        "assets": assets["count"],
        "assets_area": two_places(assets["area"]),
        "assets_value": two_places(assets["value"]),
    }


def two_places(value):
    """A sum of money or of area as it is written, whatever the engine made of it."""
    return Decimal(value or 0).quantize(Decimal("0.01"))


def lines(agreement, urls=None):
    now, urls = live_figures(agreement), urls or {}
    return [Line(_label(name), getattr(agreement, name), now[name], urls.get(name, "")) for name in FIGURES]


def _label(name):
    return Agreement._meta.get_field(name).verbose_name


def as_written(agreement):
    """The plan as plain values, kept with each round."""
    return {name: _plain(getattr(agreement, name)) for name in (*FIGURES, *TEXTS)}


def version_of(agreement):
    """Tells whether the plan is still as somebody has read it."""
    text = json.dumps(as_written(agreement), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value):
    return str(value) if isinstance(value, Decimal) else value


def changes(before, after):
    """[(label, before, after)] between the plans of two rounds."""
    found = []
    for name in (*FIGURES, *TEXTS):
        old, new = before.get(name), after.get(name)
        if old != new:
            found.append((_label(name), _told(name, old), _told(name, new)))
    return found


def _told(name, value):
    return "；".join(map(in_words, value or ())) if name == "timetable" else shown(value)


def in_words(row):
    """One line of the timetable."""
    return f"{row['until']} {row['work']}（{dict(WHO).get(row['side'], '')}）"
