"""Files sealed on disk in frames of one MiB, each bound to its file and place, so that none can be swapped or cut."""

import fcntl
import hashlib
import hmac
import os
import shutil
import struct
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from weihai_transfer.lib import keys, sealing

FRAME = 1 << 20
CLEAR = "weihai-clear-"
# Longer than it takes a process to lock the folder that it has just made.
YOUNG = 60


def _bound(file_id, number, last):
    return file_id.bytes + struct.pack(">I?", number, last)


def write(path, file_id, chunks):
    """Seal the byte `chunks` into `path`; returns (size in the clear, keyed digest). Replaces `path` only when complete."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hmac.new(keys.key("index"), b"file", hashlib.sha256)
    part = path.with_suffix(".part")
    size = number = 0
    with part.open("wb") as file:
        pending = b""
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            pending += chunk
            while len(pending) > FRAME:
                _put(file, file_id, number, pending[:FRAME], last=False)
                pending, number = pending[FRAME:], number + 1
        _put(file, file_id, number, pending, last=True)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return size, digest.hexdigest()


def _put(file, file_id, number, data, *, last):
    sealed = sealing.seal_bytes(data, _bound(file_id, number, last))
    file.write(struct.pack(">I?", len(sealed), last) + sealed)


def read(path, file_id):
    """The clear bytes, frame by frame; a missing end raises EOFError, a changed frame InvalidTag."""
    with Path(path).open("rb") as file:
        number, last = 0, False
        while not last:
            head = file.read(5)
            if len(head) < 5:
                raise EOFError("the sealed file ends too early")
            length, last = struct.unpack(">I?", head)
            yield sealing.unseal_bytes(file.read(length), _bound(file_id, number, last))
            number += 1


@contextmanager
def opened(path, file_id, suffix=""):
    """The path of a private clear copy that is gone when the block ends."""
    with clear_folder() as folder:
        clear = folder / f"file{suffix}"
        with clear.open("wb") as file:
            for frame in read(path, file_id):
                file.write(frame)
        yield clear


@contextmanager
def clear_folder():
    """A private folder for what may lie in the clear only while it is worked on. A process that is killed cannot tidy
    up: it loses its lock on the folder, and the next one that needs a folder removes it."""
    _sweep()
    with tempfile.TemporaryDirectory(prefix=CLEAR) as folder, Path(folder, "lock").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield Path(folder)


def _sweep():
    for folder in Path(tempfile.gettempdir()).glob(f"{CLEAR}*"):
        # Somebody else's, or gone already.
        with suppress(OSError):
            if _is_left_behind(folder):
                shutil.rmtree(folder)


def _is_left_behind(folder):
    lock = folder / "lock"
    if not lock.exists():
        return time.time() - folder.stat().st_mtime > YOUNG
    with lock.open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
