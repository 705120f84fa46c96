"""The annexes of an agreement, frozen with the second signature: rosters as workbooks, each with its SHA-256.

The same rows give the same bytes, so that a copy that somebody kept can be compared with ours.
"""

from io import BytesIO

from django.db.models import QuerySet

from archives.models import Dossier
from handover.agreements import asset_sheets, coverage, plan
from handover.models import AgreementPaper, Case
from handover.models.agreement_papers import AgreementPaperKind as Kind
from handover.viewers import full_name
from party.models import Membership
from party.states import State as MembershipState
from tracks import papers
from weihai_transfer.lib.workbooks.output import XLSX
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

PERSON = (Column("序号", 6, "integer"), Column("姓名", 12), Column("公民身份号码", 22))
PEOPLE = (
    *PERSON,
    Column("性别", 6),
    Column("出生日期", 12, "date"),
    Column("退休时间", 12, "date"),
    Column("所属企业", 28),
    Column("接收镇街、社区", 22),
)
DOSSIERS = (
    *PERSON,
    Column("所属企业", 28),
    Column("册数", 8, "integer"),
    Column("页数", 8, "integer"),
    Column("档案编号", 18),
    Column("移交前存放地", 24),
)
# Counts and names only: dues, dates and branches stand in the introduction letters.
MEMBERS = (Column("序号", 6, "integer"), Column("姓名", 12), Column("所属企业", 28))


def freeze(act, agreement, kept):
    """Make and keep the four annexes of an agreement whose people have just been written down; each paper that has
    its file joins `kept`, from which the caller takes the files away again when the act is undone."""
    made = []
    for kind, columns, rows in _annexes(agreement):
        title = kind.label
        data = _workbook(title, columns, rows, agreement)
        paper = AgreementPaper(agreement=agreement, kind=kind)
        kept.append(papers.keep(act, paper, data, f"{title.replace(' ', '-')}（{agreement.number}）.xlsx", XLSX))
        made.append(paper)
    act.insert(made)


def _annexes(agreement):
    yield Kind.ANNEX_PEOPLE, PEOPLE, _people(agreement)
    yield Kind.ANNEX_DOSSIERS, DOSSIERS, _dossiers(agreement)
    yield Kind.ANNEX_MEMBERS, MEMBERS, _members(agreement)
    yield Kind.ANNEX_ASSETS, asset_sheets.COLUMNS_OUT, asset_sheets.rows_of(coverage.assets_of(agreement))


def _workbook(title, columns, rows, agreement):
    captions = (
        title,
        f"协议编号：{agreement.number}　移交企业：{agreement.enterprise.name}　接收方：{agreement.area.name}",
    )
    target = BytesIO()
    write_table(target, [Sheet(title, columns, rows, captions, agreement.number)], created=agreement.signed_on)
    return target.getvalue()


def _ordered(model, agreement, *joined):
    """Rows of a track in the order of the roster: by enterprise, then by name."""
    rows = QuerySet(model).filter(pk__in=coverage.people_of(agreement)).select_related("retiree", "enterprise", *joined)
    return rows.order_by("enterprise__path", "retiree__pinyin", "pk").iterator(2000)


def _people(agreement):
    for number, case in enumerate(_ordered(Case, agreement, "office__parent"), 1):
        one = case.retiree
        placed = case.office_id != case.area_id
        yield (
            number,
            one.name,
            one.id_number,
            one.get_sex_display(),
            one.born_on,
            one.retired_on,
            case.enterprise.name,
            full_name(case.office) if placed else "",
        )


def _dossiers(agreement):
    rows = (one for one in _ordered(Dossier, agreement) if one.state not in plan.NO_DOSSIER)
    for number, one in enumerate(rows, 1):
        person = one.retiree
        yield (
            number,
            person.name,
            person.id_number,
            one.enterprise.name,
            one.volumes,
            one.pages,
            one.number,
            one.place,
        )


def _members(agreement):
    rows = (one for one in _ordered(Membership, agreement) if one.state != MembershipState.ENDED)
    for number, one in enumerate(rows, 1):
        yield number, one.retiree.name, one.enterprise.name
