"""The inputs of the decision table, read from the person, the item, the enterprise and the city's parameters."""

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from django.db.models import F, QuerySet
from django.db.models.functions import Length

from accounts.models import Enterprise, Parameter
from accounts.models.places import EnterpriseLevel
from accounts.parameters import KNOWN
from benefits.changes import times_of
from benefits.decision import Change, Choices, Cohort, Facts
from benefits.models import OutOfPoolItem, TaperingPlan
from weihai_transfer.lib import clock
from weihai_transfer.lib.among import among

# 工伤残疾人员、职业病人员等弱势群体: the two that the clause names, and whom “等” may mean besides.
NARROW = ("work_injury", "occupational_disease")
WIDE = (*NARROW, "disabled", "serious_illness", "hardship", "minimum_living")
VULNERABLE = {False: NARROW, True: WIDE}
INJURY_GRADE = "injury_grade"
PARAMETERS = (
    "transition_start",
    "transition_months",
    "vulnerable_before_annuity",
    "vulnerable_widely",
    "annuity_ends_existing",
    "lump_floor_months",
)
NO_RETIREMENT = "本人没有退休时间，不能判断适用哪一条。请先在人员信息中补填退休时间。"
COLUMNS = {
    "injured": Length("retiree__injury_grade"),
    "special_groups": F("retiree__special_groups"),
    "retired_on": F("retiree__retired_on"),
    "survival": F("retiree__survival"),
    "person_annuity": F("retiree__annuity"),
}
OWN = "pk retiree_id enterprise_id kind name rate period times met_old_rules lump_agreed raise_approval".split()


@dataclass(frozen=True)
class Settings:
    """What the city has set for a day, each value with its source."""

    day: date
    values: dict
    sources: dict

    @cached_property
    def choices(self):
        names = ("vulnerable_before_annuity", "annuity_ends_existing")
        return Choices(**{name: bool(self.values[name]) for name in names})

    @cached_property
    def as_json(self):
        """For Treatment.choices: {code: {"value": …, "source": …}}."""
        return {
            code: {"value": str(self.values[code]), "source": self.sources[code]}
            for code in PARAMETERS
            if code != "lump_floor_months"
        }


def settings_on(day=None):
    """The parameters of out-of-pool money on a day, in one query."""
    day = day or clock.today()
    rows = QuerySet(Parameter).filter(code__in=PARAMETERS, since__lte=day).order_by("since")
    newest = {row.code: row for row in rows}
    values = {
        code: KNOWN[code].read(newest[code].value) if code in newest else KNOWN[code].default for code in PARAMETERS
    }
    sources = {
        code: newest[code].source if code in newest else f"默认值（{KNOWN[code].clause}）" for code in PARAMETERS
    }
    return Settings(day, values, sources)


@dataclass(frozen=True)
class House:
    """What one enterprise gives to the decisions about its people; what it lacks comes from those above it."""

    annuity: bool
    annuity_filing: str
    annuity_of: str
    city_owned: bool
    level: str
    supervisor: int | None
    plan: TaperingPlan | None


def houses_of(enterprise_ids):
    """{enterprise id: House}, in two queries."""
    rows = {one.pk: one for one in QuerySet(Enterprise).filter(pk__in=set(enterprise_ids))}
    codes = {code for one in rows.values() for code in one.path.split("/") if code}
    line = {one.code: one for one in QuerySet(Enterprise).filter(code__in=codes)}
    plans = {plan.enterprise_id: plan for plan in QuerySet(TaperingPlan).filter(enterprise__code__in=codes)}
    return {pk: _house(one, line, plans) for pk, one in rows.items()}


def _house(one, line, plans):
    # From the enterprise itself upwards: what is its own goes before what is its group's.
    upwards = [line[code] for code in reversed([code for code in one.path.split("/") if code])]
    with_annuity = next((place for place in upwards if place.annuity), None)
    return House(
        annuity=with_annuity is not None,
        annuity_filing=with_annuity.annuity_filing if with_annuity else "",
        annuity_of=str(with_annuity) if with_annuity else "",
        city_owned=one.level == EnterpriseLevel.CITY,
        level=one.level,
        supervisor=next((place.supervisor_id for place in upwards if place.supervisor_id), None),
        plan=next((plans[place.pk] for place in upwards if place.pk in plans), None),
    )


@dataclass(frozen=True)
class Known:
    """One item with everything that its decision rests on; `facts` is None where the retirement date is missing."""

    item: dict
    house: House
    facts: Facts | None
    grounds: dict

    @property
    def yearly(self):
        return self.item["yearly"]

    @property
    def alive(self):
        return self.item["survival"] != "deceased"


def known_of(items, settings=None):
    """{item id: Known} of a query set or a list of ids, in a constant number of queries."""
    settings = settings or settings_on()
    rows = items if hasattr(items, "filter") else QuerySet(OutOfPoolItem).filter(pk__in=among(OutOfPoolItem, items))
    found = [_Row(row) for row in rows.order_by("pk").values(*OWN, **COLUMNS)]
    houses = houses_of({row["enterprise_id"] for row in found})
    return {row["pk"]: _known(row, houses[row["enterprise_id"]], settings) for row in found}


def facts_of(items, settings=None):
    """{item id: decision.Facts}, in few queries; without those whose person has no retirement date."""
    return {pk: known.facts for pk, known in known_of(items, settings).items() if known.facts}


class _Row(dict):
    """The values of one item, also to be read as attributes."""

    __getattr__ = dict.__getitem__


def _known(row, house, settings):
    row["yearly"] = row["rate"] * times_of(row)
    if row["retired_on"] is None:
        return Known(row, house, None, {})
    marks = [code for code in VULNERABLE[bool(settings.values["vulnerable_widely"])] if code in row["special_groups"]]
    if row["injured"]:
        marks.append(INJURY_GRADE)
    first, last = transition_of(house.plan, settings)
    facts = Facts(
        change=Change.RAISE if row["raise_approval"] else Change.NONE,
        raise_approved=bool(row["raise_approval"]),
        vulnerable=bool(marks),
        annuity=house.annuity or row["person_annuity"] is True,
        cohort=cohort_of(row["retired_on"], first, last),
        met_old_rules=row["met_old_rules"],
        lump_agreed=row["lump_agreed"],
        city_owned=house.city_owned,
    )
    return Known(row, house, facts, _grounds(row, house, marks, first, last))


def _grounds(row, house, marks, first, last):
    annuity = {}
    if house.annuity:
        annuity = {"enterprise": house.annuity_of, "filing": house.annuity_filing}
    elif row["person_annuity"]:
        annuity = {"person": True}
    plan = house.plan
    return {
        "vulnerable": marks,
        "annuity": annuity,
        "transition": {
            "first_day": first.isoformat(),
            "ends_before": last.isoformat(),
            "plan": plan.document if plan else "",
        },
        "level": house.level,
        "raise_approval": row["raise_approval"],
    }


def transition_of(plan, settings):
    """(first day, first day after it): the enterprise's own plan, or what the city has set."""
    if plan:
        return plan.first_day, months_later(plan.first_day, plan.years * 12)
    start = settings.values["transition_start"]
    return start, months_later(start, settings.values["transition_months"])


def cohort_of(retired_on, first, last):
    if retired_on < first:
        return Cohort.EXISTING
    return Cohort.TRANSITION if retired_on < last else Cohort.AFTER


def months_later(day, months):
    """The same day so many months later; the first of the next month where a month is too short for it."""
    at = day.year * 12 + day.month - 1 + months
    try:
        return day.replace(year=at // 12, month=at % 12 + 1)
    except ValueError:
        return date((at + 1) // 12, (at + 1) % 12 + 1, 1)


@cache
def as_json(facts):
    """For Treatment.facts. Few different facts stand behind thousands of items; nobody changes the dict."""
    return {name: getattr(value, "value", value) for name, value in vars(facts).items()}
