"""Schemes of classes for a dossier's catalogue: the ten classes as the offices of the province use them, and others."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archives.models import CatalogueScheme

TEN_CLASSES = Path(__file__).parent / "reference" / "ten-classes.csv"
DEFAULT = "ten"


@dataclass(frozen=True)
class Scheme:
    code: str
    name: str
    classes: tuple

    def place_of(self, code):
        return next((place for place, (known, _) in enumerate(self.classes) if known == code), len(self.classes))

    def name_of(self, code):
        return dict(self.classes).get(code, "")


@cache
def ten_classes():
    with TEN_CLASSES.open(encoding="utf-8", newline="") as file:
        return Scheme(DEFAULT, "十类", tuple((row["class"], row["name"]) for row in csv.DictReader(file)))


def schemes(*, active=True):
    """{code: Scheme}, the ten classes first."""
    rows = CatalogueScheme.objects.filter(active=True) if active else CatalogueScheme.objects.all()
    own = {row.code: Scheme(row.code, row.name, tuple(map(tuple, row.classes))) for row in rows}
    return {DEFAULT: ten_classes(), **own}
