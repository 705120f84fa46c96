"""What a paper 文书 is: made here from a template, or brought from outside as a scan, or both.

No tables here: each owner of papers (a case, a shipment, a letter …) has a table of its own that says by which way its
papers are seen. What stands in a paper is kept sealed with it, so that it can be printed again word for word however
the person's facts have changed since; the stamped scan is attached back to the paper that was made here.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.scope import ScopedQuerySet
from weihai_transfer.lib import words
from weihai_transfer.lib.fields import SealedField, new_id


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One kind of paper of one kind of owner; `code` is a member of the model's own choices, which name it.

    `duties` may make or bring it. `template` names a file of templates/papers without its ending; empty for a paper that
    only comes from outside. `content(ids)` answers {id: all that stands in it}, plain values only; `check(ids)` answers
    {id: sentence} for the owners of which it cannot be made. The number continues those of the enterprise or office that
    `numbered_by` names (a foreign key of the owner), with `mark`; `number(ids)` answers {id: number} where the paper
    brings its own, as a letter does.
    """

    code: models.TextChoices
    duties: tuple[str, ...]
    # Made or brought on the owner's page; False for what a step makes by itself, such as a frozen annex.
    by_hand: bool = True
    template: str = ""
    mark: str = ""
    numbered_by: str = "enterprise"
    content: Callable | None = None
    check: Callable | None = None
    number: Callable | None = None

    @property
    def label(self):
        return self.code.label


class PaperQuerySet(ScopedQuerySet):
    """A subclass says by `office` and `enterprise` how its owner is seen."""


class Paper(models.Model):
    """A subclass adds its kinds as choices, the foreign key of its owner, and says the name of that key in `owner`."""

    owner = ""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("编号", max_length=60, blank=True)
    # The template with its version: "letter-1".
    template = models.CharField("模板", max_length=40, blank=True)
    content = SealedField("内容")
    # A keyed digest of the content: the same again is not made twice.
    content_index = models.CharField(max_length=24, blank=True, editable=False)
    made_at = models.DateTimeField("生成时间", default=timezone.now, editable=False)
    made_by = models.UUIDField("办理编号", null=True, editable=False)
    # The scan that was attached, or the workbook that was frozen; empty until then.
    filename = models.CharField("文件名", max_length=200, blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField("大小", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.label} {self.number}".strip()

    @property
    def label(self):
        return self.get_kind_display()

    @property
    def owner_id(self):
        return getattr(self, self._meta.get_field(self.owner).attname)

    @property
    def path(self):
        """Where the file lies sealed. One that is replaced keeps its own place."""
        folder = Path(settings.UPLOADS) / "papers" / self._meta.label_lower
        return folder / f"{self.id}-{self.sha256[:16]}.sealed"

    def context(self):
        """What the template is given."""
        return {
            **json.loads(self.content),
            "number": self.number,
            "template": self.template,
            "operation": str(self.made_by)[-12:] if self.made_by else "",
            "made_on": words.on_paper(timezone.localdate(self.made_at)),
        }

    def printed_name(self):
        return f"{self.label}-{self.number}.docx"


@dataclass(frozen=True)
class PaperDesk:
    """The papers of one kind of owner: `name` stands in the names of their addresses (“shipment” →
    archives:shipment_paper …), `track` begins the kinds of their operations, `page` is the owner's own page."""

    name: str
    app: str
    track: str
    model: type
    page: str
    kinds: tuple[PaperKind, ...]

    def __getitem__(self, code):
        return next(kind for kind in self.kinds if kind.code == code)

    @property
    def owner(self):
        return self.model._meta.get_field(self.model.owner).related_model

    @property
    def papers_of(self):
        return f"{self.app}:{self.name}_papers_of"

    def url(self, view, *args):
        return reverse(f"{self.app}:{self.name}_{view}", args=args)


def with_number_once(name):
    """The constraint of a model whose numbers are given by its places."""
    return models.UniqueConstraint(fields=["kind", "number"], condition=~Q(number=""), name=name)
