"""Bulletins of the demo city: that of last month is issued, that of this month waits as a draft."""

from datetime import timedelta

from accounts.models import Office
from oversight.reports import bulletins, figures
from weihai_transfer.lib import clock


def tell(story):
    actor = story.clerks.of("sasac", Office.objects.get(code="371000"))
    with story.on(0, 9):
        this_month = clock.today().replace(day=1)
        last_month = (this_month - timedelta(days=1)).replace(day=1)
        bulletins.issue(_draft(last_month, actor), actor=actor)
        _draft(this_month, actor)


def _draft(month, actor):
    day, since = bulletins.days_of(month)
    numbers = figures.read(actor, day, since, months=figures.MONTHS)
    return bulletins.draft(month, numbers, actor=actor)
