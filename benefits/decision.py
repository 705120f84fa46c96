"""The decision table of out-of-pool money: lay it beside 二(六) of 室字〔2020〕10号 (domain.md 5.2).

The first row that fits decides. Rows 1 to 10 are derived from the clause, sentence by sentence: what `says`
quotes is its wording, as a whole or within “”. Row 11 is the house's:
whoever retires in or after the transition with an item that never met the rules is treated as row 5 treats the others.
What the clause leaves open are dated parameters (`Choices`): whether vulnerability goes before the annuity, and
whether the annuity ends what people already retired receive.
"""

from dataclasses import dataclass, field

from django.db import models


class Change(models.TextChoices):
    """K: what the item would change in what was paid on the day of the document."""

    NONE = "none", "原有项目和标准"
    NEW = "new", "新增项目"
    RAISE = "raise", "提高标准"


class Cohort(models.TextChoices):
    """C: 老人老办法、新人新办法."""

    EXISTING = "existing", "现有退休人员"
    TRANSITION = "transition", "过渡期内退休"
    AFTER = "after", "过渡期满后退休"


class Outcome(models.TextChoices):
    FORBIDDEN = "forbidden", "不得新增"
    REFUSED = "refused", "不得提高标准"
    KEEP = "keep", "保留，按现行途径发放"
    STOP = "stop", "停发"
    CLEAN_UP = "clean_up", "清理，停止发放"
    PROVISION = "provision", "一次性计提，按现有方式发放"
    LUMP_SUM = "lump_sum", "参考人口平均预期寿命一次性支付"
    TAPER = "taper", "过渡期内逐步减少"
    FOLLOW = "follow", "执行上级规定，只作登记"


@dataclass(frozen=True)
class Facts:
    """The inputs of the table for one person and one item."""

    change: str
    raise_approved: bool
    vulnerable: bool
    annuity: bool
    cohort: str
    met_old_rules: bool
    lump_agreed: bool
    city_owned: bool


@dataclass(frozen=True)
class Choices:
    """What the clause leaves open, as the city has set it for the day of the decision."""

    vulnerable_before_annuity: bool = True
    annuity_ends_existing: bool = True


@dataclass(frozen=True)
class Row:
    """One line: it fits when every fact that `when` names has one of the values there."""

    number: int
    outcome: str
    says: str
    proof: str
    when: dict = field(hash=False)

    def fits(self, facts):
        return all(getattr(facts, name) in values for name, values in self.when.items())


YES, NO = (True,), (False,)
EXISTING, TRANSITION, AFTER = (Cohort.EXISTING,), (Cohort.TRANSITION,), (Cohort.AFTER,)
NEWLY_RETIRED = (Cohort.TRANSITION, Cohort.AFTER)

ROWS = (
    Row(
        1,
        Outcome.FORBIDDEN,
        "国有企业不再新增统筹外项目。",
        "",
        {"change": (Change.NEW,)},
    ),
    Row(
        2,
        Outcome.REFUSED,
        "原则上不再提高发放标准。",
        "批准文号",
        {"change": (Change.RAISE,), "raise_approved": NO},
    ),
    Row(
        3,
        Outcome.KEEP,
        "对于工伤残疾人员、职业病人员等弱势群体的统筹外费用，由企业报主管部门（单位）同意后保留，并由企业按现行途径妥善处理。",
        "主管部门（单位）同意意见",
        {"vulnerable": YES},
    ),
    Row(
        4,
        Outcome.STOP,
        "已实施企业年金的企业，不再发放统筹外费用。",
        "企业年金方案备案",
        {"annuity": YES},
    ),
    Row(
        5,
        Outcome.CLEAN_UP,
        "“对符合原有关规定的现有退休人员统筹外费用，国有企业可一次性计提”，不符合原有关规定的没有发放依据。",
        "清理审核意见",
        {"cohort": EXISTING, "met_old_rules": NO},
    ),
    Row(
        6,
        Outcome.PROVISION,
        "对符合原有关规定的现有退休人员统筹外费用，国有企业可一次性计提，按现有方式发放。",
        "计提凭证",
        {"cohort": EXISTING, "met_old_rules": YES, "lump_agreed": NO},
    ),
    Row(
        7,
        Outcome.LUMP_SUM,
        "在条件允许情况下，企业经与退休人员协商一致，也可参考所在城市人口平均预期寿命一次性支付。",
        "退休人员本人签字的协议",
        {"cohort": EXISTING, "met_old_rules": YES, "lump_agreed": YES},
    ),
    Row(
        8,
        Outcome.TAPER,
        "市属国有企业要采取一定过渡期办法，在加强对职工工资福利统一规范管理的基础上，逐步减少新办理退休人员的统筹外费用，"
        "过渡期原则上不超过3年。",
        "企业过渡方案（年度、比例）",
        {"cohort": TRANSITION, "met_old_rules": YES, "city_owned": YES},
    ),
    Row(
        9,
        Outcome.LUMP_SUM,
        "过渡期期满后办理退休的人员，按照我市有关规定应享受的待遇，参考所在城市人口平均预期寿命，由企业一次性支付，"
        "企业不再发放统筹外费用。",
        "本市待遇依据和支付凭证",
        {"cohort": AFTER, "met_old_rules": YES, "city_owned": YES},
    ),
    Row(
        10,
        Outcome.FOLLOW,
        "“市属国有企业要采取一定过渡期办法”，其他企业“严格落实上级有关规定”，只作登记。",
        "上级文件文号",
        {"cohort": NEWLY_RETIRED, "city_owned": NO},
    ),
    Row(
        11,
        Outcome.CLEAN_UP,
        "新办理退休人员享受的是“按照我市有关规定应享受的待遇”，没有规定依据的不发放。",
        "清理审核意见",
        {"cohort": NEWLY_RETIRED, "met_old_rules": NO, "city_owned": YES},
    ),
)
BY_NUMBER = {row.number: row for row in ROWS}
CLAUSE = "室字〔2020〕10号 二(六)"
VULNERABLE, ANNUITY = BY_NUMBER[3], BY_NUMBER[4]


def decide(facts, choices):
    """The Row that decides. There is one for every combination of inputs; a test walks them all."""
    return next(row for row in in_order(choices) if row.fits(facts) and not _spared(row, facts, choices))


def in_order(choices):
    """The rows as they are tried: the annuity goes first where the city has put it before vulnerability."""
    if choices.vulnerable_before_annuity:
        return ROWS
    return tuple({VULNERABLE: ANNUITY, ANNUITY: VULNERABLE}.get(row, row) for row in ROWS)


def _spared(row, facts, choices):
    """The annuity leaves those alone who had retired already, where the city reads the sentence so."""
    return row is ANNUITY and facts.cohort == Cohort.EXISTING and not choices.annuity_ends_existing
