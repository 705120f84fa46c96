"""A worker in a process of its own, so that a test can kill it in the middle of its work.

python -m tests.retirees.worker check|import ROSTER CHUNK UPLOADS   (the database by DATABASE_URL)
"""

import os
import sys
from pathlib import Path

import django


def main(work, roster_id, chunk, uploads):
    os.environ["DJANGO_SETTINGS_MODULE"] = "weihai_transfer.settings"
    django.setup()
    from django.conf import settings

    from retirees.roster import checking, importing

    settings.UPLOADS = Path(uploads)
    # Small chunks: a roster of a test has as many of them as a large one in real life.
    checking.CHUNK = importing.CHUNK = int(chunk)
    {"check": checking, "import": importing}[work].carry_out(roster_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
