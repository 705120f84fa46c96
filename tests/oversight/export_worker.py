"""A worker in a process of its own, so that a test can kill it in the middle of its work.

python -m tests.oversight.export_worker EXPORT CHUNK UPLOADS   (the database by DATABASE_URL)
"""

import os
import sys
from pathlib import Path

import django


def main(pk, chunk, uploads):
    os.environ["DJANGO_SETTINGS_MODULE"] = "weihai_transfer.settings"
    django.setup()
    from django.conf import settings

    from oversight.exports import running

    settings.UPLOADS = Path(uploads)
    # Small chunks, so that it is killed between two of them and not behind the last one.
    running.CHUNK = int(chunk)
    running.run(pk)


if __name__ == "__main__":
    main(*sys.argv[1:])
