"""The list of shipments."""

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from accounts.scope import holds, reach_of
from archives.models import Shipment
from archives.shipment_states import MACHINE, MEANINGS, SIDES, State
from archives.states import ARCHIVE, ENTERPRISE
from archives.terms import Term
from tracks.desk import step_buttons
from weihai_transfer.lib.filters import FLAG, MANY, MONTH, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.words import Badge

UNIT = "批"
# What says the same of many parcels; carriers, seals and objections are each parcel's own.
IN_BULK = ("send", "finish", "sign", "confirm")


def badge(shipment, user, term):
    """The state as this user sees it: red when it was not received in its time, orange when it is his turn."""
    label = shipment.get_state_display()
    if late := term.days_late(shipment):
        return Badge(label, "late", f"逾期 {late} 个工作日")
    side = SIDES[shipment.state]
    return Badge(label, "mine" if side and side.acts in _sides(shipment, user) else MEANINGS[shipment.state])


def _sides(shipment, user):
    found, archives = set(), reach_of(user, Duty.ARCHIVES)
    if shipment.enterprise_id in reach_of(user, Duty.SUBMIT).enterprises:
        found.add(ENTERPRISE)
    if shipment.office_id and (archives.everywhere or shipment.office_id in archives.offices):
        found.add(ARCHIVE)
    return found


def shipments_page(request):
    user, term = request.user, Term()
    rows = Shipment.objects.visible_to(user).select_related("enterprise", "addressee")
    return ListPage(
        request,
        rows.annotate(packed=Count("dossiers")),
        columns=[
            Column("number", "批次号", sort="number", link=True),
            Column("enterprise", "移交企业", sort="enterprise__path"),
            Column("addressee", "接收机构", sort="addressee__path"),
            Column("state", "状态", lambda one: badge(one, user, term), sort="state"),
            Column("count", "卷数", lambda one: one.sent if one.sent is not None else one.packed, number=True),
            Column("sent_on", "移交日期", sort="sent_on"),
            Column("due", "最迟核收", lambda one: _due(one, term)),
            Column("exceptions", "未见、退回", _exceptions),
            Column("carrier", "移交人", optional=True, hidden=True),
            Column("seal_number", "封签号", optional=True, hidden=True),
            Column("since", "进入状态时间", lambda one: timezone.localdate(one.state_since), sort="state_since"),
        ],
        filters=[
            Filter("state", "状态", State.choices, MANY),
            Filter("overdue", "只看逾期未核收的", kind=FLAG, narrow=lambda found, on: found.filter(term.late())),
            Filter("enterprise", "移交企业", lambda: _enterprises(user)),
            Filter("addressee", "接收机构", institutions),
            Filter("month", "移交月份", kind=MONTH, lookup="sent_on"),
        ],
        order=("state_since", "pk") if request.GET.getlist("state") else ("-pk",),
        unit=UNIT,
        row_url=lambda one: reverse("archives:shipment", args=[one.pk]),
    )


def bulk_buttons(user, states):
    """The steps that may be taken with many shipments at once, out of the chosen states; each is one parcel otherwise."""
    steps = [MACHINE[name] for name in IN_BULK]
    return (
        step_buttons(steps, states, reverse("archives:shipment_bulk"), lambda step: holds(user, *step.duties))
        if states
        else []
    )


def _due(shipment, term):
    last = term.last_day(shipment)
    return last.value if last else None


def _exceptions(shipment):
    if shipment.received is None:
        return None
    said = (("未见", shipment.missing), ("退回", shipment.returned))
    return "，".join(f"{label} {count:,}" for label, count in said if count) or "无"


def _enterprises(user):
    rows = Enterprise.objects.filter(pk__in=Shipment.objects.visible_to(user).values("enterprise"))
    return [(one.pk, one.name) for one in rows]


def institutions():
    return [(one.pk, str(one)) for one in Office.objects.filter(kind=OfficeKind.ARCHIVE)]
