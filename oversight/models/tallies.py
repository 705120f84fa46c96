"""How many people stand where, kept as changes by day: derived from the history, so that a million people are counted in
the time that a page has (oversight/counting/keeping.py writes it, rebuilds it and proves it)."""

from django.db import models

from accounts.models import Enterprise, Office


class TallyTrack(models.TextChoices):
    CASE = "case", "管理服务"
    DOSSIER = "dossier", "人事档案"
    MEMBERSHIP = "membership", "党组织关系"


class TallyLevel(models.TextChoices):
    """`street` rows tell streets apart; `area` rows do not, because a city is asked for more often than its streets."""

    AREA = "area", "区市"
    STREET = "street", "镇街"


class TallyKind(models.TextChoices):
    """What a day changed, or what stood when it began."""

    CHANGE = "change", "变化"
    OPENING = "opening", "期初"


class Tally(models.Model):
    """By how much the number of people who stand alike on one track changed on one day; as an opening, how many stood so
    when the day began. Not audited: it can be worked out again.

    What stood at the end of a day is the newest opening up to it and the changes since, at either level.
    """

    day = models.DateField("日期")
    level = models.CharField(max_length=6, choices=TallyLevel)
    kind = models.CharField(max_length=7, choices=TallyKind)
    track = models.CharField(max_length=10, choices=TallyTrack)
    # Where the person goes, and the street (or the area) that may see him; nobody's yet while he is a draft.
    area = models.ForeignKey(Office, models.CASCADE, null=True, related_name="+", db_index=False)
    office = models.ForeignKey(Office, models.CASCADE, null=True, related_name="+", db_index=False)
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+", db_index=False)
    stock = models.BooleanField("存量人员")
    outside = models.BooleanField("在市外办结")
    state = models.CharField("状态", max_length=24)
    # Of a case: covered by a signed agreement; of a dossier: digitised; of a membership: receipted.
    marked = models.BooleanField()
    change = models.IntegerField("人数")

    class Meta:
        indexes = [
            models.Index(fields=["level", "kind", "day"], name="tally_by_day"),
            models.Index(
                fields=["office", "kind", "day"], condition=models.Q(level=TallyLevel.STREET), name="tally_by_office"
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.track} {self.state} {self.change:+}"


class Counted(models.Model):
    """Up to which instant the acts are in the tallies; what came later is counted when it is asked for."""

    until = models.DateTimeField("计至", unique=True)

    def __str__(self):
        return f"{self.until:%Y-%m-%d %H:%M}"
