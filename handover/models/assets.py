from django.db import models
from django.db.models import Q

from audit.history import trail
from handover.models.agreements import Agreement, OfAgreement
from handover.states.assets import MACHINE, State
from tracks.models import Track, TrackQuerySet
from weihai_transfer.lib.fields import new_id


class AssetCategory(models.TextChoices):
    BUILDING = "building", "房屋"
    EQUIPMENT = "equipment", "设备"
    OTHER = "other", "其他"


class AssetQuerySet(OfAgreement, TrackQuerySet):
    pass


class Asset(Track):
    """One thing that goes with the people, free of charge: premises, equipment (二(一))."""

    machine = MACHINE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, verbose_name="所属协议", related_name="asset_list")
    state = models.CharField("状态", max_length=12, choices=State, default=State.LISTED, editable=False)
    serial = models.PositiveIntegerField("序号")
    name = models.CharField("资产名称", max_length=120)
    category = models.CharField("资产类别", max_length=12, choices=AssetCategory)
    address = models.CharField("坐落地址", max_length=200, blank=True)
    floor_area = models.DecimalField("面积（㎡）", max_digits=12, decimal_places=2, null=True, blank=True)
    quantity = models.PositiveIntegerField("数量", default=1)
    original_value = models.DecimalField("原值", max_digits=14, decimal_places=2)
    net_value = models.DecimalField("净值", max_digits=14, decimal_places=2)
    title_number = models.CharField("权属证号", max_length=80, blank=True)
    use = models.CharField("现用途", max_length=80, blank=True)
    receiver = models.CharField("接收单位", max_length=120, blank=True)
    approval_number = models.CharField("批准文号", max_length=80, blank=True)
    handed_over_on = models.DateField("移交日期", null=True, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)
    history = trail()

    objects = AssetQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "移交资产"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="asset_state_known"),
            models.CheckConstraint(condition=Q(net_value__lte=models.F("original_value")), name="asset_worth_no_more"),
            models.CheckConstraint(
                condition=~Q(category=AssetCategory.BUILDING) | (~Q(address="") & Q(floor_area__gt=0)),
                name="building_says_where_and_how_large",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RECEIVED) | Q(handed_over_on__isnull=False), name="received_asset_says_when"
            ),
        ]
        indexes = [models.Index(fields=["agreement", "state"], name="asset_by_agreement")]

    def __str__(self):
        return self.name
