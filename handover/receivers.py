"""Which offices a page offers as the next receiver of some cases. What may really be done, the services decide."""

from accounts.models import Office
from accounts.models.places import OfficeKind
from handover.services.effects import EFFECTS, RECEIVERS

SUBMITTING = ("submit",)
NOWHERE = (
    "没有可以选择的接收单位，不能办理。所选人员可能已在社区，或本单位以下没有在用的社区；单位设置请联系系统管理员核对。"
)


def asks_for_office(step):
    return bool(EFFECTS[step.name].target) or step.name in SUBMITTING


def offered(step, cases):
    """[(heading, [Office])] for this step of these cases (a query set)."""
    kind = EFFECTS[step.name].target
    if kind == "below_area":
        return below(_distinct(cases, "area"))
    if kind == "community_below":
        return _communities(_distinct(cases, "office"))
    if kind == "area":
        return _areas(without=_distinct(cases, "area"))
    return _areas() if step.name in SUBMITTING else []


def below(areas):
    """The streets of these areas, each with its communities; a village without a street stands under its area."""
    rows = Office.objects.active().under([area.path for area in areas]).filter(kind__in=RECEIVERS)
    several = len(areas) > 1
    groups = {}
    for office in rows.select_related("parent__parent").order_by("path"):
        street = office if office.kind == OfficeKind.STREET else office.parent
        area = street.parent if street.kind == OfficeKind.STREET else street
        heading = f"{area} {street}" if several and street != area else str(street)
        groups.setdefault((street.pk, heading), []).append(office)
    return [(heading, offices) for (_, heading), offices in groups.items()]


def streets_of(areas):
    """The streets of these areas alone, for lists in which each row has its own choice."""
    rows = Office.objects.active().under([area.path for area in areas]).filter(kind=OfficeKind.STREET)
    return list(rows.order_by("path"))


def _communities(offices):
    streets = [office for office in offices if office.kind == OfficeKind.STREET]
    rows = Office.objects.active().under([street.path for street in streets]).filter(kind=OfficeKind.COMMUNITY)
    groups = {}
    for office in rows.select_related("parent").order_by("path"):
        groups.setdefault(office.parent_id, (str(office.parent), []))[1].append(office)
    return list(groups.values())


def _areas(without=()):
    rows = Office.objects.active().filter(kind=OfficeKind.AREA).order_by("path")
    # A choice of which every single row would be refused is no choice.
    hidden = {area.pk for area in without} if len(without) == 1 else set()
    return [("", [area for area in rows if area.pk not in hidden])]


def _distinct(cases, name):
    return list(Office.objects.filter(pk__in=cases.order_by().values(name).distinct()).order_by("path"))
