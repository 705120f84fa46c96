"""Text files: encodings, delimiters, quotes, and the ledger of their rows."""

import pytest

from tests.lib.workbooks.making import read_all
from weihai_transfer.lib.workbooks.guard import inspect
from weihai_transfer.lib.workbooks.limits import Limits
from weihai_transfer.lib.workbooks.reading import open_workbook
from weihai_transfer.lib.workbooks.refusal import Refused
from weihai_transfer.lib.workbooks.writing import safe_csv_cell

TEXT = '姓名,身份证号,备注\n示例甲,371002195803011234,"住址：甲,乙"\n\n示例𠮷,,\n'
ROWS = {1: ["姓名", "身份证号", "备注"], 2: ["示例甲", "371002195803011234", "住址：甲,乙"], 3: [], 4: ["示例𠮷"]}
DANGEROUS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " ="]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le-bom", "utf-16-be-bom"])
def test_every_encoding_that_excel_and_wps_write(tmp_path, encoding):
    path = tmp_path / "a.csv"
    if encoding.endswith("bom"):
        path.write_bytes(("\ufeff" + TEXT).encode(encoding[:-4]))
    else:
        path.write_bytes(TEXT.encode(encoding))
    assert read_all(path)["Sheet1"] == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_delimiters_are_recognised(tmp_path, delimiter, newline):
    text = newline.join(delimiter.join(row) for row in (["姓名", "电话", "住址"], ["示例", "1", '"a,b;c\td"']))
    (tmp_path / "a.csv").write_text(text, encoding="gbk", newline="")
    inspected = inspect(tmp_path / "a.csv", "a.csv")
    assert inspected.delimiter == delimiter
    assert read_all(tmp_path / "a.csv")["Sheet1"] == {1: ["姓名", "电话", "住址"], 2: ["示例", "1", "a,b;c\td"]}


def test_a_list_of_one_column_is_a_list(tmp_path):
    (tmp_path / "a.csv").write_text("姓名\n示例甲\n", encoding="utf-8")
    assert read_all(tmp_path / "a.csv")["Sheet1"] == {1: ["姓名"], 2: ["示例甲"]}


def test_height_and_width_are_known_before_reading(tmp_path):
    (tmp_path / "a.csv").write_text(TEXT, encoding="utf-8")
    with open_workbook(tmp_path / "a.csv", inspect(tmp_path / "a.csv", "a.csv")) as book:
        assert (book.sheets[0].height, book.sheets[0].width) == (4, 3)


@pytest.mark.parametrize("prefix", DANGEROUS)
def test_what_was_made_harmless_comes_back_unchanged(tmp_path, prefix):
    texts = [prefix + "1+1", "'" + prefix + "x", "''" + prefix, "'示例", "示例" + prefix]
    for text in texts[:1]:
        assert safe_csv_cell(text) == "'" + text
    cells = ['"' + safe_csv_cell(text) + '"' for text in texts]
    (tmp_path / "a.csv").write_text(",".join(cells) + "\n", encoding="utf-8", newline="")
    assert read_all(tmp_path / "a.csv")["Sheet1"] == {1: texts}


def test_text_forced_by_a_formula_is_text(tmp_path):
    (tmp_path / "a.csv").write_text('姓名,身份证号\n示例,="37100219600229001X"\n', encoding="utf-8")
    assert read_all(tmp_path / "a.csv")["Sheet1"][2] == ["示例", "37100219600229001X"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xff\x81\x20", "unknown_encoding"),
        (b"a,b\n\x00\x01\x02", "not_a_workbook"),
        (("a," * 300 + "x\n").encode(), "too_many_columns"),
        (b'a,"never closed ' + b"x" * 40_000, "cell_too_long"),
        (b"a\n" * 60, "too_many_rows"),
    ],
)
def test_text_that_is_no_list_is_refused(tmp_path, content, code):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_all(tmp_path / "a.csv", limits=Limits(rows=50))
    assert refused.value.code == code
