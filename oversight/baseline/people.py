"""The people behind the number: each case beside its row of the baseline and what was recorded of it.

Who changed is told from the facts alone (is there a row of the baseline, is there a case, is it closed); what the office
has recorded only says why. So the bridge closes whether somebody recorded everything or nothing.
"""

from django.db.models import Case as Choose
from django.db.models import (
    CharField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from accounts.scope import reach_of
from handover.models import Case
from handover.states.cases import State
from oversight.models import BaselinePerson, ChangedPerson, ChangeKind, DuePerson
from oversight.models.baseline import SEES_BASELINE

ASKING = ("ask_closing", "propose_closing")
CLOSED = Q(state=State.CLOSED)
# Nobody's area yet: no key of an office.
NOWHERE = 0


def cases_of(baseline, user):
    """The stock that the user may see in the number, today's and the baseline's, with:

    `in_base`, `then` (it counted for the user then), `now` (it counts for the user now, closed or not), `base_area_key`,
    `base_enterprise_key`, `area_key`, `came` (the kind of a recorded arrival or None), `went` (why it is closed, or "").
    """
    rows = DuePerson.objects.visible_to(user).filter(stock=True)
    mine = reach_of(user, *SEES_BASELINE)
    rows = rows.annotate(
        base=FilteredRelation("baseline_rows", condition=Q(baseline_rows__baseline=baseline.pk)),
        arrival=FilteredRelation(
            "baseline_changes", condition=Q(baseline_changes__baseline=baseline.pk, baseline_changes__entering=True)
        ),
        departure=FilteredRelation(
            "baseline_changes", condition=Q(baseline_changes__baseline=baseline.pk, baseline_changes__entering=False)
        ),
    )
    rows = rows.annotate(
        in_base=_flag(Q(base__isnull=False)),
        then=_flag(Q(base__isnull=False) & mine.covers("base__area", "base__enterprise")),
        now=_flag(mine.covers("area", "enterprise")),
        closed=_flag(CLOSED),
        base_area_key=Coalesce(F("base__area_id"), Value(NOWHERE), output_field=IntegerField()),
        base_enterprise_key=F("base__enterprise_id"),
        area_key=Coalesce(F("area_id"), Value(NOWHERE), output_field=IntegerField()),
        came=F("arrival__change__kind"),
        went=Choose(
            When(CLOSED, then=Coalesce(F("departure__change__kind"), _reason(), Value(ChangeKind.OTHER.value))),
            default=Value(""),
            output_field=CharField(),
        ),
    )
    # Who was closed before the moment never counted.
    return rows.filter(Q(in_base=1) | ~CLOSED | Q(state_since__gte=baseline.frozen_at))


def _flag(condition):
    # Everything is `Q()`, which no WHEN takes.
    if not condition:
        return Value(1, output_field=IntegerField())
    return Choose(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _reason():
    """The reason code of the act that asked for the closing; both sides have agreed to it since."""
    versions = Case.history.model.objects.filter(
        retiree_id=OuterRef("pk"),
        last_step__in=ASKING,
        state__in=(State.CLOSING_BY_ENTERPRISE, State.CLOSING_BY_OFFICE),
    )
    code = versions.order_by("-history_date", "-history_id").values("operation__reason_code")[:1]
    return NullIf(Subquery(code, output_field=CharField()), Value(""))


def frozen_of(baseline, user):
    """The rows of the baseline that the user may see, with `there` (the person still is one of the stock) and `told` (the
    kind under which his leaving is recorded, or None)."""
    rows = BaselinePerson.objects.visible_to(user).filter(baseline=baseline)
    stock = QuerySet(Case).filter(pk=OuterRef("case_id"), stock=True)
    records = QuerySet(ChangedPerson).filter(baseline=baseline, case_id=OuterRef("case_id"), entering=False)
    return rows.annotate(
        there=_flag(Q(Exists(stock))),
        told=Subquery(records.values("change__kind")[:1]),
        area_key=Coalesce(F("area_id"), Value(NOWHERE), output_field=IntegerField()),
    )


def flow_of(user):
    """Who retired since 2021 and counts today for the user: the flow was never in a baseline (一)."""
    mine = reach_of(user, *SEES_BASELINE)
    rows = DuePerson.objects.visible_to(user).filter(~CLOSED, mine.covers("area", "enterprise"), stock=False)
    return rows.annotate(area_key=Coalesce(F("area_id"), Value(NOWHERE), output_field=IntegerField()))
