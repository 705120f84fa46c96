"""What happened in the demo city up to today, told through the real services, day by day.

Every person has a fate drawn from one table; the acts of a day are done in bulk, as the people at
the desks would do them.
"""

import random
import tempfile
from collections import defaultdict
from datetime import datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from accounts.models import Office
from handover.models import Case, CasePaper, Suggestion
from handover.papers.desk import PAPERS
from handover.services import record_death, take
from handover.states.cases import State
from oversight.demo import (
    baseline,
    benefits,
    bulletins,
    caring,
    employees,
    exports,
    funding,
    medical,
    moves,
    problems,
    reminding,
)
from oversight.demo.agreements import Agreements
from oversight.demo.cast import ENTERPRISES, HOME_STREET, Clerks, home_community
from oversight.demo.invented import HEADINGS, Inventor
from oversight.demo.tracks import Tracks
from retirees.models import Retiree, Roster
from retirees.roster import checking, explaining, importing, uploading
from tracks import papers
from weihai_transfer.lib import clock
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

FATES = {
    # fate: out of a hundred people who live in the city
    "draft": 17,
    "unassigned": 7,
    "waiting_late": 6,
    "waiting": 13,
    "accepted": 19,
    "contacted": 17,
    "completed": 8,
    "returned": 4,
    "taken_back": 2,
    "resubmitted": 3,
    "closing_asked": 1,
    "closing_proposed": 1,
    "closed": 1,
    "died": 1,
}
# Of each kind and enterprise or office: enough to see how a paper looks.
PRINTED = 20
EARLY = ("waiting_late", "accepted", "contacted", "completed", "returned", "taken_back", "resubmitted", "died")
LATE = ("unassigned", "waiting", "closing_proposed")
RETURNS = (
    ("wrong_address", "地址只到小区，走访未找到本人，请核实门牌号。"),
    ("unreachable", "登记电话为空号，请更换能联系到本人的电话。"),
    ("not_living_here", "经社区核实，本人已搬离本辖区，请核实现居住地。"),
    ("missing_facts", "没有填写家庭联系人，请补充。"),
)
# What clerks get wrong, one of each.
SPOILT = (
    ("身份证号", lambda number: number[:-1] + ("1" if number[-1] != "1" else "2")),
    ("身份证号", lambda number: number[:-2]),
    ("退休时间", lambda day: "58年13月"),
    ("姓名", lambda name: f"{name[0]}　{name[1:]}"),
    ("性别", lambda sex: "女" if sex == "男" else "男"),
    ("联系电话", lambda phone: phone[:9]),
)


class Story:
    def __init__(self, retirees, seed):
        self.count = retirees
        self.dice = random.Random(seed)
        self.seed = seed
        self.clerks = Clerks()
        self.fates = {}
        self.today = timezone.localdate()

    def tell(self, enterprises, say):
        inventor, agreements = Inventor(self.seed, places()), Agreements(self)
        groups = [one for one in enterprises.values() if one.parent_id is None]
        agreements.set_target()
        medical.set_term(self)
        for code, name, _, _, share in ENTERPRISES:
            people = max(5, self.count * share // 100)
            say(f"{name}：{people:,} 人")
            self._begin(enterprises[code], people, inventor)
        baseline.freeze_first(self)
        for code, *_ in ENTERPRISES:
            self._send(enterprises[code])
        baseline.freeze_again(self)
        say("移交协议")
        agreements.sign_first(groups)
        for code, *_ in ENTERPRISES:
            self._go_on(enterprises[code])
        agreements.amend(groups)
        self._unfinished(enterprises[ENTERPRISES[0][0]], inventor)
        moves.tell(self)
        problems.tell(self)
        caring.tell(self)
        employees.tell(self, enterprises)
        say("统筹外费用")
        benefits.tell(self, enterprises)
        funding.tell(self)
        reminding.tell(self)
        exports.tell(self)
        say("应移交人数")
        baseline.tell(self, enterprises, inventor)
        say("进展情况通报")
        bulletins.tell(self)

    def on(self, days_ago, hour=10):
        """The clock on a working day some days ago."""
        day = self.today - timedelta(days=days_ago)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        # Two days of one weekend fall on the same Friday: what happened later must still be told later.
        moment = timezone.make_aware(datetime.combine(day, time(hour, 59 - min(days_ago, 59))))
        return clock.at(min(moment, timezone.now()))

    def _begin(self, enterprise, people, inventor):
        hr = self.clerks.of("soe_hr", enterprise)
        with self.on(60, 9):
            self.upload(enterprise, people, inventor, hr)
        for case in Case.objects.filter(enterprise=enterprise).select_related("retiree").order_by("pk"):
            self.fates[case.pk] = self._fate(case)

    def _send(self, enterprise):
        """Up to the day on which the first people are with the streets."""
        hr, mine = self.clerks.of("soe_hr", enterprise), self._fates_of(enterprise)
        self._outside(mine, hr)
        with self.on(38):
            submitted = take("submit", [pk for fate in EARLY for pk in mine.get(fate, [])], actor=hr).moved
        with self.on(33):
            self._assign(submitted)

    def _fates_of(self, enterprise):
        """{fate: ids of this enterprise's people}"""
        mine = defaultdict(list)
        for pk in Case.objects.filter(enterprise=enterprise).order_by("pk").values_list("pk", flat=True):
            mine[self.fates[pk]].append(pk)
        return mine

    def _go_on(self, enterprise):
        hr, mine = self.clerks.of("soe_hr", enterprise), self._fates_of(enterprise)
        medical.cover(self, enterprise, hr)
        self._early(mine, hr)
        self._late(mine, hr)
        self._closings(mine, hr)
        Tracks(self).tell(enterprise, hr, self.fates)
        medical.tell(self, enterprise, hr, self.fates)
        self._complete(mine)
        self._papers([pk for pks in mine.values() for pk in pks], hr)

    def _complete(self, mine):
        """Those whose dossier and party relation have arrived; who is not ready stays 已对接, as in life."""
        for office, pks in self._by_office(mine.get("completed", []), State.CONTACTED).items():
            with self.on(2):
                take("complete", pks, actor=self.clerks.of(position_at(office), office))

    def _papers(self, ids, hr):
        """Some people's papers, as those print them who have them in hand."""
        waiting = self._with(ids, State.ASSIGNED)[:PRINTED]
        with self.on(3):
            papers.make(PAPERS, CasePaper.Kind.INTRODUCTION, waiting, actor=hr)
        for office, pks in self._by_office(ids, State.ACCEPTED).items():
            with self.on(2):
                clerk = self.clerks.of(position_at(office), office)
                papers.make(PAPERS, CasePaper.Kind.CARD, pks[:PRINTED], actor=clerk)

    def upload(self, enterprise, people, inventor, hr):
        rows = [inventor.row(serial, enterprise.name, self.today) for serial in range(1, people + 1)]
        rows = medical.with_column(rows)
        roster = self._checked(enterprise, f"{enterprise.name}退休人员花名册.xlsx", rows, hr)
        explaining.explain_all(roster, "已批准，待办理手续（示例）")
        importing.start(roster, actor=hr, good_rows_only=True)
        importing.carry_out(roster.pk)

    def _unfinished(self, enterprise, inventor):
        """A roster with faults that the clerk has still to look at."""
        hr = self.clerks.of("soe_hr", enterprise)
        rows = [list(inventor.row(serial, enterprise.name, self.today)) for serial in range(1, 41)]
        for place, (column, spoil) in zip((3, 8, 9, 17, 23, 31), SPOILT, strict=True):
            rows[place][HEADINGS.index(column)] = spoil(rows[place][HEADINGS.index(column)])
        with self.on(0, 9):
            self._checked(enterprise, "新增退休人员名单（示例，待改正）.xlsx", rows, hr)

    def _checked(self, enterprise, name, rows, hr):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            # Not every roster says of the medical insurance whether it is managed locally.
            headings = (*HEADINGS, medical.COLUMN)[: len(rows[0])]
            columns = [Column(heading, width=16) for heading in headings]
            write_table(path, [Sheet("花名册", columns, rows, (f"{enterprise.name}退休人员花名册（示例数据）",))])
            roster = uploading.receive(enterprise, name, path, by=hr).roster
        checking.carry_out(roster.pk, ask_about_headings=False)
        roster = Roster.objects.get(pk=roster.pk)
        if roster.refusal or not roster.accepted:
            raise RuntimeError(f"the demo roster was not taken: {roster.refusal} {roster.rejected}")
        return roster

    def _fate(self, case):
        if case.retiree.lives_outside:
            return self.dice.choice(("outside", "outside", "draft"))
        return self.dice.choices(list(FATES), list(FATES.values()))[0]

    def _outside(self, mine, hr):
        with self.on(45):
            take("send_outside", mine.get("outside", []), actor=hr, values={"outside_place": "烟台市芝罘区示例街道"})

    def _early(self, mine, hr):
        arrived = self._by_office([pk for fate in EARLY for pk in mine.get(fate, [])], State.ASSIGNED)
        for days_ago, step, fates in (
            (25, "accept", ("accepted", "contacted", "completed", "died")),
            (12, "contact", ("contacted", "completed")),
        ):
            for office, pks in arrived.items():
                self._receive(days_ago, step, office, [pk for pk in pks if self.fates[pk] in fates])
        for office, pks in arrived.items():
            self._return(office, [pk for pk in pks if self.fates[pk] in ("returned", "taken_back", "resubmitted")])
        self._again(mine, hr)
        for pk in self._with(mine.get("died", []), State.ACCEPTED):
            self._died(pk)

    def _receive(self, days_ago, step, office, pks):
        values = {}
        if step == "contact":
            values = {"contact_card": f"LXK-{office.code}", "contacted_on": self.today - timedelta(days=days_ago)}
        with self.on(days_ago):
            if pks:
                take(step, pks, actor=self.clerks.of(position_at(office), office), values=values)

    def _return(self, office, pks):
        for pk in pks:
            code, text = self.dice.choice(RETURNS)
            recent = self.fates[pk] == "returned"
            with self.on(3 if recent else 26):
                take("return", [pk], actor=self.clerks.of(position_at(office), office), reason_code=code, reason=text)

    def _again(self, mine, hr):
        back = [pk for fate in ("taken_back", "resubmitted") for pk in mine.get(fate, [])]
        with self.on(20):
            take("take_back", self._with(back, State.RETURNED), actor=hr)
        with self.on(6):
            take("submit", self._with(mine.get("resubmitted", []), State.DRAFT), actor=hr)

    def _late(self, mine, hr):
        with self.on(8):
            submitted = take("submit", [pk for fate in LATE for pk in mine.get(fate, [])], actor=hr).moved
        with self.on(5):
            self._assign([pk for pk in submitted if self.fates[pk] in ("waiting", "closing_proposed")])
        self._pass_down(mine.get("waiting", []))
        for office, pks in self._by_office(mine.get("closing_proposed", []), State.ASSIGNED).items():
            with self.on(1):
                clerk = self.clerks.of(position_at(office), office)
                take(
                    "propose_closing", pks, actor=clerk, reason_code="managed_already", reason="本人已在社区登记管理。"
                )

    def _pass_down(self, pks):
        """The street of the demo accounts hands some people to the community of the demo account."""
        community = home_community()
        with self.on(2):
            waiting = [pk for pk in self._with(pks, State.ASSIGNED) if self.dice.random() < 0.3]
            mine = list(Case.objects.filter(pk__in=waiting, office=community.parent).values_list("pk", flat=True))
            take("pass_down", mine, actor=self.clerks.of("street", community.parent), targets=community)

    def _closings(self, mine, hr):
        sasac = self.clerks.of("sasac", Office.objects.get(code="371000"))
        asked = mine.get("closing_asked", []) + mine.get("closed", [])
        with self.on(15):
            take("ask_closing", asked, actor=hr, reason_code="duplicate", reason="与其他花名册重复登记，请核销。")
        with self.on(9):
            take("confirm_closing", mine.get("closed", []), actor=sasac)

    def _assign(self, pks):
        """By the suggestion where it is sure, otherwise left for the district to look at."""
        chosen = defaultdict(dict)
        rows = Suggestion.objects.filter(case__in=pks, office__kind__in=("street", "community"), confidence__gte=0.6)
        for one in rows.select_related("office__parent", "case__area"):
            office = (
                one.office if one.office.kind == "street" or one.office.parent.kind != "street" else one.office.parent
            )
            if office.path.startswith(one.case.area.path):
                chosen[one.case.area][one.case_id] = office
        for area, targets in chosen.items():
            take("assign", list(targets), actor=self.clerks.of("district", area), targets=targets)

    def _by_office(self, pks, state):
        found = defaultdict(list)
        for case in Case.objects.filter(pk__in=pks, state=state).select_related("office"):
            found[case.office].append(case.pk)
        return found

    def _with(self, pks, state):
        return list(Case.objects.filter(pk__in=pks, state=state).values_list("pk", flat=True))

    def _died(self, pk):
        case = Case.objects.select_related("office", "retiree").get(pk=pk)
        with self.on(4):
            clerk = self.clerks.of(position_at(case.office), case.office)
            record_death(
                Retiree.objects.get(pk=pk), self.today - timedelta(days=6), actor=clerk, reason="家属告知（示例）"
            )


def position_at(office):
    return "street" if office.kind == "street" else "community"


def places():
    """[(area, street, community, weight)]: the home street of the demo accounts gets its share."""
    found = []
    for community in Office.objects.filter(kind="community", parent__kind="street").select_related("parent__parent"):
        street = community.parent
        weight = 12 if street.code == HOME_STREET else 4 if street.parent.code in ("HC", "GQ", "JQ") else 1
        short = community.name.removesuffix("居委会").removesuffix("村委会").removesuffix("民委员会")
        found.append((str(street.parent), street.name, short, weight))
    return found
