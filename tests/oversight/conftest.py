"""People of several areas with a past, and the city's rates."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import appoint
from handover.models import Case
from handover.services import record_death, relocations, take
from oversight.exports import asking, running
from oversight.funding import entries, rates
from oversight.models import FinanceLevel, FundingBudget
from tests.oversight.exporting import SOME
from weihai_transfer.lib import clock

SHARES = dict(zip(FinanceLevel, (50, 20, 15, 15), strict=True))


def at(day, hour=12):
    """The clock on a day of the past."""
    return clock.at(timezone.make_aware(datetime.combine(day, time(hour))))


@pytest.fixture
def on():
    return at


@pytest.fixture
def accepted(town, people, make_person):
    """accepted("示例甲", date, enterprise=…, street=…) → Retiree, received by that street on that day."""

    def make(name, day, *, enterprise="mill", street="zhudao"):
        area, clerk = ("gaoqu", "gaoqu_clerk") if street == "yiyuan" else ("huancui", "huancui_clerk")
        with at(day):
            one = make_person(getattr(town, enterprise), name, retired_on=date(2024, 5, 31))
            hr = {"mill": "mill_hr", "port": "port_hr", "dyeworks": "dyeworks_hr"}[enterprise]
            take("submit", [one.pk], actor=people[hr], targets=getattr(town, area))
            take("assign", [one.pk], actor=people[clerk], targets=getattr(town, street))
            done = take("accept", [one.pk], actor=people[f"{street}_clerk"])
        assert done.moved, done.refused
        return one

    return make


@pytest.fixture
def moved(town, people):
    """moved(person, from street, to street, day)"""

    def move(one, old, new, day):
        with at(day):
            asked = relocations.ask_to_leave(
                Case.objects.get(pk=one.pk).retiree, getattr(town, new), actor=people[f"{old}_clerk"]
            )
            done = relocations.take("accept", [asked.pk], actor=people[f"{new}_clerk"])
        assert done.moved, done.refused

    return move


@pytest.fixture
def died(people):
    def die(one, day, *, told, street="zhudao"):
        with at(told):
            record_death(one, day, actor=people[f"{street}_clerk"], reason="示例家属告知")

    return die


@pytest.fixture
def set_rate(people):
    """set_rate("city", date, per head, shares) by the finance bureau."""

    def put(level="city", since=date(2025, 1, 1), per_head="120", shares=SHARES):
        return rates.set_rate(
            level, since, Decimal(per_head), shares, source="示例文件", reason="示例补录", actor=people["finance"]
        )

    return put


@pytest.fixture
def area_finance(town, people):
    """Somebody of the finance office of 环翠区, as it stands in no cast."""
    user = User.objects.create_user("huancui_finance", "示例环翠财政")
    appoint(user, "finance", town.huancui, actor=people["secadmin"])
    return User.objects.get(pk=user.pk)


@pytest.fixture
def entry(town, people):
    """entry(model, area, finance, amount, …) by the finance bureau."""

    def put(model=FundingBudget, area="huancui", finance="city", amount="1000", *, actor=None, year=2025, **own):
        own = {"document": "示例预〔2025〕1号", "paid_on": date(2025, 6, 1), "voucher": "示例凭证1"} | own
        return entries.enter(
            model,
            getattr(town, area),
            year,
            finance,
            line=own.pop("line", "general"),
            amount=Decimal(amount),
            actor=actor or people["finance"],
            **own,
        )

    return put


# --- exports


@pytest.fixture
def made(people):
    """made("mill_hr", …) → Export that a worker has finished, approved by the leading group's office where needed."""

    def make(who="mill_hr", what="people", query="", columns=SOME, **given):
        row = asking.ask(what, query, columns, actor=people[who], **given)
        if row.needs:
            asking.approve(row.pk, actor=people["secadmin"])
        assert running.run(row.pk)
        row.refresh_from_db()
        return row

    return make


@pytest.fixture
def on_the_list(retirees):
    return retirees
