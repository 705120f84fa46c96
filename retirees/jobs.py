"""The work on rosters that no request waits for. What a job has done stands in the roster's own rows, so a job may
be started twice and may die."""

from django_tasks import task

from retirees.models import Roster
from retirees.models.rosters import RosterState
from retirees.roster import checking, importing, leases


@task()
def check_roster(roster_id):
    checking.carry_out(roster_id)


@task()
def import_roster(roster_id):
    importing.carry_out(roster_id)


def start_again():
    """Put the rosters whose worker died back to work; returns how many."""
    stale = list(leases.stale())
    for roster in stale:
        job = import_roster if roster.state == RosterState.IMPORTING else check_roster
        job.enqueue(str(roster.pk))
    return len(stale)


def enqueue(roster: Roster):
    job = import_roster if roster.state == RosterState.IMPORTING else check_roster
    job.enqueue(str(roster.pk))
