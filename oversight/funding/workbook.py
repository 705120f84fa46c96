"""The statement of a year as a workbook: 汇总, 按月人数, 预算与拨付, and how it was reckoned."""

from accounts.models.places import EnterpriseLevel
from accounts.values import source_on
from oversight.funding.months import CODE
from oversight.funding.tables import missing_words, of_state_capital, rates_in
from oversight.models import FinanceLevel, FundingLine
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

TITLE = "国有企业退休人员社会化管理服务经费"
SUMMARY, PEOPLE, MONEY, NOTES = "汇总", "按月人数", "预算与拨付", "计算说明"
ALL = "合计"
LINE = f"预算科目：{FundingLine.STATE_CAPITAL.label}；由一般公共预算安排的单列。"
PROJECTED = "每月统计日在管的健在人员；标“预测”的月份统计日未到，按今天的人数测算。"

SUMMARY_COLUMNS = (
    Column("区市", 16),
    Column("企业隶属关系", 14),
    Column("人月", 10, "integer"),
    Column("应负担（元）", 16, "money"),
    *(Column(f"{finance.label}（元）", 16, "money") for finance in FinanceLevel),
)
MONEY_COLUMNS = (
    Column("区市", 16),
    Column("负担级次", 12),
    Column("应负担（元）", 18, "money"),
    Column("预算（元）", 18, "money"),
    Column("其中：2230105（元）", 18, "money"),
    Column("拨付（元）", 18, "money"),
    Column("其中：2230105（元）", 18, "money"),
    Column("未拨付（元）", 18, "money"),
    Column("预算缺口（元）", 18, "money"),
)
NOTE_COLUMNS = (Column("项目", 22), Column("说明", 110))


def write(target, year, made):
    """`year`: oversight.funding.year.Year; `made`: who made it, and when, for the foot of each page."""
    caption = f"{TITLE}（{year.year} 年度）"
    sheets = [
        Sheet(SUMMARY, SUMMARY_COLUMNS, summary_rows(year), (caption, LINE), made),
        Sheet(PEOPLE, people_columns(year), people_rows(year), (caption, PROJECTED), made),
        Sheet(MONEY, MONEY_COLUMNS, money_rows(year), (caption, LINE), made),
        Sheet(NOTES, NOTE_COLUMNS, note_rows(year), (caption,), made),
    ]
    return write_table(target, sheets)


def people_columns(year):
    months = (Column(f"{one.label}{'（预测）' if one.projected else ''}", 10, "integer") for one in year.months)
    return Column("区市", 16), Column("企业隶属关系", 14), *months, Column("人月", 10, "integer")


def _all(year):
    return [*year.statements, *([year.total] if year.total else [])]


def _name(statement):
    return str(statement.area) if statement.area else ALL


def summary_rows(year):
    for one in _all(year):
        for level, line in one.lines.items():
            borne = [line.borne[finance] for finance in FinanceLevel]
            yield _name(one), EnterpriseLevel(level).label, line.person_months, line.due, *borne
        yield _name(one), "小计", one.person_months, one.total.due, *(one.finances[it].due for it in FinanceLevel)


def people_rows(year):
    for one in _all(year):
        for level, line in one.lines.items():
            yield _name(one), EnterpriseLevel(level).label, *line.counts, line.person_months
        yield _name(one), "小计", *(one.people_in(at) for at in range(len(year.months))), one.person_months


def money_rows(year):
    for one in _all(year):
        for label, money in [*((it.label, one.finances[it]) for it in FinanceLevel), ("小计", one.total)]:
            budgeted, paid = of_state_capital(money)
            yield _name(one), label, money.due, money.budgeted, budgeted, money.paid, paid, money.unpaid, money.short


def note_rows(year):
    """Everything that is needed to reckon it again on paper."""
    for level in EnterpriseLevel:
        for rate in rates_in(year, level):
            shares = "，".join(f"{finance.label} {rate.percent(finance):f}%" for finance in FinanceLevel)
            yield f"标准：{level.label}", f"{rate.since} 起每人每年 {rate.per_head:,} 元；{shares}。依据：{rate.source}"
    for sentence in missing_words(year.statements):
        yield "缺少标准", sentence
    days = "、".join(f"{month.day}" for month in year.months)
    yield "统计日", f"{days}。依据：{source_on(CODE, year.months[0].day)}"
    projected = "、".join(month.label for month in year.months if month.projected)
    yield "预测月份", f"{projected or '无'}。统计日未到的月份按今天的人数测算。"
    yield "计入人员", "统计日当天或以前已由镇（街道）、社区接收，且没有在统计日以前去世的人员；统计日当天去世的仍计入。"
    yield "不计入人员", "移交到市外的人员由外地管理，本市不负担；尚未接收的不计入；登记为已去世但没有死亡日期的不计入。"
    yield (
        "区市",
        "按统计日当天所在区市计入：属地变更在统计日当天或以前办结的，自当月起计入新区市。何时变更取自属地变更记录，所在区市取自移交事项的历史记录。",
    )
    yield "隶属关系", "按企业现在登记的隶属关系（中央、省属、市属、区属）分列。"
    yield (
        "金额",
        "每月金额＝人数×年标准÷12，按统计日有效的标准计算；全年累加后按区市、企业隶属关系四舍五入到分，只取整一次。",
    )
    yield (
        "分级负担",
        "各级财政负担额先按比例舍到分，余下的分依次加给舍去部分最大的级次，各级之和与应负担额完全相等。合计为各区市取整后的金额之和。",
    )
    yield (
        "预算和拨付",
        "取自财政部门在本平台登记的预算和拨付记录，冲销记录以负数计入。未拨付＝应负担－拨付；预算缺口＝应负担－预算，负数为结余。",
    )
    yield (
        "政策依据",
        "室字〔2020〕10号 二(一)：按照阶段支出、分级负担原则，各级财政部门将经费纳入财政预算管理；四(三)：市财政局督促指导落实经费保障。",
    )
