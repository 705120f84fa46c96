"""The dossiers of the demo city: shipments at every point of their way, exceptions, a late one, leaders, fees."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Office
from archives import services
from archives.models import Dossier, Shipment
from archives.papers import DOSSIER_PAPERS
from archives.services import catalogue, checking, fees, shipments
from archives.shipment_states import State
from archives.states import State as DossierState
from tracks import papers

MATERIALS = (
    # class, title, year, month, pages
    ("一", "职工登记表（示例）", 1984, 9, 4),
    ("四-1", "中专毕业生登记表（示例）", 1983, 7, 6),
    ("九-1", "工资变动审批表（示例）", 1993, 10, 2),
    ("九-4", "招工审批表（示例）", 1983, 8, 3),
    ("十", "退休审批表（示例）", 2020, 5, 2),
)
TEST = {
    "appointed_by_city": True,
    "group_post": True,
    "post": "集团副总经理（示例）",
    "document": "示例任免〔2019〕1号",
}
SCAN = b"%PDF-1.4\n% a placeholder of the demo city\n%%EOF"


class Shipments:
    def __init__(self, story):
        self.story, self.dice = story, story.dice

    def tell(self, enterprise, hr, ids, completed):
        """`ids`: dossiers that may go; those of `completed` people arrive and are shelved whatever happens else."""
        with self.story.on(24):
            ready = services.take("ready", ids, actor=hr).moved
        self._catalogues(ready[:3], hr)
        self._leaders(enterprise, hr)
        rest = [pk for pk in ready if pk not in completed]
        self.dice.shuffle(rest)
        cut = [len(rest) * share // 10 for share in (6, 7, 8, 9)]
        first = [pk for pk in ready if pk in completed] + rest[: cut[0]]
        self._whole_way(self._sent(first, hr, 14), hr, completed)
        # One that nobody received in its time, one that is on its way, one that is being packed; the rest waits.
        self._sent(rest[cut[0] : cut[1]], hr, 21)
        self._checking(self._sent(rest[cut[1] : cut[2]], hr, 5))
        with self.story.on(1):
            services.pack(rest[cut[2] : cut[3]], actor=hr)
        self._fees(enterprise, hr)

    def _sent(self, ids, hr, days_ago):
        with self.story.on(days_ago + 1):
            services.pack(ids, actor=hr)
        made = Shipment.objects.filter(dossiers__in=ids).distinct().order_by("pk")
        for at, shipment in enumerate(made, 1):
            with self.story.on(days_ago) as moment:
                shipments.describe(shipment.pk, self._carriers(shipment, at, moment.date()), actor=hr)
                shipments.take("send", [shipment.pk], actor=hr, values={"sent_on": moment.date()})
        return list(Shipment.objects.filter(pk__in=[one.pk for one in made]).select_related("addressee"))

    def _carriers(self, shipment, at, day):
        unit = shipment.enterprise.name
        return {
            "way": "people",
            "carrier": "示例移交员甲",
            "carrier_unit": unit,
            "carrier_phone": "19900010003",
            "second_carrier": "示例移交员乙",
            "second_unit": unit,
            "second_phone": "19900010004",
            "seal_number": f"示例封{shipment.serial:05}-{at}",
            "planned_on": day,
            "note": "",
        }

    def _archivist(self, shipment):
        return self.story.clerks.of("archivist", shipment.addressee)

    def _whole_way(self, sent, hr, completed):
        for shipment in sent:
            archivist, here = self._archivist(shipment), {"ids": [shipment.pk]}
            with self.story.on(10):
                self._exceptions(shipment, archivist, completed)
                checking.receive_rest(shipment, actor=archivist)
                shipments.take("finish", **here, actor=archivist)
            with self.story.on(9):
                shipments.take("sign", **here, actor=archivist, values={"signed_by": archivist.name})
            if self.dice.random() < 0.7:
                with self.story.on(8):
                    shipments.take("confirm", **here, actor=hr, values={"confirmed_by": hr.name})
            self._shelve(shipment, archivist, completed)

    def _exceptions(self, shipment, archivist, completed):
        others = [row for row in checking.waiting(shipment) if row.pk not in completed]
        if len(others) < 8:
            return
        missing, damaged, back = (str(row.line) for row in others[:3])
        checking.note(shipment, missing, "missing", actor=archivist)
        checking.note(shipment, damaged, "damaged", reason="封面撕裂，已加护封（示例）", actor=archivist)
        text = "缺退休审批表，未附缺件说明（示例）"
        checking.note(shipment, back, "returned", reason_code="missing_papers", reason=text, actor=archivist)

    def _shelve(self, shipment, archivist, completed):
        rows = Dossier.objects.filter(shipment=shipment, state=DossierState.RECEIVED).values_list("pk", flat=True)
        ids = [pk for pk in rows.order_by("line") if pk in completed or self.dice.random() < 0.7]
        office = shipment.addressee
        first = Dossier.objects.filter(office=office).exclude(number="").count() + 1
        with self.story.on(6):
            start = f"{office.code}-2026-{first:05}"
            services.record(ids, values={"shelf": "1库-3区"}, actor=archivist, start_number=start)
            services.take("shelve", ids, actor=archivist)

    def _checking(self, sent):
        """Begun, and left for tomorrow where there is enough to do."""
        for shipment in sent[:1]:
            with self.story.on(1):
                shipments.take("start", [shipment.pk], actor=self._archivist(shipment))

    def _catalogues(self, ids, hr):
        for dossier in Dossier.objects.filter(pk__in=ids):
            with self.story.on(24):
                services.take("reopen", [dossier.pk], actor=hr)
                rows = [
                    {
                        "scheme": "ten",
                        "class_code": code,
                        "title": title,
                        "year": year,
                        "month": month,
                        "day": None,
                        "copies": 1,
                        "pages": pages,
                        "remark": "",
                    }
                    for code, title, year, month, pages in MATERIALS
                ]
                catalogue.add(dossier, rows, actor=hr)
                services.record([dossier.pk], values={"pages": 17}, actor=hr)
                services.take("ready", [dossier.pk], actor=hr)

    def _leaders(self, enterprise, hr):
        """One exempt by the two-part test with its document, one disputed."""
        rows = Dossier.objects.filter(enterprise=enterprise, state=DossierState.PREPARING)
        leaders = list(rows.order_by("pk")[:2])
        if len(leaders) < 2:
            return
        with self.story.on(15):
            scan = SimpleUploadedFile("任免文件（示例）.pdf", SCAN)
            papers.bring(DOSSIER_PAPERS, "leader", leaders[0], scan, actor=hr)
            text = "经核对任免文件，符合两项条件（示例）"
            services.take("exempt", [leaders[0].pk], actor=hr, reason=text, values=TEST)
            text = "任免机关有不同意见，提请研究（示例）"
            services.take("dispute", [leaders[1].pk], actor=hr, reason=text, values={**TEST, "group_post": None})

    def _fees(self, enterprise, hr):
        """Fees of the enterprise at the first archive that received from it, at any point of their way."""
        signed = Shipment.objects.filter(enterprise=enterprise, state__in=(State.SIGNED, State.RECEIPTED))
        shipment = signed.select_related("addressee").order_by("pk").first()
        assessor = Office.objects.filter(kind="assessor").order_by("pk").first()
        if shipment is None or assessor is None:
            return
        valuer, archivist = self.story.clerks.of("assessor", assessor), self._archivist(shipment)
        with self.story.on(7):
            fee = fees.request_assessment(enterprise, shipment.addressee, assessor, actor=hr)
        day = self.story.today - timedelta(days=7)
        report = {
            "unit_price": Decimal("55.00"),
            "report_number": f"示例评〔2026〕{fee.pk.int % 97}号",
            "assessed_on": day,
        }
        way = (
            ("assess", valuer, {"count": shipment.sent, **report}),
            ("confirm_archive", archivist, {}),
            ("second_enterprise", hr, {}),
            ("pay", hr, {"voucher": "示例凭证0001", "paid_on": day}),
            ("acknowledge", archivist, {}),
        )
        for step, who, values in way[: self.dice.randrange(len(way) + 1)]:
            with self.story.on(3):
                fees.take(step, [fee.pk], actor=who, values=values)
