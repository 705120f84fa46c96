from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.scope import reach_of
from audit.history import trail
from handover.models.agreements import Agreement, OfAgreement
from tracks.papers import Paper, PaperQuerySet


class AgreementPaperKind(models.TextChoices):
    AGREEMENT = "agreement", "移交协议"
    ROSTER = "roster", "移交花名册"
    SIGNED_ENTERPRISE = "signed_enterprise", "企业方盖章的协议"
    SIGNED_AREA = "signed_area", "接收方盖章的协议"
    ANNEX_PEOPLE = "annex_people", "附件一 移交人员花名册"
    ANNEX_DOSSIERS = "annex_dossiers", "附件二 人事档案清单"
    ANNEX_MEMBERS = "annex_members", "附件三 党员名册"
    ANNEX_ASSETS = "annex_assets", "附件四 资产清单"


ANNEXES = (
    AgreementPaperKind.ANNEX_PEOPLE,
    AgreementPaperKind.ANNEX_DOSSIERS,
    AgreementPaperKind.ANNEX_MEMBERS,
    AgreementPaperKind.ANNEX_ASSETS,
)


class AgreementPaperQuerySet(OfAgreement, PaperQuerySet):
    def visible_to(self, user):
        """Party data with the party duty or its watch alone: the roster of members, and nothing but it."""
        members = Q(kind=AgreementPaperKind.ANNEX_MEMBERS)
        party = reach_of(user, Duty.PARTY, Duty.WATCH_PARTY)
        with_party = members & party.covers(self.office, self.enterprise)
        return self.filter(with_party | (Q(pk__in=self.open_to(user, *self.seen_with).values("pk")) & ~members))


class AgreementPaper(Paper):
    """A paper of an agreement: made here, brought with its seal, or frozen as an annex."""

    owner = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="papers")
    kind = models.CharField("类别", max_length=20, choices=AgreementPaperKind)
    history = trail()

    objects = AgreementPaperQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "协议文书"
        constraints = [
            # The agreement itself carries its own number each time that it is printed.
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=~Q(number="") & ~Q(kind=AgreementPaperKind.AGREEMENT),
                name="agreement_paper_number_once",
            )
        ]
        indexes = [models.Index(fields=["agreement", "kind"], name="agreement_paper_by_kind")]
