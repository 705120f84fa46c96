"""Thousands of keys as one parameter of a query: `rows.filter(pk__in=among(model, ids))`.

`pk__in=[…]` prepares, binds and parses each key by itself; for 5,000 keys that costs more than what the database
then does with them.
"""

import json
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL


def among(model, ids):
    """A subquery that yields `ids`, which are keys of `model`."""
    key = model._meta.pk
    while key.remote_field:
        key = key.target_field
    if connection.vendor == "postgresql":
        return RawSQL(f"SELECT unnest(%s::{key.rel_db_type(connection)}[])", [list(ids)])
    # As Django stores them there: a UUID by its 32 digits.
    stored = [one.hex if isinstance(one, UUID) else one for one in ids]
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(stored)])
