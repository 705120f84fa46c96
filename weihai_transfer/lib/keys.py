"""The installation's keys: four, in four files, outside the database.

`data` seals personal fields, `index` makes blind indexes, `seal` seals the audit trail,
`session` is Django's SECRET_KEY. One key that leaked must not open the other three doors.
"""

import os
import secrets
from functools import cache
from pathlib import Path

NAMES = ("data", "index", "seal", "session")


class KeyMissing(Exception):
    """A key file is not there; nothing may start without it."""


def folder():
    return Path(os.environ["WEIHAI_HOME"]) / "keys"


def create_missing():
    """Make the key files that are not there yet, readable by their owner alone; returns their names."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    made = []
    for name in NAMES:
        path = folder() / f"{name}.key"
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        made.append(name)
    return made


@cache
def key(name):
    """The 32 bytes of one key."""
    path = folder() / f"{name}.key"
    try:
        return bytes.fromhex(path.read_text().strip())
    except FileNotFoundError as missing:
        raise KeyMissing(f"密钥文件 {path.name} 不存在。请先运行 manage.py prepare，或从备份中恢复密钥。") from missing
