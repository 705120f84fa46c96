"""What the pages do with agreements and assets: each step as an action of the desk."""

from handover.forms.agreements import AgreementStepForm
from handover.forms.assets import AssetStepForm
from handover.models import Agreement, Asset
from handover.services import agreements, assets
from handover.states.agreements import MACHINE, SIGNING
from handover.states.assets import MACHINE as ASSETS
from tracks.desk import Desk, step_action

AGREEMENTS = Desk(
    kind="agreement",
    model=Agreement,
    noun="协议",
    list="handover:agreements",
    row="handover:agreement",
    step="handover:agreement_step",
    outcome="handover:agreement_outcome",
    unit="份",
    papers_of="handover:agreement_papers_of",
    joined=("enterprise", "area"),
    name=lambda row: row.number,
    full_name=str,
)
ASSET_DESK = Desk(
    kind="asset",
    model=Asset,
    noun="资产",
    list="handover:assets",
    row="handover:asset",
    step="handover:asset_step",
    outcome="handover:asset_outcome",
    unit="项",
    joined=("agreement__enterprise",),
    name=lambda row: row.name,
    full_name=lambda row: f"{row.name}（{row.agreement.enterprise}）",
)
INTRO = {
    "propose": "提出后，接收方可以看到方案并答复；答复以前可以撤回。",
    "withdraw": "撤回后接收方不再看到，修改后可以重新提出。",
    "agree": "同意后，双方在同一文本上盖章，分别上传扫描件并登记签订。",
    "comment": "提出修改意见后，方案退给移交企业修改，改好后再次提出。",
    "reopen": "重新协商后，方案可以修改；此前上传的盖章扫描件不再作为签订依据。",
    "end": "终止后，本协议不再办理；需要时可以另行起草。",
    "terminate": "终止后，协议不再有效，尚未接收的存量人员须另签协议才能接收。",
    **dict.fromkeys(SIGNING, "按盖章的协议登记。双方都签订后，人员、档案、党员、资产名册随即固定，不再变动。"),
}


def agreement_has_form(step):
    return AgreementStepForm(step).asks


def agreement_action(step_name, user):
    return step_action(MACHINE[step_name], AgreementStepForm, agreements, user, INTRO.get(step_name, ""))


def asset_has_form(step):
    return AssetStepForm(step).asks


def asset_action(step_name, user):
    return step_action(ASSETS[step_name], AssetStepForm, assets, user)
