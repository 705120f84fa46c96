"""What a death and a closing without transfer bring about on the dossier and the party relation."""

import pytest
from django.utils import timezone

import archives.services
import party.services
from archives.models import Dossier
from handover.models import Case
from handover.services import record_death, take
from party.models import Letter, Membership

CLOSING = {"reason_code": "duplicate", "reason": "示例：重复登记"}


@pytest.fixture
def member(town, make_person):
    return make_person(town.mill, "党示例", political_status="01", dossier_volumes=1)


def state(model, person):
    return model.objects.get(pk=person.pk).state


def issue(person, people, town):
    values = {
        "start_number": "示例-0001",
        "way": "paper",
        "issued_on": timezone.localdate(),
        "valid_days": 60,
        "dues_paid_until": person.retired_on,
    }
    outcome = party.services.take("issue", [person.pk], actor=people["mill_party"], targets=town.zhudao, values=values)
    assert outcome.moved, outcome.refused


def close(person, people, **why):
    assert take("ask_closing", [person.pk], actor=people["mill_hr"], **{**CLOSING, **why}).moved
    assert take("confirm_closing", [person.pk], actor=people["watchdog"]).moved


def test_a_death_ends_the_party_relation_and_leaves_the_dossier_to_be_handed_over(member, people, town):
    take("submit", [member.pk], actor=people["mill_hr"], targets=town.huancui)
    issue(member, people, town)
    record_death(member, member.retired_on, actor=people["mill_hr"], reason="示例：家属告知")
    assert state(Membership, member) == "ended"
    assert Letter.objects.get().voided_at is not None
    assert state(Dossier, member) == "preparing"
    assert archives.services.take("ready", [member.pk], actor=people["mill_hr"]).moved


def test_closed_after_a_death_the_dossier_still_goes_on(member, people):
    record_death(member, member.retired_on, actor=people["mill_hr"], reason="示例：家属告知")
    assert take("confirm_closing", [member.pk], actor=people["watchdog"]).moved
    assert state(Case, member) == "closed"
    assert state(Dossier, member) == "preparing"


def test_a_duplicate_that_is_closed_takes_its_other_tracks_along(member, people):
    archives.services.take("ready", [member.pk], actor=people["mill_hr"])
    archives.services.pack([member.pk], actor=people["mill_hr"])
    close(member, people)
    assert state(Dossier, member) == "ended"
    assert Dossier.objects.get().shipment is None
    assert state(Membership, member) == "ended"


def test_until_the_closing_is_confirmed_nothing_ends(member, people):
    take("ask_closing", [member.pk], actor=people["mill_hr"], **CLOSING)
    assert (state(Dossier, member), state(Membership, member)) == ("preparing", "pending")
    take("refuse_closing", [member.pk], actor=people["watchdog"], reason="示例：不是重复")
    assert (state(Dossier, member), state(Membership, member)) == ("preparing", "pending")


def test_the_closing_that_an_office_proposed_ends_the_tracks_when_the_enterprise_agrees(member, people, town):
    take("submit", [member.pk], actor=people["mill_hr"], targets=town.huancui)
    take("propose_closing", [member.pk], actor=people["huancui_clerk"], **CLOSING)
    assert take("agree_closing", [member.pk], actor=people["mill_hr"]).moved
    assert (state(Dossier, member), state(Membership, member)) == ("ended", "ended")
