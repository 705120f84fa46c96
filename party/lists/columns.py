"""The 26 columns, with their official names, and what stands in each (domain.md 2.6)."""

from collections.abc import Callable
from dataclasses import dataclass

from retirees.codes import PoliticalStatus
from weihai_transfer.lib.words import shown

CATEGORY = {PoliticalStatus.MEMBER: "正式", PoliticalStatus.PROBATIONARY: "预备"}


@dataclass(frozen=True)
class Cell:
    """`value(membership, committee)`; `bare`: what whoever only watches reads instead of a full number or an address."""

    label: str
    value: Callable
    width: float = 14
    bare: Callable | None = None
    kind: str = "text"


def _letter(name):
    return lambda one, committee: one.letter and getattr(one.letter, name)


def _person(name):
    return lambda one, committee: getattr(one.retiree, name)


def _day(name):
    """Days as text, so that the list comes back as it went out, whatever program saved it."""
    return lambda one, committee: _said(getattr(one.retiree, name))


def _said(day):
    return shown(day) if day else ""


def _to(one, committee):
    return "，".join(filter(None, (one.letter.to_words if one.letter else "", one.branch_name)))


def _validity(one, committee):
    return f"{one.letter.valid_days} 天（至 {shown(one.letter.valid_until)}）" if one.letter else ""


def floating_words(one, committee=None):
    if not one.floating:
        return "否"
    return f"是（{one.floating_to}）" if one.floating_to else "是"


def lost_words(one, committee=None):
    if one.lost_since:
        return f"是（{shown(one.lost_since)}）"
    return "是" if one.state == one.machine.states.UNREACHABLE else "否"


def _papers(one, committee):
    return {True: "是", False: "否", None: ""}[one.papers_complete]


NOTHING = lambda one, committee: ""  # noqa: E731  a column that watchers read empty
CELLS = (
    Cell("姓名", _person("name"), 10),
    Cell("性别", lambda one, committee: one.retiree.get_sex_display(), 6),
    Cell("民族", lambda one, committee: one.retiree.get_ethnic_group_display(), 8),
    Cell("出生日期", _day("born_on"), 12),
    Cell("身份证号", _person("id_number"), 21, bare=_person("masked_id")),
    Cell("学历", lambda one, committee: one.retiree.get_education_display(), 10),
    Cell("入党时间", _day("party_joined_on"), 12),
    Cell("转正时间", _day("party_confirmed_on"), 12),
    Cell("党员类别", lambda one, committee: CATEGORY.get(one.retiree.political_status, ""), 8),
    Cell("原所在党支部", _person("party_branch"), 24),
    Cell("原所在基层党委", lambda one, committee: str(committee or ""), 24),
    Cell("党费交至", _day("dues_paid_until"), 12),
    Cell("月党费", _person("dues_monthly"), 10, kind="money"),
    Cell("联系电话", _person("phone"), 14, bare=_person("masked_phone")),
    Cell("户籍地", _person("hukou_address"), 30, bare=NOTHING),
    Cell("常住地", _person("residence_address"), 30, bare=NOTHING),
    Cell("转入党委/党支部", _to, 30),
    Cell("介绍信编号", _letter("number"), 18),
    Cell("开具日期", lambda one, committee: _said(one.letter and one.letter.issued_on), 12),
    Cell("有效期", _validity, 22),
    Cell("回执日期", lambda one, committee: _said(one.letter and one.letter.receipt_on), 12),
    Cell("是否流动党员", floating_words, 14),
    Cell("是否失联", lost_words, 16),
    Cell("党员档案/入党材料是否齐全", _papers, 14),
    Cell("备注", lambda one, committee: one.remark, 24),
)
HEADINGS = ("序号", *(cell.label for cell in CELLS))
