"""Conditions of a list: declared once, read from the address, said in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

CHOICE, MANY, TEXT, DATE, MONTH, FLAG = "choice", "many", "text", "date", "month", "flag"
_DEFAULT_LOOKUP = {MANY: "{}__in", TEXT: "{}__contains", MONTH: "{}"}


@dataclass(frozen=True)
class Filter:
    """`lookup` is the ORM lookup (by default made from the name); `narrow(queryset, value)` replaces it.

    Choices are (value, label) pairs or a function that returns them; a FLAG narrows only when ticked.
    """

    name: str
    label: str
    choices: tuple | list | Callable = ()
    kind: str = CHOICE
    lookup: str = ""
    narrow: Callable | None = None
    help: str = ""

    def options(self):
        return [(str(value), label) for value, label in (self.choices() if callable(self.choices) else self.choices)]


class BoundFilter:
    def __init__(self, one, data):
        self.filter = one
        self.name, self.label, self.kind, self.help = one.name, one.label, one.kind, one.help
        self.options = one.options() if one.kind in (CHOICE, MANY) else []
        self.raw = [text for text in (item.strip() for item in data.getlist(one.name)) if text]
        self.value, self.fault = self._read()

    def _read(self):
        if not self.raw:
            return None, ""
        if self.kind in (CHOICE, MANY):
            known = {value for value, label in self.options}
            if not set(self.raw) <= known:
                return None, f"筛选条件“{self.label}”的取值已不存在，未列出任何记录。请重新选择后再筛选。"
            return (self.raw[-1] if self.kind == CHOICE else self.raw), ""
        if self.kind in (DATE, MONTH):
            return self._read_day()
        if self.kind == FLAG:
            return self.raw[-1] == "1" or None, ""
        return self.raw[-1][:100], ""

    def _read_day(self):
        text = self.raw[-1]
        try:
            if self.kind == DATE:
                return date.fromisoformat(text), ""
            return datetime.strptime(text, "%Y-%m").date(), ""
        except ValueError:
            form = "2026-11-23" if self.kind == DATE else "2026-11"
            return None, f"筛选条件“{self.label}”不是有效日期，未列出任何记录。请按 {form} 的格式填写。"

    @property
    def text(self):
        """What the input shows again, right or wrong."""
        return self.raw[-1] if self.raw else ""

    @property
    def marked(self):
        """(value, label, chosen) for selects and ticks."""
        return [(value, label, value in self.raw) for value, label in self.options]

    @property
    def is_set(self):
        return self.value is not None

    @property
    def words(self):
        if not self.is_set:
            return f"{self.label}：{self.text}" if self.raw else ""
        if self.kind == FLAG:
            return self.label
        if self.kind in (CHOICE, MANY):
            chosen = [label for value, label, is_chosen in self.marked if is_chosen]
            return f"{self.label}：{'、'.join(chosen)}"
        return f"{self.label}：{self.text}"

    def narrow(self, queryset):
        if not self.is_set:
            return queryset
        if self.filter.narrow:
            return self.filter.narrow(queryset, self.value)
        if self.kind == MONTH:
            field = self.filter.lookup or self.name
            return queryset.filter(**{f"{field}__year": self.value.year, f"{field}__month": self.value.month})
        lookup = self.filter.lookup or _DEFAULT_LOOKUP.get(self.kind, "{}").format(self.name)
        return queryset.filter(**{lookup: self.value})
