"""What may be attached: by extension, content, size and pixels; what a camera wrote beside the picture is not kept."""

import io
import zipfile
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.lib.pictures import PDF, chunk, jpg, ofd, png, segment
from weihai_transfer.lib import scans

EXIF = segment(0xE1, b"Exif\0\0 GPS 37.5N 122.1E")
TEXT = chunk(b"tEXt", b"Author\0somebody")


def kept(name, content):
    return scans.checked(SimpleUploadedFile(name, content))


def zipped(**parts):
    box = io.BytesIO()
    # A fixed time of the packed files: the bytes stand in the names of tests, which are the same in every process.
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return box.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("示例.docx", PDF, scans.UNKNOWN),
        ("示例", PDF, scans.UNKNOWN),
        ("示例.pdf.exe", PDF, scans.UNKNOWN),
        ("示例.pdf", b"<html>", scans.UNLIKE),
        ("示例.png", PDF, scans.UNLIKE),
        ("示例.jpg", png(), scans.UNLIKE),
        ("示例.pdf", b"%PDF-1.4 cut in the mid", scans.BROKEN),
        ("示例.ofd", zipped(other="x"), scans.UNLIKE),
        ("示例.ofd", ofd()[:-20], scans.BROKEN),
        ("示例.png", png()[:-12], scans.BROKEN),
        ("示例.png", png()[:40], scans.BROKEN),
        ("示例.jpg", jpg()[:12], scans.BROKEN),
        ("示例.jpg", b"\xff\xd8\xff\xe0\0\1", scans.BROKEN),
        ("示例.jpg", b"\xff\xd8\xff\xda\0\2picture", scans.BROKEN),
        ("示例.jpg", jpg(60_000, 60_000), scans.TOO_MANY_PIXELS),
        ("示例.png", png(60_000, 60_000), scans.TOO_MANY_PIXELS),
        ("示例.png", png(0, 5), scans.BROKEN),
    ],
)
def test_what_is_no_scan_is_refused_with_what_to_do(name, content, words):
    with pytest.raises(scans.Unfit, match="。$") as refused:
        kept(name, content)
    assert str(refused.value) == words


def test_more_than_twenty_megabytes_are_not_even_read():
    unread = SimpleNamespace(name="示例.pdf", size=scans.LARGEST + 1)
    with pytest.raises(scans.Unfit, match="20 MB"):
        scans.checked(unread)


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("a.JPEG", jpg()), ("a.png", png()), ("a.OFD", ofd())])
def test_a_scan_is_kept_as_it_is(name, content):
    assert kept(name, content) == content


def test_where_and_by_whom_a_picture_was_taken_is_not_kept():
    assert kept("a.jpg", jpg(60, 40, EXIF, segment(0xFE, b"comment"))) == jpg()
    assert kept("a.png", png(60, 40, TEXT)) == png()


def test_a_colour_profile_belongs_to_the_picture():
    profile = segment(0xE2, b"ICC_PROFILE\0")
    assert kept("a.jpg", jpg(60, 40, profile)) == jpg(60, 40, profile)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C:\\扫描\\示例371002196203080011.pdf", "示例*.pdf"),
        ("/tmp/示例.png", "示例.png"),
        (f"{'长' * 300}.jpg", f"{'长' * 100}.jpg"),
    ],
)
def test_a_file_name_carries_no_number_and_no_path(given, name):
    assert scans.safe_name(given) == name
