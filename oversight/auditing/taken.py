"""What left the system as a file: exports and downloads, with how much each held."""

import re

from audit import events
from oversight.auditing.reading import OUT

KINDS = {kind: events.LABELS[kind] for kind in OUT}
AMOUNT = re.compile(r"([\d,]*\d) ?(人|卷|项|份|条|笔|行|件|批|个区市)")


def amount_of(event):
    """“移交花名册 1,203 人” → “1,203 人”. Every download writes what it held into its event; some are one paper."""
    found = AMOUNT.search(event.field)
    return f"{found[1]} {found[2]}" if found else ""
