"""What time it is. Acts ask here, so that the demo city can have a past and a test a fixed day."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time

from django.utils import timezone

_set = ContextVar("clock", default=None)


def now():
    return _set.get() or timezone.now()


def today():
    return timezone.localdate(now())


def midnight(day):
    """The instant at which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


@contextmanager
def at(moment):
    """Let it be `moment` (an aware datetime) inside the block; yields it."""
    token = _set.set(moment)
    try:
        yield moment
    finally:
        _set.reset(token)
