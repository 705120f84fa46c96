"""How each person stands, now or at the end of a past day: one row a case, with the states of the other tracks.

    present()          from the live rows
    then(end, ids)     from the newest version that each row had before an instant

Both give the same columns (COLUMNS), so that what is counted and what is listed is said once, whatever the day.
"""

from django.db import models
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.models.places import OfficeKind
from archives.models import Dossier
from audit.history import REMOVED, history_of
from handover.models import Agreement, AgreementPerson, Case
from handover.states.agreements import State as AgreementState
from handover.states.cases import State
from party.models import Letter, Membership
from weihai_transfer.lib.among import among

# Which office counts the person: the street of a community, the office itself everywhere else.
STREET = models.Case(When(office__kind=OfficeKind.COMMUNITY, then=F("office__parent")), default=F("office"))
# Nobody in the city has whoever was handed over elsewhere.
ENDED_OUTSIDE = ExpressionWrapper(Q(state=State.COMPLETED, office=None), BooleanField())
RECEIPTED = ExpressionWrapper(Q(voided_at=None, receipt_on__isnull=False), BooleanField())


def present():
    """The live cases."""
    letters = QuerySet(Letter).filter(membership=OuterRef("pk"), voided_at=None, receipt_on__isnull=False)
    return QuerySet(Case).annotate(
        street=STREET,
        ended_outside=ENDED_OUTSIDE,
        covered=Exists(_covering("pk", AgreementState.SIGNED)),
        dossier_state=F("retiree__dossier__state"),
        digitised=_is_set("retiree__dossier__digitised_on"),
        membership_state=F("retiree__membership__state"),
        receipted=Exists(letters),
    )


def then(end, ids=None):
    """The newest version of each case before the instant `end`, of all people or of those of `ids`."""
    signed = list(newest(Agreement, "id", end).filter(state=AgreementState.SIGNED).values_list("id", flat=True))
    covering = QuerySet(AgreementPerson).filter(
        retiree=OuterRef("retiree_id"), agreement__in=signed, agreement__area=OuterRef("area_id")
    )
    return newest(Case, "retiree_id", end, ids).annotate(
        street=STREET,
        ended_outside=ENDED_OUTSIDE,
        covered=Exists(covering),
        dossier_state=_last(Dossier, end, F("state")),
        digitised=_last(Dossier, end, _is_set("digitised_on")),
        membership_state=_last(Membership, end, F("state")),
        # A new letter is only written after the old one is void: the newest version of any is of the one that stands.
        receipted=_last(Letter, end, RECEIPTED, key="membership_id"),
    )


def newest(model, key, end, ids=None):
    """The newest version of each row of a model before an instant, without those that had been removed by then."""
    versions = history_of(model).objects.filter(history_date__lt=end)
    if ids is not None:
        versions = versions.filter(**{f"{key}__in": among(model, ids)})
    last = versions.order_by().values(key).annotate(last=Max("history_id")).values("last")
    return history_of(model).objects.filter(history_id__in=last).exclude(history_type=REMOVED)


def _covering(person, state):
    return QuerySet(AgreementPerson).filter(
        retiree=OuterRef(person), agreement__area=OuterRef("area"), agreement__state=state
    )


def _is_set(column):
    return ExpressionWrapper(Q(**{f"{column}__isnull": False}), BooleanField())


def _last(model, end, expression, key="retiree_id"):
    """What an expression gives in the newest version of the person's row; None when there is none or it was removed."""
    rows = history_of(model).objects.filter(**{key: OuterRef("retiree_id")}, history_date__lt=end)
    told = models.Case(When(history_type=REMOVED, then=Value(None)), default=expression)
    return Subquery(rows.order_by("-history_id").annotate(told=told).values("told")[:1])
