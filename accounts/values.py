"""The dated values of parameters, and the days that differ from the published calendar."""

from django.utils import timezone

from accounts.models import Holiday, Parameter
from accounts.parameters import KNOWN
from audit.operations import operation
from weihai_transfer.lib.refusals import Refused


def value_on(code, day=None):
    """The value that holds on a day (today by default): the newest row up to it, else the default."""
    row = Parameter.objects.filter(code=code, since__lte=day or timezone.localdate()).order_by("-since").first()
    return KNOWN[code].read(row.value) if row else KNOWN[code].default


def values_on(day=None):
    """{code: value} of every known parameter on a day, in one query."""
    rows = Parameter.objects.filter(since__lte=day or timezone.localdate()).order_by("since")
    set_by_the_city = {row.code: KNOWN[row.code].read(row.value) for row in rows if row.code in KNOWN}
    return {code: set_by_the_city.get(code, known.default) for code, known in KNOWN.items()}


def source_on(code, day=None):
    """On what ground the value of a day stands: the source of its row, or the clause of the default."""
    row = Parameter.objects.filter(code=code, since__lte=day or timezone.localdate()).order_by("-since").first()
    return row.source if row else f"默认值（{KNOWN[code].clause}）"


def set_value(code, since, value, *, source, actor, key=None):
    """Let a parameter have a value from a day on; a second value for the same day replaces the first."""
    with operation("parameter.set", actor=actor, reason=source, key=key) as act:
        act.outcome = {"about": f"{KNOWN[code].label}：{since} 起 {value} {KNOWN[code].unit}"}
        row = Parameter.objects.select_for_update().filter(code=code, since=since).first()
        if row:
            act.change(Parameter, [row.pk], value=str(value), source=source)
        else:
            act.insert([Parameter(code=code, since=since, value=str(value), source=source)])


def set_day(day, working, note, *, actor, key=None):
    """Say of a day that it is worked or free, against the published calendar."""
    with operation("holiday.set", actor=actor, reason=note, key=key) as act:
        act.outcome = {"about": f"{day} {'上班' if working else '放假'}"}
        row = Holiday.objects.select_for_update().filter(day=day).first()
        if row:
            act.change(Holiday, [row.pk], working=working, note=note)
        else:
            act.insert([Holiday(day=day, working=working, note=note)])


def drop_day(day, *, actor, reason, key=None):
    """Let the published calendar hold again."""
    with operation("holiday.drop", actor=actor, reason=reason, key=key) as act:
        act.outcome = {"about": str(day)}
        row = Holiday.objects.select_for_update().filter(day=day).first()
        if row is None:
            raise Refused(f"{day} 的调整已被撤销，没有重复办理。请刷新列表核对。")
        act.remove(Holiday, [row.pk])
