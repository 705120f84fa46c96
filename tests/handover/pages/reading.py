"""What the tests of pages look for in an answer."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from weihai_transfer.lib import identity
from weihai_transfer.lib.fields import new_id

EIGHTEEN = re.compile(rb"(?<!\d)\d{17}[\dX](?!\d)")
# Not part of a longer word: an id or a token may hold eleven digits in a row.
MOBILE = re.compile(rb"(?<![0-9A-Za-z-])1[3-9]\d{9}(?![0-9A-Za-z-])")


def shown(answer):
    return answer.content.decode()


def numbers_in(answer):
    """Whole identity and telephone numbers anywhere in the bytes of an answer; digits of other things do not count."""
    ids = [found for found in EIGHTEEN.findall(answer.content) if identity.is_valid(found.decode())]
    return ids + MOBILE.findall(answer.content)


def cost(act):
    """How many queries an act takes."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def url(name, *args):
    return reverse(f"handover:{name}", args=args)


def form_of(client, address):
    """The values with which a page's form is sent back unchanged, read from the page itself."""
    form = client.get(address).context["form"]
    values = {"key": str(new_id())}
    for bound in form:
        value = bound.value()
        if bound.name != "key" and value is not None:
            values[bound.html_name] = value
    return values
