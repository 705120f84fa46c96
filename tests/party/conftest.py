from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.services import appoint
from audit.operations import operation
from party.models import Letter, Membership
from party.states import WITH_LETTER, WITH_RECEIVER


@pytest.fixture
def cost_of(db):
    """cost_of(act) → how many queries it takes."""

    def count(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    return count


@pytest.fixture
def organisation(town, people):
    """Somebody of the 组织部门, who watches the party relations of the whole city."""
    from accounts.divisions import steward

    user = User.objects.create_user("organisation", "示例组织部门")
    appoint(user, "organisation", town.city, actor=steward())
    return user


@pytest.fixture
def member_in(town, people, make_person):
    """member_in(state, name="安示例", **letter) → a party member of the mill, with a standing letter where one belongs."""
    count = iter(range(1, 1000))

    def make(state, name="安示例", *, office=None, **letter):
        person = make_person(town.mill, name, political_status="01", dues_paid_until=date(2026, 6, 30))
        office = (office or town.zhudao) if state in WITH_RECEIVER else None
        values = {"state": state, "office": office}
        if state == "placed":
            values |= {"branch_name": "示例第一党支部", "placed_on": timezone.localdate()}
        with operation("test.arrange", actor=people["mill_party"]) as act:
            act.change(Membership, [person.pk], **values)
            if state in WITH_LETTER:
                act.insert([a_letter(person, office, state, f"示例-{next(count):04}", **letter)])
        return Membership.objects.get(pk=person.pk)

    return make


def a_letter(person, office, state, number, **facts):
    issued = facts.pop("issued_on", timezone.localdate() - timedelta(days=5))
    days = facts.pop("valid_days", 90)
    if state in ("arrived", "placed", "departed"):
        facts.setdefault("arrived_on", issued + timedelta(days=1))
    return Letter(
        membership_id=person.pk,
        enterprise=person.enterprise,
        number=number,
        way=facts.pop("way", "paper"),
        addressee=office,
        outside="" if office else "中共烟台市示例区工作委员会",
        issued_on=issued,
        valid_days=days,
        valid_until=issued + timedelta(days=days),
        dues_paid_until=date(2026, 6, 30),
        **facts,
    )


@pytest.fixture
def letter_values():
    """What issuing asks for."""

    def make(start_number="2026-0001", **values):
        given = {"start_number": start_number, "way": "paper", "issued_on": timezone.localdate(), "valid_days": 60}
        return {**given, **values}

    return make
