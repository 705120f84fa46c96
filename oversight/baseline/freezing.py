"""Freezing 应移交人数: the stock that is not closed at this moment, in one act."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet, Value

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from accounts.scope import reach_of
from audit.operations import operation
from handover.listing import NO_AREA_YET
from handover.models import Case
from handover.states.cases import State
from oversight.models import Baseline, BaselinePerson
from weihai_transfer.lib.refusals import Refused

# 一: the campaign is about the stock. Who was closed has left it before.
COUNTS = Q(stock=True) & ~Q(state=State.CLOSED)


def may_keep(user):
    """Only the leading group's office at the city freezes and records."""
    return reach_of(user, Duty.COORDINATE).everywhere


@dataclass(frozen=True)
class Preview:
    """[(name, people)] by area and by enterprise, and all of them."""

    areas: list
    enterprises: list
    people: int


def preview():
    """Whom a baseline would hold if it were frozen now; for those who may freeze."""
    rows = QuerySet(Case).filter(COUNTS).order_by()
    areas = dict(rows.values_list("area").annotate(Count("pk")))
    enterprises = dict(rows.values_list("enterprise").annotate(Count("pk")))
    named = [(str(one), areas[one.pk]) for one in Office.objects.filter(pk__in=list(areas)).order_by("path")]
    if None in areas:
        named.append((NO_AREA_YET, areas[None]))
    owners = Enterprise.objects.filter(pk__in=list(enterprises)).order_by("path")
    return Preview(named, [(one.name, enterprises[one.pk]) for one in owners], sum(enterprises.values()))


def freeze(*, source, reason="", actor, key=None):
    """Freeze the baseline; returns it. One that is in force is replaced, with a reason, and stays readable."""
    if not may_keep(actor):
        raise PermissionDenied
    source, reason = source.strip(), reason.strip()
    if not source:
        raise Refused("没有填写依据，没有冻结。请写明数据来源，如调查摸底、文件名称。")
    with operation("baseline.freeze", actor=actor, reason=reason or source, key=key) as act:
        # Two who freeze at the same time come one after the other.
        list(Office.objects.filter(kind=OfficeKind.CITY).select_for_update(no_key=True))
        before = QuerySet(Baseline).filter(in_force=True).first()
        if before and not reason:
            raise Refused("已有现行基线，重新冻结须写明理由，没有冻结。请填写理由后再提交。")
        if before:
            act.change(Baseline, [before.pk], in_force=False)
        row = Baseline(frozen_at=act.operation.at, source=source, reason=reason if before else "")
        (row,) = act.insert([row])
        people = act.insert_select(
            BaselinePerson,
            QuerySet(Case).filter(COUNTS),
            baseline=Value(row.pk),
            case="pk",
            enterprise="enterprise_id",
            area="area_id",
        )
        if not people:
            raise Refused("没有可以计入的存量人员，没有冻结。请先由企业导入花名册。")
        act.outcome = {"people": people}
    return row
