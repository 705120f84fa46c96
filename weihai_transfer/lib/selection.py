"""What a bulk form chose: some ticked rows, or the whole filtered list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet


@dataclass(frozen=True)
class Selection:
    """`queryset` holds the chosen rows, never more than the queryset it was read from."""

    queryset: QuerySet
    count: int
    whole: bool
    seen: int
    ids: tuple = ()
    unit: str = "人"

    @classmethod
    def from_post(cls, request, queryset, *, unit="人"):
        """Read the form of `_bulk.html`. `queryset` is scoped and filtered as the list was (ListPage.queryset)."""
        if request.POST.get("all_matching") == "1":
            count = queryset.count()
            asked = request.POST.get("seen", "")
            seen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else count
            return cls(queryset, count, True, seen, (), unit)
        ids = tuple(_keys(queryset.model, request.POST.getlist("id")))
        chosen = queryset.filter(pk__in=ids)
        return cls(chosen, chosen.count(), False, len(ids), ids, unit)

    @property
    def is_empty(self):
        return self.count == 0

    @property
    def changed(self):
        """A sentence when the list is no longer the one that the user looked at; empty otherwise."""
        if self.count == self.seen:
            return ""
        if self.whole:
            return (
                f"您勾选时符合条件的共 {self.seen:,} {self.unit}，现在是 {self.count:,} {self.unit}，"
                "其间名单有变动。请核对后再办理。"
            )
        return (
            f"所选 {self.seen:,} {self.unit}中有 {self.seen - self.count:,} {self.unit}已不在当前列表中，"
            "可能已由他人办理。其余的仍可办理。"
        )

    @property
    def hidden(self):
        """(name, value) pairs that carry this selection through a preview or a reason page."""
        if self.whole:
            return [("all_matching", "1"), ("seen", str(self.count))]
        return [("id", str(key)) for key in self.ids]


def _keys(model, texts: Iterable[str]):
    field, seen = model._meta.pk, set()
    for text in texts:
        try:
            key = field.to_python(text)
        except ValidationError:
            continue
        if key is not None and key not in seen:
            seen.add(key)
            yield key
