"""Checking a shipment dossier by dossier: what the scanner or the keyboard says, and all the rest in one act."""

from archives.models import Dossier
from archives.services import steps
from archives.services.shipments import dossiers_of
from archives.shipment_states import NOT_RECEIVED
from archives.states import State
from weihai_transfer.lib import check_numbers
from weihai_transfer.lib.refusals import Refused

# outcome: (label, the dossier's step)
OUTCOMES = {
    "received": ("已核收", "receive"),
    "damaged": ("破损，核收并注明", "receive"),
    "missing": ("未见", "report_lost"),
    "returned": ("退回补正", "return"),
}
UNREADABLE = "“{text}”不是本系统的核对号，也不是批次内序号。请重新扫描条码，或输入清单上的序号。"
OTHER_SHIPMENT = "核对号 {text} 不属于本批次。请核对档案袋上的标签，放错批次的请单独放置并与移交企业联系。"
NO_LINE = "本批次没有第 {line} 号档案。请核对清单后重新输入。"
NOT_TO_CHECK = "批次“{state}”，不能核收。请刷新后查看最新状态。"
NO_TEXT = "没有写明{what}，没有登记。请填写后再提交。"


def find(shipment, text):
    """The dossier of the shipment with this check number, or this number on its list."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= check_numbers.LINE:
        line = int(text)
    elif (found := check_numbers.read(text)) is None:
        raise Refused(UNREADABLE.format(text=text[:20]))
    else:
        serial, line = found
        if serial != shipment.serial:
            raise Refused(OTHER_SHIPMENT.format(text=text))
    row = dossiers_of(shipment.pk).filter(line=line).select_related("retiree").first()
    if row is None:
        raise Refused(NO_LINE.format(line=line))
    return row


def note(shipment, text, outcome, *, actor, reason_code="", reason="", key=None):
    """Say of one dossier what was found; returns (dossier, Outcome)."""
    _must_be_open(shipment)
    dossier = find(shipment, text)
    _, step = OUTCOMES[outcome]
    values = {}
    if outcome == "damaged":
        if not reason.strip():
            raise Refused(NO_TEXT.format(what="破损情况"))
        values, reason = {"condition": reason.strip()[:200]}, ""
    if outcome == "missing":
        reason = reason.strip() or "逐卷核收时未见。"
    taken = steps.take(step, [dossier.pk], actor=actor, key=key, reason_code=reason_code, reason=reason, values=values)
    return dossier, taken


def waiting(shipment):
    """The dossiers of the shipment that nobody has said anything of yet, in the order of the list."""
    return dossiers_of(shipment.pk).filter(state=State.IN_TRANSIT).order_by("line")


def preview_rest(shipment, *, actor):
    return steps.preview("receive", list(waiting(shipment).values_list("pk", flat=True)), actor=actor)


def receive_rest(shipment, *, actor, key=None):
    """Receive everything that is still waiting; returns an Outcome."""
    _must_be_open(shipment)
    return steps.take("receive", list(waiting(shipment).values_list("pk", flat=True)), actor=actor, key=key)


def last_noted(shipment, user, count=8):
    """The dossiers that were noted last and that this user still sees, newest first."""
    rows = Dossier.objects.visible_to(user).filter(shipment=shipment).exclude(state=State.IN_TRANSIT)
    return rows.select_related("retiree").order_by("-state_since", "line")[:count]


def _must_be_open(shipment):
    if shipment.state not in NOT_RECEIVED:
        raise Refused(NOT_TO_CHECK.format(state=shipment.get_state_display()))
