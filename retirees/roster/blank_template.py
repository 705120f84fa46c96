"""The blank roster that HR clerks fill in: our own columns, so that nothing in it needs guessing."""

from datetime import date

from retirees import codes
from retirees.roster.columns import COLUMNS
from weihai_transfer.lib import identity
from weihai_transfer.lib.workbooks.limits import LIMITS
from weihai_transfer.lib.workbooks.template import TemplateColumn, write_template

FILENAME = "退休人员花名册模板.xlsx"
FIELDS = tuple(column for column in COLUMNS if column.is_fact)
WIDE = ("id_number", "hukou_address", "residence_address", "declared_receiver", "former_unit", "party_branch", "remark")
# Where a dropdown list differs from what a sentence about a fault names.
CHOICES = {
    "ethnic_group": tuple(label for _, label in codes.EthnicGroup),
    "retirement_kind": tuple(kind.label for kind in codes.RetirementKind if kind not in codes.NOT_TRANSFERRED),
}

GUIDE = (
    "一行填写一人，从第二行开始。请勿合并单元格，不要加合计行；表头可以删去不用的列，不要改名。",
    "标红的列必须填写，其余的列有则填写。带下拉列表的列请从列表中选择。",
    "身份证号、电话所在的列是文本格式，请直接录入或“粘贴为值”，不要改为数字格式，否则后几位会变成 0。",
    "日期按 1958-03-01 填写；只知道年月的填 1958-03。",
    "地址请写到街道、社区、楼栋，系统据此建议接收的镇街。",
    f"一个文件不超过 {LIMITS.rows // 10_000} 万行、{LIMITS.file_bytes // 2**20} MB。上传后系统先核对，不会直接导入。",
)


def write(target):
    columns = [_column(each) for each in FIELDS]
    examples = [[example.get(each.field) for each in FIELDS] for example in _examples()]
    write_template(target, columns, examples, GUIDE)


def _column(each):
    return TemplateColumn(
        each.label,
        width=26 if each.field in WIDE else 14,
        text=each.as_text,
        choices=CHOICES.get(each.field) or each.choices or None,
        note=each.note or None,
        required=each.required,
        date=each.shape == "date",
    )


def _number(born_on, serial):
    first17 = f"371002{born_on:%Y%m%d}{serial:03}"
    return first17 + identity.check_digit(first17)


def _examples():
    """Two invented people: one with nearly everything, one with only what is needed."""
    full = {
        "name": "示例甲",
        "id_number": _number(date(1962, 3, 8), 996),
        "sex": "女",
        "born_on": "1962-03-08",
        "ethnic_group": "汉族",
        "political_status": "中共党员",
        "worked_since": "1980-12",
        "retired_on": "2012-03",
        "retirement_kind": "正常退休",
        "former_unit": "示例纺织厂",
        "phone": "13800000000",
        "hukou_address": "威海市环翠区竹岛街道示例路 1 号",
        "residence_address": "威海市环翠区竹岛街道示例小区 2 号楼 301 室",
        "declared_receiver": "环翠区竹岛街道",
        "contact_name": "示例乙",
        "contact_relation": "夫妻",
        "contact_phone": "13800000001",
        "party_branch": "示例纺织厂退休党支部",
        "party_joined_on": "1990-07-01",
        "dossier_place": "示例纺织厂档案室",
        "dossier_volumes": "1",
    }
    needed = {
        "name": "示例丙",
        "id_number": _number(date(1958, 11, 20), 997),
        "retired_on": "2018-11-30",
        "residence_address": "威海市文登区示例村 5 号",
    }
    return full, needed
