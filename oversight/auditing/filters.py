"""Conditions that the lists of acts and events share."""

from datetime import timedelta

from django.db.models import Q

from weihai_transfer.lib import clock, filters
from weihai_transfer.lib.filters import Filter


def _from(rows, day):
    return rows.filter(at__gte=clock.midnight(day))


def _until(rows, day):
    return rows.filter(at__lt=clock.midnight(day + timedelta(days=1)))


def _by(rows, username):
    # A failed login belongs to nobody: it keeps the account that was typed.
    return rows.filter(Q(actor__username=username) | Q(actor=None, actor_name=username))


PERIOD = (
    Filter("since", "开始日期", kind=filters.DATE, narrow=_from),
    Filter("until", "结束日期", kind=filters.DATE, narrow=_until),
)
ACCOUNT = Filter("account", "办理人账号", kind=filters.TEXT, narrow=_by)


def of_kinds(kinds):
    return (*PERIOD, ACCOUNT, Filter("kind", "事项", tuple(kinds.items())))
