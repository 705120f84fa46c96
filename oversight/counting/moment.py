"""All numbers of one page are of one moment."""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment():
    """Everything that is read inside stands as it stood at the beginning: a count that is written meanwhile must not be
    seen by half of a page. SQLite has one writer, who is held up by nobody's reading; there a page is read as it comes."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
