"""People of the stock for the tests of the baseline: who they are when it is frozen, and what becomes of them."""

from datetime import date, timedelta

from django.utils import timezone

from audit.operations import operation
from handover.models import Case
from handover.opening import unopen_tracks
from handover.services import record_death, take
from oversight.baseline import freezing
from retirees.models import Retiree
from weihai_transfer.lib import clock

STOCK, FLOW = date(2018, 5, 31), date(2024, 5, 31)
SOURCE = "示例调查摸底"
WHY = "示例情况说明"
FROZEN_DAYS_AGO = 20
# Who counted, in the order of the tables below: two drafts, three at 环翠区, one at 高区, one of another enterprise.
NAMES = "甲乙丙丁戊己庚"


def ago(days, minutes=0):
    return clock.at(timezone.now() - timedelta(days=days) + timedelta(minutes=minutes))


class Town:
    """`found`: {name: id}."""

    def __init__(self, town, people, make_person):
        self.town, self.people, self.make_person, self.found = town, people, make_person, {}

    def person(self, name, enterprise="mill", retired_on=STOCK):
        one = self.make_person(getattr(self.town, enterprise), f"示例{name}", retired_on=retired_on)
        self.found[name] = one.pk
        return one

    def take(self, step, names, who, **given):
        done = take(step, [self.found[name] for name in names], actor=self.people[who], **given)
        assert len(done.moved) == len(names), done.refused

    def freeze(self, **given):
        return freezing.freeze(source=SOURCE, actor=self.people["watchdog"], **given)

    def close(self, name, code, who="mill_hr"):
        self.take("ask_closing", name, who, reason_code=code, reason=WHY)
        self.take("confirm_closing", name, "watchdog")

    def withdraw(self, name):
        """As with the roster that brought the person in."""
        with operation("roster.withdraw", actor=self.people["mill_hr"], reason=WHY) as act:
            assert unopen_tracks(act, [self.found[name]]) == []
            act.remove(Retiree, [self.found[name]])

    def before(self):
        """Up to the moment at which the baseline is frozen."""
        with ago(FROZEN_DAYS_AGO + 5):
            for name in NAMES:
                self.person(name, {"己": "dyeworks", "庚": "port"}.get(name, "mill"))
            self.person("早")
            self.person("新", retired_on=FLOW)
            self.close("早", "duplicate")
            self.take("submit", "丙丁戊", "mill_hr", targets=self.town.huancui)
            self.take("submit", "己", "dyeworks_hr", targets=self.town.gaoqu)
        with ago(FROZEN_DAYS_AGO):
            return self.freeze()

    def after(self):
        """甲 stays a draft, 乙 is submitted; 丙 dies, 丁 goes to another area, 戊 is out of scope; 己 is closed as managed
        already; 庚's roster is withdrawn. 辛 and 壬 are found later, 壬 is closed again; 新 and 癸 are of the flow."""
        with ago(10):
            self.take("submit", "乙", "mill_hr", targets=self.town.huancui)
            self.take("redirect", "丁", "huancui_clerk", targets=self.town.gaoqu, reason_code="wrong_area", reason=WHY)
            self.person("辛")
            self.person("壬", "port")
            self.person("癸", "port", FLOW)
        with ago(8):
            dead = Retiree.objects.get(pk=self.found["丙"])
            record_death(dead, timezone.localdate() - timedelta(days=9), actor=self.people["mill_hr"], reason=WHY)
            self.take("confirm_closing", "丙", "watchdog")
            self.close("戊", "out_of_scope")
            self.close("己", "managed_already", "dyeworks_hr")
            self.close("壬", "other", "port_hr")
            self.withdraw("庚")

    def tell(self):
        self.before()
        self.after()
        return self


def names_of(rows):
    """The names of DuePerson rows, one character each."""
    found = Case.objects.filter(pk__in=rows.values("pk")).select_related("retiree")
    return "".join(sorted(one.retiree.name[-1] for one in found))
