"""Everything with a term, by kind: whose turn it is, when it is late, where its own list is.

A term runs only while a row stands in the states of the side whose turn it is: what waits for the other side is on the
other side's list, and its days are the other side's. Nothing is stored; each term is the one of the app that it belongs
to (handover/deadlines.py, archives/terms.py …).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.duties import Duty
from accounts.parameters import KNOWN
from archives.models import Shipment
from archives.shipment_states import NOT_RECEIVED
from benefits.medical_states import State as MedicalState
from benefits.models import MedicalTransfer
from handover import deadlines
from handover.agreements import viewers as agreements
from handover.community import terms as care_terms
from handover.models import Agreement, Case, DeathNotice, MoveNotice, Notice, Problem
from handover.models.notices import AT_AREA, AT_ENTERPRISE
from handover.models.problems import AT_ENTERPRISE as PROBLEM_AT_ENTERPRISE
from handover.problems import due
from handover.states.agreements import AREA_SIGNS, GROUP_SIGNS
from handover.states.agreements import State as AgreementState
from handover.states.cases import RECEIVED, State
from handover.states.deaths import State as DeathState
from handover.states.moves import State as MoveState
from handover.states.notices import ADDRESSED
from handover.states.notices import State as NoticeState
from handover.states.problems import ANSWERING
from handover.states.problems import State as ProblemState
from party import chasing
from party.ends import RECEIVING, SENDING
from party.models import Membership

TARGET, GIVEN = "协议签订目标", "交办时确定的期限"
OFFICE, ENTERPRISE = "office", "enterprise"


@dataclass(frozen=True)
class Kind:
    """`turn`: the duties of the machine for which it is one's own to act; `held`: the duties behind them. `places`: the
    columns that say where the side whose turn it is hangs. `above`, `top`: for whose duties it moves up when it is late
    (oversight/deadlines/ladder.py). `order`: in which the last day grows."""

    code: str
    label: str
    model: type
    states: tuple
    turn: tuple
    places: tuple
    late: Callable[[object], Q]
    last_day: Callable[[object, object], date | None]
    term: str
    list: str
    query: tuple
    row: str
    held: tuple = ()
    above: tuple = ()
    top: tuple = (Duty.COORDINATE,)
    order: tuple = ("state_since",)
    joined: tuple = ("retiree", "enterprise", "office__parent")
    enterprise: str = "enterprise"
    area: str = "office"
    unit: str = "人"
    only: Q = Q()
    prepared: Callable | None = None

    @property
    def needs(self):
        return (*(self.held or self.turn), *self.above, *self.top)

    @property
    def term_label(self):
        return KNOWN[self.term].label if self.term in KNOWN else self.term

    @property
    def list_url(self):
        """Its own list, narrowed to what is late there."""
        return f"{reverse(self.list)}?{urlencode(self.query)}"

    def rows(self, rows):
        rows = self.prepared(rows) if self.prepared else rows
        return rows.filter(self.only, state__in=self.states)


def _case(code, label, state, duty, term, **more):
    places = (OFFICE,) if duty in (Duty.RECEIVE, Duty.DISTRIBUTE) else (ENTERPRISE,)
    return Kind(
        code,
        label,
        Case,
        (state,),
        (duty,),
        places,
        lambda asked: deadlines.late(asked.terms, (state,)),
        lambda row, look: deadlines.due(row, look.terms).day,
        term,
        "handover:people",
        (("figure", "overdue"), ("state", state.value)),
        "handover:person",
        area="area",
        **more,
    )


def _chased(code, label, of, turn, place, term, order):
    known = chasing.KINDS[of]
    return Kind(
        code,
        label,
        Membership,
        known.states,
        turn,
        place,
        lambda asked: known.condition(asked.today, asked.look.party),
        lambda row, look: known.last_day(row, look.party),
        term,
        "party:chase",
        (("kind", of),),
        "party:membership",
        held=(Duty.PARTY,),
        above=(Duty.PARTY,),
        # Party data stay with the party duty and the watch over this track; the city office has neither.
        top=(Duty.WATCH_PARTY,),
        order=order,
        prepared=chasing.as_now,
    )


def _medical(code, label, states, duty, *, top=(Duty.COORDINATE, Duty.WATCH_MEDICAL), **more):
    return Kind(
        code,
        label,
        MedicalTransfer,
        states,
        (duty,),
        (ENTERPRISE,) if duty == Duty.SUBMIT else (OFFICE,),
        lambda asked: asked.medical.late(),
        lambda row, look: look.now.medical.last_day(row),
        "medical_days",
        "benefits:medical",
        (("overdue", "1"), *(("state", state.value) for state in states)),
        "benefits:transfer",
        top=top,
        order=("opened_on",),
        **more,
    )


def _agreement(code, label, states, end, place):
    return Kind(
        code,
        label,
        Agreement,
        states,
        (end,),
        (place,),
        lambda asked: agreements.past_target(asked.target, asked.today),
        lambda row, look: look.target,
        TARGET,
        "handover:agreements",
        (("late", "1"), *(("state", state.value) for state in states)),
        "handover:agreement",
        held=(Duty.SIGN,),
        joined=("enterprise", "area", "office"),
        area="area",
        unit="份",
    )


def _told(code, label, model, state, duty, place, where, **more):
    return Kind(
        code,
        label,
        model,
        (state,),
        (duty,),
        (place,),
        lambda asked: asked.told_too_long,
        lambda row, look: _working_days_since(row, "answer_days", look),
        "answer_days",
        where,
        (("overdue", "1"), ("state", state.value)),
        **more,
    )


def _working_days_since(row, code, look):
    start = timezone.localdate(row.state_since)
    return look.terms.after(start, look.terms.value(code, start)).value


def _problem(code, label, state, turn, term, more_query=(), **more):
    return Kind(
        code,
        label,
        Problem,
        (state,),
        turn,
        ("unit", "unit_enterprise"),
        lambda asked: asked.late_problems,
        lambda row, look: due.last_day(row, look.terms),
        term,
        "handover:problems",
        (("overdue", "1"), ("state", state.value), *more_query),
        "handover:problem",
        joined=("raised_office", "raised_enterprise", "unit", "unit_enterprise"),
        enterprise="raised_enterprise",
        area="raised_office",
        unit="件",
        **more,
    )


GROUP, STREETS = (Duty.SUBMIT,), (Duty.RECEIVE, Duty.DISTRIBUTE)
KINDS = {
    kind.code: kind
    for kind in (
        _case("draft", "待上报", State.DRAFT, Duty.SUBMIT, "submit_days", above=GROUP, order=("retiree__retired_on",)),
        _case("returned", "退回待处理", State.RETURNED, Duty.SUBMIT, "take_back_days", above=GROUP),
        _case("submitted", "待分配", State.SUBMITTED, Duty.DISTRIBUTE, "distribute_days"),
        _case("assigned", "待接收", State.ASSIGNED, Duty.RECEIVE, "answer_days", above=STREETS),
        _case("accepted", "待首次联系", State.ACCEPTED, Duty.RECEIVE, "contact_days", above=STREETS),
        Kind(
            "shipment",
            "档案批次待核收",
            Shipment,
            NOT_RECEIVED,
            (Duty.ARCHIVES,),
            (OFFICE,),
            lambda asked: asked.shipments.late(),
            lambda row, look: look.now.shipments.last_day(row).value,
            "shipment_days",
            "archives:shipments",
            (("overdue", "1"),),
            "archives:shipment",
            above=(Duty.ARCHIVES,),
            top=(Duty.COORDINATE, Duty.WATCH_DOSSIERS),
            order=("sent_on",),
            joined=("enterprise", "office"),
            unit="批",
        ),
        _chased(
            "letter",
            "介绍信到期未接收",
            "expired",
            (SENDING, RECEIVING),
            (ENTERPRISE, OFFICE),
            "letter_days",
            ("then_until",),
        ),
        _chased("pending", "组织关系待转出", "pending", (SENDING,), (ENTERPRISE,), "issue_days", ("then_since",)),
        _chased("branch", "待编入党支部", "branch", (RECEIVING,), (OFFICE,), "branch_days", ("then_arrived",)),
        _chased(
            "receipt",
            "介绍信回执待登记",
            "receipt",
            (SENDING, RECEIVING),
            (ENTERPRISE, OFFICE),
            "receipt_days",
            ("then_arrived",),
        ),
        _medical(
            "medical_enterprise",
            "医保衔接待协商、交材料",
            (MedicalState.TO_SETTLE, MedicalState.AGREED),
            Duty.SUBMIT,
            above=GROUP,
        ),
        _medical("medical_area", "医保衔接待答复、接续", (MedicalState.PROPOSED, MedicalState.HANDED), Duty.DISTRIBUTE),
        _medical("medical_city", "医保市外衔接待确认", (MedicalState.OUTSIDE,), Duty.COORDINATE, top=()),
        _agreement(
            "agreement_group",
            "协议待起草、修改、签订",
            (AgreementState.DRAFT, AgreementState.COMMENTED, AgreementState.AGREED, AgreementState.SIGNED_BY_AREA),
            GROUP_SIGNS,
            ENTERPRISE,
        ),
        _agreement(
            "agreement_area",
            "协议待答复、签订",
            (AgreementState.PROPOSED, AgreementState.SIGNED_BY_ENTERPRISE),
            AREA_SIGNS,
            OFFICE,
        ),
        _problem("problem_raised", "问题待交办", ProblemState.RAISED, (Duty.COORDINATE,), "assign_days", top=()),
        _problem(
            "problem_given",
            "问题待答复",
            ProblemState.ASSIGNED,
            (ANSWERING,),
            GIVEN,
            (("end", "given"),),
            held=(Duty.ANSWER, Duty.DISTRIBUTE, *PROBLEM_AT_ENTERPRISE),
            above=PROBLEM_AT_ENTERPRISE,
            order=("due_on",),
        ),
        Kind(
            "notice",
            "督办待答复",
            Notice,
            (NoticeState.ISSUED,),
            (ADDRESSED,),
            ("area", ENTERPRISE),
            lambda asked: due.late_notices(asked.today),
            lambda row, look: row.due_on,
            "督办要求的答复期限",
            "handover:notices",
            (("overdue", "1"),),
            "handover:notice",
            held=(*AT_AREA, *AT_ENTERPRISE),
            above=AT_ENTERPRISE,
            order=("due_on",),
            joined=("area", "enterprise"),
            area="area",
            unit="件",
        ),
        _told(
            "death_enterprise",
            "死亡告知待知悉（企业）",
            DeathNotice,
            DeathState.TOLD_TO_ENTERPRISE,
            Duty.SUBMIT,
            ENTERPRISE,
            "handover:deaths",
            row="handover:person",
            above=GROUP,
        ),
        _told(
            "death_office",
            "死亡告知待知悉（接收单位）",
            DeathNotice,
            DeathState.TOLD_TO_OFFICE,
            Duty.RECEIVE,
            OFFICE,
            "handover:deaths",
            row="handover:person",
            above=STREETS,
        ),
        _told(
            "move",
            "迁移告知待知悉",
            MoveNotice,
            MoveState.TOLD_TO_ENTERPRISE,
            Duty.SUBMIT,
            ENTERPRISE,
            "handover:moves",
            row="handover:move",
            above=GROUP,
        ),
        Kind(
            "confirm",
            "年度核实待办",
            Case,
            RECEIVED,
            (Duty.RECEIVE,),
            (OFFICE,),
            lambda asked: asked.confirmed_too_late,
            lambda row, look: look.years[0 if row.is_late else 1],
            "confirm_month",
            "handover:care",
            (("late", "1"),),
            "handover:person",
            above=STREETS,
            order=("accepted_at",),
            area="area",
            prepared=lambda rows: rows.filter(pk__in=care_terms.looked_after().values("pk")),
        ),
    )
}
