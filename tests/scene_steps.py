"""What the people of the scene do, one track after the other, before anybody looks."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Office
from archives import services as archives
from archives.models import (
    Dossier,
    LeaderFinding,
    Material,
    MissingPaper,
    Shipment,
    ShipmentPaper,
)
from archives.papers import DOSSIER_PAPERS, FEE_PAPERS, SHIPMENT_PAPERS
from archives.services import checking as shipment_checking
from archives.services import fees, shipments
from audit.operations import operation
from benefits.medical_papers import MEDICAL_PAPERS
from benefits.models import MedicalTransfer, SupplementaryCover
from benefits.services import covering, supplementary
from benefits.services import medical as medical_services
from benefits.supplementary_papers import SUPPLEMENTARY_PAPERS
from handover.models import (
    Agreement,
    Asset,
    BatchPaper,
    Case,
    CasePaper,
    MoveNotice,
    NoticePerson,
)
from handover.papers.desk import BATCH_PAPERS
from handover.papers.desk import PAPERS as CASE_PAPERS
from handover.services import agreements, assets, care, notices, problems, relocations, take
from oversight.baseline import freezing
from oversight.funding import entries as funding
from oversight.models import BaselineChange, ChangedPerson, FundingBudget, FundingPayment
from oversight.reports import bulletins, figures
from party import services as party
from party.models import Letter, Membership, MembershipPaper, VoidNotice
from party.papers import PAPERS as MEMBERSHIP_PAPERS
from retirees.forecast import keeping
from retirees.forecast.sheet import Line
from retirees.models import ExpectedRetirement
from tests import agreements as arranged
from tests.cast import id_number
from tracks import papers


class Steps:
    def __init__(self, town, people, found):
        self.town, self.people, self.found = town, people, found
        kinds = (
            "dossier membership letter paper batch_paper agreement shipment_paper problem notice medical covering care "
            "baseline"
        )
        self.acts = {name: uuid.uuid4() for name in kinds.split()}
        self.archives, self.medical = {}, {}

    def take(self, name, step, who, **given):
        outcome = take(step, [self.found[name].pk], actor=self.people[who], **given)
        assert outcome.moved == [self.found[name].pk], outcome.refused

    def expected_retirements(self):
        """An employee of the dyeworks (于's) and one of the port (丁's)."""
        found = {}
        for at, (name, place, who) in enumerate((("于", "dyeworks", "dyeworks_hr"), ("丁", "port", "port_hr"))):
            born_on, enterprise = date(1967, 3, 8), getattr(self.town, place)
            number = id_number(801 + 2 * at, born_on=born_on)
            line = Line(at, f"示例{name}字职工", number, "men", born_on, "")
            keeping.bring_in(enterprise, [line], way="append", actor=self.people[who])
            found[name] = ExpectedRetirement.objects.get(enterprise=enterprise)
        return found

    def problems(self):
        """(problems, notices): 安's is given to a bureau and answered; 崔's waits to be given to anybody."""
        people, given = self.people, {"values": {"to": self.town.civil_bureau}}
        found = {
            name: problems.raise_problem(
                title=f"示例{name}字事由",
                kind="lives_elsewhere",
                text=f"示例{name}字困难",
                subject={"retiree": self.found[name], "about": "case"},
                actor=people[who],
            )
            for name, who in (("安", "zhudao_clerk"), ("崔", "port_hr"))
        }
        problems.take("assign", [found["安"].pk], actor=people["watchdog"], key=self.acts["problem"], **given)
        problems.take("answer", [found["安"].pk], actor=people["member"], values={"text": "示例安字答复"})
        day = timezone.localdate() + timedelta(days=10)
        pressed = {
            name: notices.issue(
                to, title=f"示例{name}字督办", text=f"示例{name}字要求", due_on=day, actor=people["watchdog"]
            )
            for name, to in (("安", self.town.huancui), ("白", self.town.mill))
        }
        with operation("test.arrange", actor=people["watchdog"]) as act:
            named = NoticePerson(notice=pressed["安"], retiree=self.found["安"], state="assigned", days_late=3)
            act.insert([named])
        reply = {"values": {"reply": "示例白字办理情况"}}
        notices.take("reply", [pressed["白"].pk], actor=people["mill_hr"], key=self.acts["notice"], **reply)
        return found, pressed

    def cases(self):
        town = self.town
        for name, hr in (("安", "mill_hr"), ("崔", "port_hr"), ("丁", "port_hr")):
            self.take(name, "submit", hr, targets=town.huancui)
        self.take("安", "assign", "huancui_clerk", targets=town.zhudao)
        self.take("丁", "assign", "huancui_clerk", targets=town.jingyuan)
        self.take("丁", "accept", "jingyuan_clerk")
        clerk = self.people["jingyuan_clerk"]
        relocations.ask_to_leave(self.found["丁"], town.yiyuan, actor=clerk, note="示例：随子女居住")
        self.papers()
        self.take("白", "send_outside", "mill_hr", values={"outside_place": "烟台市示例街道"})
        scan = SimpleUploadedFile("示例白字回执.pdf", "%PDF-1.4 示例白字扫描件 %%EOF".encode())
        case = Case.objects.get(pk=self.found["白"].pk)
        papers.bring(CASE_PAPERS, CasePaper.Kind.RECEIPT, case, scan, actor=self.people["mill_hr"])
        self.take("白", "recall_outside", "mill_hr", reason="示例：本人迁回")

    def community(self):
        """What 鲸园街道 did for 丁 while he lived, and where the port was told that he moved to."""
        ding, clerk, day = self.found["丁"], self.people["jingyuan_clerk"], timezone.localdate()
        confirmed = {"on": day, "way": "visit", "result": "alive", "contact": "correct", "note": "示例丁字核实"}
        visited = {"on": day, "kind": "visit", "text": "示例丁字走访"}
        assert care.confirm([ding.pk], actor=clerk, given=confirmed).moved
        assert care.check([ding.pk], actor=clerk, given={"on": day, "way": "face", "result": "passed"}).moved
        assert care.serve([ding.pk], actor=clerk, given=visited, key=self.acts["care"]).moved
        given = {"on": day, "title": "示例丁字活动", "kind": "culture", "participants": 7}
        care.record_activity(self.town.jingyuan, actor=clerk, **given)
        with operation("test.arrange", actor=clerk) as act:
            (told,) = act.insert(
                [
                    MoveNotice(
                        retiree=ding,
                        enterprise=self.town.port,
                        office=self.town.jingyuan,
                        moved_on=day,
                        moved_from="示例旧址",
                        moved_to="示例丁字迁入地",
                        state="told_to_enterprise",
                    )
                ]
            )
        return {"丁": told}

    def papers(self):
        """安's letter to the street, and the roster of the batch."""
        who, case = self.people["mill_hr"], Case.objects.get(pk=self.found["安"].pk)
        letter = papers.make(CASE_PAPERS, CasePaper.Kind.INTRODUCTION, [case.pk], actor=who, key=self.acts["paper"])
        roster = papers.make(
            BATCH_PAPERS, BatchPaper.Kind.ROSTER, [case.batch_id], actor=who, key=self.acts["batch_paper"]
        )
        assert letter.moved, letter.refused
        assert roster.moved, roster.refused

    def agreements(self):
        """The port has nobody who signs: its agreement is laid there."""
        town, group = self.town, self.people["group"]
        found = {"安": agreements.draft(town.mill, town.huancui, actor=group)}
        found["白"] = agreements.draft(town.mill, town.gaoqu, actor=group)
        for name, one in found.items():
            arranged.plan(one, group, contingency=f"示例{name}字预案")
            row = arranged.asset(name=f"示例{name}字活动中心", title_number=f"示例{name}字证号")
            assets.bring_in(one, [row], way=assets.APPEND, actor=group)
        arranged.take(found["安"], "propose", group, reason="示例安字意见", key=self.acts["agreement"])
        arranged.take(found["安"], "agree", self.people["huancui_clerk"])
        arranged.sign(found["安"], "enterprise_signs", group)
        arranged.sign(found["安"], "area_countersigns", self.people["huancui_clerk"])
        found["崔"] = Agreement(
            number="示例-DEMO03-HC-01",
            enterprise=town.port,
            area=town.huancui,
            office=town.huancui,
            state="proposed",
            people=1,
            contingency="示例崔字预案",
        )
        with operation("test.arrange", actor=self.people["port_hr"]) as act:
            act.insert([found["崔"]])
        receipt = Asset.objects.get(agreement=found["安"])
        self.acts["asset"] = uuid.uuid4()
        given = {"key": self.acts["asset"], "reason_code": "differs", "reason": "示例：面积不符"}
        assert assets.take("refuse", [receipt.pk], actor=self.people["huancui_clerk"], **given).moved
        assert assets.take("relist", [receipt.pk], actor=group, reason="示例：已更正").moved
        return found

    def dossiers(self):
        town, person, hr = self.town, self.found, self.people["mill_hr"]
        archives.take("ready", [person["白"].pk], actor=hr, key=self.acts["dossier"])
        with operation("test.arrange", actor=hr) as act:
            for name in "安丁":
                act.change(Dossier, [person[name].pk], number=f"示例{name}字档号")
        self.shipment("安", hr, town.mill, town.huancui_archive)
        sent = self.shipment("丁", self.people["port_hr"], town.port, town.gaoqu_archive)
        shipment_checking.receive_rest(sent, actor=self.people["gaoqu_archivist"])
        self.papers_of_dossiers(Shipment.objects.get(enterprise=town.mill), hr)
        self.fee()

    def shipment(self, name, hr, enterprise, archive):
        pk = self.found[name].pk
        carriers = {"carrier": f"示例{name}字移交人", "carrier_unit": "示例单位", "carrier_phone": "13906310009"}
        values = {**carriers, "way": "confidential", "seal_number": f"示例{name}字封签"}
        one = shipments.open_shipment(enterprise, archive, actor=hr, values=values)
        archives.take("ready", [pk], actor=hr)
        assert archives.pack([pk], shipment=one.pk, elsewhere=True, actor=hr).moved
        assert shipments.take("send", [one.pk], actor=hr).moved
        one.refresh_from_db()
        return one

    def papers_of_dossiers(self, shipment, hr):
        an, bai = self.found["安"].pk, self.found["白"].pk
        material = Material(dossier_id=an, scheme="ten", class_code="一")
        missing = MissingPaper(dossier_id=bai, why="lost_before")
        material.title, missing.title = "示例安字材料", "示例白字缺件"
        finding = LeaderFinding(dossier_id=bai, kind="dispute", post="示例白字旧职")
        with operation("test.arrange", actor=hr) as act:
            for row in (material, missing, finding):
                act.insert([row])
        dossier = Dossier.objects.get(pk=bai)
        scan = SimpleUploadedFile("示例白字任免.pdf", "%PDF-1.4 示例白字任免扫描 %%EOF".encode())
        leader = papers.bring(DOSSIER_PAPERS, "leader", dossier, scan, actor=hr)
        made = papers.make(SHIPMENT_PAPERS, "notice", [shipment.pk], actor=hr, key=self.acts["shipment_paper"])
        paper = ShipmentPaper.objects.get(pk=made.papers[0])
        self.archives |= {"material": material, "missing": missing, "shipment_paper": paper, "dossier_paper": leader}

    def fee(self):
        assessor = Office(code="SCENE-PG", name="示例评估所", kind="assessor", parent=self.town.city)
        assessor.path, hr = assessor.path_below(self.town.city), self.people["port_hr"]
        with operation("test.arrange", actor=self.people["sysadmin"]) as act:
            act.insert([assessor])
        fee = fees.request_assessment(
            self.town.port, self.town.huancui_archive, assessor, actor=hr, note="示例崔字费用说明"
        )
        scan = SimpleUploadedFile("示例崔字凭证.pdf", b"%PDF-1.4 x %%EOF")
        voucher = papers.bring(FEE_PAPERS, "voucher", fee, scan, actor=hr)
        self.archives |= {"assessor": assessor, "fee": fee, "fee_paper": voucher}

    def memberships(self):
        """The port has nobody for its party relations: 崔's letter is laid there."""
        today = timezone.localdate()
        values = {"start_number": "示例安字-0001", "way": "paper", "issued_on": today, "valid_days": 60}
        given = {"key": self.acts["membership"], "targets": self.town.yiyuan, "values": values}
        sender, ids = self.people["mill_party"], [self.found["安"].pk]
        assert party.take("issue", ids, actor=sender, **given).moved
        kind = MembershipPaper.Kind.LETTER
        assert papers.make(MEMBERSHIP_PAPERS, kind, ids, actor=sender, key=self.acts["letter"]).moved
        white = Membership.objects.get(pk=self.found["白"].pk)
        party.record_search(white, searched_on=today, way="visit", note="示例白字查找", actor=sender)
        void = self.letter_to_zhudao("示例崔旧-0001", voided_at=timezone.now())
        notice = VoidNotice(letter=void, enterprise=self.town.port, office=self.town.zhudao, why="遗失")
        notice.voided_at = void.voided_at
        with operation("test.arrange", actor=self.people["mill_party"]) as act:
            act.change(Membership, [self.found["崔"].pk], state="issued", office=self.town.zhudao)
            act.insert([self.letter_to_zhudao("示例崔字-0001"), void])
            act.insert([notice])

    def letter_to_zhudao(self, number, **facts):
        today = timezone.localdate()
        return Letter(
            membership_id=self.found["崔"].pk,
            enterprise=self.town.port,
            number=number,
            way="paper",
            addressee=self.town.zhudao,
            issued_on=today,
            valid_days=60,
            valid_until=today + timedelta(days=60),
            dues_paid_until=date(2026, 6, 30),
            **facts,
        )

    # --- 二(五)

    def medical_insurance(self):
        """安's is proposed to her area with a proof; the mill's supplementary plan covers her."""
        hr, ids = self.people["mill_hr"], [self.found["安"].pk]
        plan = {"scheme": "own", "amount": Decimal("3651.07"), "amount_kind": "once", "payer": "enterprise"}
        values = {**plan, "bureau": self.town.medical_bureau}
        assert medical_services.take("propose", ids, actor=hr, values=values, key=self.acts["medical"]).moved
        transfer = MedicalTransfer.objects.get(pk=ids[0])
        proof = SimpleUploadedFile("示例安字参保证明.pdf", b"%PDF-1.4 x %%EOF")
        self.medical["paper"] = papers.bring(MEDICAL_PAPERS, "proof", transfer, proof, actor=hr)
        level = {"amount": Decimal(1200), "percent": None, "document": "示例安字依据〔2020〕1号"}
        about = {"kind": "supplementary", "name": "示例安字补充医疗", "since": date(2020, 1, 1), "level": level}
        self.medical["plan"] = one = supplementary.open_plan(self.town.mill, actor=hr, **about)
        assert covering.cover(one, ids, since=one.since, actor=hr, key=self.acts["covering"]).moved
        self.medical["cover"] = SupplementaryCover.objects.get()
        scan = SimpleUploadedFile("示例安字依据.pdf", b"%PDF-1.4 x %%EOF")
        self.medical["plan_paper"] = papers.bring(SUPPLEMENTARY_PAPERS, "document", one, scan, actor=hr)

    def funding(self):
        """What the finance bureau has entered for 环翠区."""
        area, day = self.town.huancui, timezone.localdate()
        given = {"line": "2230105", "amount": Decimal("1000.00"), "actor": self.people["finance"]}
        return {
            "budget": funding.enter(FundingBudget, area, day.year, "city", document="示例安字预算", **given),
            "payment": funding.enter(
                FundingPayment, area, day.year, "city", voucher="示例安字拨款", paid_on=day, **given
            ),
        }

    def baseline(self):
        """Frozen by the leading group's office, and a change that names 白."""
        actor = self.people["watchdog"]
        base = freezing.freeze(source="示例调查摸底", actor=actor)
        key = self.acts["baseline"]
        with operation("baseline.record", actor=actor, reason="示例白字变动", key=key) as act:
            act.outcome = {"step": "record", "moved": [str(self.found["白"].pk)], "refused": {}}
            change = BaselineChange(
                baseline=base, kind="other", reason="示例白字变动", at=act.operation.at, by=actor.name
            )
            act.insert([change])
            act.insert([ChangedPerson(change=change, baseline=base, case_id=self.found["白"].pk, entering=False)])
        return {"change": change}

    def bulletins(self):
        """Of the city: 安 stands for the draft of this month, 白 for what was issued of an earlier one."""
        actor, day = self.people["watchdog"], timezone.localdate()
        months = {"安": day.replace(day=1), "白": day.replace(month=1, day=1, year=day.year - 1)}
        made = {}
        for name, month in months.items():
            ends, since = bulletins.days_of(month)
            made[name] = one = bulletins.draft(month, figures.read(actor, ends, since), actor=actor)
            values = {word: getattr(one, word) for word in bulletins.EDITED}
            values["problems"] = f"示例{name}字通报。"
            bulletins.edit(one, values, seen=bulletins.version_of(one), actor=actor)
        bulletins.issue(made["白"], actor=actor)
        for one in made.values():
            one.refresh_from_db()
        return made
