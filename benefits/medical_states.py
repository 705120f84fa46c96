"""The law of a medical-insurance transfer 医保衔接: read it aloud beside 二(五).

Only for people whose basic medical insurance is not managed locally. The enterprise proposes, the receiving area answers;
until the area has taken the insurance over, the enterprise stays responsible. Somebody who is handed over to a place
outside the city is insured there: the enterprise says so and the city office confirms.
"""

from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from tracks.machine import Blocker, Machine, Side, Step


class State(models.TextChoices):
    TO_SETTLE = "to_settle", "待协商"
    PROPOSED = "proposed", "已提出（待区市答复）"
    AGREED = "agreed", "已商定（待交材料）"
    HANDED = "handed", "材料已移交（待接续）"
    OUTSIDE = "outside", "市外衔接待确认"
    DONE = "done", "已衔接"
    ENDED = "ended", "终止衔接"


ENTERPRISE, AREA, CITY = "enterprise", "area", "city"

SIDES = {
    # state           who acts next  who is responsible for the insurance
    State.TO_SETTLE: Side(ENTERPRISE, ENTERPRISE),
    State.PROPOSED:  Side(AREA,       ENTERPRISE),
    State.AGREED:    Side(ENTERPRISE, ENTERPRISE),
    State.HANDED:    Side(AREA,       ENTERPRISE),
    State.OUTSIDE:   Side(CITY,       ENTERPRISE),
    State.DONE:      None,
    State.ENDED:     None,
}  # fmt: skip

SETTLED = tuple(state for state in State if SIDES[state] is None)
OPEN = tuple(state for state in State if SIDES[state])
# The area sees the matter from the proposal on, until it sends it back; what it took over it keeps.
WITH_AREA = (State.PROPOSED, State.AGREED, State.HANDED)
# From the proposal on there is a scheme, an amount, a payer and a bureau; from the agreement on its day.
WITH_PLAN = (State.PROPOSED, State.AGREED, State.HANDED)
WITH_DAY = (State.AGREED, State.HANDED)
# Where somebody is insured from now on, and since when.
WITH_PLACE = (State.OUTSIDE, State.DONE)

OBJECT = (
    ("amount", "费用金额或承担方式不同意"),
    ("scheme", "原参保情况与登记不符"),
    ("documents", "缴费年限或参保情况需先核实"),
    ("local", "已在本地参保，不需衔接"),
    ("not_ours", "不属于本区市衔接范围"),
    ("other", "其他"),
)
# By name: the case lies to the right of this app.
NO_AREA = Blocker(
    "此人尚未上报，接收区市未定，不能提出衔接方案。请先上报人员；移交市外的，请办理“登记市外衔接”。",
    Q(retiree__case__area=None),
)
STAYS_IN_TOWN = Blocker(
    "此人在本市移交，不能登记市外衔接。请与接收区市协商，办理“提出衔接方案”。",
    ~Q(retiree__case__outside_place__gt="") | ~Q(retiree__case__area=None),
)
NOT_OF_AN_AREA = Blocker(
    "此人的医保在市外接续，区市不能撤销。确有错误的，请联系市国资委。",
    Q(office=None),
)
OF_AN_AREA = Blocker("此人的医保在本市接续，由接收区市办理“撤销已衔接”。", Q(office__isnull=False))
PERSON_COMPLETED = Blocker(
    "此人的移交事项已办结，不能撤销医保衔接。确有错误的，请联系市国资委。",
    Q(retiree__case__state="completed"),
)

SUBMIT, DISTRIBUTE, COORDINATE = (Duty.SUBMIT,), (Duty.DISTRIBUTE,), (Duty.COORDINATE,)

MACHINE = Machine(
    State,
    SIDES,
    (
        Step(
            name="propose",
            label="提出衔接方案",
            duties=SUBMIT,
            sources=(State.TO_SETTLE,),
            target=State.PROPOSED,
            blockers=(NO_AREA,),
        ),
        Step(
            name="recall",
            label="撤回方案",
            duties=SUBMIT,
            sources=(State.PROPOSED,),
            target=State.TO_SETTLE,
            needs_text=True,
        ),
        Step(name="agree", label="同意方案", duties=DISTRIBUTE, sources=(State.PROPOSED,), target=State.AGREED),
        Step(
            name="object",
            label="退回协商",
            duties=DISTRIBUTE,
            sources=(State.PROPOSED,),
            target=State.TO_SETTLE,
            reasons=OBJECT,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="reopen",
            label="重新协商",
            duties=(Duty.SUBMIT, Duty.DISTRIBUTE),
            sources=(State.AGREED,),
            target=State.TO_SETTLE,
            needs_text=True,
            danger=True,
        ),
        Step(name="hand", label="移交材料", duties=SUBMIT, sources=(State.AGREED,), target=State.HANDED),
        Step(
            name="refuse_documents",
            label="退回材料",
            duties=DISTRIBUTE,
            sources=(State.HANDED,),
            target=State.AGREED,
            needs_text=True,
            danger=True,
        ),
        Step(name="take_over", label="登记已衔接", duties=DISTRIBUTE, sources=(State.HANDED,), target=State.DONE),
        Step(
            name="undo",
            label="撤销已衔接",
            duties=DISTRIBUTE,
            sources=(State.DONE,),
            target=State.HANDED,
            needs_text=True,
            danger=True,
            blockers=(NOT_OF_AN_AREA, PERSON_COMPLETED),
        ),
        Step(
            name="report_outside",
            label="登记市外衔接",
            duties=SUBMIT,
            sources=(State.TO_SETTLE,),
            target=State.OUTSIDE,
            blockers=(STAYS_IN_TOWN,),
        ),
        Step(
            name="confirm_outside",
            label="确认市外衔接",
            duties=COORDINATE,
            sources=(State.OUTSIDE,),
            target=State.DONE,
        ),
        Step(
            name="refuse_outside",
            label="退回市外衔接",
            duties=COORDINATE,
            sources=(State.OUTSIDE,),
            target=State.TO_SETTLE,
            needs_text=True,
            danger=True,
        ),
        Step(
            name="undo_outside",
            label="撤销市外衔接",
            duties=COORDINATE,
            sources=(State.DONE,),
            target=State.TO_SETTLE,
            needs_text=True,
            danger=True,
            blockers=(OF_AN_AREA,),
        ),
        # Nobody takes these four by hand: they follow from what was recorded about the person.
        Step(name="end_by_death", label="因去世终止", duties=(), sources=OPEN, target=State.ENDED),
        Step(name="end_by_closing", label="随核销终止", duties=(), sources=OPEN, target=State.ENDED),
        Step(name="end_by_correction", label="因更正终止", duties=(), sources=OPEN, target=State.ENDED),
        Step(name="resume", label="因更正恢复", duties=(), sources=(State.ENDED,), target=State.TO_SETTLE),
    ),
)

# The colour of a state for somebody whose turn it is not.
MEANINGS = {
    State.TO_SETTLE: "idle",
    State.PROPOSED: "away",
    State.AGREED: "away",
    State.HANDED: "away",
    State.OUTSIDE: "away",
    State.DONE: "done",
    State.ENDED: "closed",
}
