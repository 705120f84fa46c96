"""Small scans as the tests send them: each is what its extension says."""

import struct
import zipfile
import zlib
from io import BytesIO

PDF = "%PDF-1.4\n示例扫描件\n%%EOF".encode()


def segment(kind, body):
    return bytes([0xFF, kind]) + struct.pack(">H", len(body) + 2) + body


def jpg(width=60, height=40, *beside):
    """A JPEG of so many pixels; `beside` are segments before its picture."""
    head = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    return b"\xff\xd8" + head + b"".join(beside) + frame + segment(0xDA, b"\1\1\0\0\x3f\0") + b"picture\xff\xd9"


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width=60, height=40, *beside):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    picture = chunk(b"IDAT", zlib.compress(b"\0" * 10))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(beside) + picture + chunk(b"IEND", b"")


def ofd():
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr(zipfile.ZipInfo("OFD.xml"), "<ofd/>")
    return box.getvalue()
