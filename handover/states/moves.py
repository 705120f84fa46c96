"""A move after acceptance is told to the former enterprise, which acknowledges it (二(二), 二(六): what it still pays or
sends must find its way)."""

from django.db import models

from accounts.duties import Duty
from tracks.machine import Machine, Side, Step


class State(models.TextChoices):
    TOLD_TO_ENTERPRISE = "told_to_enterprise", "已告知原企业，待知悉"
    ACKNOWLEDGED = "acknowledged", "原企业已知悉"


SIDES = {
    State.TOLD_TO_ENTERPRISE: Side("enterprise", "receiver"),
    State.ACKNOWLEDGED: None,
}

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="acknowledge",
            label="知悉",
            duties=(Duty.SUBMIT,),
            sources=(State.TOLD_TO_ENTERPRISE,),
            target=State.ACKNOWLEDGED,
        ),
    ),
)
