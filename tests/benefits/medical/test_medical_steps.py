"""Every state × every step of a medical-insurance transfer, who may take it, and what stands in its way (二(五))."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from audit.operations import AlreadyDone, operation
from benefits.medical_states import MACHINE, OPEN, SETTLED, SIDES, State
from benefits.models import MedicalTransfer
from benefits.services.medical import preview, take
from handover.models import Case
from tests.benefits.medical.conftest import WAYS
from tracks.advancing import NOT_YOURS, UNSEEN
from weihai_transfer.lib import clock
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db

HR, AREA, CITY = "mill_hr", "huancui_clerk", "watchdog"
ALLOWED = {
    # state: {step: (who takes it, where it leads)}
    "to_settle": {"propose": (HR, "proposed")},
    "proposed": {
        "recall": (HR, "to_settle"),
        "agree": (AREA, "agreed"),
        "object": (AREA, "to_settle"),
    },
    "agreed": {"reopen": (AREA, "to_settle"), "hand": (HR, "handed")},
    "handed": {"refuse_documents": (AREA, "agreed"), "take_over": (AREA, "done")},
    "outside": {"confirm_outside": (CITY, "done"), "refuse_outside": (CITY, "to_settle")},
    "done": {"undo": (AREA, "handed")},
}
BY_HAND = [step.name for step in MACHINE.steps if step.duties]


def reasons(step):
    code = "amount" if MACHINE[step].reasons else ""
    return {"reason_code": code, "reason": "示例：金额有出入"} if MACHINE[step].needs_reason else {}


def state_of(row):
    return MedicalTransfer.objects.get(pk=row.pk).state


def test_the_sides_of_each_state():
    acting = {state.value: (side.acts, side.answers) for state, side in SIDES.items() if side}
    assert acting == {
        "to_settle": ("enterprise", "enterprise"),
        "proposed": ("area", "enterprise"),
        "agreed": ("enterprise", "enterprise"),
        "handed": ("area", "enterprise"),
        "outside": ("city", "enterprise"),
    }
    assert set(SETTLED) == {"done", "ended"}


def test_every_open_state_has_a_way_on_for_the_side_that_acts():
    duty = {"enterprise": "submit", "area": "distribute", "city": "coordinate"}
    for state in OPEN:
        steps = [step for step in MACHINE.steps_from(state) if duty[SIDES[state].acts] in step.duties]
        assert [step for step in steps if step.target != State.ENDED], state


@pytest.mark.parametrize("state", WAYS)
def test_each_step_in_each_state(state, transfer_in, people, values_of):
    for step in BY_HAND:
        with transaction.atomic():
            row = transfer_in(state)
            who, target = ALLOWED[state].get(step, (HR, None))
            if target is None and MACHINE[step].duties[0] != "submit":
                who = {"distribute": AREA, "coordinate": CITY}[MACHINE[step].duties[0]]
            outcome = take(step, [row.pk], actor=people[who], values=values_of(step), **reasons(step))
            if target:
                assert outcome.moved == [row.pk], (step, outcome.refused)
                assert state_of(row) == target
            else:
                assert outcome.moved == [], step
                assert state_of(row) == state
            transaction.set_rollback(True)


@pytest.mark.parametrize("state", WAYS)
def test_nobody_takes_a_step_without_its_duty(state, transfer_in, people, values_of):
    row = transfer_in(state)
    for step, (who, _) in ALLOWED[state].items():
        duties = MACHINE[step].duties
        mine = {HR: "submit", AREA: "distribute", CITY: "coordinate"}
        for other, duty in mine.items():
            if other == who or duty in duties:
                continue
            outcome = preview(step, [row.pk], actor=people[other])
            assert outcome.refused[row.pk] in (NOT_YOURS, UNSEEN), (step, other)
        for stranger in ("port_hr", "gaoqu_clerk", "zhudao_clerk", "archivist", "mill_party", "nobody"):
            assert preview(step, [row.pk], actor=people[stranger]).refused == {row.pk: UNSEEN}, (step, stranger)
        assert preview(step, [row.pk], actor=people["medical"]).refused == {row.pk: NOT_YOURS}, step
    assert state_of(row) == state


def test_what_was_settled_outside_is_undone_by_the_city_alone(transfer_in, people):
    inside, outside = transfer_in("done"), transfer_in("outside", "外示例")
    city, why = people["watchdog"], {"reason": "示例：本人迁回"}
    take("confirm_outside", [outside.pk], actor=city)
    outcome = take("undo_outside", [inside.pk, outside.pk], actor=city, **why)
    assert outcome.moved == [outside.pk]
    assert "由接收区市办理" in outcome.refused[inside.pk]
    outside.refresh_from_db()
    assert (outside.state, outside.taken_over_on, outside.insured_place) == ("to_settle", None, "")


@pytest.mark.parametrize("step", ["object", "reopen", "recall", "refuse_documents", "undo", "refuse_outside"])
def test_what_goes_back_needs_its_reason(step, transfer_in, people):
    source = next(state for state, steps in ALLOWED.items() if step in steps)
    row = transfer_in(source)
    with pytest.raises(Refused, match="没有"):
        take(step, [row.pk], actor=people[ALLOWED[source][step][0]])
    assert state_of(row) == source


def test_the_area_sees_it_from_the_proposal_until_it_sends_it_back(transfer_in, people, values_of):
    row = transfer_in()
    clerk = people["huancui_clerk"]
    seen = MedicalTransfer.objects.filter(pk=row.pk).visible_to(clerk)
    assert not seen.exists()
    take("propose", [row.pk], actor=people["mill_hr"], values=values_of("propose"))
    assert seen.exists()
    take("object", [row.pk], actor=clerk, reason_code="amount", reason="示例：金额有出入")
    assert not seen.exists()
    row.refresh_from_db()
    # What was proposed stands in the form again.
    assert (row.office, row.amount, row.scheme) == (None, Decimal("3600.00"), "own")


def test_it_is_proposed_to_where_the_case_lies_now(transfer_in, people, town, values_of):
    row = transfer_in()
    with operation("test.arrange", actor=people["watchdog"]) as act:
        act.change(Case, [row.pk], area=town.gaoqu, office=town.gaoqu)
    take("propose", [row.pk], actor=people["mill_hr"], values=values_of("propose"))
    row.refresh_from_db()
    assert row.office == town.gaoqu


def test_nobody_is_proposed_before_he_was_submitted(town, make_person, people, values_of):
    person = make_person(town.mill, "安示例", medical_local=False)
    outcome = take("propose", [person.pk], actor=people["mill_hr"], values=values_of("propose"))
    assert "请先上报人员" in outcome.refused[person.pk]
    outcome = take("report_outside", [person.pk], actor=people["mill_hr"], values=values_of("report_outside"))
    assert "本市移交" in outcome.refused[person.pk]


def test_who_is_handed_over_in_the_city_is_not_insured_outside(transfer_in, people, values_of):
    row = transfer_in()
    outcome = take("report_outside", [row.pk], actor=people["mill_hr"], values=values_of("report_outside"))
    assert "本市移交" in outcome.refused[row.pk]


@pytest.mark.parametrize(
    ("step", "changes", "words"),
    [
        ("propose", {"amount": None}, "没有填写完整"),
        ("propose", {"scheme": ""}, "没有填写完整"),
        ("propose", {"bureau": None}, "没有填写完整"),
        ("propose", {"amount": Decimal(-1)}, "不能小于零"),
        ("agree", {"agreed_on": None}, "没有填写完整"),
        ("agree", {"agreed_on": "tomorrow"}, "晚于今天"),
        ("hand", {"insurance_proof": False}, "没有勾选移交的材料"),
        ("take_over", {"insured_place": " "}, "没有填写完整"),
    ],
)
def test_what_a_step_asks_for_must_be_said(step, changes, words, transfer_in, people, values_of):
    row = transfer_in("to_settle")
    given = {**values_of(step), **changes}
    given = {name: clock.today() + timedelta(days=1) if value == "tomorrow" else value for name, value in given.items()}
    with pytest.raises(Refused, match=words):
        take(step, [row.pk], actor=people["mill_hr"], values=given)


def test_a_street_is_no_bureau(transfer_in, people, town, values_of):
    with pytest.raises(Refused, match="经办部门"):
        take(
            "propose",
            [transfer_in().pk],
            actor=people["mill_hr"],
            values={**values_of("propose"), "bureau": town.zhudao},
        )


def test_nothing_to_pay_is_an_amount(transfer_in, people, values_of):
    row = transfer_in()
    values = {**values_of("propose"), "amount": Decimal(0)}
    assert take("propose", [row.pk], actor=people["mill_hr"], values=values).moved


def test_documents_that_come_later_are_added_to_those_before(transfer_in, people):
    row, day = transfer_in("handed"), clock.today()
    take("refuse_documents", [row.pk], actor=people["huancui_clerk"], reason="示例：缺申请表")
    given = {"handed_on": day, "application_form": True, "other_document": "示例说明"}
    take("hand", [row.pk], actor=people["mill_hr"], values=given)
    row.refresh_from_db()
    assert row.documents == [
        ("缴费年限证明", None),
        ("参保凭证", day),
        ("转移接续申请表", day),
        ("示例说明", day),
    ]


def test_many_are_proposed_as_one_with_each_answer(transfer_in, people, values_of, django_assert_max_num_queries):
    rows = [transfer_in(name=f"第{number}示例") for number in range(1, 6)]
    rows.append(transfer_in("proposed", "已示例"))
    with django_assert_max_num_queries(30):
        outcome = take("propose", [row.pk for row in rows], actor=people["mill_hr"], values=values_of("propose"))
    assert len(outcome.moved) == 5
    assert "已提出" in outcome.refused[rows[-1].pk]


def test_the_same_click_twice_happens_once(transfer_in, people, values_of):
    row, key = transfer_in(), new_id()
    take("propose", [row.pk], actor=people["mill_hr"], values=values_of("propose"), key=key)
    with pytest.raises(AlreadyDone):
        take("propose", [row.pk], actor=people["mill_hr"], values=values_of("propose"), key=key)


def test_what_was_settled_outside_is_not_undone_by_an_area(transfer_in, people):
    row = transfer_in("outside")
    take("confirm_outside", [row.pk], actor=people["watchdog"])
    row.refresh_from_db()
    assert (row.state, row.office, row.insured_place) == ("done", None, "示例外市")
    assert preview("undo", [row.pk], actor=people["huancui_clerk"]).refused == {row.pk: UNSEEN}


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        ("proposed", {"amount": None}),
        ("proposed", {"office": None}),
        ("agreed", {"agreed_on": None}),
        ("handed", {"insurance_proof_on": None}),
        ("done", {"insured_place": ""}),
    ],
)
def test_the_database_holds_what_must_be_true(state, facts, transfer_in, people):
    row = transfer_in(state)
    with pytest.raises(IntegrityError), transaction.atomic(), operation("test", actor=people["mill_hr"]) as act:
        act.change(MedicalTransfer, [row.pk], **facts)
