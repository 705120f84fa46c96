from datetime import date

import pytest

from archives.models import Dossier
from audit.operations import operation
from handover import suggesting
from handover.models import Case, Suggestion
from handover.opening import open_tracks, unopen_tracks
from handover.services import record_death, take
from party.models import Membership
from retirees.models import Retiree
from tests import cast
from weihai_transfer.lib import clock


@pytest.mark.parametrize(
    ("retired_on", "stock"), [(date(2020, 12, 31), True), (date(2021, 1, 1), False), (None, False)]
)
def test_a_case_is_a_draft_of_the_campaign_or_of_the_normal_phase(retired_on, stock, town, make_person):
    person = make_person(town.mill, "安示例", retired_on=retired_on)
    case = Case.objects.get(pk=person.pk)
    assert (case.state, case.office, case.enterprise, case.stock) == ("draft", None, town.mill, stock)
    assert case.id_index == person.id_index
    assert (case.round, case.returns, case.last_step, case.batch) == (0, 0, "", None)


def test_tracks_are_opened_in_one_operation_with_history(town, people):
    made = cast.bring_in(
        [
            cast.person(town.mill, "安示例", 1, political_status="01"),
            cast.person(town.mill, "白示例", 2, has_dossier=False),
        ],
        actor=people["mill_hr"],
    )
    assert Case.objects.count() == Dossier.objects.count() == 2
    assert list(Membership.objects.values_list("pk", flat=True)) == [made[0].pk]
    for row in Case.objects.all():
        version = row.history.get()
        assert (version.history_type, version.operation.kind) == ("+", "roster.import")
        assert version.history_date == row.state_since


def test_hundreds_cost_as_many_queries_as_two(town, people, django_assert_max_num_queries):
    costs = []
    for serials in (range(1, 3), range(10, 310)):
        with operation("roster.import", actor=people["mill_hr"]) as act:
            made = act.insert(cast.person(town.mill, f"示例{n}", n) for n in serials)
            with django_assert_max_num_queries(20) as counted:
                open_tracks(act, Retiree.objects.filter(pk__in=[one.pk for one in made]))
        costs.append(len(counted))
    assert costs[0] == costs[1]


@pytest.fixture
def unopen(people):
    def act(*retirees):
        ids = [one.pk for one in retirees]
        with operation("roster.withdraw", actor=people["mill_hr"]) as act:
            return unopen_tracks(act, ids)

    return act


def test_untouched_tracks_go(town, make_person, people, unopen):
    person, other = make_person(town.mill, "安示例", political_status="01"), make_person(town.mill, "白示例")
    suggesting.work_out([person.pk, other.pk])
    assert unopen(person) == []
    for model in (Case, Dossier, Membership, Suggestion):
        assert not model.objects.filter(pk=person.pk).exists()
    assert Case.objects.filter(pk=other.pk).exists()
    with operation("roster.withdraw", actor=people["mill_hr"]) as act:
        act.remove(Retiree, [person.pk])
    assert not Retiree.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("what", ["submitted", "submitted and withdrawn", "corrected", "dead", "dossier", "outside"])
def test_whoever_was_acted_on_stays(what, town, make_person, people, unopen):
    person, untouched = make_person(town.mill, "安示例", dossier_volumes=1), make_person(town.mill, "白示例")
    hr = people["mill_hr"]
    if what.startswith("submitted"):
        take("submit", [person.pk], actor=hr)
        if "withdrawn" in what:
            take("withdraw", [person.pk], actor=hr, reason="示例")
    elif what == "corrected":
        with operation("retiree.correct", actor=hr) as act:
            act.change(Retiree, [person.pk], post="示例岗位")
    elif what == "dead":
        record_death(person, clock.today(), actor=hr, reason="示例")
    elif what == "dossier":
        with operation("dossier.ready", actor=hr) as act:
            act.change(Dossier, [person.pk], state="ready", last_step="ready")
    else:
        take("send_outside", [person.pk], actor=hr, values={"outside_place": "烟台市示例街道"})
    assert unopen(person, untouched) == [person.pk]
    assert Case.objects.filter(pk=person.pk).exists()
    assert not Case.objects.filter(pk=untouched.pk).exists()
