"""Short papers between the two sides: 人事档案转递通知单, 缺件说明, 档案整理费用确认书."""

from tools.papers.page import BOTH, CENTRE, HEI, LEFT, NO4, RIGHT, SMALL2, SMALL4, SMALL5, TITLE, Sheet
from tools.papers.table import Grid, cut, fields

BODY = {"size": 13, "spacing": 1.4}
PEN_DATE = "　　　　年　　月　　日"


def notice():
    sheet = Sheet("人事档案转递通知单").form()
    sheet.begin()
    sheet.title("人事档案转递通知单", size=SMALL2, after=4)
    sheet.foot_line()
    sheet.line("第 {{ paper.number }} 号", size=SMALL4, align=RIGHT, after=4)
    sheet.line("{{ paper.archive }}：", **BODY)
    sheet.line(
        "兹将退休人员 {{ paper.count }} 名（大写：{{ paper.count_capitals }}名）的人事档案共 {{ paper.volumes }} 册转去，"
        "请按清册查收，并将回执于{{ paper.return_by }}前退回。",
        indent=2,
        align=BOTH,
        after=4,
        **BODY,
    )
    fields(
        sheet,
        (28, 55, 28, 55),
        (
            ("转递原因", "{{ paper.reason }}"),
            ("档案批次", "{{ paper.shipment }}", "清册编号", "{{ paper.inventory }}"),
            ("递送方式", "{{ paper.way }}", "封条编号", "{{ paper.seal or BLANK }}"),
            ("递　送　人", "{{ paper.carriers }}", "发出日期", "{{ paper.sent_on }}"),
        ),
        size=11,
        height=8,
    )
    sheet.tag("if paper.rows")
    sheet.line("", size=5)
    grid = Grid(sheet, (34, 62, 18, 18, 34), size=10.5, height=7)
    grid.row(*"姓名 原工作单位 册数 页数 备注".split(), heading=True)
    names = "name former_unit volumes pages note".split()
    grid.loop("paper.rows", *["{{ row." + name + " }}" for name in names], align=[CENTRE, LEFT, CENTRE, CENTRE, LEFT])
    sheet.tag("else")
    sheet.line("逐人名单见第 {{ paper.inventory }} 号清册。", size=SMALL4, before=6)
    sheet.tag("endif")
    sheet.line("{{ paper.enterprise }}（盖章）", align=RIGHT, before=10, **BODY)
    sheet.line("{{ paper.sent_on }}", align=RIGHT, **BODY)
    sheet.line("联系人：{{ paper.contact or BLANK }}　电话：{{ paper.contact_phone or BLANK }}", size=SMALL4)
    cut(sheet, "…… 骑　缝（盖　章）　　第 {{ paper.number }} 号 ……", before=8, after=8)
    _notice_receipt(sheet)
    sheet.end()
    return sheet.bytes()


def _notice_receipt(sheet):
    sheet.line("人事档案转递通知单回执", size=NO4 + 1, font=TITLE, align=CENTRE, after=4, keep=True)
    sheet.line("{{ paper.enterprise }}：", keep=True, **BODY)
    sheet.line(
        "你处{{ paper.sent_on }}第 {{ paper.number }} 号转递的 {{ paper.count }} 名退休人员的人事档案，已于"
        "　　　　年　　月　　日收到，核对情况：",
        indent=2,
        keep=True,
        align=LEFT,
        **BODY,
    )
    sheet.line("接收机构（盖章）", align=RIGHT, before=28, keep=True, **BODY)
    sheet.line(PEN_DATE, align=RIGHT, keep=True, **BODY)
    sheet.line("收件人：　　　　　　　　　　　联系电话：", size=SMALL4)


def missing():
    sheet = Sheet("人事档案缺件说明", numbered=True).form()
    sheet.begin()
    sheet.title("人事档案缺件说明", size=SMALL2, after=4)
    sheet.foot_line()
    sheet.line("编号：{{ paper.number }}", size=SMALL4, align=RIGHT, after=4)
    sheet.line("{{ paper.archive }}：", **BODY)
    sheet.line(
        "我单位退休人员{{ paper.name }}（{{ paper.sex }}，身份证号 {{ paper.id_number }}，{{ paper.retired_on }}退休，"
        "档号 {{ paper.dossier_number }}）的人事档案经整理，缺少下列材料 {{ paper.count }} 件，逐件说明如下：",
        indent=2,
        align=LEFT,
        after=4,
        **BODY,
    )
    grid = Grid(sheet, (12, 28, 46, 44, 36), size=10.5, height=9)
    grid.row(*"序号 类别 材料名称 缺少原因 处理办法".split(), heading=True)
    names = "serial kind title reason remedy".split()
    grid.loop("paper.items", *["{{ row." + name + " }}" for name in names], align=[CENTRE, CENTRE, LEFT, LEFT, LEFT])
    sheet.tag("if paper.note")
    sheet.line("备注：{{ paper.note }}", size=SMALL4, before=6)
    sheet.tag("endif")
    sheet.line("以上情况属实。", indent=2, before=6, keep=True, **BODY)
    sheet.line("{{ paper.enterprise }}（盖章）", align=RIGHT, before=10, keep=True, **BODY)
    sheet.line("{{ paper.made_on }}", align=RIGHT, keep=True, **BODY)
    sheet.line("整理人：　　　　　　　　　审核人：　　　　　　　　", size=SMALL4, before=8, keep=True)
    sheet.line("联系人：{{ paper.contact or BLANK }}　电话：{{ paper.contact_phone or BLANK }}", size=SMALL4, before=4)
    sheet.end()
    return sheet.bytes()


def fee():
    sheet = Sheet("人事档案整理费用确认书", numbered=True).form()
    sheet.begin()
    sheet.title("人事档案整理费用确认书", size=SMALL2, after=4)
    sheet.foot_line()
    sheet.line("编号：{{ paper.number }}", size=SMALL4, align=RIGHT, after=4)
    sheet.line(
        "按照室字〔2020〕10号文件关于档案整理费用经专业机构评估、双方确认、一次性支付的规定，"
        "{{ paper.enterprise }}（移交单位）与{{ paper.archive }}（档案管理机构）确认如下：",
        indent=2,
        align=BOTH,
        after=6,
        **BODY,
    )
    fields(
        sheet,
        (34, 49, 34, 49),
        (
            ("评估机构", "{{ paper.assessor }}"),
            ("评估报告", "{{ paper.report }}", "评估日期", "{{ paper.assessed_on }}"),
            ("档案数量", "{{ paper.count }} 卷", "单　　价", "{{ paper.unit_price }} 元／卷"),
            ("费用合计", "{{ paper.amount }} 元"),
            ("人民币大写", "{{ paper.amount_capitals }}"),
            ("收款户名", "{{ paper.account_name or BLANK }}"),
            ("开户银行", "{{ paper.account_bank or BLANK }}"),
            ("账　　号", "{{ paper.account_number or BLANK }}"),
            ("支付期限", "{{ paper.pay_by or BLANK }}，一次付清"),
        ),
        height=10,
    )
    sheet.tag("if paper.note")
    sheet.line("备注：{{ paper.note }}", size=SMALL4, before=6)
    sheet.tag("endif")
    sheet.line("", size=8)
    _both_sign(sheet)
    sheet.line(
        "一式两份，双方各执一份。联系人：{{ paper.contact or BLANK }}　电话：{{ paper.contact_phone or BLANK }}",
        size=SMALL5,
        before=6,
    )
    sheet.end()
    return sheet.bytes()


def _both_sign(sheet):
    grid = Grid(sheet, (83, 83), size=SMALL4)
    grid.row("移交单位（盖章）", "档案管理机构（盖章）", height=9, align=[CENTRE] * 2, keep=True, font=HEI)
    side = [
        *[""] * 4,
        ("负责人：", {"align": LEFT, "before": 4}),
        ("经办人：", {"align": LEFT, "before": 8}),
        ("　　年　　月　　日", {"align": RIGHT, "before": 8}),
    ]
    grid.row(side, side, height=52)
