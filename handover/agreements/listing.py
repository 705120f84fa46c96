"""The lists of agreements and of assets: columns, filters, bulk buttons."""

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone

from accounts.models import Enterprise, Office
from handover.agreements import viewers
from handover.agreements.plan import two_places
from handover.models import Agreement, Asset
from handover.models.assets import AssetCategory
from handover.states.agreements import AREA, BOTH_SIGNED, MACHINE, State
from handover.states.assets import MACHINE as ASSETS
from handover.states.assets import MEANINGS as ASSET_MEANINGS
from handover.states.assets import State as AssetState
from tracks.desk import step_buttons
from weihai_transfer.lib.filters import FLAG, MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.words import Badge

# What is said about several agreements at once; a signature is given one by one.
IN_BULK = ("propose", "agree", "comment", "withdraw")


def agreements_page(request):
    user = request.user
    rows = Agreement.objects.visible_to(user).select_related("enterprise", "area")
    return ListPage(
        request,
        rows.annotate(covered_people=Count("covered")),
        columns=[
            Column("number", "协议编号", sort="number", link=True),
            Column("enterprise", "移交企业", sort="enterprise__path"),
            Column("area", "接收方", sort="area__path"),
            Column("version", "版本", lambda one: f"第 {one.version} 版", sort="version"),
            Column("state", "状态", lambda one: viewers.badge_of(one, user), sort="state"),
            Column("people", "方案人数", sort="people", number=True),
            Column("covered", "列入人数", "covered_people", sort="covered_people", number=True),
            Column("target", "签订目标", lambda one: viewers.target_badge(one, user)),
            Column("since", "进入状态时间", lambda one: timezone.localdate(one.state_since), sort="state_since"),
            Column("signed_on", "签订日期", optional=True, hidden=True),
        ],
        filters=[
            Filter("state", "状态", State.choices, MANY),
            Filter("enterprise", "移交企业", lambda: _enterprises(rows)),
            Filter("area", "接收方", lambda: _areas(rows)),
            Filter("late", "只看逾期未签的", kind=FLAG, narrow=lambda found, _: viewers.late(found, user)),
        ],
        order=("state_since", "pk") if request.GET.getlist("state") else ("enterprise__path", "area__path", "-version"),
        unit="份",
        row_url=lambda one: reverse("handover:agreement", args=[one.pk]),
    )


def _enterprises(rows):
    found = Enterprise.objects.filter(pk__in=rows.order_by().values("enterprise").distinct())
    return [(one.pk, one.name) for one in found]


def _areas(rows):
    found = Office.objects.filter(pk__in=rows.order_by().values("area").distinct())
    return [(one.pk, str(one)) for one in found]


def bulk_buttons(user, states):
    """What this user may say about several agreements at once, from the chosen states."""
    return _buttons(user, [MACHINE[name] for name in IN_BULK], states, "handover:agreement_bulk")


def asset_buttons(user, states):
    return _buttons(user, ASSETS.steps, states, "handover:asset_bulk")


def _buttons(user, steps, states, way):
    return step_buttons(steps, states, reverse(way), lambda step: may(user, step)) if states else []


def may(user, step):
    """Does the user hold the duty of this step for anybody, at the end at which it is asked for?"""
    return bool(viewers.ends_of(user).intersection(step.duties))


# --- assets


def assets_page(request):
    user = request.user
    rows = Asset.objects.visible_to(user).select_related("agreement__enterprise", "agreement__area")
    return ListPage(
        request,
        rows,
        columns=[
            Column("serial", "序号", sort="serial", number=True),
            Column("name", "资产名称", sort="name", link=True),
            Column("category", "类别", "get_category_display", sort="category"),
            Column("enterprise", "移交企业", "agreement.enterprise", sort="agreement__enterprise__path"),
            Column("address", "坐落地址", optional=True, hidden=True),
            Column("floor_area", "面积（㎡）", sort="floor_area", number=True),
            Column("quantity", "数量", sort="quantity", number=True),
            Column("original_value", "原值（元）", sort="original_value", number=True),
            Column("net_value", "净值（元）", sort="net_value", number=True),
            Column("receiver", "接收单位"),
            Column("state", "状态", lambda one: asset_badge(one, user), sort="state"),
            Column("handed_over_on", "移交日期", sort="handed_over_on"),
            Column("agreement", "所属协议", "agreement.number", sort="agreement__number", optional=True, hidden=True),
            Column("title_number", "权属证号", optional=True, hidden=True),
            Column("approval_number", "批准文号", optional=True, hidden=True),
        ],
        filters=[
            Filter("state", "状态", AssetState.choices, MANY),
            Filter("category", "类别", AssetCategory.choices),
            Filter("agreement", "所属协议", lambda: _agreements(user)),
            Filter("ready", "只看协议已签订的", kind=FLAG, narrow=_of_signed),
        ],
        order=("agreement__enterprise__path", "agreement__area__path", "agreement__version", "serial", "pk"),
        unit="项",
        row_url=lambda one: reverse("handover:asset", args=[one.pk]),
    )


def _agreements(user):
    return [(one.pk, str(one)) for one in Agreement.objects.visible_to(user).select_related("enterprise", "area")]


def _of_signed(assets, _):
    return assets.filter(agreement__state__in=BOTH_SIGNED)


def asset_badge(asset, user):
    side = asset.side
    mine = side is not None and side.acts in viewers.sides_of(asset.agreement, user)
    # It waits for the area only once there is an agreement by which to receive it.
    if side is not None and side.acts == AREA and asset.agreement.state not in BOTH_SIGNED:
        mine = False
    return Badge(asset.get_state_display(), "mine" if mine else ASSET_MEANINGS[asset.state])


def sums(assets):
    """How many items, how large and how much they are worth."""
    found = assets.order_by().aggregate(
        count=Count("pk"), area=Sum("floor_area"), original=Sum("original_value"), net=Sum("net_value")
    )
    # SQLite forgets the places of a sum.
    return {name: value if name == "count" else two_places(value) for name, value in found.items()}
