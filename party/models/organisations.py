from django.db import models
from django.db.models import Q

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import ScopedQuerySet
from audit.history import trail


class OrganisationKind(models.TextChoices):
    WORKING_COMMITTEE = "working", "党工委"
    COMMITTEE = "committee", "基层党委"
    GENERAL_BRANCH = "general", "党总支"
    BRANCH = "branch", "党支部"


# Letters go from one of these to another one (党员教育管理工作条例 25).
COMMITTEES = (OrganisationKind.WORKING_COMMITTEE, OrganisationKind.COMMITTEE)
BELOW = {
    None: tuple(OrganisationKind),
    OrganisationKind.WORKING_COMMITTEE: (
        OrganisationKind.COMMITTEE,
        OrganisationKind.GENERAL_BRANCH,
        OrganisationKind.BRANCH,
    ),
    OrganisationKind.COMMITTEE: (OrganisationKind.COMMITTEE, OrganisationKind.GENERAL_BRANCH, OrganisationKind.BRANCH),
    OrganisationKind.GENERAL_BRANCH: (OrganisationKind.BRANCH,),
    OrganisationKind.BRANCH: (),
}


class OrganisationQuerySet(ScopedQuerySet):
    """Kept by the party duty at the place on which an organisation hangs; seen by who watches this track, too."""

    seen_with = (Duty.PARTY, Duty.WATCH_PARTY)

    def active(self):
        return self.filter(active=True)

    def committees(self):
        return self.filter(kind__in=COMMITTEES)

    def branches(self):
        return self.filter(kind=OrganisationKind.BRANCH)

    def under(self, organisation):
        return self.filter(path__startswith=organisation.path)


class PartyOrganisation(models.Model):
    """A party organisation 党组织: a tree of its own beside those of offices and enterprises, each hung on one of them."""

    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=10, choices=OrganisationKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级党组织"
    )
    # Numbers of this table from the root down, each with a closing slash.
    path = models.CharField(max_length=120, unique=True, editable=False)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name="所在单位", related_name="party_organisations"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, verbose_name="所在企业", related_name="party_organisations"
    )
    nationwide = models.BooleanField("可向全国直接接转组织关系", default=False)
    address = models.CharField("通讯地址", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    fax = models.CharField("传真", max_length=30, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    active = models.BooleanField("在用", default=True)
    history = trail(no_index=["path"])

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "党组织"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(office=None, enterprise__isnull=False) | Q(office__isnull=False, enterprise=None),
                name="party_organisation_hangs_on_one_place",
            ),
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="party_organisation_kind_known"),
            models.CheckConstraint(
                condition=Q(nationwide=False) | Q(kind__in=COMMITTEES), name="only_committees_transfer_nationwide"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="party_organisation_has_a_name"),
            models.UniqueConstraint(
                fields=["office", "name"], condition=Q(active=True), name="party_organisation_once_in_an_office"
            ),
            models.UniqueConstraint(
                fields=["enterprise", "name"], condition=Q(active=True), name="party_organisation_once_in_an_enterprise"
            ),
        ]
        indexes = [
            models.Index(fields=["path"], name="party_organisation_by_path", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self):
        return self.name

    @property
    def place(self):
        return self.office or self.enterprise

    @property
    def levels(self):
        """One for each level above it."""
        return range(self.path.count("/") - 1)

    @property
    def is_committee(self):
        return self.kind in COMMITTEES
