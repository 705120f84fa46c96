"""The law of a filing fee 档案整理费: assessed by a professional body, confirmed by both sides, paid once (二(四))."""

from django.db import models

from accounts.duties import Duty
from archives.states import ARCHIVE, ENTERPRISE
from tracks.machine import Machine, Side, Step

ASSESSOR = "assessor"


class State(models.TextChoices):
    REQUESTED = "requested", "待评估"
    ASSESSED = "assessed", "待双方确认"
    BY_ENTERPRISE = "by_enterprise", "企业已确认"
    BY_ARCHIVE = "by_archive", "档案机构已确认"
    CONFIRMED = "confirmed", "待支付"
    PAID = "paid", "已支付待确认"
    ACKNOWLEDGED = "acknowledged", "已到账"
    CANCELLED = "cancelled", "已取消"


SIDES = {
    # state               who acts next  who is responsible
    State.REQUESTED:     Side(ASSESSOR,   ENTERPRISE),
    State.ASSESSED:      Side(ENTERPRISE, ENTERPRISE),
    State.BY_ENTERPRISE: Side(ARCHIVE,    ENTERPRISE),
    State.BY_ARCHIVE:    Side(ENTERPRISE, ENTERPRISE),
    State.CONFIRMED:     Side(ENTERPRISE, ENTERPRISE),
    State.PAID:          Side(ARCHIVE,    ENTERPRISE),
    State.ACKNOWLEDGED:  None,
    State.CANCELLED:     None,
}  # fmt: skip

# From the assessment on there is a count, a unit price and a report.
WITH_AMOUNT = (
    State.ASSESSED,
    State.BY_ENTERPRISE,
    State.BY_ARCHIVE,
    State.CONFIRMED,
    State.PAID,
    State.ACKNOWLEDGED,
)
SUBMIT, ARCHIVES, ASSESS = (Duty.SUBMIT,), (Duty.ARCHIVES,), (Duty.ASSESS,)

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(name="assess", label="登记评估结果", duties=ASSESS, sources=(State.REQUESTED,), target=State.ASSESSED),
        Step(
            name="confirm_enterprise",
            label="企业确认",
            duties=SUBMIT,
            sources=(State.ASSESSED,),
            target=State.BY_ENTERPRISE,
        ),
        Step(
            name="confirm_archive",
            label="档案机构确认",
            duties=ARCHIVES,
            sources=(State.ASSESSED,),
            target=State.BY_ARCHIVE,
        ),
        Step(
            name="second_enterprise",
            label="企业确认",
            duties=SUBMIT,
            sources=(State.BY_ARCHIVE,),
            target=State.CONFIRMED,
        ),
        Step(
            name="second_archive",
            label="档案机构确认",
            duties=ARCHIVES,
            sources=(State.BY_ENTERPRISE,),
            target=State.CONFIRMED,
        ),
        Step(
            name="object",
            label="不同意评估结果",
            duties=(Duty.SUBMIT, Duty.ARCHIVES),
            sources=(State.ASSESSED, State.BY_ENTERPRISE, State.BY_ARCHIVE),
            target=State.REQUESTED,
            needs_text=True,
            danger=True,
        ),
        Step(name="pay", label="登记支付", duties=SUBMIT, sources=(State.CONFIRMED,), target=State.PAID),
        Step(name="acknowledge", label="确认到账", duties=ARCHIVES, sources=(State.PAID,), target=State.ACKNOWLEDGED),
        Step(
            name="not_received",
            label="未到账",
            duties=ARCHIVES,
            sources=(State.PAID,),
            target=State.CONFIRMED,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="cancel",
            label="取消评估",
            duties=SUBMIT,
            sources=(State.REQUESTED,),
            target=State.CANCELLED,
            needs_text=True,
            danger=True,
        ),
    ),
)

MEANINGS = {
    State.REQUESTED: "away",
    State.ASSESSED: "away",
    State.BY_ENTERPRISE: "away",
    State.BY_ARCHIVE: "away",
    State.CONFIRMED: "away",
    State.PAID: "away",
    State.ACKNOWLEDGED: "done",
    State.CANCELLED: "closed",
}
