"""The list of filing fees."""

from django.urls import reverse
from django.utils import timezone

from accounts.duties import Duty
from accounts.scope import holds, reach_of
from archives.fee_states import ASSESSOR, MACHINE, MEANINGS, SIDES, State
from archives.models import FilingFee
from archives.states import ARCHIVE, ENTERPRISE
from tracks.desk import step_buttons
from weihai_transfer.lib.filters import MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.words import Badge, yuan

# What says the same of many fees; an assessment, a voucher and an objection are each fee's own.
IN_BULK = ("confirm_enterprise", "second_enterprise", "confirm_archive", "second_archive", "acknowledge")


def badge(fee, user):
    side = SIDES[fee.state]
    mine = side and side.acts in _sides(fee, user)
    return Badge(fee.get_state_display(), "mine" if mine else MEANINGS[fee.state])


def _sides(fee, user):
    held = (
        (ENTERPRISE, reach_of(user, Duty.SUBMIT).enterprises, fee.enterprise_id),
        (ARCHIVE, reach_of(user, Duty.ARCHIVES).offices, fee.office_id),
        (ASSESSOR, reach_of(user, Duty.ASSESS).offices, fee.assessor_id),
    )
    return {side for side, places, place in held if place in places}


def bulk_buttons(user, states):
    """The steps that may be taken with many fees at once, out of the chosen states."""
    steps = [MACHINE[name] for name in IN_BULK]
    return (
        step_buttons(steps, states, reverse("archives:fee_bulk"), lambda step: holds(user, *step.duties))
        if states
        else []
    )


def fees_page(request):
    user = request.user
    rows = FilingFee.objects.visible_to(user).select_related("enterprise", "office", "assessor")
    return ListPage(
        request,
        rows,
        columns=[
            Column("number", "编号", sort="number", link=True),
            Column("enterprise", "移交企业", sort="enterprise__path"),
            Column("office", "档案管理机构", sort="office__path"),
            Column("assessor", "评估机构", sort="assessor__path"),
            Column("state", "状态", lambda fee: badge(fee, user), sort="state"),
            Column("count", "卷数", sort="count", number=True),
            Column("unit_price", "单价（元）", sort="unit_price", number=True),
            Column("amount", "金额", lambda fee: fee.amount and yuan(fee.amount), number=True),
            Column("since", "进入状态时间", lambda fee: timezone.localdate(fee.state_since), sort="state_since"),
        ],
        filters=[Filter("state", "状态", State.choices, MANY)],
        order=("state_since", "pk") if request.GET.getlist("state") else ("-pk",),
        unit="笔",
        row_url=lambda fee: reverse("archives:fee", args=[fee.pk]),
    )
