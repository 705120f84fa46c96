"""Hostile old Excel files, and files that only call themselves workbooks."""

import io
import struct

import xlwt

from tests.lib.workbooks.hostile import CASES, XLSX, case
from tests.lib.workbooks.making import pack


def _xls():
    book, held = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("a").write(0, 0, "示例")
    book.save(held)
    return bytearray(held.getvalue())


def _directory_entry(data, number, name, kind=2):
    at = data.find("Root Entry".encode("utf-16-le")) + 128 * number
    encoded = name.encode("utf-16-le")
    data[at : at + 64] = encoded.ljust(64, b"\0")
    struct.pack_into("<HB", data, at + 64, len(encoded) + 2, kind)


@case("encrypted")
def an_encrypted_office_file(path):
    data = _xls()
    _directory_entry(data, 1, "EncryptedPackage")
    path.write_bytes(data)


@case("encrypted", ".xls")
def an_xls_with_a_password(path):
    data = _xls()
    at = data.find(b"\x5c\x00\x70\x00")
    data[at] = 0x2F
    path.write_bytes(data)


@case("macros", ".xls")
def an_xls_with_macros(path):
    data = _xls()
    _directory_entry(data, 2, "_VBA_PROJECT_CUR", kind=1)
    path.write_bytes(data)


@case("not_a_workbook", ".xls")
def a_word_document(path):
    data = _xls()
    _directory_entry(data, 1, "WordDocument")
    path.write_bytes(data)


@case("far_cell", ".xls")
def an_xls_with_a_value_in_the_last_column(path):
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 255, 1)
    book.save(str(path))


@case("damaged", ".xls")
def an_xls_whose_directory_goes_round_in_circles(path):
    data = _xls()
    directory = struct.unpack_from("<L", data, 48)[0]
    table = struct.unpack_from("<L", data, 76)[0]
    struct.pack_into("<L", data, (table + 1) * 512 + directory * 4, directory)
    path.write_bytes(data)


def _bytes(name, content, code="not_a_workbook", suffix=XLSX):
    def make(path):
        path.write_bytes(content)

    CASES[name] = (make, code, suffix)


_bytes("nothing", b"", "empty")
_bytes(
    "a_page_saved_as_xls",
    b"\xef\xbb\xbf\r\n<html><body><table><tr><td>1</td></tr></table></body></html>",
    suffix=".xls",
)
_bytes("a_page_in_utf_16", "\ufeff<html><table/></html>".encode("utf-16-le"), suffix=".xls")
_bytes(
    "xml_of_excel_2003",
    b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    suffix=".xls",
)
_bytes("a_web_archive", b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", suffix=".xls")
_bytes("a_pdf", b"%PDF-1.7\n" + b"x" * 100)
_bytes("a_picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
_bytes("a_photo_named_csv", b"\xff\xd8\xff\xe0" + b"\0" * 100, suffix=".csv")
_bytes("a_rar", b"Rar!\x1a\x07\0" + b"\0" * 100)
_bytes("text_named_xlsx", "姓名,年龄\n".encode())
_bytes("a_program", b"\x7fELF" + b"\0" * 100, "unknown_suffix", ".exe")
_bytes("an_empty_zip", b"PK\x05\x06" + b"\0" * 18, "damaged")
_bytes("only_a_beginning", b"PK\x03\x04" + b"\0" * 200, "damaged")
_bytes("only_an_office_header", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "damaged", ".xls")


@case("not_a_workbook")
def a_docx(path):
    pack(path, {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})


@case("not_a_workbook", ".ods")
def a_text_document(path):
    pack(path, {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
