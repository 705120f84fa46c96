"""The law of a shipment 档案批次: dossiers that travel together with named carriers under one seal (二(四)).

They are never carried by the retiree. The enterprise answers for what it sent until the archive institution has
checked it dossier by dossier; then both sign.
"""

from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from archives.states import ARCHIVE, ENTERPRISE
from archives.states import State as DossierState
from tracks.machine import Blocker, Machine, Side, Step


class State(models.TextChoices):
    PACKING = "packing", "装箱中"
    IN_TRANSIT = "in_transit", "移交途中"
    CHECKING = "checking", "核收中"
    CHECKED = "checked", "核收完毕待签收"
    SIGNED = "signed", "已签收待确认"
    RECEIPTED = "receipted", "双方已签收"
    CANCELLED = "cancelled", "已取消"


SIDES = {
    # state            who acts next  who is responsible for the shipment
    State.PACKING:    Side(ENTERPRISE, ENTERPRISE),
    State.IN_TRANSIT: Side(ARCHIVE,    ENTERPRISE),
    State.CHECKING:   Side(ARCHIVE,    ENTERPRISE),
    State.CHECKED:    Side(ARCHIVE,    ARCHIVE),
    State.SIGNED:     Side(ENTERPRISE, ARCHIVE),
    State.RECEIPTED:  None,
    State.CANCELLED:  None,
}  # fmt: skip

# The archive institution sees a shipment from the day that it is sent.
WITH_ARCHIVE = (State.IN_TRANSIT, State.CHECKING, State.CHECKED, State.SIGNED, State.RECEIPTED)
NOT_RECEIVED = (State.IN_TRANSIT, State.CHECKING)


def has_dossiers(*states):
    # The table of states lies below the model that uses it, so the rows are reached through the shipment.
    def condition():
        return Q(dossiers__state__in=states)

    return condition


NO_CARRIERS = Blocker(
    "没有填写移交人。人事档案由两名专人或机要通信移交，不得由退休人员本人携带（二(四)）。请填写移交人姓名、单位和电话。",
    Q(carrier="") | Q(carrier_unit="") | Q(carrier_phone=b""),
)
ONE_CARRIER = Blocker(
    "专人移交须有两名移交人。请填写第二名移交人的姓名、单位和电话，或改为机要通信。",
    Q(way="people") & (Q(second_carrier="") | Q(second_unit="") | Q(second_phone=b"")),
)
NO_SEAL = Blocker("没有填写封签号。档案须密封移交，请填写封签号。", Q(seal_number=""))
NOTHING_PACKED = Blocker("批次中没有档案。请先在档案列表中勾选待移交的档案，装入本批次。", Q(dossiers=None))
NOT_ALL_CHECKED = Blocker(
    "还有档案没有核收。请逐卷核收，未见的登记未见，其余的可以一并核收。", has_dossiers(DossierState.IN_TRANSIT)
)
CHECKED_SOME = Blocker(
    "已有档案核收或登记遗失，整批不能撤回。请与档案管理机构联系，由其退回。",
    has_dossiers(DossierState.RECEIVED, DossierState.SHELVED, DossierState.LOST, DossierState.RETURNED),
)

SUBMIT, ARCHIVES = (Duty.SUBMIT,), (Duty.ARCHIVES,)

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="send",
            label="发出",
            duties=SUBMIT,
            sources=(State.PACKING,),
            target=State.IN_TRANSIT,
            blockers=(NOTHING_PACKED, NO_CARRIERS, ONE_CARRIER, NO_SEAL),
        ),
        Step(
            name="recall",
            label="撤回批次",
            duties=SUBMIT,
            sources=(State.IN_TRANSIT,),
            target=State.PACKING,
            needs_text=True,
            blockers=(CHECKED_SOME,),
        ),
        Step(
            name="cancel",
            label="取消批次",
            duties=SUBMIT,
            sources=(State.PACKING,),
            target=State.CANCELLED,
            needs_text=True,
            danger=True,
        ),
        Step(name="start", label="开始核收", duties=ARCHIVES, sources=(State.IN_TRANSIT,), target=State.CHECKING),
        Step(
            name="finish",
            label="核收完毕",
            duties=ARCHIVES,
            sources=(State.CHECKING,),
            target=State.CHECKED,
            blockers=(NOT_ALL_CHECKED,),
        ),
        Step(name="sign", label="签收", duties=ARCHIVES, sources=(State.CHECKED,), target=State.SIGNED),
        Step(name="confirm", label="确认签收", duties=SUBMIT, sources=(State.SIGNED,), target=State.RECEIPTED),
        Step(
            name="object",
            label="提出异议",
            duties=SUBMIT,
            sources=(State.SIGNED,),
            target=State.CHECKED,
            needs_text=True,
            danger=True,
        ),
    ),
)

MEANINGS = {
    State.PACKING: "idle",
    State.IN_TRANSIT: "away",
    State.CHECKING: "away",
    State.CHECKED: "away",
    State.SIGNED: "away",
    State.RECEIPTED: "done",
    State.CANCELLED: "closed",
}
