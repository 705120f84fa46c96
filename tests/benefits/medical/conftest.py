from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from benefits.models import MedicalTransfer
from benefits.services import covering, medical, supplementary
from handover.services import take as take_case
from weihai_transfer.lib import clock


@pytest.fixture
def plan_of_medical(town):
    """What a proposal says."""
    return {
        "scheme": "own",
        "amount": Decimal("3600.00"),
        "amount_kind": "once",
        "payer": "enterprise",
        "bureau": town.medical_bureau,
    }


def given(step, town, plan):
    today = clock.today()
    return {
        "propose": plan,
        "agree": {"agreed_on": today},
        "hand": {"handed_on": today, "insurance_proof": True},
        "take_over": {"taken_over_on": today, "insured_place": "威海市环翠区"},
        "report_outside": {"scheme": "elsewhere", "taken_over_on": today, "insured_place": "示例外市"},
    }.get(step, {})


WAYS = {
    "to_settle": (),
    "proposed": ("propose",),
    "agreed": ("propose", "agree"),
    "handed": ("propose", "agree", "hand"),
    "done": ("propose", "agree", "hand", "take_over"),
    "outside": ("report_outside",),
}
WHO = {"agree": "huancui_clerk", "take_over": "huancui_clerk", "confirm_outside": "watchdog"}


@pytest.fixture
def values_of(town, plan_of_medical):
    """values_of("hand") → what that step asks for."""
    return lambda step: given(step, town, plan_of_medical)


@pytest.fixture
def transfer_in(town, people, make_person, values_of):
    """transfer_in("agreed") → the transfer of somebody of the mill, taken to that state by the people who would."""

    def make(state="to_settle", name="安示例", **facts):
        person = make_person(town.mill, name, **{"medical_local": False, **facts})
        hr = people["mill_hr"]
        if state == "outside":
            outside = {"outside_place": "示例外市示例街道"}
            assert take_case("send_outside", [person.pk], actor=hr, values=outside).moved
        else:
            assert take_case("submit", [person.pk], actor=hr, targets=town.huancui).moved
        for step in WAYS[state]:
            outcome = medical.take(step, [person.pk], actor=people[WHO.get(step, "mill_hr")], values=values_of(step))
            assert outcome.moved, outcome.refused
        return MedicalTransfer.objects.get(pk=person.pk)

    return make


@pytest.fixture
def supplementary_plan(town, people):
    """The mill's supplementary insurance: 1,200 yuan a year and 80 % from 2020 on."""
    return supplementary.open_plan(
        town.mill,
        kind="supplementary",
        name="示例补充医疗",
        since=clock.today().replace(year=2020, month=1, day=1),
        level={"amount": Decimal(1200), "percent": Decimal(80), "document": "示例文件〔2020〕1号"},
        actor=people["mill_hr"],
    )


@pytest.fixture
def cover(people, supplementary_plan):
    """cover(person, …) → the mill's plan covers them from 2020 on."""

    def act(*persons, plan=None):
        chosen = plan or supplementary_plan
        return covering.cover(chosen, [one.pk for one in persons], since=chosen.since, actor=people["mill_hr"])

    return act


def scan(name="示例决定.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 x %%EOF")
