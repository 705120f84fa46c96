from django.db import models
from django.utils import timezone

from accounts.models import Enterprise, Office
from accounts.scope import ScopedQuerySet
from audit.history import trail
from retirees import codes
from retirees.models.facts import PersonFacts
from weihai_transfer.lib import identity
from weihai_transfer.lib.sealing import blind_index


class RetireeQuerySet(ScopedQuerySet):
    def alive(self):
        return self.exclude(survival=codes.Survival.DECEASED)

    def matching(self, text):
        """Search by name, full pinyin, initials, a whole ID number, or the last four digits of ID or phone."""
        text = text.strip().replace(" ", "")
        if not text:
            return self.none()
        if not text.isascii():
            return self.filter(name__contains=text)
        if text[:-1].isdigit() and len(text) in (15, 18):
            return self.filter(id_index=blind_index("id", text.upper()))
        if text[:-1].isdigit() and len(text) == 4:
            return self.filter(
                models.Q(id_tail_index=blind_index("id_tail", text.upper()))
                | models.Q(phone_tail_index=blind_index("phone_tail", text))
            )
        text = text.lower()
        return self.filter(models.Q(pinyin__contains=text) | models.Q(initials__contains=text))


class Retiree(PersonFacts):
    """A retiree of a state-owned enterprise. `office` is who may see the person now; a draft has none."""

    # The composite indexes below begin with enterprise and office; single ones would only cost every import.
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="企业", related_name="retirees", db_index=False
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name="接收单位", related_name="retirees", db_index=False
    )
    roster = models.ForeignKey("retirees.Roster", models.PROTECT, null=True, blank=True, related_name="people")
    history = trail(
        no_index=["id_index", "id_tail_index", "phone_tail_index", "pinyin", "enterprise", "office", "roster"]
    )

    objects = RetireeQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "退休人员"
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "id_index"], name="one_row_per_person_and_enterprise"),
            models.CheckConstraint(condition=~models.Q(name=""), name="retiree_has_a_name"),
            models.CheckConstraint(condition=~models.Q(id_index=""), name="retiree_has_an_id"),
        ]
        indexes = [
            models.Index(fields=["id_index"], name="retiree_by_id"),
            models.Index(fields=["id_tail_index"], name="retiree_by_id_tail"),
            models.Index(fields=["phone_tail_index"], name="retiree_by_phone_tail"),
            models.Index(fields=["office", "pinyin"], name="retiree_by_office"),
            models.Index(fields=["enterprise", "pinyin"], name="retiree_by_enterprise"),
        ]

    def __str__(self):
        return f"{self.name}（{self.enterprise}）"

    @property
    def masked_id(self):
        return identity.mask_id(self.id_number)

    @property
    def masked_phone(self):
        return identity.mask_phone(self.phone)

    @property
    def age(self):
        if not self.born_on:
            return None
        today = self.died_on or timezone.localdate()
        return today.year - self.born_on.year - ((today.month, today.day) < (self.born_on.month, self.born_on.day))

    @property
    def special_group_labels(self):
        return [codes.SPECIAL_GROUPS.get(code, code) for code in self.special_groups]
