"""The parameters that exist, with the value that holds until the city sets another."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Known:
    """One parameter: a whole number within `least` and `most`, or a day, as its default is."""

    code: str
    label: str
    default: int | date
    unit: str
    clause: str
    least: int = 1
    most: int = 3650

    @property
    def is_day(self):
        return isinstance(self.default, date)

    def read(self, text):
        """The value that a stored text stands for."""
        return date.fromisoformat(text) if self.is_day else int(text)


KNOWN = {
    one.code: one
    for one in (
        Known("submit_days", "退休后上报期限", 30, "天", "一：自2021年起常态化移交"),
        Known("answer_days", "镇街答复期限", 10, "个工作日", "二(二)"),
        Known("distribute_days", "区市分配期限", 5, "个工作日", "二(二)"),
        Known("take_back_days", "企业收回退件期限", 5, "个工作日", "四(二)"),
        Known("contact_days", "接收后首次联系期限", 20, "个工作日", "二(二)"),
        Known("issue_days", "组织关系转出期限", 30, "天", "二(三)：密切衔接，跟进做好接转"),
        Known("letter_days", "组织关系介绍信最长有效期", 90, "天", "二(三)"),
        Known("receipt_days", "介绍信回执期限", 30, "天", "二(三)"),
        Known("branch_days", "编入党支部期限", 30, "天", "二(三)：及时编入党支部"),
        Known("dossier_days", "档案移交期限", 60, "天", "二(四)"),
        Known("shipment_days", "档案批次核收期限", 10, "个工作日", "二(四)"),
        Known(
            "receive_before_payment", "档案整理费到账前可以核收", 1, "（1 可以，0 不可以）", "二(四)", least=0, most=1
        ),
        Known("transition_start", "统筹外费用过渡期起算日", date(2021, 1, 1), "", "二(六)：采取一定过渡期办法"),
        Known("transition_months", "统筹外费用过渡期", 36, "个月", "二(六)：过渡期原则上不超过3年", most=36),
        Known(
            "vulnerable_before_annuity",
            "弱势群体保留优先于企业年金停发",
            1,
            "（1 是，0 否）",
            "二(六)",
            least=0,
            most=1,
        ),
        Known(
            "vulnerable_widely",
            "“等弱势群体”包括残疾、重病、特困、低保人员",
            1,
            "（1 包括，0 只指工伤残疾和职业病）",
            "二(六)",
            least=0,
            most=1,
        ),
        Known(
            "annuity_ends_existing",
            "已实施企业年金的，已退休人员也停发",
            1,
            "（1 停发，0 不停发）",
            "二(六)",
            least=0,
            most=1,
        ),
        Known("lump_floor_months", "一次性支付最少计发月数", 0, "个月", "二(六)", least=0, most=240),
        Known("medical_days", "医保关系衔接期限", 60, "天", "二(五)"),
        Known("count_day", "经费人数统计日", 15, "日（每月）", "二(一)", most=28),
        Known("assign_days", "问题交办期限", 3, "个工作日", "三(一)：及时研究，形成处理意见"),
        Known("problem_days", "问题答复期限", 10, "个工作日", "三(一)：及时研究，形成处理意见"),
        Known("notice_days", "督办答复期限", 10, "个工作日", "三(二)：加强移交工作的跟踪督导"),
        Known("confirm_month", "年度健在和联系方式核实截止月份", 12, "月", "三(三)", most=12),
        Known("visit_days", "特殊群体走访间隔", 180, "天", "三(三)"),
        # Working days past the last day, see oversight/deadlines.
        Known("escalate_second", "逾期提级到上级单位", 5, "个工作日", "三(二)：加强移交工作的跟踪督导", least=0),
        Known("escalate_third", "逾期提级到领导小组办公室", 15, "个工作日", "四(一)：领导小组办公室统筹督办", least=0),
        # Exports: above it a second person agrees.
        Known(
            "export_rows_per_day",
            "每人每日免批准导出行数",
            5000,
            "行",
            "个人信息保护：限于必要",
            least=0,
            most=1_000_000,
        ),
    )
}
