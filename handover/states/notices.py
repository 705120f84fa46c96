"""The law of a notice 督办: the city office presses an area or an enterprise, by a day (三(二): 加强移交工作的跟踪督导)."""

from django.db import models

from accounts.duties import Duty
from tracks.machine import Machine, Side, Step


class State(models.TextChoices):
    ISSUED = "issued", "已下发（待答复）"
    REPLIED = "replied", "已答复（待核定）"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已撤销"


ADDRESSEE, CITY = "addressee", "city"
# Held at the area or the enterprise that the notice goes to (models/notices.py).
ADDRESSED = "notice.addressed"

SIDES = {
    # state           who acts next  who is responsible
    State.ISSUED:    Side(ADDRESSEE, ADDRESSEE),
    State.REPLIED:   Side(CITY,      ADDRESSEE),
    State.CLOSED:    None,
    State.CANCELLED: None,
}  # fmt: skip

COORDINATE = (Duty.COORDINATE,)
MACHINE = Machine(
    State,
    SIDES,
    (
        Step(name="reply", label="答复", duties=(ADDRESSED,), sources=(State.ISSUED,), target=State.REPLIED),
        Step(name="close", label="核定办结", duties=COORDINATE, sources=(State.REPLIED,), target=State.CLOSED),
        Step(
            name="send_back",
            label="退回再办",
            duties=COORDINATE,
            sources=(State.REPLIED,),
            target=State.ISSUED,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="cancel",
            label="撤销督办",
            duties=COORDINATE,
            sources=(State.ISSUED,),
            target=State.CANCELLED,
            needs_text=True,
            danger=True,
        ),
    ),
)

MEANINGS = {
    State.ISSUED: "away",
    State.REPLIED: "away",
    State.CLOSED: "done",
    State.CANCELLED: "closed",
}
