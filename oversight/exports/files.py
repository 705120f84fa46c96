"""Where finished exports lie: sealed, under an id of their own, with nothing in their name."""

import time
from pathlib import Path

from django.conf import settings

from oversight.models import Export, ExportState
from weihai_transfer.lib import sealed_files

# Longer than any worker writes: what is older and belongs to no export was left by one that died.
FORGOTTEN = 86_400


def folder():
    return Path(settings.UPLOADS) / "exports"


def path_of(file):
    return folder() / f"{file}.sealed"


def keep(file, clear_path):
    """Seal the workbook; returns (size, keyed digest)."""
    with Path(clear_path).open("rb") as clear:
        return sealed_files.write(path_of(file), file, iter(lambda: clear.read(sealed_files.FRAME), b""))


def read(file):
    return sealed_files.read(path_of(file), file)


def forget(file):
    path_of(file).unlink(missing_ok=True)


def sweep():
    """Remove what workers left that died between sealing and saying so."""
    known = {str(one) for one in Export.objects.filter(state=ExportState.READY).values_list("file", flat=True)}
    for path in folder().glob("*"):
        if path.name.split(".")[0] not in known and time.time() - path.stat().st_mtime > FORGOTTEN:
            path.unlink(missing_ok=True)
