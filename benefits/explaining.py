"""判定说明: the row that decided, each input with its value and where it came from, and the city's choices, in words."""

from dataclasses import dataclass

from accounts.models.places import EnterpriseLevel
from accounts.parameters import KNOWN
from benefits.decision import Change, Cohort
from benefits.facts import INJURY_GRADE, VULNERABLE
from retirees.codes import SPECIAL_GROUPS

FACTS = {
    "change": "是否新增或提高标准",
    "raise_approved": "提高标准已经批准",
    "vulnerable": "弱势群体",
    "annuity": "已实施企业年金",
    "cohort": "退休时间",
    "met_old_rules": "符合原有关规定",
    "lump_agreed": "协商一致一次性支付",
    "city_owned": "市属企业",
}
# What follows for the enterprise from each outcome of the table: the work that it has to do.
FOLLOWS = {
    "forbidden": "不得发放",
    "refused": "按原标准发放",
    "keep": "报主管部门（单位）同意后保留",
    "stop": "停发",
    "clean_up": "清理后停止发放",
    "provision": "一次性计提，按现有方式发放",
    "lump_sum": "核算，本人签字后一次性支付",
    "taper": "按过渡方案的年度比例发放",
    "follow": "登记上级规定",
}
# The outcomes in a word, for columns of lists and of forecasts.
SHORT = {
    "forbidden": "不得新增",
    "refused": "不得提高标准",
    "keep": "保留",
    "stop": "停发",
    "clean_up": "清理停发",
    "provision": "一次性计提",
    "lump_sum": "一次性支付",
    "taper": "逐步减少",
    "follow": "执行上级规定",
}
FLAGS = {"vulnerable_before_annuity", "vulnerable_widely", "annuity_ends_existing"}


@dataclass(frozen=True)
class Input:
    label: str
    value: str
    source: str
    # Did the row that decided look at it?
    decisive: bool = False


def inputs(treatment):
    """The inputs of the table as they stood on the day of the decision."""
    facts, grounds, row = treatment.facts, treatment.grounds, treatment.row
    return [
        Input(label, value_in_words(name, facts.get(name)), _source(name, grounds, treatment), name in row.when)
        for name, label in FACTS.items()
    ]


def value_in_words(name, value):
    if name == "change":
        return Change(value).label
    if name == "cohort":
        return Cohort(value).label
    return "是" if value else "否"


def _source(name, grounds, treatment):
    found = SOURCES[name](grounds, treatment.facts)
    return found if isinstance(found, str) else "".join(found)


def _vulnerable(grounds, facts):
    return ground_in_words(grounds) or "人员信息中没有工伤、职业病等登记"


def ground_in_words(grounds):
    """On what ground somebody is vulnerable: “工伤残疾、工伤伤残等级”."""
    labels = SPECIAL_GROUPS | {INJURY_GRADE: "登记有工伤伤残等级（职业病）"}
    return "、".join(labels[code] for code in grounds.get("vulnerable", ()))


def _annuity(grounds, facts):
    found = grounds.get("annuity") or {}
    if "enterprise" in found:
        filing = f"，备案号 {found['filing']}" if found.get("filing") else "，备案号未登记"
        return f"企业信息：{found['enterprise']}{filing}"
    return "人员信息：所在企业已实施企业年金" if found.get("person") else "企业信息和人员信息都没有企业年金登记"


def _cohort(grounds, facts):
    found = grounds["transition"]
    of = f"过渡方案 {found['plan']}" if found["plan"] else "参数“统筹外费用过渡期”"
    return f"人员信息中的退休时间；过渡期自 {found['first_day']} 起，{found['ends_before']} 前（{of}）"


SOURCES = {
    "change": lambda grounds, facts: "录入时与 2020-03-30 的项目和标准核对",
    "raise_approved": lambda grounds, facts: (
        f"批准文号 {grounds['raise_approval']}" if grounds.get("raise_approval") else "没有批准文号"
    ),
    "vulnerable": _vulnerable,
    "annuity": _annuity,
    "cohort": _cohort,
    "met_old_rules": lambda grounds, facts: "统筹外项目登记",
    "lump_agreed": lambda grounds, facts: "统筹外项目登记",
    "city_owned": lambda grounds, facts: f"企业信息：{EnterpriseLevel(grounds['level']).label}",
}


def choices(treatment):
    """What the clause leaves to the city, as it was set for the decision: [Input]."""
    return [choice(code, found["value"], found["source"]) for code, found in treatment.choices.items()]


def choice(code, value, source):
    known = KNOWN[code]
    if code in FLAGS:
        return Input(known.label, "是" if str(value) == "1" else "否", source)
    return Input(known.label, f"{value}{f' {known.unit}' if known.unit else ''}", source)


def condition(row):
    """When a row of the table fits, in words: “企业年金：是；退休时间：现有退休人员”."""
    return "；".join(
        f"{FACTS[name]}：{'、'.join(value_in_words(name, value) for value in values)}"
        for name, values in row.when.items()
    )


def widely(value):
    """Who counts as vulnerable under the parameter, in words."""
    return "、".join(SPECIAL_GROUPS[code] for code in VULNERABLE[bool(value)])


# The row of the table by which something is kept for the vulnerable.
KEPT = 3
