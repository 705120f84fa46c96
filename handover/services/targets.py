"""Which office a case may go to: an area, a street or community below its area, a community below its street."""

from accounts.models.places import OfficeKind
from handover.models import Case
from handover.services.effects import RECEIVERS
from weihai_transfer.lib.refusals import Refused


class Targets:
    """The offices that the caller named: one for all rows, one for each, or none."""

    def __init__(self, given):
        self.each = given if isinstance(given, dict) else None
        self.all = None if isinstance(given, dict) else given

    def __bool__(self):
        return bool(self.each or self.all)

    def of(self, pk):
        return self.each.get(pk) if self.each is not None else self.all


def demand(step, targets):
    if not targets:
        raise Refused(f"没有选择接收单位，{step.label}没有进行。请选择接收单位后再办理。")


def check_for(kind, step, targets):
    """A check for tracks.advance: {id: sentence} for the rows that cannot go where they are sent."""
    judge = JUDGES[kind]

    def check(ids):
        rows = Case.objects.filter(pk__in=ids).select_related("area", "office").only("area", "office", "state")
        found = {}
        for case in rows:
            target = targets.of(case.pk)
            sentence = _unfit(target, step) or judge(case, target)
            if sentence:
                found[case.pk] = sentence
        return found

    return check


def _unfit(target, step):
    if target is None:
        return f"没有为此人选择接收单位。请选择后再{step.label}。"
    if not target.active:
        return f"{target}已停用，不能接收。请另选接收单位。"
    return None


def _below_area(case, target):
    if target.kind not in RECEIVERS:
        return f"{target}不是镇（街道）或社区。请选择{case.area}所属的镇（街道）或社区。"
    if not target.path.startswith(case.area.path):
        return f"{target}不属于{case.area}。属于其他区市的，请先转其他区市。"
    if target.pk == case.office_id:
        return f"此人已在{target}待接收，无需再分配。"
    return None


def _community_below(case, target):
    if target.kind != OfficeKind.COMMUNITY or not target.path.startswith(case.office.path) or target == case.office:
        return f"{target}不是{case.office}所属的社区。请选择本镇（街道）的社区。"
    return None


def is_area(target):
    return target.kind == OfficeKind.AREA


def _other_area(case, target):
    if not is_area(target):
        return f"{target}不是接收区市、开发区。请选择区市、开发区。"
    if target.pk == case.area_id:
        return f"此人已在{target}，无需转办。请选择其他区市、开发区。"
    return None


JUDGES = {"below_area": _below_area, "community_below": _community_below, "area": _other_area}
