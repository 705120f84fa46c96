"""What opens and ends a medical-insurance transfer, what waits for it, and when it is late."""

from datetime import timedelta

import pytest

from accounts.values import set_value
from archives.models import Dossier
from audit.operations import operation
from benefits import medical_terms
from benefits.models import MedicalTransfer
from benefits.services import medical
from handover.correcting import correct
from handover.models import Case
from handover.opening import unopen_tracks
from handover.services import record_death, take
from retirees.correcting import version_of
from retirees.models import Retiree
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db
CLOSING = {"reason_code": "duplicate", "reason": "示例：重复登记"}


def state(person):
    return MedicalTransfer.objects.get(pk=person.pk).state


def has_one(person):
    return MedicalTransfer.objects.filter(pk=person.pk).exists()


def set_local(person, value, people):
    case = Case.objects.get(pk=person.pk)
    person = Retiree.objects.get(pk=person.pk)
    return correct(case, {"medical_local": value}, version=version_of(person), actor=people["mill_hr"])


@pytest.mark.parametrize(("local", "opened"), [(False, True), (True, False), (None, False)])
def test_it_is_opened_with_the_import_for_those_who_are_not_insured_locally(local, opened, town, make_person):
    person = make_person(town.mill, "安示例", medical_local=local)
    assert has_one(person) is opened
    if opened:
        row = MedicalTransfer.objects.get()
        assert (row.state, row.office, row.enterprise, row.opened_on) == ("to_settle", None, town.mill, clock.today())
        assert (row.history.get().history_type, row.history.get().operation.kind) == ("+", "roster.import")


def unopen(people, *persons):
    with operation("roster.withdraw", actor=people["mill_hr"]) as act:
        return unopen_tracks(act, [one.pk for one in persons])


def test_a_withdrawn_import_takes_it_away(town, make_person, people):
    person = make_person(town.mill, "安示例", medical_local=False)
    assert unopen(people, person) == []
    assert not has_one(person)


def test_an_import_stays_when_somebody_acted_on_the_insurance(transfer_in, people):
    row = transfer_in("proposed")
    medical.take("recall", [row.pk], actor=people["mill_hr"], reason="示例")
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(Case, [row.pk], last_step="", state="draft", office=None, area=None, batch=None)
    assert unopen(people, row) == [row.pk]
    assert has_one(row)


def test_an_import_stays_when_somebody_was_entered_into_a_plan(town, make_person, people, cover):
    person = make_person(town.mill, "安示例")
    cover(person)
    assert unopen(people, person) == [person.pk]


def test_a_corrected_fact_opens_it_and_takes_it_away_again(town, make_person, people):
    person = make_person(town.mill, "安示例", medical_local=True)
    set_local(person, False, people)
    assert state(person) == "to_settle"
    set_local(person, True, people)
    assert not has_one(person)


def test_a_corrected_fact_ends_what_was_begun_and_takes_it_up_again(transfer_in, people):
    row = transfer_in("proposed")
    take("withdraw", [row.pk], actor=people["mill_hr"], reason="示例：更正")
    set_local(row, True, people)
    row.refresh_from_db()
    assert (row.state, row.office, row.last_step) == ("ended", None, "end_by_correction")
    set_local(row, False, people)
    assert state(row) == "to_settle"


def test_another_corrected_fact_leaves_it_alone(town, make_person, people):
    person = make_person(town.mill, "安示例", medical_local=False)
    case = Case.objects.get(pk=person.pk)
    correct(case, {"native_place": "示例"}, version=version_of(person), actor=people["mill_hr"])
    assert MedicalTransfer.objects.get().history.count() == 1


@pytest.mark.parametrize("reached", ["to_settle", "proposed", "agreed", "handed", "outside"])
def test_a_death_ends_it_wherever_it_stands(reached, transfer_in, people):
    row = transfer_in(reached)
    record_death(row.retiree, row.retiree.retired_on, actor=people["mill_hr"], reason="示例：家属告知")
    row.refresh_from_db()
    assert (row.state, row.office) == ("ended", None)
    assert medical_terms.Term().last_day(row) is None


def test_a_death_leaves_what_was_settled(transfer_in, people):
    row = transfer_in("done")
    record_death(row.retiree, row.retiree.retired_on, actor=people["mill_hr"], reason="示例：家属告知")
    assert state(row) == "done"


def test_a_closing_without_transfer_ends_it_when_it_is_confirmed(town, make_person, people):
    person = make_person(town.mill, "安示例", medical_local=False)
    take("ask_closing", [person.pk], actor=people["mill_hr"], **CLOSING)
    assert state(person) == "to_settle"
    take("confirm_closing", [person.pk], actor=people["watchdog"])
    assert state(person) == "ended"


def contacted(row, people, town):
    with operation("test.arrange", actor=people["watchdog"]) as act:
        placed = {"office": town.zhudao, "area": town.huancui, "accepted_at": clock.now()}
        card = {"contact_card": "示例卡", "contacted_on": clock.today()}
        act.change(Case, [row.pk], state="contacted", **placed, **card)
        act.change(Retiree, [row.pk], office=town.zhudao)
        act.change(Dossier, [row.pk], state="none")


def test_a_case_is_not_completed_while_the_insurance_is_open(transfer_in, people, town):
    row = transfer_in("handed")
    contacted(row, people, town)
    outcome = take("complete", [row.pk], actor=people["zhudao_clerk"])
    assert "医保关系尚未衔接（二(五)）" in outcome.refused[row.pk]


def test_a_case_is_completed_when_it_is_settled_and_then_it_is_not_undone(transfer_in, people, town):
    row = transfer_in("done")
    contacted(row, people, town)
    assert take("complete", [row.pk], actor=people["zhudao_clerk"]).moved
    outcome = medical.take("undo", [row.pk], actor=people["huancui_clerk"], reason="示例")
    assert "已办结" in outcome.refused[row.pk]


# --- the term


def late(people):
    return set(medical_terms.overdue(MedicalTransfer.objects.all()).values_list("pk", flat=True))


def opened(row, days_ago, people):
    with operation("test.arrange", actor=people["mill_hr"]) as act:
        act.change(MedicalTransfer, [row.pk], opened_on=clock.today() - timedelta(days=days_ago))
    row.refresh_from_db()


@pytest.mark.parametrize(("days_ago", "days_late"), [(59, 0), (60, 0), (61, 1), (90, 30)])
def test_it_is_late_on_the_day_after_the_last(days_ago, days_late, transfer_in, people):
    row = transfer_in()
    opened(row, days_ago, people)
    assert medical_terms.Term().days_late(row) == days_late
    assert (row.pk in late(people)) is bool(days_late)


def test_what_is_settled_is_never_late(transfer_in, people):
    row = transfer_in("done")
    opened(row, 400, people)
    assert medical_terms.Term().days_late(row) == 0
    assert late(people) == set()


def test_another_term_holds_for_what_is_registered_from_then_on(transfer_in, people):
    before, after = transfer_in(name="先示例"), transfer_in(name="后示例")
    opened(before, 50, people)
    opened(after, 30, people)
    since = clock.today() - timedelta(days=40)
    set_value("medical_days", since, 20, source="示例文件", actor=people["sysadmin"])
    assert late(people) == {after.pk}
    term = medical_terms.Term()
    assert [term.days_late(row) for row in (before, after)] == [0, 10]
