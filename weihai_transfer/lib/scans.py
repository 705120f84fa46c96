"""What may be attached to a row: PDF, JPG, PNG and OFD scans, by extension, content and size (security.md E7).

Pictures are looked at without decoding them: their size in pixels stands in their head, and what a camera wrote
beside the picture (place, time, owner) is left out of what is kept.
"""

import io
import re
import struct
import zipfile
from pathlib import PurePath

LARGEST = 20 * 1024 * 1024
# A3 at 600 dpi has 70 million; more is no scan of a paper.
MOST_PIXELS = 120_000_000
MOST_PARTS = 5_000
UNPACKED = 200 * 1024 * 1024

PDF, JPG, PNG, OFD = "application/pdf", "image/jpeg", "image/png", "application/ofd"
# By extension: the content type under which it is sent back, and how its first bytes look. OFD is a ZIP archive.
KINDS = {
    ".pdf": (PDF, b"%PDF-"),
    ".jpg": (JPG, b"\xff\xd8\xff"),
    ".jpeg": (JPG, b"\xff\xd8\xff"),
    ".png": (PNG, b"\x89PNG\r\n\x1a\n"),
    ".ofd": (OFD, b"PK\x03\x04"),
}
ACCEPT = ",".join(KINDS)
WORDS = "PDF、JPG、PNG、OFD 扫描件"
LIMITS = "不超过 20 MB"

LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
# Start-of-frame segments of a JPEG: all of C0 to CF but the tables and the arithmetic reset.
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# APP1 to APP15 and comments, but not APP2 (colour profile) and APP14 (how the colours are stored).
BESIDE = (set(range(0xE1, 0xF0)) | {0xFE}) - {0xE2, 0xEE}
# Of a PNG only what draws it is kept.
DRAWING = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"}

TOO_LARGE = "文件超过 20 MB，不能上传。请降低扫描分辨率，或只保留需要的页后再上传。"
UNKNOWN = "不支持这种文件。只接收 PDF、JPG、PNG、OFD 格式的扫描件。请转换格式后再上传。"
UNLIKE = "文件内容与扩展名不符，可能是改了扩展名或文件已损坏。请重新扫描或另存后再上传。"
BROKEN = "文件不完整或已损坏，不能打开。请重新扫描或另存后再上传。"
TOO_MANY_PIXELS = "图片尺寸过大，不像纸张的扫描件。请以 300 dpi 重新扫描后再上传。"


class Unfit(Exception):
    """Why a file cannot be taken, as a sentence for the person who sent it."""


def content_type(name):
    """By the extension; None for what is not accepted."""
    kind = KINDS.get(PurePath(name).suffix.lower())
    return kind and kind[0]


def checked(upload):
    """The bytes to keep of an uploaded file. Raises Unfit."""
    if upload.size > LARGEST:
        raise Unfit(TOO_LARGE)
    kind = KINDS.get(PurePath(upload.name).suffix.lower())
    if kind is None:
        raise Unfit(UNKNOWN)
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    if not data.startswith(kind[1]):
        raise Unfit(UNLIKE)
    return CHECKS[kind[0]](data)


def safe_name(name):
    """The user's own file name, shortened; a long run of digits could be somebody's number."""
    pure = PurePath(name.replace("\\", "/")).name
    stem, suffix = PurePath(pure).stem, PurePath(pure).suffix
    return f"{LONG_NUMBER.sub('*', stem)[:100]}{suffix}"


def _pdf(data):
    if b"%%EOF" not in data[-2048:]:
        raise Unfit(BROKEN)
    return data


def _ofd(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, EOFError) as trouble:
        raise Unfit(BROKEN) from trouble
    if not any(part.filename == "OFD.xml" for part in parts):
        raise Unfit(UNLIKE)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise Unfit(BROKEN)
    return data


def _png(data):
    kept, at, pixels = [data[:8]], 8, 0
    while at + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        end = at + 12 + length
        if end > len(data):
            raise Unfit(BROKEN)
        if kind == b"IHDR" and length >= 8:
            width, height = struct.unpack(">II", data[at + 8 : at + 16])
            pixels = width * height
        if kind in DRAWING:
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            break
    else:
        raise Unfit(BROKEN)
    _refuse_pixels(pixels)
    return b"".join(kept)


def _jpg(data):
    """Segment by segment up to the picture itself, which is kept as it is."""
    kept, at, pixels = [data[:2]], 2, 0
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise Unfit(BROKEN)
        kind = data[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise Unfit(BROKEN)
        if kind in FRAMES and length >= 7:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            pixels = width * height
        if kind == 0xDA:
            _refuse_pixels(pixels)
            return b"".join([*kept, data[at:]])
        if kind not in BESIDE:
            kept.append(data[at:end])
        at = end
    raise Unfit(BROKEN)


def _refuse_pixels(pixels):
    if pixels == 0:
        raise Unfit(BROKEN)
    if pixels > MOST_PIXELS:
        raise Unfit(TOO_MANY_PIXELS)


CHECKS = {PDF: _pdf, JPG: _jpg, PNG: _png, OFD: _ofd}
