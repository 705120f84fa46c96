"""《中国共产党党员组织关系介绍信》: stub, letter and receipt on one sheet."""

from tools.papers.page import BOTH, CENTRE, HEI, RIGHT, SMALL3, SMALL4, SMALL5, TITLE, Sheet
from tools.papers.table import cut

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
BODY = {"size": 13, "spacing": 1.3}
PEN_DATE = "　　　　年　　月　　日"


def letter():
    sheet = Sheet("中国共产党党员组织关系介绍信").form(sides=24)
    sheet.begin()
    _stub(sheet)
    cut(sheet, "……骑　缝（盖　章）……　第 {{ paper.number }} 号", before=4, after=8)
    _letter(sheet)
    cut(sheet, "……　裁　开　……", before=4, after=8)
    _receipt(sheet)
    sheet.end()
    return sheet.bytes()


def _head(sheet, part, title):
    sheet.line(part, size=SMALL5, font=HEI)
    if part.startswith("第一联"):
        sheet.foot_line()
    sheet.line(title, size=SMALL3, font=TITLE, align=CENTRE, before=2, after=2)
    sheet.line("第 {{ paper.number }} 号", size=11, align=RIGHT, after=2)


def _stub(sheet):
    _head(sheet, "第一联　存根", "中国共产党党员组织关系介绍信存根")
    sheet.line(
        [
            ("{{ paper.name }} 同志系中共（", {}),
            *PROBATIONARY,
            ("）党员，组织关系由 {{ paper.from_organisation }} 转到 {{ paper.to_organisation }}。", {}),
        ],
        align=BOTH,
        indent=2,
        **BODY,
    )
    sheet.tag("if paper.replaces")
    sheet.line("本信替换第 {{ paper.replaces }} 号介绍信，原信作废。", indent=2, **BODY)
    sheet.tag("endif")
    sheet.line("（贴回执联处）　　　　　　　　　　　　　　　　{{ paper.issued_on }}", align=RIGHT, before=2, **BODY)


def _letter(sheet):
    _head(sheet, "第二联　介绍信", "中国共产党党员组织关系介绍信")
    sheet.line("{{ paper.addressee }}：", **BODY)
    sheet.line(
        [
            ("{{ paper.name }} 同志（{{ paper.sex }}），{{ paper.age }} 岁，{{ paper.ethnic_group }}，系中共（", {}),
            *PROBATIONARY,
            ("）党员，身份证号码 {{ paper.id_number }}，由 {{ paper.from_organisation }} 去 ", {}),
            ("{{ paper.to_organisation }}，请转接组织关系。该同志党费已交到 ", {}),
            ("{{ paper.dues_until }}", {"bold": True}),
            ("。", {}),
        ],
        align=BOTH,
        indent=2,
        **BODY,
    )
    sheet.line(
        [("（有效期 ", {}), ("{{ paper.valid_days }}", {"bold": True}), (" 天，至 {{ paper.valid_until }}）", {})],
        indent=2,
        **BODY,
    )
    sheet.line("（盖章）　{{ paper.sender }}", align=RIGHT, before=4, **BODY)
    sheet.line("{{ paper.issued_on }}", align=RIGHT, after=4, **BODY)
    small = {"size": 11, "spacing": 1.2}
    sheet.line("党员联系电话（或其他联系方式）：{{ paper.member_phone }}", **small)
    sheet.line("党员原所在基层党委通讯地址：{{ paper.sender_address }}", **small)
    sheet.line(
        "联系电话：{{ paper.sender_phone }}　　传真：{{ paper.sender_fax }}　　邮编：{{ paper.sender_postcode }}",
        **small,
    )


def _receipt(sheet):
    _head(sheet, "第三联　回执", "中国共产党党员组织关系介绍信回执联")
    sheet.line("{{ paper.sender }}：", **BODY)
    sheet.line("{{ paper.name }} 同志的党员组织关系已转达我处，特此回复。", indent=2, **BODY)
    sheet.line("（盖章）　　　　　　　　　　　　　", align=RIGHT, before=6, **BODY)
    sheet.line(PEN_DATE, align=RIGHT, **BODY)
    sheet.line("经办人：　　　　　　　　　　　　联系电话：", before=4, size=SMALL4)
    sheet.line(
        "注：接收党员组织关系的基层党委在收到介绍信后一个月内，将回执联邮寄或传真至党员原所在基层党委，由其贴于存根。",
        size=SMALL5,
        before=4,
    )
