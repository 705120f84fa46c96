"""Papers of one person: 基本信息确认表, 移交介绍信, 联系卡."""

from tools.papers.page import (
    BOTH,
    CENTRE,
    HEI,
    KAI,
    LEFT,
    NO4,
    NO5,
    RIGHT,
    SMALL2,
    SMALL4,
    SMALL5,
    TITLE,
    Sheet,
)
from tools.papers.table import DASHED, NONE, SINGLE, Grid, cut, fields

# What the law asks to be told before personal data are handed on (个人信息保护法 art. 17, 23, 30).
NOTICE = (
    "一、目的和依据：为办理国有企业退休人员社会化管理移交，依据室字〔2020〕10号文件，移交单位将上列信息和人事档案移交"
    "接收地街道（镇）、社区和档案管理机构；党员的组织关系信息移交接收地党组织。",
    "二、方式和范围：仅供上述单位办理移交和提供管理服务使用，其中身份证号、住址等属于敏感个人信息，不提供将无法核对身份和"
    "落实服务单位；保存至服务终止，档案按档案管理规定保管。",
    "三、权利：本人可以向移交单位或接收单位查询、复制、更正本人信息，联系人和电话见下。",
)


def confirmation():
    sheet = Sheet("国有企业退休人员社会化管理基本信息确认表").form(ends=18)
    sheet.begin()
    sheet.title("国有企业退休人员社会化管理\n基本信息确认表", size=SMALL2, after=6)
    sheet.foot_line()
    head = Grid(sheet, (92, 74), size=SMALL4, borders=NONE, padding=0)
    head.row("移交单位：{{ paper.enterprise }}", "编号：{{ paper.number }}", align=[LEFT, RIGHT], height=7)
    sheet.line("", size=2, exact=2)
    fields(
        sheet,
        (30, 53, 30, 53),
        (
            ("姓　　名", "{{ paper.name }}", "性　　别", "{{ paper.sex }}"),
            ("身份证号", "{{ paper.id_number }}", "民　　族", "{{ paper.ethnic_group }}"),
            ("出生日期", "{{ paper.born_on }}", "联系电话", "{{ paper.phone }}"),
            ("退休时间", "{{ paper.retired_on }}", "退休类别", "{{ paper.retirement_kind }}"),
            ("原工作单位", "{{ paper.former_unit }}"),
            ("户口所在地", "{{ paper.hukou_address }}"),
            ("常年居住地", "{{ paper.residence_address }}"),
            ("紧急联系人", "{{ paper.contact_name }}", "与本人关系", "{{ paper.contact_relation }}"),
            ("联系人电话", "{{ paper.contact_number }}", "人事档案", "{{ paper.dossier }}"),
            ("养老保险\n所在地", "{{ paper.pension_place }}", "医疗保险\n所在地", "{{ paper.medical_place }}"),
            ("接收单位", "{{ paper.receiver }}"),
        ),
        height=9,
    )
    _told_and_confirmed(sheet)
    sheet.end()
    return sheet.bytes()


def _told_and_confirmed(sheet):
    told = Grid(sheet, (166,), size=NO5, borders=SINGLE, padding=2)
    told.row(
        [
            ("个人信息处理告知", {"font": HEI, "align": CENTRE}),
            *[(line, {"indent": 2, "align": BOTH}) for line in NOTICE],
        ]
    )
    told.row(
        [
            ("本人确认（在□内打√）：□ 以上信息无误　　□ 信息有误，更正如下：", {"font": HEI}),
            ("　", {"spacing": 1.8}),
            (
                "□ 本人已阅读并知悉上述告知，同意为移交和管理服务处理上列信息，包括敏感个人信息，并将其提供给接收单位。",
                {},
            ),
            (
                "本人（代办人）签名：　　　　　　　代办人与本人关系：　　　　　　　年　　月　　日",
                {"before": 16},
            ),
        ]
    )
    told.row(
        [
            ("移交单位核对意见：", {"font": HEI}),
            (
                "核对人：　　　　　　　　　　（盖章）　　　　　　　　　　　　　　　年　　月　　日",
                {"before": 16},
            ),
            ("咨询和更正：{{ paper.contact or BLANK }}　{{ paper.contact_phone or BLANK }}", {"before": 2}),
        ]
    )


def introduction():
    sheet = Sheet("国有企业退休人员社会化管理移交介绍信").form(sides=26)
    sheet.begin()
    sheet.title("国有企业退休人员社会化管理\n移交介绍信", size=SMALL2, after=4)
    sheet.foot_line()
    body = {"size": 14.5, "spacing": 1.35}
    sheet.line("编号：{{ paper.number }}", size=SMALL4, align=RIGHT, after=8)
    sheet.line("{{ paper.receiver }}：", **body)
    sheet.line(
        "兹有我单位退休人员{{ paper.name }}同志（{{ paper.sex }}，{{ paper.ethnic_group }}，身份证号 {{ paper.id_number }}），"
        "{{ paper.retired_on }}退休，现居住于{{ paper.residence_address }}，联系电话 {{ paper.phone }}。"
        "按照国有企业退休人员社会化管理有关规定，移交你处管理服务，请予接收。",
        indent=2,
        align=LEFT,
        **body,
    )
    sheet.tag("if paper.report_by")
    sheet.line("请该同志于{{ paper.report_by }}前与你处联系。", indent=2, **body)
    sheet.tag("endif")
    for label, name in (("地址", "receiver_address"), ("电话", "receiver_phone")):
        sheet.tag(f"if paper.{name}")
        sheet.line(f"接收单位{label}：{{{{ paper.{name} }}}}", indent=2, **body)
        sheet.tag("endif")
    sheet.line("{{ paper.enterprise }}（盖章）", align=RIGHT, before=14, **body)
    sheet.line("{{ paper.made_on }}", align=RIGHT, **body)
    sheet.line(
        "（联系人：{{ paper.contact or BLANK }}　电话：{{ paper.contact_phone or BLANK }}）", size=SMALL4, before=4
    )
    cut(
        sheet, "…… 骑　缝（盖　章）　　第 {{ paper.number }} 号 ……", before=10, after=12
    ).paragraph_format.keep_with_next = True
    sheet.line("移交介绍信回执", size=NO4 + 2, font=TITLE, align=CENTRE, after=6, keep=True)
    body = {"size": NO4, "spacing": 1.35, "keep": True}
    sheet.line("{{ paper.enterprise }}：", **body)
    sheet.line(
        "{{ paper.name }}同志（介绍信编号 {{ paper.number }}）的管理服务已由我处接收，特此回复。",
        indent=2,
        align=BOTH,
        **body,
    )
    sheet.line("接收单位（盖章）", align=RIGHT, before=10, **body)
    sheet.line("年　　月　　日", align=RIGHT, **body)
    sheet.line("经办人：　　　　　　　　　　　联系电话：", size=SMALL4, before=6)
    sheet.end()
    return sheet.bytes()


SERVICES = "养老金领取资格认证、人事档案利用、党组织活动、文体活动、走访慰问、困难救助咨询，请联系管理服务单位。"


def card():
    """One table row for a card; four fill a page."""
    sheet = Sheet("国有企业退休人员社会化管理联系卡").form(sides=18, ends=13)
    sheet.line("", size=1, exact=1)
    grid = Grid(sheet, (110, 64), borders=DASHED, height=64, padding=4)
    how = {"size": 11.5, "spacing": 1.25}
    grid.tag("for paper in papers")
    grid.row(
        [
            ("国有企业退休人员社会化管理联系卡", {"font": TITLE, "size": NO4, "align": CENTRE, "after": 4}),
            ("{{ paper.name }}同志：", {"font": HEI, **how}),
            ("管理服务单位：{{ paper.receiver }}", how),
            ("社区（村）：{{ paper.community or BLANK }}", how),
            ("地　　址：{{ paper.address or BLANK }}", how),
            ("联系电话：{{ paper.phone or BLANK }}　　联系人：{{ paper.handler or BLANK }}", how),
            ("服务时间：{{ paper.hours or BLANK }}", how),
            (
                "编号 {{ paper.number }}　模板 {{ paper.template }}　办理 {{ paper.operation }}\n{{ paper.made_on }}发放",
                {"size": 7, "before": 5},
            ),
        ],
        [
            ("您可以这样联系我们", {"font": HEI, "size": SMALL4, "align": CENTRE, "after": 4}),
            (SERVICES, {"size": 10, "font": KAI, "align": LEFT, "spacing": 1.15}),
            ("移交前事项请联系原单位：", {"size": NO5, "before": 5}),
            ("{{ paper.enterprise }}", {"size": NO5}),
            ("{{ paper.contact_phone or BLANK }}", {"size": NO5}),
            ("信息有变，请告知社区。", {"size": SMALL5, "before": 6}),
        ],
    )
    grid.tag("endfor")
    return sheet.bytes()
