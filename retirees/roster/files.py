"""Where an uploaded roster lies: sealed, under its own id, never under the user's file name."""

from pathlib import Path

from django.conf import settings

from weihai_transfer.lib import sealed_files


def path_of(roster):
    return Path(settings.UPLOADS) / f"{roster.id}.sealed"


def keep(roster, clear_path):
    """Seal the uploaded bytes; returns (size, keyed digest)."""
    with Path(clear_path).open("rb") as file:
        return sealed_files.write(path_of(roster), roster.id, iter(lambda: file.read(sealed_files.FRAME), b""))


def opened(roster):
    """A context with the path of a private clear copy."""
    return sealed_files.opened(path_of(roster), roster.id, Path(roster.filename).suffix.lower())


def forget(roster):
    path_of(roster).unlink(missing_ok=True)
