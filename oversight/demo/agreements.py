"""The agreements of the demo city: signed before its stock was received; a few new versions are still talked about."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import campaign
from accounts.models import Office
from handover.agreements import plan
from handover.agreements.papers import PAPERS
from handover.models import Agreement, Asset, Case
from handover.models.agreement_papers import AgreementPaperKind as Kind
from handover.services import agreements, assets
from tracks import papers
from weihai_transfer.lib import clock

CONTINGENCY = (
    "联系不上的人员由移交企业继续查找并管理，找到后补充移交；档案途中遗失的，双方立即核查，由移交企业负责补办；"
    "集中反映问题的，由双方负责人共同接待答复（示例）。"
)
COMMENTS = ("请补充档案移交的完成时间。", "请写明党员人数的核对责任人。", "活动中心的面积与产权证不一致，请核对。")
SIGNERS = (("示例赵总经理", "总经理"), ("示例孙主任", "工作专班负责人"))
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
# Of the first group: what its own people and the district of the demo accounts find still to be done.
IN_THE_MAKING = {"HC": "proposed", "WD": "commented", "GQ": "signed_by_area"}


class Agreements:
    def __init__(self, story):
        self.story, self.dice = story, story.dice

    def set_target(self):
        """The campaign of the policy is over; the city has set a new target for what is left."""
        with self.story.on(40):
            today = self.story.today
            campaign.set_stage(
                "normal",
                first_day=today.replace(month=1, day=1),
                last_day=None,
                signing_by=today + timedelta(days=30),
                source="示例：领导小组办公室会议纪要",
                actor=self.story.clerks.of("system_admin", Office.objects.get(code="371000")),
            )

    def sign_first(self, groups):
        """With each area that people of a group's stock go to."""
        for group in groups:
            for area in self._areas_of(group):
                self._first(group, area)

    def _areas_of(self, group):
        rows = Case.objects.filter(stock=True, area__isnull=False, enterprise__path__startswith=group.path)
        return Office.objects.filter(pk__in=rows.values("area").distinct()).order_by("path")

    def _first(self, group, area):
        hr, district = self.story.clerks.of("soe_group", group), self.story.clerks.of("district", area)
        with self.story.on(32):
            made = agreements.draft(group, area, actor=hr)
            self._write(made, hr)
            if area.code in ("HC", "GQ"):
                self._assets(made, group, area, hr)
            self._take(made, "propose", hr)
        if self.dice.random() < 0.4:
            with self.story.on(31):
                self._take(made, "comment", district, reason=self.dice.choice(COMMENTS))
            with self.story.on(30):
                agreements.fill(made, actor=hr)
                self._take(made, "propose", hr, reason="已按意见修改。")
        with self.story.on(29):
            self._take(made, "agree", district)
        with self.story.on(28):
            self._sign(made, "enterprise_signs", hr)
            self._sign(made, "area_countersigns", district)
        with self.story.on(20):
            listed = list(Asset.objects.filter(agreement=made).values_list("pk", flat=True))
            assets.take("receive", listed[:-1], actor=district)

    def amend(self, groups):
        """Who was submitted after the signatures comes into a new version; some are not signed yet."""
        for group in groups:
            for one in Agreement.objects.filter(enterprise=group, state="signed").select_related("enterprise", "area"):
                late = agreements.waiting_people(one).exists()
                wanted = IN_THE_MAKING.get(one.area.code, "signed") if group.code == "DEMO01" else "signed"
                if late:
                    self._amend(one, wanted)

    def _amend(self, before, wanted):
        hr = self.story.clerks.of("soe_group", before.enterprise)
        district = self.story.clerks.of("district", before.area)
        with self.story.on(4):
            made = agreements.amend(before, actor=hr)
            self._take(made, "propose", hr, reason="签订后上报的人员，列入新版本。")
        if wanted == "proposed":
            return
        with self.story.on(3):
            if wanted == "commented":
                self._take(made, "comment", district, reason=self.dice.choice(COMMENTS))
                return
            self._take(made, "agree", district)
        with self.story.on(2):
            self._sign(made, "area_signs", district)
            if wanted == "signed":
                self._sign(made, "enterprise_countersigns", hr)

    def _write(self, made, hr):
        made.refresh_from_db()
        today = self.story.today
        rows = (
            (20, "核对人员名册，确认接收镇（街道）", "both"),
            (45, "移交人事档案，双方签收", "enterprise"),
            (75, "转接党组织关系，编入支部", "both"),
        )
        values = {
            "timetable": [
                {"until": f"{today + timedelta(days=days)}", "work": work, "side": side} for days, work, side in rows
            ],
            "contingency": CONTINGENCY,
        }
        agreements.write_plan(made, values, seen=plan.version_of(made), actor=hr)

    def _assets(self, made, group, area, hr):
        center = {
            "name": "退休职工活动中心（示例）",
            "category": "building",
            "address": f"威海市{area}示例路 {self.dice.randint(1, 99)} 号",
            "floor_area": self.dice.randint(120, 900),
            "quantity": 1,
            "original_value": self.dice.randint(60, 300) * 10_000,
            "net_value": self.dice.randint(20, 60) * 10_000,
            "title_number": f"示例房权证{group.code}-{area.code}号",
            "use": "活动中心",
            "receiver": str(area),
            "approval_number": f"示例批〔{self.story.today.year}〕{self.dice.randint(1, 40)}号",
            "handed_over_on": None,
            "remark": "",
        }
        furniture = {
            **center,
            "name": "活动器材（示例）",
            "category": "equipment",
            "address": "",
            "floor_area": None,
            "quantity": self.dice.randint(10, 60),
            "original_value": 36_000,
            "net_value": 9_000,
            "title_number": "",
        }
        assets.bring_in(made, [center, furniture], way=assets.APPEND, actor=hr)
        agreements.fill(made, actor=hr)

    def _take(self, made, step, actor, **given):
        outcome = agreements.take(step, [made.pk], actor=actor, **given)
        if outcome.refused:
            raise RuntimeError(f"the demo agreement {made.number} was not taken on: {outcome.refused}")

    def _sign(self, made, step, actor):
        enterprise = step.startswith("enterprise")
        kind = Kind.SIGNED_ENTERPRISE if enterprise else Kind.SIGNED_AREA
        file = SimpleUploadedFile(f"{made.number}-{'企业方' if enterprise else '接收方'}盖章.pdf", SCAN)
        papers.bring(PAPERS, kind, made, file, actor=actor)
        name, title = SIGNERS[0 if enterprise else 1]
        self._take(made, step, actor, values={"signed_on": clock.today(), "signer": name, "signer_title": title})
