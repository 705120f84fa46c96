"""What is counted beside the people: agreements, assets, out-of-pool money and problems, at the end of a day.

For whoever may see them: a number that a viewer has no list for is not counted for him (None).
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Count, F, Q, Sum, When
from django.db.models.functions import Coalesce

from accounts.models.places import OfficeKind
from accounts.scope import holds
from benefits.decision import Outcome
from benefits.lists.money import yearly_of
from benefits.models import OutOfPoolItem, Settlement, Treatment
from benefits.treatment_states import State as TreatmentState
from handover.models import Agreement, Asset, Problem
from handover.models.problems import SEES_PROBLEMS
from handover.states.agreements import State as AgreementState
from handover.states.assets import State as AssetState
from handover.states.problems import State as ProblemState
from oversight.counting.people import newest

NOT_OPEN = (ProblemState.SETTLED, ProblemState.WITHDRAWN)


def _area_of(office):
    """The receiving area above an office of the row: of a street its parent, of a community its parent's."""
    return models.Case(
        When(**{f"{office}__kind": OfficeKind.AREA}, then=F(office)),
        When(**{f"{office}__parent__kind": OfficeKind.AREA}, then=F(f"{office}__parent")),
        default=F(f"{office}__parent__parent"),
    )


@dataclass(frozen=True)
class Beside:
    """`condition` and `amount`: which rows, and what of them is added up; `area`, `enterprise`: where a row belongs;
    `sees`: whose duty opens the list behind it; `key`: the column of its history by which versions belong together."""

    code: str
    label: str
    unit: str
    model: type
    condition: Q
    amount: object
    area: object
    enterprise: object
    sees: tuple
    key: str = "id"

    def seen_by(self, user):
        return holds(user, *self.sees)

    def rows(self, user, end):
        mine = self.model.objects.visible_to(user)
        if end is None:
            return mine.filter(self.condition)
        stood = newest(self.model, self.key, end).filter(**{f"{self.key}__in": mine.values("pk")})
        return stood.filter(self.condition)


AGREEMENTS, MONEY = Agreement.objects.all().seen_with, OutOfPoolItem.objects.all().seen_with
PEOPLE_OF = {"area": F("retiree__case__area"), "enterprise": F("enterprise")}
RAISED_IN = Coalesce(F("retiree__case__area"), _area_of("raised_office"), _area_of("unit"))
RAISED_BY = Coalesce(F("retiree__case__enterprise"), F("raised_enterprise"), F("unit_enterprise"))
OF_AGREEMENT = {"area": F("agreement__area"), "enterprise": F("agreement__enterprise")}
BESIDE = {
    one.code: one
    for one in (
        Beside(
            "agreements",
            "已签协议（份）",
            "份",
            Agreement,
            Q(state=AgreementState.SIGNED),
            Count("id"),
            F("area"),
            F("enterprise"),
            AGREEMENTS,
        ),
        Beside(
            "assets_area",
            "已移交资产面积（㎡）",
            "㎡",
            Asset,
            Q(state=AssetState.RECEIVED),
            Sum("floor_area"),
            **OF_AGREEMENT,
            sees=AGREEMENTS,
        ),
        Beside(
            "assets_value",
            "已移交资产原值（元）",
            "元",
            Asset,
            Q(state=AssetState.RECEIVED),
            Sum("original_value"),
            **OF_AGREEMENT,
            sees=AGREEMENTS,
        ),
        Beside(
            "out_of_pool_year",
            "统筹外年费用（元）",
            "元",
            OutOfPoolItem,
            Q(),
            Sum(yearly_of()),
            **PEOPLE_OF,
            sees=MONEY,
        ),
        Beside(
            "out_of_pool_provisioned",
            "已计提（年标准，元）",
            "元",
            Treatment,
            Q(outcome=Outcome.PROVISION, state=TreatmentState.IN_FORCE),
            Sum("yearly"),
            **PEOPLE_OF,
            sees=MONEY,
            key="item_id",
        ),
        Beside(
            "out_of_pool_settled",
            "已一次性支付（元）",
            "元",
            Settlement,
            Q(paid_on__isnull=False),
            Sum("amount"),
            **PEOPLE_OF,
            sees=MONEY,
        ),
        Beside(
            "problems_open",
            "未解决问题",
            "件",
            Problem,
            ~Q(state__in=NOT_OPEN),
            Count("id"),
            RAISED_IN,
            RAISED_BY,
            SEES_PROBLEMS,
        ),
    )
}


def sums(user, by, end=None):
    """{key of the area or enterprise: {code: number}} at an instant (now by default); None as key where a row has none."""
    found = defaultdict(Counter)
    for one in BESIDE.values():
        if not one.seen_by(user):
            continue
        rows = one.rows(user, end).order_by().annotate(at=one.area if by == "area" else one.enterprise)
        for key, number in rows.values_list("at").annotate(sum=one.amount):
            found[key][one.code] += number or Decimal(0)
    return found


def known_to(user):
    """The codes of what this user has a list for."""
    return {code for code, one in BESIDE.items() if one.seen_by(user)}
