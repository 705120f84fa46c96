"""Who may see which rows: the whole rule (design 4).

Duties hang on offices and enterprises; a duty reaches the whole subtree. A row says by its own
columns where it hangs; a draft has no receiving office yet and so no office sees it.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from accounts.duties import NAMED_BY_THE_ROW, Duty
from accounts.holdings import Holding
from accounts.models.places import Enterprise, Office, OfficeKind
from audit.querysets import AuditedQuerySet


@dataclass(frozen=True)
class Reach:
    """The offices and enterprises where one user holds any of some duties."""

    everywhere: bool = False
    offices: tuple[int, ...] = ()
    enterprises: tuple[int, ...] = ()

    def covers(self, office, enterprise):
        """A filter over rows, given the lookups that lead to their office and enterprise (None: by no such way)."""
        if self.everywhere:
            return Q()
        rows = Q(pk__in=[])
        if enterprise and self.enterprises:
            rows |= Q(**{f"{enterprise}_id__in": self.enterprises})
        if office and self.offices:
            rows |= Q(**{f"{office}_id__in": self.offices})
        return rows


@dataclass
class InPost:
    """Somebody who holds these duties at one place and nothing else: asking the scope about him tells what one post
    opens by itself."""

    place: object
    duties: tuple[str, ...]
    is_active: bool = True
    is_authenticated: bool = True

    @property
    def holdings(self):
        return tuple(Holding(duty, self.place.path, getattr(self.place, "kind", None)) for duty in self.duties)


NOWHERE = Reach()
CITY_WIDE = (OfficeKind.CITY, OfficeKind.BUREAU)


def reach_of(user, *duties):
    """Where `user` holds any of `duties`, with everything below; kept on the user object, that is for one request.

    A duty at the city or one of its bureaus reaches every row of the city, also those that no office received yet;
    only what a row gives to one bureau by name (NAMED_BY_THE_ROW) is that bureau's and no other's.
    """
    if not getattr(user, "is_active", False) or not user.is_authenticated:
        return NOWHERE
    known = user.__dict__.setdefault("_reaches", {})
    if duties not in known:
        known[duties] = _find_reach(user, duties)
    return known[duties]


def _find_reach(user, duties):
    held = [one for one in user.holdings if one.duty in duties]
    if any(one.kind in CITY_WIDE and one.duty not in NAMED_BY_THE_ROW for one in held):
        return Reach(everywhere=True)
    # The ids are fetched here and not left to a subquery: PostgreSQL walks a whole index otherwise (dependencies.md 6).
    return Reach(
        offices=_below(user, Office, {one.path for one in held if one.kind}),
        enterprises=_below(user, Enterprise, {one.path for one in held if not one.kind}),
    )


def _below(user, model, paths):
    """The ids of these places and of everything below; the same places are asked for by many duties."""
    known = user.__dict__.setdefault("_places_below", {})
    key = model, frozenset(paths)
    if paths and key not in known:
        known[key] = tuple(model.objects.under(sorted(paths)).order_by().values_list("pk", flat=True))
    return known.get(key, ())


class Scoped:
    """Rows that hang on an office and an enterprise; a subclass says by which lookups and who may look."""

    office = "office"
    enterprise = "enterprise"
    seen_with = (Duty.SUBMIT, Duty.SIGN, Duty.DISTRIBUTE, Duty.RECEIVE, Duty.COORDINATE, Duty.WATCH)

    def visible_to(self, user):
        return self.open_to(user, *self.seen_with)

    def open_to(self, user, *duties):
        """The rows where `user` holds any of `duties`."""
        return self.filter(reach_of(user, *duties).covers(self.office, self.enterprise))


class ScopedQuerySet(Scoped, AuditedQuerySet):
    """Audited rows with a scope."""


class ScopedJobQuerySet(Scoped, models.QuerySet):
    """Rows that keep the state of a job: scoped, but no history of each step of theirs."""


def own_enterprises(user):
    """The enterprises in use for which the user acts as their HR clerk, group by group."""
    return Enterprise.objects.active().filter(pk__in=reach_of(user, Duty.SUBMIT).enterprises).order_by("path")


def holds(user, *duties):
    """Does the user hold any of these duties anywhere?"""
    reach = reach_of(user, *duties)
    return reach.everywhere or bool(reach.offices) or bool(reach.enterprises)
