"""The list of dossiers: columns, filters, bulk buttons."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.duties import Duty
from accounts.models import Enterprise
from accounts.scope import holds
from archives.lists.shipments import institutions
from archives.models import Dossier, Shipment
from archives.states import MACHINE, State
from archives.summary import badge
from tracks.desk import Button, step_buttons
from weihai_transfer.lib.filters import FLAG, MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage

UNIT = "卷"
# Done in bulk; the rest is judged dossier by dossier.
USUAL = ("ready", "take_back", "receive", "shelve", "return")
ALSO = ("reopen", "defer", "resume", "report_lost")
# Packing is no step: the state stays until the shipment is sent.
PACKING = (("pack", "装入批次"), ("unpack", "移出批次"))
# Which facts may be the same for many dossiers.
COMMON_FACTS = {Duty.SUBMIT: ("volumes", "place"), Duty.ARCHIVES: ("start_number", "shelf")}


def dossiers_page(request):
    rows = Dossier.objects.visible_to(request.user).select_related("retiree", "enterprise", "office", "shipment")
    return ListPage(
        request,
        rows,
        columns=_columns(request.user),
        filters=_filters(request),
        order=("state_since", "pk") if request.GET.getlist("state") else ("pk",),
        unit=UNIT,
        row_url=lambda dossier: reverse("archives:dossier", args=[dossier.pk]),
    )


def _columns(user):
    return [
        Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
        Column("id_number", "公民身份号码", "retiree.masked_id"),
        Column("enterprise", "企业", sort="enterprise__path"),
        Column("office", "接收机构", sort="office__path"),
        Column("state", "状态", lambda dossier: badge(dossier, user), sort="state"),
        Column("since", "进入状态时间", lambda dossier: dossier.state_since.date(), sort="state_since"),
        Column("volumes", "册数", sort="volumes", number=True),
        Column("pages", "页数", sort="pages", number=True),
        Column("shipment", "批次", sort=("shipment__number", "line")),
        Column("line", "批次内序号", sort="line", number=True, optional=True, hidden=True),
        Column("number", "档案编号", sort="number"),
        Column("shelf", "架位", sort="shelf", optional=True),
        Column("place", "移交前存放地", optional=True, hidden=True),
        Column("retired_on", "退休时间", "retiree.retired_on", sort="retiree__retired_on", optional=True, hidden=True),
    ]


def _filters(request):
    user = request.user
    return [
        Filter("state", "状态", State.choices, MANY),
        Filter("enterprise", "企业", lambda: _enterprises(user)),
        Filter("office", "接收机构", institutions),
        Filter("shipment", "批次", lambda: _shipments(request)),
        Filter("packed", "装箱", (("no", "未装批次"), ("yes", "已装批次")), narrow=_packed),
        Filter("damaged", "只看核收时有破损的", kind=FLAG, narrow=lambda rows, on: rows.exclude(condition="")),
    ]


def _enterprises(user):
    with_dossiers = Exists(Dossier.objects.visible_to(user).filter(enterprise=OuterRef("pk")))
    return [(one.pk, one.name) for one in Enterprise.objects.filter(with_dossiers)]


# As many as somebody looks through in a select; older ones are reached from their own page.
OFFERED = 100


def _shipments(request):
    """The newest shipments, and the one that the address asks for."""
    rows = Shipment.objects.visible_to(request.user)
    found = list(rows.order_by("-pk").values_list("pk", "number")[:OFFERED])
    try:
        asked = Shipment._meta.pk.to_python(request.GET.get("shipment") or None)
    except ValidationError:
        return found
    if asked and asked not in dict(found):
        found += rows.filter(pk=asked).values_list("pk", "number")
    return found


def _packed(rows, value):
    return rows.packed() if value == "yes" else rows.unpacked()


def bulk_buttons(user, states):
    """The steps that this user may take with many, from the chosen states or from any, the first one filled."""
    found, url = [], reverse("archives:bulk")
    # What is ready is packed: no step, but the first thing to do.
    if holds(user, Duty.SUBMIT) and State.READY in states:
        found += [Button(label, url, name, primary=name == "pack") for name, label in PACKING]
    names = USUAL + ALSO if states else USUAL
    steps = [step for step in MACHINE.steps if step.name in names]
    found += step_buttons(steps, states, url, lambda step: holds(user, *step.duties), filled=bool(found))
    if holds(user, Duty.SUBMIT) and not states:
        found += [Button(label, url, name) for name, label in PACKING]
    if holds(user, Duty.SUBMIT) and (not states or State.PREPARING in states):
        found.append(Button("生成缺件说明", url, "missing"))
    if common_facts(user):
        found.append(Button("登记档案情况", url, "record"))
    return sorted(found, key=lambda button: button.danger)


def common_facts(user):
    """The facts that this user may write into many dossiers at once."""
    return next((names for duty, names in COMMON_FACTS.items() if holds(user, duty)), ())
