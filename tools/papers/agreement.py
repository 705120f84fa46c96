"""移交协议, laid out as an official document (GB/T 9704-2012)."""

from tools.papers.page import BOTH, CENTRE, HEI, KAI, LEFT, NO2, NO3, NO4, NO5, SMALL4, Sheet
from tools.papers.table import NONE, Grid

# A line of the type area is 29 pt high.
BODY = {"size": NO3, "exact": 29}


def agreement():
    sheet = Sheet("国有企业退休人员社会化管理移交协议", size=NO3, numbered=True).official()
    sheet.begin()
    sheet.line("编号：{{ paper.number }}", **BODY)
    sheet.foot_line()
    sheet.title("国有企业退休人员社会化管理\n移　交　协　议", size=NO2, before=16, after=16)
    sheet.tag("if paper.amends")
    sheet.line("（{{ paper.edition }}，替代第 {{ paper.amends }} 号协议）", align=CENTRE, **{**BODY, "font": KAI})
    sheet.tag("endif")
    _party(sheet, "甲方（移交方）", "party_a", "统一社会信用代码")
    _party(sheet, "乙方（接收方）", "party_b", "统一社会信用代码")
    sheet.line("", **BODY)
    for line in OPENING:
        _text(sheet, line)
    for number, (heading, lines) in enumerate(ARTICLES):
        sheet.line(f"{'一二三四五六七八九十'[number]}、{heading}", indent=2, keep=True, **{**BODY, "font": HEI})
        for line in lines:
            line(sheet) if callable(line) else _text(sheet, line)
    _signatures(sheet)
    _annexes(sheet)
    sheet.end()
    return sheet.bytes()


def _party(sheet, role, key, code):
    sheet.line([(f"{role}：", {"font": HEI}), (f"{{{{ paper.{key}.name }}}}", {})], **BODY)
    sheet.line(f"{code}：{{{{ paper.{key}.code or BLANK }}}}", indent=2, **BODY)
    sheet.line(f"住所：{{{{ paper.{key}.address or BLANK }}}}", indent=2, **BODY)
    sheet.line(f"代表人：{{{{ paper.{key}.representative or BLANK }}}}", indent=2, **BODY)
    sheet.line(
        f"联系人：{{{{ paper.{key}.contact or BLANK }}}}　电话：{{{{ paper.{key}.phone or BLANK }}}}", indent=2, **BODY
    )


def _text(sheet, line):
    sheet.line(line, indent=2, align=BOTH, **BODY)


def _timetable(sheet):
    grid = Grid(sheet, (44, 76, 36), size=SMALL4, height=9)
    grid.row("完成时间", "工作内容", "责任方", heading=True)
    grid.loop("paper.timetable", "{{ row.until }}", "{{ row.work }}", "{{ row.side }}", align=[CENTRE, LEFT, CENTRE])


def _contingency(sheet):
    # Typed by hand in the plan, perhaps in several lines: each is a paragraph of its own.
    sheet.tag("for part in paper.contingency.splitlines()")
    _text(sheet, "{{ part }}")
    sheet.tag("endfor")


def _fees(sheet):
    sheet.tag("if paper.fees")
    _text(sheet, "{{ paper.fees }}")
    sheet.tag("endif")


OPENING = (
    "为做好国有企业退休人员社会化管理工作，根据《中共中央办公厅、国务院办公厅关于国有企业退休人员社会化管理的指导意见》"
    "（厅字〔2019〕19号）、鲁厅字〔2019〕90号文件和室字〔2020〕10号文件，甲乙双方经协商一致，签订本协议。",
)

ARTICLES = (
    (
        "移交内容",
        (
            "（一）人员。甲方将已退休人员 {{ paper.people }} 人的管理服务工作移交乙方，名册见附件。",
            "（二）人事档案。甲方将上述人员的人事档案 {{ paper.dossiers }} 卷（{{ paper.dossier_volumes }} 册）移交乙方指定的档案"
            "管理机构；市委管理的退休领导人员的人事档案按规定不移交。",
            "（三）党组织关系。甲方党组织将党员 {{ paper.members }} 名的组织关系转至乙方街道（镇）、社区党组织。",
            "（四）资产。甲方将用于退休人员服务的资产 {{ paper.assets }} 项无偿划转乙方或乙方指定单位，建筑面积 {{ paper.assets_area }} "
            "平方米，账面原值 {{ paper.assets_value }} 元（人民币大写：{{ paper.assets_value_capitals }}），清单见附件。",
        ),
    ),
    (
        "费用",
        (
            "档案整理费用由甲方委托专业机构评估，经甲方和档案管理机构确认后一次性支付。统筹外费用按国家和省、市规定执行。",
            _fees,
        ),
    ),
    (
        "甲方责任",
        (
            "（一）核实人员、档案、党员和资产情况，保证名册和清单真实、完整，如实告知退休人员移交事项。",
            "（二）整理人事档案，缺少材料的逐件书面说明；由专人递送档案，不得交由本人自带。",
            "（三）在乙方接收前继续做好管理服务；在党员组织关系被接收前继续承担党员教育管理责任。",
        ),
    ),
    (
        "乙方责任",
        (
            "（一）按退休人员常年居住地确定接收街道（镇）和社区，不得无故拒绝接收。",
            "（二）逐卷核收人事档案并出具回执，妥善保管，依规提供利用。",
            "（三）及时接收党员组织关系并编入党支部，向转出方退回回执。",
            "（四）接收后与退休人员建立联系，发放联系卡，提供社会化管理服务。",
        ),
    ),
    ("时间安排", (_timetable,)),
    ("应急处置", (_contingency,)),
    (
        "个人信息保护",
        ("双方仅为移交和管理服务目的处理退休人员个人信息，采取保密措施，不得用于其他用途，不得向无关单位和个人提供。",),
    ),
    (
        "变更和争议",
        (
            "名册和清单有变化的，双方以新版协议确认。履行中的争议由双方协商解决；协商不成的，报市国有企业退休人员社会化管理工作"
            "领导小组办公室协调。",
        ),
    ),
    (
        "生效",
        (
            "本协议自双方签字盖章之日起生效，一式{{ paper.copies }}份，甲乙双方各执{{ paper.copies_each }}份，具有同等效力。"
            "附件为本协议的组成部分。",
        ),
    ),
)


def _signatures(sheet):
    sheet.line("", **BODY)
    grid = Grid(sheet, (78, 78), size=NO3, borders=NONE, padding=0)
    grid.row("甲方（盖章）：", "乙方（盖章）：", height=14, keep=True)
    grid.row("", "", height=26, keep=True)
    grid.row("代表人（签字）：", "代表人（签字）：", height=14, keep=True)
    grid.row("　　　　年　　月　　日", "　　　　年　　月　　日", height=12)


def _annexes(sheet):
    sheet.line("附件", before=0, keep=True, **{**BODY, "font": HEI}).paragraph_format.page_break_before = True
    sheet.title("附　件　清　单", size=NO2 - 4, after=8)
    grid = Grid(sheet, (14, 44, 18, 80), size=NO5, height=9)
    grid.row("序号", "名称", "条数", "文件和 SHA-256 校验值", heading=True)
    grid.loop(
        "paper.annexes",
        "{{ row.number }}",
        "{{ row.title }}",
        "{{ row.rows }}",
        ["{{ row.filename }}", ("{{ row.sha256 }}", {"size": 8})],
        align=[CENTRE, LEFT, CENTRE, LEFT],
    )
    sheet.line(
        "附件以电子表格固定，签订时的校验值如上；文件改动一字，校验值即不相同。",
        size=NO4 - 2,
        before=8,
        exact=20,
        align=LEFT,
    )
