"""Papers of what is paid once: 一次性支付核算表 with its worked example, 一次性支付协议书."""

from tools.papers.page import BOTH, CENTRE, HEI, LEFT, RIGHT, SMALL2, SMALL4, SMALL5, Sheet
from tools.papers.table import Grid, fields

BODY = {"size": 13, "spacing": 1.35}
# The agreement stands on one sheet with its signatures.
CLOSE = {"size": 12, "spacing": 1.25}
LAW = (
    "依据室字〔2020〕10号二(六)：“对符合原有关规定的现有退休人员统筹外费用，……企业经与退休人员协商一致，也可参考所在城市人口平均预期"
    "寿命一次性支付”；“过渡期期满后办理退休的人员，按照我市有关规定应享受的待遇，参考所在城市人口平均预期寿命，由企业一次性支付，"
    "企业不再发放统筹外费用”。"
)


def reckoning():
    sheet = Sheet("统筹外费用一次性支付核算表", numbered=True).form()
    sheet.begin()
    sheet.title("统筹外费用一次性支付核算表", size=SMALL2, after=4)
    sheet.foot_line()
    sheet.line("编号：{{ paper.number }}　核算编号：{{ paper.settlement }}", size=11, align=RIGHT, after=3)
    fields(
        sheet,
        (28, 55, 28, 55),
        (
            ("支付企业", "{{ paper.enterprise }}"),
            ("姓　　名", "{{ paper.name }}", "性　　别", "{{ paper.sex }}"),
            ("身份证号", "{{ paper.id_number }}", "退休时间", "{{ paper.retired_on }}"),
        ),
        size=11,
        height=8,
    )
    sheet.line("一、计发月数", size=SMALL4, font=HEI, before=8, after=3, keep=True)
    inputs = Grid(sheet, (40, 126), size=10.5, height=7.5)
    inputs.loop("paper.inputs", "{{ row.label }}", "{{ row.value }}", align=[CENTRE, LEFT])
    sheet.line("二、逐项计算（单位：元）", size=SMALL4, font=HEI, before=8, after=3, keep=True)
    grid = Grid(sheet, (42, 26, 18, 28, 20, 32), size=10.5, height=7.5)
    grid.row("项目", "标准", "每年次数", "全年", "计发月数", "全年 × 月数", heading=True)
    names = "label rate times yearly months product".split()
    grid.loop(
        "paper.rows",
        *["{{ row." + name + " }}" for name in names],
        align=[LEFT, RIGHT, CENTRE, RIGHT, CENTRE, RIGHT],
    )
    sheet.line("三、金额", size=SMALL4, font=HEI, before=8, after=3, keep=True)
    sheet.tag("for part in paper.ending")
    sheet.line("{{ part }}", size=11, indent=2, align=LEFT)
    sheet.tag("endfor")
    sheet.line(
        "一次性支付人民币 {{ paper.amount }} 元（大写：{{ paper.amount_capitals }}）。",
        indent=2,
        before=4,
        font=HEI,
        **BODY,
    )
    sheet.line(LAW, size=SMALL5 + 1, align=BOTH, before=4, spacing=1.2)
    sheet.line("", size=6, keep=True)
    _signed(sheet, "本人已核对以上项目、标准、月数和金额。", "退休人员（签名）：")
    sheet.line("一式两份，企业和退休人员各执一份。", size=SMALL5, before=4)
    sheet.end()
    return sheet.bytes()


ARTICLES = (
    "一、甲方一次性支付乙方统筹外费用人民币 {{ paper.amount }} 元（大写：{{ paper.amount_capitals }}）。计算办法和各项数据见"
    "《统筹外费用一次性支付核算表》（核算编号 {{ paper.settlement }}，核算日期 {{ paper.settled_on }}），参考 {{ paper.expectancy_year }} 年"
    "人口平均预期寿命 {{ paper.expectancy }} 岁（来源：{{ paper.expectancy_source }}），计发 {{ paper.months }} 个月，不折现。",
    "二、支付的项目：{% for row in paper.rows %}{{ row.label }}（{{ row.rate }} 元，每年 {{ row.times }} 次）"
    "{% if not loop.last %}、{% endif %}{% endfor %}。",
    "三、甲方自本协议生效之日起三十日内一次付清，支付到乙方本人下列银行账户：",
    "四、支付后，甲方不再按月、按年发放上列项目。乙方的基本养老保险待遇、基本医疗保险待遇不受影响。",
    "五、乙方系自愿选择一次性支付，已知悉可以选择由甲方一次性计提、按现有方式发放。乙方在支付前不同意的，本协议不生效。",
    "六、本协议自双方签字盖章之日起生效，一式两份，甲乙双方各执一份。",
)


def agreement():
    sheet = Sheet("统筹外费用一次性支付协议书", numbered=True).form(sides=26)
    sheet.begin()
    sheet.title("统筹外费用一次性支付协议书", size=SMALL2, after=4)
    sheet.foot_line()
    sheet.line("编号：{{ paper.number }}", size=SMALL4, align=RIGHT, after=3)
    sheet.line("甲方（支付企业）：{{ paper.enterprise }}", **CLOSE)
    sheet.line("乙方（退休人员）：{{ paper.name }}　身份证号：{{ paper.id_number }}", **CLOSE)
    sheet.line(LAW + "双方协商一致，签订本协议。", indent=2, align=BOTH, before=4, **CLOSE)
    for article in ARTICLES:
        sheet.line(article, indent=2, align=LEFT, **CLOSE)
        if article.startswith("三、"):
            fields(sheet, (34, 124), (("户　　名", ""), ("开户银行", ""), ("账　　号", "")), height=7.5)
    sheet.line("", size=5, keep=True)
    _signed(sheet, "", "乙方（签名）：", "甲方（盖章）：")
    sheet.end()
    return sheet.bytes()


def _signed(sheet, told, retiree, enterprise="支付企业（盖章）："):
    grid = Grid(sheet, (79, 79), size=SMALL4)
    right = [(told, {"size": 10.5, "align": LEFT}), (retiree, {"align": LEFT, "before": 6})]
    left = [(enterprise, {"align": LEFT}), ("经办人：", {"align": LEFT, "before": 14})]
    day = ("　　年　　月　　日", {"align": RIGHT, "before": 14})
    grid.row([*left, day], [*right, day], height=36, keep=True)
