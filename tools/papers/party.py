"""《中国共产党党员组织关系介绍信》: stub, letter and receipt on one sheet."""

from tools.papers.page import BOTH, CENTRE, HEI, LEFT, NO3, RIGHT, SMALL4, SMALL5, TITLE, Sheet
from tools.papers.table import NONE, Grid, cut

# The word that does not hold is struck out, as a pen does it on the printed form.
PROBATIONARY = [
    ("{%r if paper.probationary %}", {}),
    ("预备", {"bold": True}),
    ("、", {}),
    ("正式", {"strike": True}),
    ("{%r else %}", {}),
    ("预备", {"strike": True}),
    ("、", {}),
    ("正式", {"bold": True}),
    ("{%r endif %}", {}),
]
BODY = {"size": 13, "spacing": 1.18}
FILLED = {"under": True}
PEN_DATE = "年　　　月　　　日"


def filled(name):
    """What the printed form leaves a line for."""
    return (f"　{{{{ paper.{name} }}}}　", FILLED)


def letter():
    sheet = Sheet("中国共产党党员组织关系介绍信").form(sides=24, ends=13)
    sheet.begin()
    _stub(sheet)
    cut(sheet, "…… 骑　缝（盖　章）　　第 {{ paper.number }} 号 ……", before=4, after=10)
    _letter(sheet)
    # A receipt that finds no room goes to a sheet of its own, whole.
    cut(sheet, "…… 裁　开 ……", before=6, after=10).paragraph_format.keep_with_next = True
    _receipt(sheet)
    sheet.end()
    return sheet.bytes()


def _head(sheet, part, title, keep=False):
    sheet.line(part, size=SMALL5, font=HEI, keep=keep)
    if part.startswith("第一联"):
        sheet.foot_line()
    sheet.line(title, size=NO3, font=TITLE, align=CENTRE, before=2, after=2, keep=keep)
    sheet.line("第 {{ paper.number }} 号", size=SMALL4, align=RIGHT, after=3, keep=keep)


def _stub(sheet):
    _head(sheet, "第一联　存根", "中国共产党党员组织关系介绍信存根")
    sheet.line(
        [
            filled("name"),
            ("同志系中共（", {}),
            *PROBATIONARY,
            ("）党员，组织关系由", {}),
            filled("from_organisation"),
            ("转到", {}),
            filled("to_organisation"),
            ("。", {}),
        ],
        align=BOTH,
        indent=2,
        **BODY,
    )
    sheet.tag("if paper.replaces")
    sheet.line("本信替换第 {{ paper.replaces }} 号介绍信，原信作废。", indent=2, **BODY)
    sheet.tag("endif")
    ends = Grid(sheet, (81, 81), size=13, borders=NONE, padding=0)
    ends.row("（贴回执联处）", "{{ paper.issued_on }}", align=[LEFT, RIGHT], height=10)


def _letter(sheet):
    _head(sheet, "第二联　介绍信", "中国共产党党员组织关系介绍信")
    sheet.line("{{ paper.addressee }}：", **BODY)
    sheet.line(
        [
            filled("name"),
            ("同志（{{ paper.sex }}），{{ paper.age }}岁，{{ paper.ethnic_group }}，系中共（", {}),
            *PROBATIONARY,
            ("）党员，身份证号码", {}),
            filled("id_number"),
            ("，由", {}),
            filled("from_organisation"),
            ("去", {}),
            filled("to_organisation"),
            ("，请转接组织关系。该同志党费已交到", {}),
            filled("dues_until"),
            ("。", {}),
        ],
        align=BOTH,
        indent=2,
        **BODY,
    )
    sheet.line([("（有效期", {}), filled("valid_days"), ("天，至 {{ paper.valid_until }}）", {})], indent=2, **BODY)
    sheet.line("{{ paper.sender }}（盖章）", align=RIGHT, before=8, **BODY)
    sheet.line("{{ paper.issued_on }}", align=RIGHT, after=6, **BODY)
    small = {"size": 11, "spacing": 1.15}
    sheet.line("党员联系电话（或其他联系方式）：{{ paper.member_phone or BLANK }}", **small)
    sheet.line("党员原所在基层党委通讯地址：{{ paper.sender_address or BLANK }}", **small)
    sheet.line(
        "联系电话：{{ paper.sender_phone or BLANK }}　　传真：{{ paper.sender_fax or BLANK }}　　邮编：{{ paper.sender_postcode or BLANK }}",
        **small,
    )


def _receipt(sheet):
    _head(sheet, "第三联　回执", "中国共产党党员组织关系介绍信回执联", keep=True)
    sheet.line("{{ paper.sender }}：", keep=True, **BODY)
    sheet.line([filled("name"), ("同志的党员组织关系已转达我处，特此回复。", {})], indent=2, keep=True, **BODY)
    ends = Grid(sheet, (108, 54), size=13, borders=NONE, padding=0)
    ends.row("", "（盖章）", align=[LEFT, CENTRE], height=11, keep=True)
    ends.row("经办人：　　　　　　　联系电话：", PEN_DATE, align=[LEFT, RIGHT], height=9, keep=True)
    sheet.line(
        "注：接收党员组织关系的基层党委在收到介绍信后一个月内，将回执联邮寄或传真至党员原所在基层党委，由其贴于存根。",
        size=SMALL5,
        before=4,
    )
