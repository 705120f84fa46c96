from django.db import models

from accounts.duties import ENTERPRISE_DUTIES, OFFICE_DUTIES
from audit.history import trail
from audit.querysets import AuditedQuerySet


class PlaceQuerySet(AuditedQuerySet):
    def under(self, paths):
        """The places at or below any of these paths."""
        rows = models.Q(pk__in=[])
        for path in paths:
            rows |= models.Q(path__startswith=path)
        return self.filter(rows)

    def active(self):
        return self.filter(active=True)


class OfficeKind(models.TextChoices):
    CITY = "city", "市级"
    AREA = "area", "区市、开发区"
    STREET = "street", "镇（街道）"
    COMMUNITY = "community", "社区（村）"
    ARCHIVE = "archive", "档案管理机构"
    PARTY = "party", "党组织"
    BUREAU = "bureau", "市直部门"
    ASSESSOR = "assessor", "评估机构"


class Office(models.Model):
    """One office of the receiving side. `path` spells its place in the tree of receivers, which is not the
    statistical tree: a street or a village may belong to another receiving area (domain.md 9.3)."""

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=12, choices=OfficeKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位"
    )
    path = models.CharField(max_length=120, unique=True, editable=False)
    # The official statistical parent (NBS code); kept beside the receiving parent.
    stats_parent = models.CharField("统计上级代码", max_length=12, blank=True)
    # Printed on the papers that people take home: whom to ask, and where.
    address = models.CharField("办公地址", max_length=160, blank=True)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    active = models.BooleanField("在用", default=True)
    note = models.CharField("说明", max_length=200, blank=True)
    history = trail()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "单位"
        default_permissions = ()
        permissions = [(duty.value, duty.label) for duty in OFFICE_DUTIES]
        ordering = ["path"]
        indexes = [
            models.Index(fields=["path"], name="office_path_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["kind", "active"], name="office_by_kind"),
        ]

    def __str__(self):
        return self.short_name or self.name

    def path_below(self, parent):
        # The closing slash keeps "1/" from being a prefix of "12/".
        return f"{parent.path if parent else ''}{self.code}/"


class OfficeAlias(models.Model):
    """Another name under which an office appears in rosters and addresses."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="aliases")
    name = models.CharField("别名", max_length=80)
    history = trail()

    objects = AuditedQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "单位别名"
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="one_alias_once")]

    def __str__(self):
        return self.name


class ReceiverLink(models.Model):
    """Which receiving area or street an office belonged to, from when to when, and on what ground."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="links")
    receiver = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="接收上级")
    since = models.DateField("开始日期")
    until = models.DateField("结束日期", null=True, blank=True)
    basis = models.CharField("依据", max_length=200)
    history = trail()

    objects = AuditedQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "隶属关系"
        constraints = [
            models.UniqueConstraint(fields=["office"], condition=models.Q(until=None), name="one_receiver_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="link_ends_after_start"
            ),
        ]

    def __str__(self):
        return f"{self.office} → {self.receiver}"


class EnterpriseLevel(models.TextChoices):
    CENTRAL = "central", "中央企业"
    PROVINCE = "province", "省属企业"
    CITY = "city", "市属企业"
    DISTRICT = "district", "区属企业"


class Enterprise(models.Model):
    """A state-owned enterprise; a group stands above its subsidiaries (四(二): the group coordinates them)."""

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    level = models.CharField("隶属关系", max_length=10, choices=EnterpriseLevel, default=EnterpriseLevel.CITY)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级企业"
    )
    path = models.CharField(max_length=120, unique=True, editable=False)
    address = models.CharField("通讯地址", max_length=160, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    annuity = models.BooleanField("已实施企业年金", default=False)
    annuity_filing = models.CharField("企业年金方案备案号", max_length=60, blank=True)
    # 主管部门（单位）: agrees to what stays for the vulnerable (二(六)); without one of its own, that of the group.
    supervisor = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="supervised", verbose_name="主管部门（单位）"
    )
    active = models.BooleanField("在用", default=True)
    history = trail(no_index=["supervisor"])

    objects = PlaceQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "企业"
        default_permissions = ()
        permissions = [(duty.value, duty.label) for duty in ENTERPRISE_DUTIES]
        ordering = ["path"]

    def __str__(self):
        return self.short_name or self.name

    def path_below(self, parent):
        return f"{parent.path if parent else ''}{self.code}/"
