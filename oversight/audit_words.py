"""What happened, as the audit administrator reads it: sentences with ids, never with personal data."""

from accounts.acts import LABELS as ACCOUNT_LABELS
from archives.fee_states import MACHINE as FEES
from archives.shipment_states import MACHINE as SHIPMENTS
from archives.states import MACHINE as DOSSIERS
from audit import events
from benefits.medical_states import MACHINE as MEDICAL
from benefits.treatment_states import MACHINE as TREATMENTS
from handover.states.agreements import MACHINE as AGREEMENTS
from handover.states.assets import MACHINE as ASSETS
from handover.states.cases import MACHINE as CASES
from handover.states.deaths import MACHINE as DEATHS
from handover.states.notices import MACHINE as NOTICES
from handover.states.problems import MACHINE as PROBLEMS
from handover.states.relocations import MACHINE as RELOCATIONS
from party.states import MACHINE as MEMBERSHIPS

OPERATIONS = {
    "roster.import": "导入花名册",
    "roster.withdraw": "撤回花名册",
    "forecast.import": "导入职工名单",
    "forecast.choose": "登记弹性退休",
    "retiree.correct": "更正人员信息",
    **{f"case.{step.name}": step.label for step in CASES.steps},
    **{f"dossier.{step.name}": f"档案：{step.label}" for step in DOSSIERS.steps},
    **{f"shipment.{step.name}": f"档案批次：{step.label}" for step in SHIPMENTS.steps},
    **{f"fee.{step.name}": f"档案整理费：{step.label}" for step in FEES.steps},
    **{f"membership.{step.name}": f"党组织关系：{step.label}" for step in MEMBERSHIPS.steps},
    **{f"agreement.{step.name}": f"移交协议：{step.label}" for step in AGREEMENTS.steps},
    **{f"asset.{step.name}": f"资产：{step.label}" for step in ASSETS.steps},
    **{f"treatment.{step.name}": f"统筹外费用：{step.label}" for step in TREATMENTS.steps},
    "treatment.decide": "统筹外费用：按判定表判定",
    "item.add": "统筹外项目：录入",
    "item.change": "统筹外项目：修改",
    "item.remove": "统筹外项目：移去",
    "item.import": "统筹外项目：按 Excel 录入",
    "settlement.reckon": "一次性支付：核算",
    "plan.set": "登记过渡方案",
    "expectancy.set": "设置人口平均预期寿命",
    "agreement.draft": "起草移交协议",
    "agreement.amend": "修订移交协议",
    "agreement.fill": "按现有数据更新移交方案",
    "agreement.plan": "填写移交方案",
    "agreement.paper": "生成协议文书",
    "agreement.scan": "上传协议扫描件",
    "asset.import": "列入资产",
    "asset.change": "修改资产信息",
    "asset.remove": "移去资产",
    **{f"death.{step.name}": f"死亡告知：{step.label}" for step in DEATHS.steps},
    **{f"relocation.{step.name}": f"属地变更：{step.label}" for step in RELOCATIONS.steps},
    **{f"problem.{step.name}": f"问题：{step.label}" for step in PROBLEMS.steps},
    **{f"notice.{step.name}": f"督办：{step.label}" for step in NOTICES.steps},
    "problem.raise": "提出问题",
    "notice.issue": "下发督办",
    "notice.issue_for_overdue": "对逾期人员下发督办",
    "care.confirm": "年度核实",
    "care.found": "登记找到联系不上的人员",
    "care.check": "登记资格认证",
    "care.check_sheet": "导入资格认证名单",
    "care.serve": "登记走访服务",
    "care.groups": "认定特殊群体",
    "care.move_out": "登记迁出本市",
    "activity.record": "登记社区活动",
    "move_notice.acknowledge": "知悉迁移告知",
    "relocation.ask": "申请属地变更（转出）",
    "relocation.request": "申请属地变更（转入）",
    # 应移交人数
    "baseline.freeze": "冻结应移交基线",
    "baseline.record": "登记应移交变动",
    "funding.rate": "设定服务经费标准",
    "funding.budget": "登记经费预算",
    "funding.budget_back": "冲销经费预算",
    "funding.payment": "登记经费拨付",
    "funding.payment_back": "冲销经费拨付",
    "bulletin.draft": "进展情况通报：生成草稿",
    "bulletin.edit": "进展情况通报：修改正文",
    "bulletin.retake": "进展情况通报：重新取数",
    "bulletin.issue": "进展情况通报：印发",
    "demo.found": "建立演示数据",
    # Exports
    "export.ask": "申请导出",
    "export.approve": "批准导出",
    "export.refuse": "不批准导出",
    "export.cancel": "取消导出",
    "case.record_death": "登记死亡",
    "case.acknowledge_death": "知悉死亡告知",
    "case.paper": "生成人员文书",
    "case.scan": "上传人员文书扫描件",
    "dossier.record": "登记档案情况",
    "dossier.pack": "档案：装入批次",
    "dossier.unpack": "档案：移出批次",
    "dossier.catalogue": "档案：编制目录",
    "dossier.missing": "档案：登记缺少的材料",
    "dossier.supply": "档案：登记补齐材料",
    "dossier.register_list": "按移交案卷目录登记",
    "dossier.paper": "档案：生成文书",
    "dossier.scan": "档案：上传扫描件",
    "shipment.open": "建立档案批次",
    "shipment.describe": "档案批次：登记移交人和封签",
    "shipment.paper": "档案批次：生成文书",
    "shipment.scan": "档案批次：上传扫描件",
    "fee.request": "申请档案整理费评估",
    "fee.paper": "档案整理费：生成文书",
    "fee.scan": "档案整理费：上传扫描件",
    # 二(五)
    **{f"medical.{step.name}": f"医保衔接：{step.label}" for step in MEDICAL.steps},
    "medical.scan": "医保衔接：上传扫描件",
    "supplementary.open": "登记补充医疗和互助",
    "supplementary.level": "登记补充医疗待遇水平",
    "supplementary.scan": "补充医疗和互助：上传扫描件",
    "covering.add": "列入补充医疗参加人员",
    "cover.end": "终止补充医疗待遇",
    "scheme.add": "增加材料分类方案",
    "scheme.use": "启用或停用材料分类方案",
    "membership.receipt": "登记介绍信回执",
    "membership.search": "登记党员查找记录",
    "membership.record": "登记党员情况",
    "membership.list": "按党员名册更新",
    "membership.paper": "生成党组织关系文书",
    "membership.scan": "上传党组织关系文书扫描件",
    "void_notice.note": "知悉介绍信作废",
    "party.add_organisation": "新增党组织",
    "party.change_organisation": "修改党组织信息",
    "party.close_organisation": "停用党组织",
    "party.open_organisation": "启用党组织",
    **ACCOUNT_LABELS,
}
# What the rows of an act are counted in where they are no people; papers are papers on every track.
UNITS = {
    "dossier": "卷",
    "shipment": "批",
    "fee": "笔",
    "funding": "笔",
    "bulletin": "份",
    "agreement": "份",
    "asset": "项",
    "void_notice": "份",
    "problem": "件",
    "notice": "件",
    "activity": "场",
    "supplementary": "项",
    "treatment": "项",
    "item": "项",
    "plan": "份",
    "expectancy": "项",
    "export": "行",
}
OF_PAPERS = ("paper", "scan")


def unit_of(kind):
    track, _, act = kind.partition(".")
    return "份" if act in OF_PAPERS else UNITS.get(track, "人")


def of_operation(one):
    rows = f"，涉及 {one.rows:,} 条记录" if one.rows else ""
    # Only accounts, offices and parameters are named; people appear as the ids of their rows.
    about = (one.outcome or {}).get("about") if one.kind in ACCOUNT_LABELS else ""
    return f"{_who(one)}办理“{OPERATIONS.get(one.kind, one.kind)}”{f'：{about}' if about else ''}{rows}。"


def kind_of(one):
    return OPERATIONS.get(one.kind, one.kind)


def of_event(one):
    address = f"自 {one.address} " if one.address else ""
    field = f"“{one.field}”" if one.field else ""
    who = _who(one) if one.actor_id or not one.actor_name else f"“{one.actor_name}”"
    return f"{who or '未登录人员'}{address}{events.LABELS.get(one.kind, one.kind)}{field}。"


def _who(one):
    post = " ".join(filter(None, (one.office, one.position)))
    return f"{one.actor_name}（{post}）" if post else one.actor_name


def reason_of(one):
    """Reasons about people may name them, so only those about accounts, offices and parameters are shown."""
    if one.kind in ACCOUNT_LABELS:
        return one.reason
    if not one.reason:
        return one.reason_code
    return f"{one.reason_code} 已填写，不在审计页面显示".strip()


def reason_for_offices(one):
    """An office reads that a reason was given and by which code; the words may name somebody it has since lost sight of."""
    return "已填写" if one.reason else ""
