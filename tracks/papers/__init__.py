"""Papers 文书 of every kind of track; see docs/decisions/0023-papers.md.

models: what a paper is. making: from a template. files: scans and frozen annexes. pages: what a browser shows of them.
"""

from tracks.papers.files import attach, bring, damaged, keep, read
from tracks.papers.making import Made, make, may_make, render
from tracks.papers.models import Paper, PaperDesk, PaperKind, PaperQuerySet, with_number_once

__all__ = [
    "Made",
    "Paper",
    "PaperDesk",
    "PaperKind",
    "PaperQuerySet",
    "attach",
    "bring",
    "damaged",
    "keep",
    "make",
    "may_make",
    "read",
    "render",
    "with_number_once",
]
