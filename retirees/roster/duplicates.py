"""The same person twice: against this enterprise's people, and elsewhere in the city (answered without saying where)."""

from django.db.models import Exists, OuterRef

from retirees.models import Retiree, RosterRow
from retirees.models.rosters import Verdict
from weihai_transfer.lib import bulk

HERE = {
    "column": "身份证号",
    "index": None,
    "field": "id_number",
    "code": "duplicate_here",
    "severity": "error",
    "message": "此人已在本企业名册中，没有重复导入。如需更正信息，请在人员页面办理。",
}
ELSEWHERE = {
    **HERE,
    "code": "duplicate_elsewhere",
    "severity": "warning",
    "message": "此身份证号已有其他单位登记，可能重复移交。可以导入，上报前请与市国资委核对。",
}
NAMESAKE = {
    **HERE,
    "column": "姓名",
    "field": "name",
    "code": "namesake_here",
    "severity": "warning",
    "message": "本企业名册中已有姓名、出生日期相同而证件号码不同的人，可能是同一人。请核对原件后再导入。",
}


def mark(roster):
    """Mark the good staged rows of a roster that the base knows already; set-based for the sure ones."""
    good = RosterRow.objects.filter(roster=roster, verdict=Verdict.GOOD)
    here = Retiree.objects.filter(enterprise=roster.enterprise_id)
    good.filter(Exists(here.filter(id_index=OuterRef("id_index")))).update(verdict=Verdict.DUPLICATE, problems=[HERE])
    elsewhere = Retiree.objects.exclude(enterprise=roster.enterprise_id)
    _warn(good.filter(Exists(elsewhere.filter(id_index=OuterRef("id_index")))), ELSEWHERE)
    namesakes = here.filter(name=OuterRef("name"), born_on=OuterRef("born_on"))
    _warn(good.filter(born_on__isnull=False).filter(Exists(namesakes)), NAMESAKE)


def _warn(rows, problem):
    for chunk in bulk.chunks(rows.only("id", "problems").iterator(), bulk.BATCH):
        for row in chunk:
            row.problems = [*row.problems, problem]
            row.has_warning = True
        RosterRow.objects.bulk_update(chunk, ["problems", "has_warning"], batch_size=500)
