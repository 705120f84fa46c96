"""The scan of an outside receipt: what may come in, where it lies sealed, how it is read again."""

import re
from pathlib import Path, PurePath

from django.conf import settings

from audit.operations import operation
from handover.models import Case, OutsideReceipt
from handover.states.cases import State
from weihai_transfer.lib import sealed_files
from weihai_transfer.lib.refusals import Refused

LARGEST = 20 * 1024 * 1024
# Kind by suffix: the content type under which it is sent back, and how its first bytes look. OFD is a ZIP archive.
KINDS = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".ofd": ("application/ofd", b"PK\x03\x04"),
}
ACCEPT = ",".join(KINDS)
WORDS = "PDF、JPG、PNG、OFD 扫描件"
LIMITS = "不超过 20 MB"
LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")


def fault_of(upload):
    """Why this file cannot be taken, as a sentence; empty when it can."""
    if upload.size > LARGEST:
        return "文件超过 20 MB，不能上传。请降低扫描分辨率，或只保留回执页后再上传。"
    kind = KINDS.get(_suffix(upload.name))
    if kind is None:
        return "不支持这种文件。只接收 PDF、JPG、PNG、OFD 格式的扫描件。请转换格式后再上传。"
    head = upload.read(len(kind[1]))
    upload.seek(0)
    if head != kind[1]:
        return "文件内容与扩展名不符，可能是改了扩展名或文件已损坏。请重新扫描或另存后再上传。"
    return ""


def attach(case, upload, *, actor, key=None):
    """Keep an outside receipt of this case; returns the OutsideReceipt. Raises Refused and AlreadyDone."""
    name = PurePath(upload.name.replace("\\", "/")).name
    receipt = OutsideReceipt(case=case, filename=_safe_name(name), content_type=KINDS[_suffix(name)][0])
    try:
        # Sealed first: a row without its file would be a receipt that nobody can read.
        receipt.size, receipt.sha256 = sealed_files.write(
            path_of(receipt), receipt.id, upload.chunks(sealed_files.FRAME)
        )
        with operation("case.attach_receipt", actor=actor, key=key) as act:
            locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
            if locked.state != State.OUTSIDE:
                raise Refused(f"当前状态为“{locked.get_state_display()}”，不能上传市外接收回执。请刷新后查看最新状态。")
            if OutsideReceipt.objects.filter(case=locked, sha256=receipt.sha256).exists():
                raise Refused("这份回执已经上传过，没有重复保存。如要更换，请另选文件。")
            act.insert([receipt])
    except BaseException:
        path_of(receipt).unlink(missing_ok=True)
        raise
    return receipt


def read(receipt):
    return b"".join(sealed_files.read(path_of(receipt), receipt.id))


def path_of(receipt):
    return Path(settings.UPLOADS) / "receipts" / f"{receipt.id}.sealed"


def _suffix(name):
    return PurePath(name).suffix.lower()


def _safe_name(name):
    """The user's file name, shortened; a long run of digits could be somebody's number."""
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    return f"{LONG_NUMBER.sub('*', stem)[:100]}{suffix}"
