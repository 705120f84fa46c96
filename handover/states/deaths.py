"""A death is told to the other side, which acknowledges it (二(六): out-of-pool payments must stop)."""

from django.db import models

from accounts.duties import Duty
from tracks.machine import Machine, Side, Step


class State(models.TextChoices):
    TOLD_TO_ENTERPRISE = "told_to_enterprise", "已告知原企业，待知悉"
    TOLD_TO_OFFICE = "told_to_office", "已告知接收单位，待知悉"
    ACKNOWLEDGED = "acknowledged", "双方已知悉"


SIDES = {
    State.TOLD_TO_ENTERPRISE: Side("enterprise", "receiver"),
    State.TOLD_TO_OFFICE: Side("receiver", "receiver"),
    State.ACKNOWLEDGED: None,
}

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="acknowledge_enterprise",
            label="知悉",
            duties=(Duty.SUBMIT,),
            sources=(State.TOLD_TO_ENTERPRISE,),
            target=State.ACKNOWLEDGED,
        ),
        Step(
            name="acknowledge_office",
            label="知悉",
            duties=(Duty.RECEIVE,),
            sources=(State.TOLD_TO_OFFICE,),
            target=State.ACKNOWLEDGED,
        ),
    ),
)
