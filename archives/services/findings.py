"""The two-part test of 二(四): who is a city-managed leader, by which documents, and what the person's flag then says."""

from archives.models import LeaderFinding
from archives.models.findings import Kind
from retirees.models import Retiree
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

BOTH = (
    "不符合“不移交”的两项条件：须由市委或市委委托部门任免，且退休前曾任集团公司领导班子副职（含同职级）以上职务"
    "（二(四)）。档案应当移交；界定有争议的，请办理“提请界定”。"
)
DOCUMENTED = "没有写明曾任职务和任免文件，没有登记。请填写职务名称和文件的名称、文号。"
DECIDED = "没有写明市国资委党委研究决定的文号和日期，没有办理。请填写后再提交。"
# What the flag says after the step.
LEADER_AFTER = {"exempt": True, "decide_exempt": True, "decide_transfer": False, "include": False}
KINDS = {
    "exempt": Kind.CLAIM,
    "dispute": Kind.DISPUTE,
    "decide_exempt": Kind.DECISION,
    "decide_transfer": Kind.DECISION,
}
TEST = ("appointed_by_city", "group_post", "post", "document")
DECISION = ("decision_number", "decided_on")


def checked(step_name, values):
    """The values of a step, complete and sound; Refused otherwise."""
    if step_name == "exempt":
        if not (values.get("appointed_by_city") and values.get("group_post")):
            raise Refused(BOTH)
        if not (values.get("post", "").strip() and values.get("document", "").strip()):
            raise Refused(DOCUMENTED)
    if step_name.startswith("decide_"):
        if not (values.get("decision_number", "").strip() and values.get("decided_on")):
            raise Refused(DECIDED)
        if values["decided_on"] > clock.today():
            raise Refused("研究决定的日期晚于今天，没有办理。请填写实际日期。")
    return values


def write(act, step, ids, values):
    """What was found of each of these dossiers' people, and the flag that follows."""
    if step.name in KINDS:
        names = DECISION if KINDS[step.name] == Kind.DECISION else TEST
        facts = {name: values[name] for name in names if values.get(name) is not None}
        exempt = None if step.name == "dispute" else LEADER_AFTER[step.name]
        act.insert([LeaderFinding(dossier_id=pk, kind=KINDS[step.name], exempt=exempt, **facts) for pk in ids])
    if step.name in LEADER_AFTER:
        act.change(Retiree, ids, city_managed_leader=LEADER_AFTER[step.name])
