"""Words of out-of-pool money 统筹外费用 (domain.md 5.3)."""

from django.db import models


class ItemKind(models.TextChoices):
    HEATING = "heating", "取暖补贴"
    PROPERTY = "property", "物业补贴"
    LIVING = "living", "生活补贴"
    MEDICAL = "medical", "医疗补助"
    ACTIVITIES = "activities", "活动经费"
    FESTIVAL = "festival", "节日慰问"
    HOUSING = "housing", "住房补贴"
    TRANSPORT = "transport", "交通、通讯补贴"
    ONE_CHILD = "one_child", "独生子女补助"
    FUNERAL = "funeral", "丧葬、抚恤补差"
    NURSING = "nursing", "护理费"
    MODEL_WORKER = "model_worker", "劳模津贴"
    PRICE = "price", "物价补贴"
    OTHER = "other", "其他"


class Period(models.TextChoices):
    MONTHLY = "monthly", "按月"
    YEARLY = "yearly", "按年"
    SEASON = "season", "按采暖季"
    FESTIVAL = "festival", "按节日"
    EVENT = "event", "按发生"


# How often a rate is paid in a year; a festival's number stands in the item, an event has none and is in no forecast.
TIMES_A_YEAR = {Period.MONTHLY: 12, Period.YEARLY: 1, Period.SEASON: 1}
