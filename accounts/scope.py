"""Who may see which rows: the whole rule (design 4).

Duties hang on offices and enterprises; a duty reaches the whole subtree. A row says by its own
columns where it hangs; a draft has no receiving office yet and so no office sees it.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from guardian.shortcuts import get_objects_for_user

from accounts.duties import ENTERPRISE_DUTIES, NAMED_BY_THE_ROW, OFFICE_DUTIES, Duty
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


NOWHERE = Reach()
CITY_WIDE = (OfficeKind.CITY, OfficeKind.BUREAU)


def _held(user, duties, model, known):
    wanted = [duty for duty in duties if duty in known]
    if not wanted:
        return model.objects.none()
    if isinstance(user, InPost):
        at = user.place.pk if isinstance(user.place, model) and set(wanted) & set(user.duties) else None
        return model.objects.filter(pk=at)
    return get_objects_for_user(
        user, wanted, model, any_perm=True, use_groups=False, with_superuser=False, accept_global_perms=False
    )


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
    named = [duty for duty in duties if duty in NAMED_BY_THE_ROW]
    wide = [duty for duty in duties if duty not in NAMED_BY_THE_ROW]
    offices = list(_held(user, wide, Office, OFFICE_DUTIES).values_list("path", "kind"))
    if any(kind in CITY_WIDE for _, kind in offices):
        return Reach(everywhere=True)
    offices += _held(user, named, Office, OFFICE_DUTIES).values_list("path", "kind")
    enterprises = list(_held(user, duties, Enterprise, ENTERPRISE_DUTIES).values_list("path", flat=True))
    # The ids are fetched here and not left to a subquery: PostgreSQL walks a whole index otherwise (dependencies.md 6).
    return Reach(
        offices=tuple(Office.objects.under([path for path, _ in offices]).order_by().values_list("pk", flat=True))
        if offices
        else (),
        enterprises=tuple(Enterprise.objects.under(enterprises).order_by().values_list("pk", flat=True))
        if enterprises
        else (),
    )


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
