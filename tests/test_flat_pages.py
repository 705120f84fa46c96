"""A list costs the same number of queries for one row as for twenty-one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Enterprise, User
from accounts.parameters import KNOWN
from accounts.services import appoint
from accounts.values import set_value
from archives.models import Dossier, FilingFee, Shipment
from archives.services.shipments import open_shipment
from audit.operations import operation
from benefits.models import MedicalTransfer
from benefits.services import covering, deciding, items, supplementary
from handover.models import Agreement, Asset, DeathNotice
from handover.services import care, moves, notices, problems, take
from oversight.baseline import freezing, recording
from oversight.exports import asking as exporting
from oversight.funding import entries
from oversight.models import FundingBudget, FundingPayment
from oversight.reports import bulletins
from party.models import Letter, Membership, VoidNotice
from party.organisations import keeping
from retirees.models import Retiree, Roster
from tests.agreements import asset
from tests.oversight import by_hand

MANY = 21
# (who looks, which list, with which filter): the rows are counted by the page itself.
LISTS = (
    ("mill_hr", "handover:people", {}),
    ("zhudao_clerk", "handover:people", {}),
    ("watchdog", "handover:people", {}),
    ("mill_hr", "handover:people", {"col": ["groups", "batch", "area", "returns", "sex", "former_unit"]}),
    ("zhudao_clerk", "handover:receive", {}),
    ("mill_hr", "handover:batches", {}),
    ("jingyuan_clerk", "handover:deaths", {}),
    ("mill_hr", "retirees:rosters", {}),
    ("mill_hr", "archives:dossiers", {}),
    ("archivist", "archives:dossiers", {}),
    ("mill_hr", "archives:shipments", {}),
    ("archivist", "archives:shipments", {"state": ["in_transit"]}),
    ("mill_hr", "archives:fees", {}),
    ("mill_hr", "benefits:medical", {}),
    ("huancui_clerk", "benefits:medical", {"state": ["proposed"]}),
    ("medical", "benefits:medical", {"overdue": ["1"]}),
    ("mill_hr", "benefits:supplementary", {}),
    ("mill_hr", "benefits:covers", {}),
    ("mill_party", "party:memberships", {}),
    ("zhudao_party", "party:memberships", {"chase": "at_risk"}),
    ("group", "handover:agreements", {}),
    ("huancui_clerk", "handover:agreements", {"state": ["proposed"]}),
    ("group", "handover:assets", {}),
    ("huancui_clerk", "handover:assets", {"state": ["listed"]}),
    ("zhudao_party", "party:chase", {}),
    ("mill_party", "party:chase", {"kind": "expired", "on": "2999-01-01"}),
    ("mill_party", "party:unreachable", {}),
    ("zhudao_party", "party:notices", {}),
    ("mill_party", "party:organisations", {"kind": "branch"}),
    ("jingyuan_clerk", "handover:moves", {}),
    ("jingyuan_clerk", "handover:care", {"col": ["missed", "enterprise"]}),
    ("jingyuan_clerk", "handover:services", {}),
    ("jingyuan_clerk", "handover:activities", {}),
    ("zhudao_clerk", "handover:problems", {"state": ["answered"]}),
    ("watchdog", "handover:problems", {"state": ["raised"]}),
    ("huancui_clerk", "handover:notices", {}),
    ("mill_hr", "benefits:items", {}),
    ("mill_hr", "benefits:treatments", {"state": ["proposed"]}),
    ("watchdog", "benefits:treatments", {}),
    ("mill_hr", "benefits:people", {}),
    ("secadmin", "accounts:users", {"username": "flat"}),
    ("mill_hr", "oversight:exports", {}),
    ("watchdog", "oversight:export_requests", {}),
    ("finance", "oversight:funding_budgets", {}),
    ("finance", "oversight:funding_payments", {}),
    ("watchdog", "oversight:progress_people", {"day": f"{timezone.localdate()}", "figure": "waiting"}),
    ("medical", "oversight:due", {"escalated": ["1"], "kind": ["medical_area"]}),
    ("watchdog", "oversight:baseline_people", {"line": ["found_waiting"]}),
    ("mill_hr", "oversight:baseline_people", {"line": ["found_waiting"]}),
    ("watchdog", "oversight:baseline_changes", {}),
    ("watchdog", "oversight:bulletins", {}),
    ("auditor", "oversight:audit", {"kind": "parameter.set"}),
    ("auditor", "oversight:audit_events", {"kind": "export"}),
    ("auditor", "oversight:audit_taken", {"kind": "export"}),
    ("secadmin", "oversight:access", {"username": "flat"}),
)
# Pages without a pager of their own.
PAGES = (
    ("mill_hr", "oversight:workbench"),
    ("zhudao_clerk", "oversight:workbench"),
    ("huancui_clerk", "oversight:progress"),
    ("watchdog", "oversight:progress"),
    ("watchdog", "oversight:progress_waiting"),
    ("mill_hr", "oversight:progress_waiting"),
    ("watchdog", "oversight:progress_risks"),
    ("huancui_clerk", "handover:distribute"),
    ("jingyuan_clerk", "handover:care_summary"),
    ("huancui_clerk", "oversight:due"),
    ("zhudao_clerk", "oversight:reminders"),
    ("finance", "oversight:workbench"),
    ("finance", "oversight:funding"),
    ("watchdog", "oversight:baseline"),
    ("mill_hr", "oversight:baseline"),
    ("watchdog", "benefits:overview"),
    ("mill_hr", "benefits:plans"),
    ("auditor", "oversight:audit_readers"),
    ("mill_hr", "oversight:own_acts"),
    ("zhudao_clerk", "oversight:own_acts"),
)


class Growth:
    """One more of everything, each time it is asked."""

    def __init__(self, town, people, make_person):
        self.town, self.people, self.make_person, self.count = town, people, make_person, 0

    def grow(self):
        self.count += 1
        waiting, at_street, gone = [self.person(word) for word in ("甲", "乙", "丙")]
        self.take("submit", [waiting, at_street, gone], "mill_hr", targets=self.town.huancui)
        self.take("assign", [at_street], "huancui_clerk", targets=self.town.zhudao)
        self.take("assign", [gone], "huancui_clerk", targets=self.town.jingyuan)
        self.take("accept", [gone], "jingyuan_clerk")
        self.papers(at_street, gone)
        self.agreement()
        self.problems(at_street)
        self.community(gone)
        self.archives()
        self.medical_insurance(at_street)
        self.money(gone)
        self.administration()
        self.funding()
        exporting.ask("people", "", ["name", "id_number"], actor=self.people["mill_hr"], masked=False, reason="示例")
        self.baseline()
        self.bulletin()

    def person(self, word):
        return self.make_person(self.town.mill, f"示例{word}", political_status="01", special_groups=["alone"])

    def take(self, step, rows, who, **given):
        outcome = take(step, [row.pk for row in rows], actor=self.people[who], **given)
        assert len(outcome.moved) == len(rows), outcome.refused

    def papers(self, person, gone):
        today, town = timezone.localdate(), self.town
        Roster.objects.create(
            enterprise=town.mill,
            by=self.people["mill_hr"],
            filename=f"示例{self.count}.xlsx",
            size=1,
            digest=self.count,
        )
        letter, void = self.letter(person, "示例"), self.letter(person, "示例旧", voided_at=timezone.now())
        told = VoidNotice(letter=void, enterprise=town.mill, office=town.zhudao, why="遗失", voided_at=void.voided_at)
        notice = DeathNotice(
            retiree_id=gone.pk,
            enterprise=town.mill,
            office=town.jingyuan,
            died_on=date(2024, 8, 1),
            state="told_to_office",
            last_step="",
        )
        with operation("test.arrange", actor=self.people["mill_hr"]) as act:
            act.change(Dossier, [person.pk], state="in_transit", office=town.huancui_archive)
            act.change(Membership, [person.pk], state="issued", office=town.zhudao)
            act.change(Membership, [gone.pk], lost_since=today - timedelta(days=200))
            act.insert([letter, void])
            act.insert([told])
            act.insert([notice])
            name = f"中共示例{self.count}支部委员会"
            keeping.insert(act, name=name, kind="branch", parent=town.mill_committee, enterprise=town.mill)

    def letter(self, person, mark, **facts):
        today = timezone.localdate()
        return Letter(
            membership_id=person.pk,
            enterprise=self.town.mill,
            number=f"{mark}-{self.count:04}",
            way="paper",
            addressee=self.town.zhudao,
            issued_on=today - timedelta(days=58),
            valid_days=60,
            valid_until=today + timedelta(days=2),
            dues_paid_until=date(2026, 6, 30),
            **facts,
        )

    def agreement(self):
        """Proposed by one more subsidiary, as its group would: one row for each side's list, with one asset."""
        mill = self.town.mill
        one = Enterprise(code=f"FLAT{self.count}", name=f"示例{self.count}厂", parent=mill)
        one.path = one.path_below(mill)
        with operation("test.arrange", actor=self.people["group"]) as act:
            act.insert([one])
            made = Agreement(
                number=f"示例-{self.count:04}",
                enterprise=one,
                area=self.town.huancui,
                office=self.town.huancui,
                state="proposed",
                people=1,
            )
            act.insert([made])
            act.insert([Asset(agreement=made, serial=1, **asset(title_number=""))])

    def problems(self, person):
        """A problem that a bureau has answered, and a notice to the area."""
        people, subject = self.people, {"retiree": person, "about": "case"}
        row = problems.raise_problem(
            title="示例事由", kind="staff", text="示例", subject=subject, actor=people["zhudao_clerk"]
        )
        problems.take("assign", [row.pk], actor=people["watchdog"], values={"to": self.town.civil_bureau})
        problems.take("answer", [row.pk], actor=people["member"], values={"text": "示例"})
        # Of a problem that nobody has given out the term is reckoned anew in every row.
        problems.raise_problem(title="示例待交办", kind="staff", text="示例", actor=people["zhudao_clerk"])
        day = timezone.localdate()
        notices.issue(self.town.huancui, title="示例", text="示例", due_on=day, actor=people["watchdog"])

    def community(self, person):
        """Somebody accepted who was visited, an activity, and a move that the enterprise has not taken note of."""
        clerk, office, day = self.people["jingyuan_clerk"], self.town.jingyuan, timezone.localdate()
        care.serve([person.pk], actor=clerk, given={"on": day, "kind": "visit", "text": "示例"})
        care.record_activity(office, actor=clerk, on=day, title="示例", kind="culture", participants=3)
        moves.record_move_out(person, moved_on=day, residence="province", place="示例", actor=clerk)

    def archives(self):
        """A shipment on its way without a dossier, and a fee that nobody has assessed yet."""
        town, today = self.town, timezone.localdate()
        shipment = open_shipment(
            town.mill,
            town.huancui_archive,
            actor=self.people["mill_hr"],
            values={"carrier": "示例", "seal_number": "示例"},
        )
        fee = FilingFee(
            number=f"示例-{self.count}", enterprise=town.mill, office=town.huancui_archive, assessor=town.city
        )
        with operation("test.arrange", actor=self.people["mill_hr"]) as act:
            act.change(Shipment, [shipment.pk], state="in_transit", office=town.huancui_archive, sent_on=today)
            act.insert([fee])

    def medical_insurance(self, person):
        """Proposed long ago, and covered by a plan of its own (二(五))."""
        town, hr = self.town, self.people["mill_hr"]
        plan = {
            "scheme": "own",
            "amount": 1,
            "amount_kind": "once",
            "payer": "enterprise",
            "bureau": town.medical_bureau,
        }
        since = date(2020, 1, 1)
        transfer = MedicalTransfer(
            retiree=person, enterprise=town.mill, office=town.huancui, state="proposed", opened_on=since, **plan
        )
        with operation("test.arrange", actor=hr) as act:
            act.insert([transfer])
        about = {"kind": "mutual", "name": f"示例{self.count}", "since": since, "actor": hr}
        one = supplementary.open_plan(town.mill, level={"amount": 1, "document": "示例"}, **about)
        covering.cover(one, [person.pk], since=since, actor=hr)

    def funding(self):
        today, own = timezone.localdate(), {"line": "general", "amount": 10, "actor": self.people["finance"]}
        area, number = self.town.huancui, f"示例{self.count}"
        entries.enter(FundingBudget, area, today.year, "city", document=number, **own)
        entries.enter(FundingPayment, area, today.year, "city", paid_on=today, voucher=number, **own)

    def baseline(self):
        """One found later who waits for a reason, one who has it."""
        actor, stock = self.people["watchdog"], {"retired_on": date(2018, 5, 31)}
        if self.count == 1:
            self.make_person(self.town.mill, "示例丁", **stock)
            freezing.freeze(source="示例", actor=actor)
        self.make_person(self.town.mill, "示例戊", **stock)
        found = self.make_person(self.town.mill, "示例己", **stock)
        recording.record([found.pk], "found_later", reason="示例", actor=actor)

    def bulletin(self):
        month = date(2022 + self.count // 12, self.count % 12 + 1, 1)
        bulletins.draft(month, by_hand.snapshot(), actor=self.people["watchdog"])

    def money(self, person):
        """An item that is decided, which the competent body is asked about."""
        hr = self.people["mill_hr"]
        with operation("test.arrange", actor=hr) as act:
            act.change(Retiree, [person.pk], retired_on=date(2018, 5, 31), special_groups=["work_injury"])
        row = items.add(person, kind="heating", rate=Decimal(1000), period="season", since=date(2018, 11, 1), actor=hr)
        deciding.decide([row.pk], actor=hr)

    def administration(self):
        user = User.objects.create_user(f"flat{self.count}", "示例众人")
        appoint(user, "street", self.town.zhudao, actor=self.people["secadmin"])
        since = date(2030, 1, 1) + timedelta(days=self.count)
        code = next(iter(KNOWN))
        set_value(code, value=20, since=since, source="示例文件", actor=self.people["sysadmin"])


@pytest.fixture
def growth(town, people, make_person):
    return Growth(town, people, make_person)


def cost_of(ask):
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
        assert answer.status_code == 200
    return len(captured), answer


def costs(client_of):
    """{page: (rows, queries)}; everybody has just logged in, so that sessions cost the same."""
    found = {}
    for who, name, query in LISTS:
        client = client_of(who)
        client.get(reverse("oversight:workbench"))
        queries, answer = cost_of(lambda client=client, name=name, query=query: client.get(reverse(name), query))
        found[(who, name, *query)] = (answer.context["list"].count, queries)
    for who, name in PAGES:
        client = client_of(who)
        client.get(reverse("oversight:workbench"))
        found[(who, name)] = (None, cost_of(lambda client=client, name=name: client.get(reverse(name)))[0])
    client = client_of("watchdog")
    client.get(reverse("oversight:workbench"))
    found["search"] = (None, cost_of(lambda: client.post(reverse("handover:search"), {"q": "示例"}))[0])
    return found


def test_lists_cost_the_same_for_one_row_as_for_twenty_one(growth, client_of):
    from audit.models import SecurityEvent

    def export():
        SecurityEvent.objects.create(at=timezone.now(), kind="export", actor=growth.people["mill_hr"])

    growth.grow()
    export()
    few = costs(client_of)
    for _ in range(MANY - 1):
        growth.grow()
        export()
    many = costs(client_of)
    # One row of each kind, or one for each of the three people of a round, or of those and the three of its baseline.
    assert {page: count for page, (count, _) in few.items() if count not in (1, 3, 6, None)} == {}
    rows = {page: (few[page][0], many[page][0]) for page in few if few[page][0] is not None}
    # The first round alone brings somebody for the baseline to be frozen with.
    grown_by = {page: (first * MANY, (first - 1) * MANY + 1) for page, (first, _) in rows.items()}
    assert {page: counts for page, counts in rows.items() if counts[1] not in grown_by[page]} == {}
    grown = {page: (few[page][1], many[page][1]) for page in few if many[page][1] != few[page][1]}
    assert grown == {}
