"""The roster of people as an export: some forty columns, read with one query for two thousand people."""

from django.utils import timezone

from accounts.duties import Duty
from accounts.scope import holds, reach_of
from handover import facts
from handover.models import Case
from handover.states.cases import State
from oversight.exports.columns import WIDTHS, FactColumn, Sealed
from retirees import codes
from retirees.models import Retiree
from weihai_transfer.lib import clock, identity, sealing
from weihai_transfer.lib.among import among
from weihai_transfer.lib.fields import bound_to

_MONEY = (Duty.SUBMIT, Duty.COORDINATE)
_CARE = (Duty.RECEIVE, Duty.SUBMIT)


def _yes(value):
    return None if value is None else "是" if value else "否"


def _phones(value):
    return "、".join(identity.mask_phone(number) for number in value.split("、"))


def _day(moment):
    return timezone.localdate(moment) if moment else None


def _groups(found):
    return "、".join(codes.SPECIAL_GROUPS.get(code, code) for code in found or ())


def _place(kind, name, parent):
    """As viewers.full_name says it: a community with its street before it."""
    return f"{parent} {name}" if kind == "community" and parent else name


def _age(born_on, died_on):
    if not born_on:
        return None
    day = died_on or clock.today()
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _fact(name, *, chosen=True, duties=(), width=0):
    """A fact as the person's page heads it."""
    field = Retiree._meta.get_field(name)
    kind = {"DateField": "date", "DecimalField": "money", "PositiveSmallIntegerField": "integer"}.get(
        field.get_internal_type(), "text"
    )
    cell = None
    if field.choices:
        cell = dict(field.flatchoices).get
    elif field.get_internal_type() == "BooleanField":
        cell = _yes
    return FactColumn(name, facts.label_of(name), (f"retiree__{name}",), cell, kind, width, None, duties, chosen)


def _sealed(name, mask, *, width, chosen=True):
    return FactColumn(
        name, facts.label_of(name), (f"retiree__{name}",), None, "text", width, Sealed(name, mask), (), chosen
    )


COLUMNS = (
    _fact("name", width=10),
    _fact("id_type", chosen=False),
    _sealed("id_number", identity.mask_id, width=21),
    _fact("sex", width=6),
    _fact("born_on"),
    FactColumn("age", "年龄", ("retiree__born_on", "retiree__died_on"), _age, "integer", 6),
    _fact("ethnic_group", chosen=False),
    _fact("native_place", chosen=False),
    _fact("marital_status", chosen=False),
    _fact("education", chosen=False),
    _fact("survival", width=9),
    _fact("died_on", chosen=False),
    _sealed("phone", _phones, width=16),
    _fact("residence", chosen=False),
    _sealed("residence_address", identity.mask_address, width=34),
    _sealed("hukou_address", identity.mask_address, width=34, chosen=False),
    _fact("contact_name", chosen=False),
    _fact("contact_relation", chosen=False),
    _sealed("contact_phone", _phones, width=16, chosen=False),
    _fact("worked_since", chosen=False),
    _fact("retired_on"),
    _fact("retirement_kind"),
    _fact("former_unit", width=22),
    _fact("soe_level", chosen=False),
    _fact("post", chosen=False),
    _fact("title", chosen=False),
    _fact("city_managed_leader", chosen=False),
    _fact("pension_place", chosen=False),
    _fact("medical_place", chosen=False),
    _fact("medical_local", chosen=False),
    _fact("has_dossier", chosen=False),
    _fact("dossier_place", chosen=False),
    FactColumn("special_groups", "特殊群体", ("retiree__special_groups",), _groups, duties=_CARE, chosen=False),
    _fact("annuity", duties=_MONEY, chosen=False),
    _fact("out_of_pool_items", duties=_MONEY, chosen=False),
    _fact("out_of_pool_monthly", duties=_MONEY, chosen=False),
    FactColumn("enterprise", "企业", ("enterprise__name",), width=24),
    FactColumn("area", "接收区市", ("area__name",)),
    FactColumn("office", "接收单位", ("office__kind", "office__name", "office__parent__name"), _place, width=22),
    FactColumn("state", "状态", ("state",), dict(State.choices).get),
    FactColumn("since", "进入状态时间", ("state_since",), _day, "date"),
    FactColumn("submitted_at", "最近上报时间", ("submitted_at",), _day, "date", chosen=False),
    FactColumn("accepted_at", "接收时间", ("accepted_at",), _day, "date", chosen=False),
    FactColumn("contacted_on", "首次联系日期", ("contacted_on",), None, "date", chosen=False),
    FactColumn("returns", "退回次数", ("returns",), None, "integer", chosen=False),
    FactColumn("batch", "批次", ("batch__number",), chosen=False),
    FactColumn("stock", "人员类别", ("stock",), lambda stock: "存量" if stock else "新增", chosen=False),
)


def columns(user, page):
    """Those that this user may know of anybody at all."""
    return [column for column in COLUMNS if not column.duties or holds(user, *column.duties)]


def width_of(column):
    return column.width or WIDTHS.get(column.kind, 14)


class Reader:
    """Lines of the chosen columns for many keys at once."""

    def __init__(self, page, columns, user, *, masked):
        self._rows = page.queryset.order_by()
        # What every line carries besides its columns: whose it is, and where.
        self._lookups = ["pk", "enterprise_id", "office_id"]
        self._cells = [self._cell(column, user, masked) for column in columns]

    def _at(self, lookup):
        if lookup not in self._lookups:
            self._lookups.append(lookup)
        return self._lookups.index(lookup)

    def _cell(self, column, user, masked):
        at = [self._at(lookup) for lookup in column.fields]
        if column.sealed:
            return _unsealing(at[0], column.sealed, masked)
        cell = _reading(at, column.cell)
        return _guarded(cell, reach_of(user, *column.duties)) if column.duties else cell

    def lines(self, keys):
        rows = self._rows.filter(pk__in=among(Case, keys)).values_list(*self._lookups)
        found = {row[0]: row for row in rows}
        cells = self._cells
        for key in keys:
            row = found.get(key)
            if row is not None:
                yield [cell(row) for cell in cells]


def _reading(at, cell):
    first = at[0]
    if cell is None:
        return lambda row: row[first]
    if len(at) == 1:
        return lambda row: cell(row[first])
    return lambda row: cell(*(row[one] for one in at))


def _unsealing(at, sealed, masked):
    field, mask = sealed.field, sealed.mask

    def read(row):
        value = row[at]
        if not value:
            return None
        text = sealing.unseal(value, bound_to(row[0], field))
        return mask(text) if masked else text

    return read


def _guarded(cell, reach):
    """Of people over whom the user does not hold the duty the cell stays empty, as on their page."""
    if reach.everywhere:
        return cell
    offices, enterprises = set(reach.offices), set(reach.enterprises)
    return lambda row: cell(row) if row[1] in enterprises or row[2] in offices else None
