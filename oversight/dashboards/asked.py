"""What a dashboard is asked for, read from its address: of which day, since when, of which area, street, enterprise."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from accounts.scope import reach_of
from handover.models import Case
from oversight.counting.reading import Scope
from weihai_transfer.lib import clock

NO_DAY = "{label}“{text}”不是日期，已按{instead}显示。请按 2026-11-23 的格式填写。"
AHEAD = "{label} {text} 还没有到，已按{instead}显示。请选择今天或以前的日期。"
TURNED = "起始日期晚于截止日期，没有比较。请改为较早的日期。"
SEES_PEOPLE = Case.objects.all().seen_with
TODAY, NOTHING = "今天", "不比较"


@dataclass(frozen=True)
class Asked:
    """`day`: None for today, whose numbers lead to the lists that are worked on; `since`: the day at whose end the
    comparison stands; `street` may be a community."""

    user: object
    day: date | None
    since: date | None
    area: Office | None
    street: Office | None
    enterprise: Enterprise | None
    faults: tuple = ()

    @cached_property
    def scope(self):
        return Scope.of(self.user, area=self.area, street=self.street, enterprise=self.enterprise)

    @cached_property
    def people_list(self):
        """The list behind the numbers, looked up once for some hundred of them."""
        return reverse("oversight:progress_people" if self.day else "handover:people")

    @property
    def last_day(self):
        return self.day or clock.today()

    @property
    def page_today(self):
        return f"?{self.query(day=None, since=None)}"

    @property
    def place(self):
        return self.street or self.area or self.enterprise

    @property
    def words(self):
        """What is shown, as the head of a print says it."""
        said = [f"截至 {self.last_day:%Y-%m-%d}"]
        if self.since:
            said.append(f"与 {self.since:%Y-%m-%d} 比较")
        return "，".join([*said, *(str(one) for one in (self.area, self.street, self.enterprise) if one)])

    def at(self, day):
        """The same of another day, compared with nothing."""
        return replace(self, day=None if day == clock.today() else day, since=None)

    def query(self, **other):
        """The address of a page of the dashboard with the same question, but for what is given otherwise (None: not)."""
        own = {
            "day": self.day,
            "since": self.since,
            "area": self.area and self.area.pk,
            "street": self.street and self.street.pk,
            "enterprise": self.enterprise and self.enterprise.pk,
        }
        return urlencode({name: value for name, value in {**own, **other}.items() if value})

    def page(self, name="oversight:progress", **other):
        query = self.query(**other)
        return f"{reverse(name)}?{query}" if query else reverse(name)


def read(request):
    """The Asked of a request. Whatever does not lie in the user's reach does not exist."""
    given, faults = request.GET, []
    day = _day(given.get("day", ""), "截止日期", TODAY, faults)
    if day == clock.today():
        day = None
    since = _day(given.get("since", ""), "比较日期", NOTHING, faults)
    if since and since >= (day or clock.today()):
        faults.append(TURNED)
        since = None
    reach = reach_of(request.user, *SEES_PEOPLE)
    return Asked(
        request.user,
        day,
        since,
        _place(given.get("area"), Office.objects.filter(kind=OfficeKind.AREA), _may_narrow_to_area(reach)),
        _place(given.get("street"), _streets(reach), True),
        _place(given.get("enterprise"), _enterprises(reach), True),
        tuple(faults),
    )


def day_or_404(request, name):
    """A day of the address of a list or a file; None without one. What is no day, or lies ahead, does not exist."""
    text = request.GET.get(name, "")
    faults = []
    day = _day(text, "", "", faults)
    if faults:
        raise Http404
    return day


def areas(user):
    """The areas to choose from; none for whoever sees one alone."""
    reach = reach_of(user, *SEES_PEOPLE)
    rows = Office.objects.filter(kind=OfficeKind.AREA, active=True)
    return list(rows) if _may_narrow_to_area(reach) else []


def groups(user):
    """The enterprises with subsidiaries, or all that the user may see where there are few."""
    reach = reach_of(user, *SEES_PEOPLE)
    return list(_enterprises(reach).filter(parent=None)) if reach.everywhere else list(_enterprises(reach))


def _may_narrow_to_area(reach):
    return reach.everywhere or bool(reach.enterprises)


def _streets(reach):
    rows = Office.objects.filter(kind__in=(OfficeKind.STREET, OfficeKind.COMMUNITY))
    if reach.everywhere or reach.enterprises:
        return rows
    return rows.filter(pk__in=reach.offices)


def _enterprises(reach):
    rows = Enterprise.objects.order_by("path")
    if reach.everywhere:
        return rows
    if reach.enterprises:
        return rows.filter(pk__in=reach.enterprises)
    return rows.filter(pk__in=Case.objects.filter(reach.covers("office", "enterprise")).values("enterprise"))


def _place(key, rows, allowed):
    if not key:
        return None
    found = rows.filter(pk=key).first() if allowed and key.isascii() and key.isdigit() and len(key) < 12 else None
    if found is None:
        raise Http404
    return found


def _day(text, label, instead, faults):
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        faults.append(NO_DAY.format(label=label, text=text[:20], instead=instead))
        return None
    if day > clock.today():
        faults.append(AHEAD.format(label=label, text=text, instead=instead))
        return None
    return day
