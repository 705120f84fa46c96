from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import reach_of
from audit.history import trail
from benefits.decision import BY_NUMBER, Outcome
from benefits.models.items import OutOfPoolItem
from benefits.models.plans import TaperingPlan
from benefits.models.settlements import Settlement
from benefits.treatment_states import MACHINE, WITH_PROOF, State
from retirees.models import Retiree
from tracks.models import Track, TrackQuerySet


class TreatmentQuerySet(TrackQuerySet):
    """The enterprise's own; the competent body's from the day on which it is asked; the city office's."""

    office = "approver"
    seen_with = (Duty.SUBMIT, Duty.APPROVE, Duty.COORDINATE)

    def open_to(self, user, *duties):
        rows = Q(pk__in=[])
        for duty in duties:
            reach = reach_of(user, duty)
            if reach.everywhere:
                return self.filter()
            mine = reach.covers(self.office if duty == Duty.APPROVE else None, self.enterprise)
            rows |= mine & Q(asked_on__isnull=False) if duty == Duty.APPROVE else mine
        return self.filter(rows)


class Treatment(Track):
    """统筹外费用处理: what becomes of one item of one person, and why: the row of the decision table, the facts and the
    city's choices on which it was decided, the proof."""

    machine = MACHINE

    item = models.OneToOneField(OutOfPoolItem, models.PROTECT, primary_key=True, related_name="treatment")
    retiree = models.ForeignKey(Retiree, models.PROTECT, verbose_name="退休人员", related_name="treatments")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="企业", related_name="treatments", db_index=False
    )
    # 主管部门（单位） of the enterprise or of its group; it sees the row once it was asked.
    approver = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name="主管部门（单位）", related_name="+"
    )
    asked_on = models.DateField("报送主管部门日期", null=True, blank=True)
    state = models.CharField("状态", max_length=14, choices=State, default=State.PROPOSED, editable=False)
    rule = models.PositiveSmallIntegerField("判定规则")
    outcome = models.CharField("处理方式", max_length=12, choices=Outcome)
    # The inputs of the table as they stood, and the city's choices with their sources: the decision can be told again.
    facts = models.JSONField("判定依据", default=dict)
    # Where the facts come from: {"vulnerable": [codes], "annuity": {…}, "cohort": {…}}.
    grounds = models.JSONField("判定依据的来源", default=dict)
    choices = models.JSONField("口径", default=dict)
    decided_on = models.DateField("判定日期")
    yearly = models.DecimalField("年标准（元）", max_digits=13, decimal_places=2)
    percent = models.DecimalField("过渡期比例（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    plan = models.ForeignKey(
        TaperingPlan, models.PROTECT, null=True, blank=True, verbose_name="过渡方案", related_name="+"
    )
    settlement = models.ForeignKey(
        Settlement, models.PROTECT, null=True, blank=True, verbose_name="核算", related_name="treatments"
    )
    proof = models.CharField("凭证（文号）", max_length=80, blank=True)
    proof_on = models.DateField("凭证日期", null=True, blank=True)
    history = trail(no_index=["retiree", "enterprise", "approver", "plan", "settlement"])

    objects = TreatmentQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "统筹外费用处理"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="treatment_state_known"),
            models.CheckConstraint(condition=Q(rule__in=tuple(BY_NUMBER)), name="treatment_rule_known"),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_PROOF) | (~Q(proof="") & Q(proof_on__isnull=False)),
                name="carried_out_treatment_has_a_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.TO_SIGN, State.PAID)) | Q(settlement__isnull=False),
                name="lump_sum_has_a_settlement",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITH_APPROVER) | Q(approver__isnull=False, asked_on__isnull=False),
                name="asked_treatment_names_whom",
            ),
        ]
        indexes = [models.Index(fields=["enterprise", "state"], name="treatment_by_enterprise")]

    def __str__(self):
        return str(self.item)

    @property
    def row(self):
        """The row of the decision table that decided."""
        return BY_NUMBER[self.rule]
