"""Until when the community has confirmed, checked and visited, and which people that leaves (三(三))."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.values import value_on
from handover import deadlines
from handover.models import Case, Confirmation, EligibilityCheck, ServiceRecord
from handover.models.community import EligibilityResult, ServiceKind
from handover.states.cases import RECEIVED
from retirees.codes import Survival
from weihai_transfer.lib import clock

# Who is looked after by visits, and which services are one.
CARED = (
    "elderly",
    "alone",
    "model_worker",
    "hardship",
    "serious_illness",
    "disabled",
    "work_injury",
    "occupational_disease",
    "minimum_living",
)
VISITS = (ServiceKind.VISIT, ServiceKind.HOSPITAL, ServiceKind.FESTIVAL, ServiceKind.HARDSHIP)
ELDERLY = 80


def looked_after():
    """Cases whose people a street or community looks after: accepted, living."""
    living = Case.objects.filter(state__in=RECEIVED, office__isnull=False)
    return living.exclude(retiree__survival=Survival.DECEASED)


def born_before(age):
    """The last birthday of whoever is `age` years old today."""
    today = clock.today()
    day = today.replace(day=28) if (today.month, today.day) == (2, 29) else today
    return day.replace(year=today.year - age)


def in_group(code):
    """八十岁以上 follows from the day of birth, whatever a roster said; the others are what is recorded."""
    if code == "elderly":
        return Q(retiree__born_on__lte=born_before(ELDERLY))
    return Q(retiree__special_groups__icontains=f'"{code}"')


def cared_for():
    rows = Q()
    for code in CARED:
        rows |= in_group(code)
    return rows


def _of_person(model, **conditions):
    return Exists(model.objects.filter(retiree=OuterRef("pk"), **conditions))


def confirmed(year=None):
    return Q(_of_person(Confirmation, year=year or clock.today().year))


def eligible(year=None):
    found = {"year": year or clock.today().year, "result": EligibilityResult.PASSED}
    return Q(_of_person(EligibilityCheck, **found))


def visited_since(day):
    return Q(_of_person(ServiceRecord, kind__in=VISITS, on__gte=day))


def to_visit():
    """Those of the special groups who were not visited for `visit_days`, or never."""
    return cared_for() & ~visited_since(clock.today() - timedelta(days=value_on("visit_days")))


def last_day_of(year):
    """The last day on which the people of a year may be confirmed."""
    month = value_on("confirm_month")
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def year_over(today):
    """The last year whose term of confirming is over."""
    return today.year if today > last_day_of(today.year) else today.year - 1


def confirmed_too_late(today=None):
    """Not confirmed in the last year whose term is over, though accepted by then, nor since."""
    year = year_over(today or clock.today())
    end = timezone.make_aware(datetime.combine(last_day_of(year), time.max))
    return Q(accepted_at__lte=end) & ~Q(_of_person(Confirmation, year__gte=year))


def told_too_long(state, terms=None):
    """Notices that nobody took note of within `answer_days` working days."""
    return Q(state__in=state) & deadlines.began_too_early(terms or deadlines.Terms(), "answer_days")
