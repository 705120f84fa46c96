"""Freezing and recording: by the leading group's office alone, with reasons, each person told what became of him."""

import pytest
from django.core.exceptions import PermissionDenied

from audit.operations import AlreadyDone
from handover.listing import NO_AREA_YET
from oversight.baseline import freezing, recording
from oversight.models import Baseline, BaselineChange, BaselinePerson, ChangedPerson
from tests.oversight.baseline_town import SOURCE, WHY, Town
from tracks.advancing import UNSEEN
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.refusals import Refused

pytestmark = pytest.mark.django_db
OTHERS = ("mill_hr", "group", "huancui_clerk", "zhudao_clerk", "finance", "sysadmin", "auditor", "nobody")


@pytest.fixture
def begun(town, people, make_person):
    return Town(town, people, make_person)


@pytest.fixture
def told(begun):
    return begun.tell()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_freezes_or_records(told, people, who):
    with pytest.raises(PermissionDenied):
        freezing.freeze(source=SOURCE, reason=WHY, actor=people[who])
    for act in (
        lambda: recording.record([told.found["辛"]], "found_later", reason=WHY, actor=people[who]),
        lambda: recording.preview([told.found["辛"]], "found_later", actor=people[who]),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Baseline.objects.count() == 1
    assert not BaselineChange.objects.exists()


def test_nothing_is_frozen_without_a_source_or_without_people(begun, people):
    with pytest.raises(Refused, match="没有填写依据"):
        freezing.freeze(source=" ", actor=people["watchdog"])
    with pytest.raises(Refused, match="没有可以计入的存量人员"):
        begun.freeze()
    assert not Baseline.objects.exists()


def test_a_second_baseline_needs_a_reason_and_leaves_the_first_readable(told):
    with pytest.raises(Refused, match="须写明理由"):
        told.freeze()
    first = Baseline.objects.get()
    second = told.freeze(reason=WHY)
    first.refresh_from_db()
    assert (first.in_force, second.in_force) == (False, True)
    assert first.people.count() == 7
    assert second.people.count() == 4
    assert Baseline.objects.in_force() == second


def test_the_same_form_sent_twice_freezes_once(begun, people):
    begun.person("甲")
    key = new_id()
    begun.freeze(key=key)
    with pytest.raises(AlreadyDone):
        begun.freeze(key=key)
    assert Baseline.objects.count() == 1


def test_the_preview_counts_whom_freezing_would_hold(begun):
    begun.before()
    shown = freezing.preview()
    assert shown.people == 7 == BaselinePerson.objects.count()
    assert dict(shown.areas) == {"环翠区": 3, "高区": 1, NO_AREA_YET: 3}
    assert dict(shown.enterprises) == {"示例纺织厂": 5, "示例纺织厂印染分厂": 1, "示例港务公司": 1}


def test_a_change_without_a_baseline_a_reason_or_a_kind_is_refused(begun, people):
    one, actor = begun.person("甲"), people["watchdog"]
    with pytest.raises(Refused, match="还没有冻结应移交基线"):
        recording.record([one.pk], "found_later", reason=WHY, actor=actor)
    begun.freeze()
    with pytest.raises(Refused, match="没有填写变动理由"):
        recording.record([one.pk], "found_later", reason=" ", actor=actor)
    with pytest.raises(Refused, match="没有选择变动类别"):
        recording.record([one.pk], "", reason=WHY, actor=actor)


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        ("甲", "found_later", recording.IN_BASE),
        ("新", "found_later", recording.OF_FLOW),
        ("早", "found_later", recording.NEVER_COUNTED),
        ("甲", "died", recording.STILL_DUE),
        ("新", "died", recording.OF_FLOW),
        ("早", "duplicate", recording.NEVER_COUNTED),
        ("戊", "withdrawn", recording.NOT_WITHDRAWN),
        ("庚", "died", recording.ONLY_WITHDRAWN),
    ],
)
def test_what_did_not_happen_cannot_be_recorded(told, people, name, kind, why):
    outcome = recording.record([told.found[name]], kind, reason=WHY, actor=people["watchdog"])
    assert outcome.refused == {told.found[name]: why}
    assert not BaselineChange.objects.exists()


def test_many_are_recorded_as_one_and_each_is_told(told, people):
    ids = [told.found["辛"], told.found["壬"], told.found["甲"], new_id()]
    shown = recording.preview(ids, "found_later", actor=people["watchdog"])
    outcome = recording.record(ids, "found_later", reason=WHY, actor=people["watchdog"])
    assert outcome.moved == ids[:2] == shown.moved
    assert outcome.refused == {ids[2]: recording.IN_BASE, ids[3]: UNSEEN} == shown.refused
    change = BaselineChange.objects.get()
    assert (change.kind, change.reason, change.people.count()) == ("found_later", WHY, 2)
    assert "示例领导小组办公室" in change.by


def test_recorded_again_under_another_kind_the_person_comes_under_the_new_one(told, people):
    one, actor = [told.found["戊"]], people["watchdog"]
    recording.record(one, "duplicate", reason=WHY, actor=actor)
    again = recording.record(one, "duplicate", reason=WHY, actor=actor)
    assert again.refused == {one[0]: recording.AGAIN.format(kind="重复登记")}
    recording.record(one, "died", reason="示例更正", actor=actor)
    assert ChangedPerson.objects.get().change.kind == "died"
    assert BaselineChange.objects.count() == 2
    assert ChangedPerson.history.model.objects.count() == 3
