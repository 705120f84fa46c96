"""The exports that no request waits for. What is done stands in the export's row: a job may be started twice and may
die."""

from django_tasks import task

from oversight.exports import running


@task()
def run_export(pk):
    running.run(pk)


def enqueue(export):
    run_export.enqueue(str(export.pk))


def start_again():
    """Put the exports whose worker died back to work; returns how many."""
    stale = list(running.unfinished())
    for export in stale:
        enqueue(export)
    return len(stale)
