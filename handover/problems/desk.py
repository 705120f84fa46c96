"""What the pages do with problems and notices: each step as an action of the desk."""

from accounts.duties import Duty
from accounts.scope import holds
from handover.forms.problems import NoticeStepForm, ProblemStepForm
from handover.models import Notice, Problem
from handover.models.notices import AT_AREA
from handover.models.notices import AT_ENTERPRISE as NOTICE_AT_ENTERPRISE
from handover.models.problems import AT_ENTERPRISE, WORKERS
from handover.services import notices, problems
from handover.states.notices import ADDRESSED
from handover.states.notices import MACHINE as NOTICES
from handover.states.problems import ANSWERING, MACHINE, RAISING
from tracks.desk import Desk, step_action

PROBLEMS = Desk(
    kind="problem",
    model=Problem,
    noun="问题",
    list="handover:problems",
    row="handover:problem",
    step="handover:problem_step",
    outcome="handover:problem_outcome",
    unit="件",
    joined=(),
    name=lambda row: row.number,
    full_name=lambda row: f"{row.number} {row.title}",
)
NOTICES_DESK = Desk(
    kind="notice",
    model=Notice,
    noun="督办",
    list="handover:notices",
    row="handover:notice",
    step="handover:notice_step",
    outcome="handover:notice_outcome",
    unit="件",
    joined=(),
    name=lambda row: row.number,
    full_name=lambda row: f"{row.number} {row.title}",
)
INTRO = {
    "assign": "交办后由承办单位在期限内答复。",
    "answer": "答复后由提出单位确认是否解决。",
    "hand_back": "退回后由领导小组办公室另行交办。",
    "settle": "确认解决后，本问题办结。",
    "reopen": "由同一承办单位再次答复，期限重新计算。",
    "appeal": "逾期没有答复，或答复后仍未解决的，可以提请领导小组研究（四(一)）。",
    "direct": "按领导小组的意见交办，理由中写明意见。",
    "decide": "理由中写明领导小组的决定，本问题随即办结。",
}
# The duties behind the ends of a problem or a notice, for pages that show no row yet.
HELD = {
    RAISING: WORKERS,
    ANSWERING: (Duty.ANSWER, Duty.DISTRIBUTE, *AT_ENTERPRISE),
    ADDRESSED: (*AT_AREA, *NOTICE_AT_ENTERPRISE),
}


def may(user, step):
    duties = [duty for one in step.duties for duty in HELD.get(one, (one,))]
    return holds(user, *duties)


def problem_has_form(step):
    return ProblemStepForm(step).asks


def problem_action(step_name, user):
    return step_action(MACHINE[step_name], ProblemStepForm, problems, user, INTRO.get(step_name, ""))


def notice_has_form(step):
    return NoticeStepForm(step).asks


def notice_action(step_name, user):
    return step_action(NOTICES[step_name], NoticeStepForm, notices, user)
