"""One invented context per template: the contract of what each paper is given.

Values are texts (a number is formatted, an amount has its two places), except `made_on`, which is a date; a day elsewhere
in a context reads as on_paper() writes it. Lists hold rows of such texts. "" stands for what is not known: papers print an
empty place or a line for the pen. A missing key is an error. Everything here is invented and says so.
"""

from datetime import date
from decimal import Decimal

from weihai_transfer.lib import numerals

# Every paper's foot line. tracks.papers adds these to what the kind says.
FOOT = {"number": "2026-DEMO01-例0001", "operation": "7f3a9c21e04b", "made_on": date(2026, 11, 23)}

MILL = "示例机电集团有限公司"
AREA = "威海市环翠区国有企业退休人员社会化管理工作专班（示例）"
STREET = "威海市环翠区竹岛街道办事处（示例）"
ARCHIVE = "威海市环翠区人力资源档案中心（示例）"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

PERSON = {
    "name": "王示例",
    "sex": "男",
    "id_number": "371002196603121018",
    "ethnic_group": "汉族",
}
RETIRED = {"retired_on": "2026年3月31日", "phone": "19900010001"}
SENDER = {
    "enterprise": MILL,
    # Who answers questions about the paper on the enterprise's side.
    "contact": "李示例",
    "contact_phone": "0631-5231234",
}

AGREEMENT = {
    # "" for the first agreement; the number of the one that it replaces for a new version.
    "amends": "",
    "edition": "第一版",
    "party_a": {
        "name": MILL,
        "code": "91371000MA3DEMO010",
        "address": "威海市环翠区示例路1号",
        "representative": "赵示例",
        "contact": "李示例",
        "phone": "0631-5231234",
    },
    "party_b": {
        "name": AREA,
        "code": "11371002MB0DEMO020",
        "address": "威海市环翠区示例路2号",
        "representative": "孙示例",
        "contact": "周示例",
        "phone": "0631-5235678",
    },
    "people": "1,208",
    "members": "312",
    "dossiers": "1,190",
    "dossier_volumes": "1,342",
    "assets": "3",
    "assets_area": "1,250.00",
    "assets_value": "3,860,000.00",
    "assets_value_capitals": numerals.money(Decimal("3860000")),
    # What is written about fees; "" prints the sentence of the policy alone.
    "fees": "经评估，档案整理费共计 65,450.00 元，由甲方一次性支付。",
    "timetable": [
        {"until": "2026年12月10日", "work": "核对人员名册，确认接收街道（镇）", "side": "甲方、乙方"},
        {"until": "2026年12月31日", "work": "移交人事档案，双方签收", "side": "甲方"},
        {"until": "2027年1月31日", "work": "转接党组织关系，编入支部", "side": "甲方、乙方党组织"},
        {"until": "2027年2月28日", "work": "移交资产，逐项签收", "side": "甲方、乙方"},
    ],
    "contingency": "联系不上的人员由甲方继续查找并管理，找到后十个工作日内补充移交；\n途中发生档案遗失的，双方立即核查，甲方负责补办。",
    "copies": "肆",
    "copies_each": "贰",
    "annexes": [
        {"number": "1", "title": "移交人员花名册", "rows": "1,208", "filename": "附件1-人员.xlsx", "sha256": DIGEST},
        {
            "number": "2",
            "title": "人事档案清单",
            "rows": "1,190",
            "filename": "附件2-档案.xlsx",
            "sha256": DIGEST[::-1],
        },
        {"number": "3", "title": "党员名册", "rows": "312", "filename": "附件3-党员.xlsx", "sha256": DIGEST},
        {"number": "4", "title": "资产清单", "rows": "3", "filename": "附件4-资产.xlsx", "sha256": DIGEST[::-1]},
    ],
}

ROSTER_ROW = {
    "serial": "1",
    "name": PERSON["name"],
    "sex": "男",
    "id_number": PERSON["id_number"],
    "retired_on": "2026-03",
    "phone": RETIRED["phone"],
    "hukou_address": "威海市环翠区竹岛街道示例小区1号楼101室",
    "residence_address": "威海市环翠区竹岛街道示例小区1号楼101室",
    "receiver": "竹岛街道",
    "note": "",
}
ROSTER = {
    **SENDER,
    "receiver": AREA,
    "batch": "2026-DEMO01-0007",
    "count": "24",
    "rows": [{**ROSTER_ROW, "serial": str(at)} for at in range(1, 25)],
}

CONFIRMATION = {
    **PERSON,
    **RETIRED,
    "born_on": "1966年3月12日",
    **SENDER,
    "receiver": STREET,
    "retirement_kind": "正常退休",
    "former_unit": "示例机电集团有限公司第一分厂",
    "hukou_address": "威海市环翠区竹岛街道示例小区1号楼101室",
    "residence_address": "威海市环翠区竹岛街道示例小区1号楼101室",
    "contact_name": "王小示例",
    "contact_relation": "女儿",
    "contact_number": "19900010002",
    "pension_place": "威海市",
    "medical_place": "威海市",
    "dossier": "有，1 册",
}

INTRODUCTION = {
    **PERSON,
    **RETIRED,
    **SENDER,
    "receiver": STREET,
    "receiver_address": "威海市环翠区示例路3号",
    "receiver_phone": "0631-5239012",
    "residence_address": "威海市环翠区竹岛街道示例小区1号楼101室",
    # By when the person should have reported; "" leaves the sentence out.
    "report_by": "2026年12月31日",
}

CARD = {
    "name": PERSON["name"],
    "receiver": STREET,
    "community": "示例社区居民委员会",
    "address": "威海市环翠区示例路4号",
    "phone": "0631-5239012",
    "handler": "吴示例",
    "hours": "工作日 8:30—11:30，13:30—17:00",
    "enterprise": MILL,
    "contact_phone": SENDER["contact_phone"],
}

CARRIERS = [
    {"name": "郑示例", "unit": MILL, "phone": "19900010003"},
    {"name": "冯示例", "unit": MILL, "phone": "19900010004"},
]
INVENTORY_ROW = {
    "serial": "1",
    "check_number": "D0001-001",
    "name": PERSON["name"],
    "id_number": PERSON["id_number"],
    "volumes": "1",
    "pages": "86",
    "dossier_number": "示例-2026-0001",
    "note": "",
}
INVENTORY = {
    **SENDER,
    "archive": ARCHIVE,
    "shipment": "2026-DEMO01-D0001",
    "sent_on": "2026年11月23日",
    "receive_by": "2026年12月7日",
    "way": "企业派专人递送",
    "carriers": CARRIERS,
    "seal": "封 000123",
    "count": "28",
    "volumes": "30",
    "pages": "2,408",
    "rows": [
        {
            **INVENTORY_ROW,
            "serial": str(at),
            "check_number": f"D0001-{at:03}",
            "note": "缺件说明 1 份" if at == 3 else "",
        }
        for at in range(1, 29)
    ],
    # Over 300 rows: rows is empty and the workbook is named here; else both are "".
    "annex": "",
    "annex_sha256": "",
    # What the archive found, once it has checked; "" leaves lines for the pen.
    "received": "",
    "exceptions": "",
}

NOTICE = {
    **SENDER,
    "archive": ARCHIVE,
    "shipment": "2026-DEMO01-D0001",
    "sent_on": "2026年11月23日",
    "reason": "国有企业退休人员社会化管理移交",
    "way": "企业派专人递送",
    "carriers": "郑示例、冯示例",
    "seal": "封 000123",
    "count": "28",
    "count_capitals": numerals.capital(28),
    "volumes": "30",
    # Named up to ten; more are in the 清册, whose number is given.
    "rows": [
        {"name": "王示例", "former_unit": "第一分厂", "volumes": "1", "pages": "86", "note": ""},
        {"name": "钱示例", "former_unit": "第二分厂", "volumes": "2", "pages": "152", "note": "附缺件说明"},
    ],
    "inventory": "2026-DEMO01-清0001",
    "return_by": "2026年12月23日",
}

MISSING = {
    **SENDER,
    "name": PERSON["name"],
    "sex": "男",
    "id_number": PERSON["id_number"],
    "retired_on": RETIRED["retired_on"],
    "archive": ARCHIVE,
    "dossier_number": "示例-2026-0001",
    "items": [
        {
            "serial": "1",
            "kind": "四-1 学历学位",
            "title": "中专毕业生登记表",
            "reason": "1986年学校合并，原件未移交",
            "remedy": "向市档案馆查档后补交",
        },
        {
            "serial": "2",
            "kind": "九-1 工资",
            "title": "1993年工资变动审批表",
            "reason": "原单位改制时遗失",
            "remedy": "以工资台账复印件代替",
        },
    ],
    "count": "2",
    "note": "",
}

LETTER = {
    **PERSON,
    "age": "60",
    "member_phone": RETIRED["phone"],
    # True for 预备党员; the wrong word is struck out on all three parts.
    "probationary": False,
    # The receiving 基层党委 by whom the letter is read, then from where to where the relation goes.
    "addressee": "中共威海市环翠区竹岛街道工作委员会（示例）",
    "from_organisation": "中共示例机电集团有限公司第一分厂支部委员会",
    "to_organisation": "中共威海市环翠区竹岛街道示例社区支部委员会",
    "dues_until": numerals.year_month(date(2026, 10, 1)),
    "valid_days": numerals.capital(90),
    "issued_on": "2026年11月23日",
    "valid_until": "2027年2月21日",
    "sender": "中共示例机电集团有限公司委员会",
    "sender_address": "威海市环翠区示例路1号",
    "sender_phone": "0631-5231234",
    "sender_fax": "0631-5231235",
    "sender_postcode": "264200",
    # "" or the number of the letter that is void and replaced by this one.
    "replaces": "",
}

FEE = {
    **SENDER,
    "archive": ARCHIVE,
    "assessor": "威海示例档案评估有限公司",
    "report": "示评字〔2026〕第15号",
    "assessed_on": "2026年11月16日",
    "count": "1,190",
    "unit_price": "55.00",
    "amount": "65,450.00",
    "amount_capitals": numerals.money(Decimal("65450")),
    # The account to which it is paid and by when; "" leaves lines for the pen.
    "account_name": ARCHIVE,
    "account_bank": "示例银行威海分行",
    "account_number": "0000 0000 0000 0000",
    "pay_by": "2026年12月31日",
    "note": "",
}

# What is paid once: 200.00 × 12 and 1,800.00 × 1 for 183 months.
LUMP_BOTH = {
    "enterprise": "示例机电集团有限公司",
    "settlement": "2026-DEMO01-L00001",
    "name": "示例一",
    "id_number": "371002196303050001",
    "amount": "64,050.00",
    "amount_capitals": numerals.money(Decimal("64050")),
}
RECKONING = {
    **LUMP_BOTH,
    "sex": "女",
    "retired_on": "2018年5月31日",
    "inputs": [
        {"label": "核算日期", "value": "2026-11-23"},
        {"label": "出生日期", "value": "1963-03-05"},
        {"label": "核算时年龄", "value": "764 个月（63 岁 8 个月），不满一个月的不计"},
        {
            "label": "人口平均预期寿命",
            "value": "78.92 岁（2024 年，来源：示例统计公报），78.92 × 12 ≈ 947 个月（四舍五入到整月）",
        },
        {"label": "剩余月数", "value": "947 － 764 ＝ 183 个月"},
        {"label": "最少计发月数", "value": "0 个月（默认值）"},
        {"label": "计发月数", "value": "183 个月（剩余月数和最少计发月数中的较大者）"},
    ],
    "rows": [
        {
            "label": "生活补贴",
            "rate": "200.00",
            "times": "12",
            "yearly": "2,400.00",
            "months": "183",
            "product": "439,200.00",
        },
        {
            "label": "取暖补贴",
            "rate": "1,800.00",
            "times": "1",
            "yearly": "1,800.00",
            "months": "183",
            "product": "329,400.00",
        },
    ],
    "ending": [
        "各项乘积相加：768,600.00",
        "一次性支付金额：768,600.00 ÷ 12 ＝ 64,050.00 元（合计后一次四舍五入到分，不折现）",
    ],
}
LUMP_AGREEMENT = {
    **LUMP_BOTH,
    "settled_on": "2026年11月23日",
    "rows": [
        {"label": "生活补贴", "rate": "200.00", "times": "12"},
        {"label": "取暖补贴", "rate": "1,800.00", "times": "1"},
    ],
    "expectancy": "78.92",
    "expectancy_year": "2024",
    "expectancy_source": "示例统计公报",
    "months": "183",
}

BULLETIN = {
    "serial": "2026年第9期",
    "title": "2026年10月国有企业退休人员\n社会化管理工作进展情况通报（示例）",
    "addressees": "各区市人民政府、开发区管委会，各有关国有企业（示例）",
    "copied_to": "市推进国有企业退休人员社会化管理工作领导小组成员单位（示例）",
    "sections": [
        {
            "heading": "一、总体情况",
            "parts": [{"lead": "", "text": "截至2026年10月31日，应移交1,208人，已移交1,057人，移交率87.5%（示例）。"}],
            "with_trend": True,
            "with_rates": False,
        },
        {
            "heading": "二、分区市情况",
            "parts": [{"lead": "（一）示例区移交较慢。", "text": "移交率80.1%，尚有151人未移交（示例）。"}],
            "with_trend": False,
            "with_rates": True,
        },
        *(
            {
                "heading": f"{number}、{heading}",
                "parts": [{"lead": "（一）示例事项。", "text": "示例单位按期办理。"}],
                "with_trend": False,
                "with_rates": False,
            }
            for number, heading in (("三", "分企业情况"), ("四", "存在问题"), ("五", "下一步工作"))
        ),
    ],
    "as_of": "截至2026年10月31日",
    # Twelve numbers as the columns of the table follow each other.
    "areas": [
        {"label": label, "cells": "1,208 1,057 87.5% 96.0% 10 312 300 96.2% 1,190 1,000 84.0% 3".split()}
        for label in ("示例东区", "示例西区", "合计（示例）")
    ],
    "enterprises": [
        {"label": label, "cells": "608 557 91.6% 96.0% 10 112 100 89.3% 590 500 84.7% 2".split()}
        for label in (MILL, "示例二厂", "合计（示例企业）")
    ],
    "issuer_1": "威海市推进国有企业退休人员（示例）",
    "issuer_2": "社会化管理工作领导小组办公室（示例）",
    "printed_by": "领导小组办公室（示例）",
    "issued_on": "2026年11月2日",
}
SAMPLES = {
    "agreement-1": AGREEMENT,
    "roster-1": ROSTER,
    "confirmation-1": CONFIRMATION,
    "introduction-1": INTRODUCTION,
    "card-1": CARD,
    "inventory-1": INVENTORY,
    "notice-1": NOTICE,
    "missing-1": MISSING,
    "letter-1": LETTER,
    "fee-1": FEE,
    "lump-1": RECKONING,
    "lumpagreement-1": LUMP_AGREEMENT,
    "bulletin-1": BULLETIN,
}


def sample(template, **changes):
    """A whole context of a template, with its foot line."""
    return {**SAMPLES[template], **FOOT, "template": template, **changes}
