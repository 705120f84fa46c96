"""The list of items: what is paid beside the pension, and what became of it."""

from django.db.models import Count, Q, Sum
from django.urls import reverse

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import holds
from benefits.codes import ItemKind
from benefits.decision import ROWS, Cohort, Outcome
from benefits.explaining import SHORT
from benefits.lists.badges import badge
from benefits.lists.money import in_words, two_places, yearly_of
from benefits.models import OutOfPoolItem
from benefits.treatment_states import SIDES, State
from tracks.desk import Button
from weihai_transfer.lib.filters import MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.words import Badge

UNDECIDED = "none"
STATES = ((UNDECIDED, "待判定"), *State.choices)
RULES = [(row.number, f"第 {row.number} 行：{row.outcome.label}") for row in ROWS]
SETTLED = [state for state in State if SIDES[state] is None]
# What an item may be in beside its state: the figures of the city's overview lead here.
STANDINGS = {
    "decided": Q(treatment__isnull=False),
    "settled": Q(treatment__state__in=SETTLED),
    "open": Q(treatment=None) | Q(treatment__isnull=False) & ~Q(treatment__state__in=SETTLED),
}
STANDING_LABELS = (("decided", "已判定"), ("settled", "已办结"), ("open", "未办结"))


def by_state(rows, states):
    wanted = Q(treatment__state__in=[state for state in states if state != UNDECIDED])
    return rows.filter(wanted | Q(treatment=None) if UNDECIDED in states else wanted)


def filters_of(rows, prefix):
    """What items and treatments are both narrowed by; `prefix` leads to the treatment."""
    return [
        Filter("outcome", "处理方式", Outcome.choices, MANY, f"{prefix}outcome__in"),
        Filter("rule", "判定规则", RULES, MANY, f"{prefix}rule__in"),
        Filter("cohort", "退休时间", Cohort.choices, lookup=f"{prefix}facts__cohort"),
        Filter("enterprise", "企业", lambda: enterprises_of(rows)),
    ]


def enterprises_of(rows):
    found = Enterprise.objects.filter(pk__in=rows.order_by().values("enterprise").distinct())
    return [(one.pk, str(one)) for one in found]


def items_page(request):
    user = request.user
    rows = OutOfPoolItem.objects.visible_to(user).select_related("retiree", "enterprise", "treatment")
    standing = Filter("standing", "办理情况", STANDING_LABELS, narrow=lambda found, code: found.filter(STANDINGS[code]))
    return ListPage(
        request,
        rows.annotate(a_year=yearly_of()),
        columns=[
            Column("name", "姓名", "retiree.name", sort=("retiree__pinyin",), link=True),
            Column("masked", "身份证号", "retiree.masked_id"),
            Column("enterprise", "企业", sort="enterprise__path"),
            Column("item", "项目", str, sort=("kind", "name")),
            Column("rate", "标准（元）", lambda one: in_words(one.rate), sort="rate", number=True),
            Column("period", "发放方式", "get_period_display", sort="period", optional=True),
            Column("yearly", "年标准（元）", lambda one: in_words(one.a_year), sort="a_year", number=True),
            Column("state", "状态", lambda one: badge_of(one, user), sort="treatment__state"),
            Column("outcome", "处理方式", lambda one: SHORT.get(_of(one, "outcome")), sort="treatment__outcome"),
            Column("rule", "规则", lambda one: _of(one, "rule"), sort="treatment__rule", number=True),
            Column("retired_on", "退休时间", "retiree.retired_on", optional=True, hidden=True),
            Column("since", "开始发放时间", sort="since", optional=True, hidden=True),
            Column("basis", "发放依据", optional=True, hidden=True),
            Column("payer", "发放渠道", optional=True, hidden=True),
        ],
        filters=[
            Filter("state", "状态", STATES, MANY, narrow=by_state),
            *filters_of(rows, "treatment__"),
            Filter("kind", "项目", ItemKind.choices, MANY),
            standing,
        ],
        order=("enterprise__path", "retiree__pinyin", "pk"),
        unit="项",
        row_url=lambda one: reverse("benefits:item", args=[one.pk]),
    )


def treatment_of(item):
    """The treatment of an item that the list has joined; None while nobody decided."""
    return getattr(item, "treatment", None)


def badge_of(item, user):
    one = treatment_of(item)
    if one is None:
        return Badge("待判定", "mine" if holds(user, Duty.SUBMIT) else "idle")
    one.enterprise = item.enterprise
    return badge(one, user)


def _of(item, name):
    return getattr(treatment_of(item), name, None)


def bulk_buttons(user):
    if not holds(user, Duty.SUBMIT):
        return []
    return [Button("判定所选", reverse("benefits:item_bulk"), primary=True)]


def sums(rows):
    """How many items of how many people, at what a year."""
    found = rows.order_by().aggregate(items=Count("pk"), people=Count("retiree", distinct=True), yearly=Sum("a_year"))
    return found | {"yearly": two_places(found["yearly"])}
