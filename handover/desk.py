"""Where the pages of people lie, for what is done with many of them at once beside the steps."""

from dataclasses import replace

from handover.models import Case
from handover.papers.desk import PAPERS
from tracks.desk import Desk

PEOPLE = Desk(
    kind="case",
    model=Case,
    noun="退休人员",
    list="handover:people",
    row="handover:person",
    step="handover:step",
    outcome="handover:papers_outcome",
    papers_of=PAPERS.papers_of,
)
# Notices 督办 are issued out of the list of people: each row is a person, the act is one of notices.
PRESSED = replace(PEOPLE, kind="notice", outcome="handover:notice_outcome", papers_of="")
