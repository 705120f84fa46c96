"""Papers that are lists: 移交花名册, 人事档案移交清册 with its receipt."""

from tools.papers.page import BOTH, CENTRE, HEI, LEFT, RIGHT, SMALL2, SMALL4, SMALL5, Sheet
from tools.papers.table import NONE, Grid, fields


def roster():
    sheet = Sheet("国有企业退休人员社会化管理移交花名册", numbered=True).landscape()
    sheet.begin()
    sheet.title("国有企业退休人员社会化管理移交花名册", size=SMALL2, after=4)
    sheet.foot_line()
    head = Grid(sheet, (130, 131), size=11, borders=NONE, padding=0)
    head.row("移交单位：{{ paper.enterprise }}", "编号：{{ paper.number }}", align=[LEFT, RIGHT], height=6)
    head.row(
        "接收单位：{{ paper.receiver }}",
        "批次：{{ paper.batch }}　　共 {{ paper.count }} 人",
        align=[LEFT, RIGHT],
        height=6,
    )
    # Two tables that touch are one table to Word, and then its heading does not repeat.
    sheet.line("", size=2, exact=2)
    grid = Grid(sheet, (12, 22, 10, 40, 18, 27, 46, 46, 22, 18), size=9.5, height=7.5, padding=0.8)
    grid.row(
        *"序号 姓名 性别 身份证号 退休时间 联系电话 户口所在地 常年居住地 接收街道（镇） 备注".split(),
        heading=True,
        height=9,
    )
    names = "serial name sex id_number retired_on phone hukou_address residence_address receiver note".split()
    cells = ["{{ row." + name + " }}" for name in names]
    grid.loop("paper.rows", *cells, align=[CENTRE] * 6 + [LEFT, LEFT, CENTRE, LEFT])
    sheet.line("", size=6)
    ends = Grid(sheet, (87, 87, 87), size=11, borders=NONE, padding=0)
    ends.row(
        "移交单位（盖章）：",
        "接收单位（盖章）：",
        "联系人：{{ paper.contact or BLANK }}　{{ paper.contact_phone or BLANK }}",
        height=9,
        align=[LEFT, LEFT, RIGHT],
    )
    ends.row("经办人：", "经办人：", "　　　　　　年　　月　　日", height=9, align=[LEFT, LEFT, RIGHT])
    sheet.end()
    return sheet.bytes()


def inventory():
    sheet = Sheet("国有企业退休人员人事档案移交清册", numbered=True).form()
    sheet.begin()
    sheet.title("国有企业退休人员人事档案移交清册", size=SMALL2, after=4)
    sheet.foot_line()
    sheet.line("编号：{{ paper.number }}", size=11, align=RIGHT, after=3)
    _shipment(sheet)
    sheet.line("", size=6)
    sheet.tag("if paper.rows")
    _dossiers(sheet)
    sheet.tag("else")
    sheet.line(
        "逐人名单见附件《{{ paper.annex }}》，与本清册同时交接。附件的 SHA-256 校验值：{{ paper.annex_sha256 }}。",
        size=SMALL4,
        align=BOTH,
        indent=2,
        spacing=1.4,
    )
    sheet.tag("endif")
    sheet.line("", size=6)
    _signatures(sheet)
    _receipt(sheet)
    sheet.end()
    return sheet.bytes()


def _shipment(sheet):
    fields(
        sheet,
        (28, 55, 28, 55),
        (
            ("移交单位", "{{ paper.enterprise }}", "接收机构", "{{ paper.archive }}"),
            ("档案批次", "{{ paper.shipment }}", "封条编号", "{{ paper.seal or BLANK }}"),
            ("移交日期", "{{ paper.sent_on }}", "应收签期限", "{{ paper.receive_by }}"),
            (
                "递送方式",
                "{{ paper.way }}",
                "联系人",
                "{{ paper.contact or BLANK }}　{{ paper.contact_phone or BLANK }}",
            ),
        ),
        size=11,
        height=8,
    )
    carriers = Grid(sheet, (28, 138), size=11, height=8)
    carriers.tag("for row in paper.carriers")
    carriers.row([("递送人", {"font": HEI})], "{{ row.name }}　{{ row.unit }}　{{ row.phone }}", align=[CENTRE, LEFT])
    carriers.tag("endfor")
    carriers.row(
        [("合　　计", {"font": HEI})],
        "共 {{ paper.count }} 人，{{ paper.volumes }} 册，{{ paper.pages }} 页",
        align=[CENTRE, LEFT],
    )


def _dossiers(sheet):
    grid = Grid(sheet, (11, 24, 21, 40, 11, 12, 28, 19), size=9.5, height=7, padding=0.8)
    grid.row(*"序号 核收号 姓名 身份证号 册数 页数 档号 备注".split(), heading=True, height=8)
    names = "serial check_number name id_number volumes pages dossier_number note".split()
    grid.loop("paper.rows", *["{{ row." + name + " }}" for name in names], align=[CENTRE] * 7 + [LEFT])


def _signatures(sheet):
    grid = Grid(sheet, (55, 56, 55), size=11)
    grid.row(
        "移交单位（盖章）",
        "递送人",
        "接收机构（盖章）",
        height=7,
        heading=False,
        align=[CENTRE] * 3,
        keep=True,
        font=HEI,
    )
    blank = ["", "", "", ("经办人：", {"align": LEFT}), ("　　　年　　月　　日", {"align": RIGHT, "before": 4})]
    carried = ["", "", "", ("签名：", {"align": LEFT}), ("　　　年　　月　　日", {"align": RIGHT, "before": 4})]
    grid.row(blank, carried, blank, height=28, keep=True)


def _receipt(sheet):
    sheet.line("", size=6, keep=True)
    grid = Grid(sheet, (166,), size=11, padding=3)
    line = {"size": 11, "spacing": 1.35}
    grid.row(
        [
            ("人事档案移交清册回执", {"font": HEI, "size": SMALL4, "align": CENTRE, "after": 3}),
            ("{{ paper.enterprise }}：", line),
            (
                "你单位第 {{ paper.shipment }} 批人事档案（清册 {{ paper.number }}）已逐卷核对。应收 {{ paper.count }} 人，"
                "实收 {% if paper.received %}{{ paper.received }}{% else %}　　　　{% endif %} 人。",
                {**line, "indent": 2, "align": LEFT},
            ),
            (
                "未见、破损或退回补正的：{% if paper.exceptions %}{{ paper.exceptions }}{% endif %}",
                {**line, "indent": 2},
            ),
            (
                "接收机构（盖章）：　　　　　　　　核收人：　　　　　　　　　年　　月　　日",
                {"size": 11, "before": 14, "after": 3},
            ),
            ("一式两份，双方各执一份。", {"size": SMALL5}),
        ]
    )
