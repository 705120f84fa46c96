"""What one viewer may do with one person now: each step with the reason why it cannot be taken, one of them first."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.duties import Duty
from handover import correcting, facts, services, submission
from handover.models import CasePaper, Relocation
from handover.papers.desk import PAPERS
from handover.states.cases import RECEIVED
from handover.states.relocations import OPEN
from handover.viewers import holds_over, is_turn_of
from retirees.codes import Survival

# The steps that bring a case on, before those that send it back or aside.
FORWARD = (
    "submit",
    "resubmit",
    "assign",
    "accept",
    "take_back",
    "contact",
    "complete",
    "report_outside",
    "confirm_outside",
    "confirm_closing",
    "agree_closing",
)
RECORDING_DEATH = (Duty.SUBMIT, Duty.RECEIVE, Duty.DISTRIBUTE)


@dataclass(frozen=True)
class Action:
    """In the shape of `_actions.html`."""

    label: str
    url: str
    primary: bool = False
    danger: bool = False
    reasons: tuple = ()
    hint: str = ""


def actions_of(case, user):
    """The steps of the case, then what is done to the person."""
    return [*_steps(case, user), *_others(case, user)]


def _steps(case, user):
    found = []
    mine = is_turn_of(case, user)
    for step in forward_first(case.machine.steps_from(case.state)):
        if step.name == "resubmit" or not holds_over(case, user, *step.duties):
            continue
        outcome = services.preview(step.name, [case.pk], actor=user)
        refused = submission.obstacle(step.name, outcome.refused.get(case.pk))
        if step.name == "report_outside":
            # The receipt comes first: without a new one the step is refused.
            upload = PAPERS.url("make", case.pk, CasePaper.Kind.RECEIPT)
            found.append(Action("上传市外接收回执", upload, primary=bool(refused)))
        first = mine and not refused and step.name in FORWARD and not any(one.primary for one in found)
        url = reverse("handover:step", args=[case.pk, step.name])
        found.append(Action(_label(step, case), url, first, step.danger, (refused,) if refused else ()))
    return found


def forward_first(steps):
    return sorted(steps, key=lambda step: step.name not in FORWARD)


def _label(step, case):
    return "再次上报" if step.name == "submit" and case.returned_by_id else step.label


def _others(case, user):
    found = []
    if holds_over(case, user, Duty.SUBMIT, Duty.RECEIVE) and names_to_correct(case, user):
        found.append(Action("更正信息", reverse("handover:correct", args=[case.pk])))
    if case.retiree.survival != Survival.DECEASED and holds_over(case, user, *RECORDING_DEATH):
        found.append(Action("登记去世", reverse("handover:death", args=[case.pk]), danger=True))
    if _may_move_away(case, user):
        found.append(Action("申请属地变更", reverse("handover:relocate", args=[case.pk])))
    return found


def _may_move_away(case, user):
    here = case.state in RECEIVED and case.office_id and case.retiree.survival != Survival.DECEASED
    return (
        here
        and holds_over(case, user, Duty.RECEIVE)
        and not Relocation.objects.visible_to(user).filter(retiree=case.pk, state__in=OPEN).exists()
    )


def names_to_correct(case, user):
    """What may be corrected now, less what this viewer may not even read."""
    return facts.names_for(case, user).intersection(correcting.editable(case, user))
