"""The law of a notice of a void letter: the receiver takes note of it, that is all."""

from django.db import models

from party.ends import RECEIVER, RECEIVING
from tracks.machine import Machine, Side, Step


class State(models.TextChoices):
    TOLD = "told", "已通知，待知悉"
    NOTED = "noted", "已知悉"


SIDES = {
    # state      who acts next  who is responsible
    State.TOLD:  Side(RECEIVER, RECEIVER),
    State.NOTED: None,
}  # fmt: skip

MACHINE = Machine(
    State,
    SIDES,
    steps=(Step(name="note", label="知悉作废", duties=(RECEIVING,), sources=(State.TOLD,), target=State.NOTED),),
)
