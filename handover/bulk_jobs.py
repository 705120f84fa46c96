"""The bulk steps that no request waits for. What is done stands in the selection's row: a job may be started twice
and may die."""

from django_tasks import task

from handover import bulk_running


@task()
def run_selection(pk):
    bulk_running.run(pk)


def enqueue(selection):
    run_selection.enqueue(str(selection.pk))


def start_again():
    """Put the selections whose worker died back to work; returns how many."""
    stale = list(bulk_running.unfinished())
    for selection in stale:
        enqueue(selection)
    return len(stale)
