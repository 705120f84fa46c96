"""What the page of a person says of the community's service, to the office that looks after him now."""

from django.urls import reverse

from accounts.duties import Duty
from accounts.scope import reach_of
from handover.community import acts
from handover.community.listing import groups_of, text_of
from handover.models import Confirmation, EligibilityCheck, ServiceRecord
from handover.states.cases import RECEIVED
from handover.viewers import holds_over
from retirees.codes import Survival

SHOWN = 20


def of_person(case, user):
    """None for everybody else."""
    if case.state not in RECEIVED or not case.office_id or not holds_over(case, user, Duty.RECEIVE):
        return None
    own, pk = set(reach_of(user, Duty.RECEIVE).offices), case.pk
    return {
        "groups": groups_of(case.retiree),
        "confirmations": [
            (row, row.note if row.office_id in own else "")
            for row in Confirmation.objects.visible_to(user)
            .filter(retiree=pk)
            .order_by("-year")
            .select_related("office")
        ],
        "checks": list(
            EligibilityCheck.objects.visible_to(user).filter(retiree=pk).order_by("-year").select_related("office")
        ),
        "services": [
            (row, text_of(row, own))
            for row in ServiceRecord.objects.visible_to(user)
            .filter(retiree=pk)
            .order_by("-on", "pk")
            .select_related("office")[:SHOWN]
        ],
        "acts": _acts(case),
    }


def _acts(case):
    if case.retiree.survival == Survival.DECEASED:
        return []
    lost = case.retiree.survival == Survival.UNREACHABLE
    names = [name for name in acts.LABELS if name != ("confirm" if lost else "found")]
    names = [name for name in names if not (lost and name == "unreachable")]
    return [(acts.LABELS[name], reverse("handover:care_act", args=[case.pk, name])) for name in names]
