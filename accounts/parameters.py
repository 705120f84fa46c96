"""The parameters that exist, with the value that holds until the city sets another."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    code: str
    label: str
    default: int
    unit: str
    clause: str
    least: int = 1
    most: int = 3650


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
    )
}
