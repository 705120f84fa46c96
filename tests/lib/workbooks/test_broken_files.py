"""Bytes flipped and ends cut off, the same ones on every run: refused, or every row accounted for."""

import random
import zipfile

import pytest

from tests.lib.workbooks.making import PEOPLE, pack, read_all
from tests.lib.workbooks.test_formats import by_inline_xlsxwriter, by_odfpy, by_openpyxl, by_xlwt
from weihai_transfer.lib.workbooks.refusal import Refused

FILES = {".xlsx": (by_openpyxl, 45), ".xls": (by_xlwt, 40), ".ods": (by_odfpy, 30), ".csv": (None, 10)}
INLINE = 25


def broken(data, number, chance):
    if number % 4 == 0:
        return data[: chance.randrange(1, len(data))]
    spoilt = bytearray(data)
    for _ in range(1 + number % 3):
        spoilt[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def outcome(path, suffix):
    try:
        sheets = read_all(path, f"名册{suffix}")
    except Refused:
        return "refused"
    for rows in sheets.values():
        assert list(rows) == list(range(1, len(rows) + 1))
    return "read"


@pytest.mark.parametrize(
    ("suffix", "make", "many"),
    [(suffix, make, many) for suffix, (make, many) in FILES.items()] + [(".xlsx", by_inline_xlsxwriter, INLINE)],
)
def test_spoilt_files_never_break_the_reader(tmp_path, suffix, make, many):
    path = tmp_path / f"a{suffix}"
    if make:
        make(path)
    else:
        lines = [",".join(str(value) for value in person) for person in PEOPLE]
        path.write_text("\n".join(lines), encoding="gb18030")
    good = path.read_bytes()
    assert outcome(path, suffix) == "read"
    chance = random.Random(f"{suffix}{many}")
    outcomes = []
    for number in range(many):
        path.write_bytes(broken(good, number, chance))
        outcomes.append(outcome(path, suffix))
    assert len(outcomes) == many
    if suffix in (".xlsx", ".ods"):
        # Checksums: what is still read is what was hit only outside the data.
        assert outcomes.count("refused") > many * 0.7


@pytest.mark.parametrize(
    ("suffix", "make"), [(".xlsx", by_openpyxl), (".xlsx", by_inline_xlsxwriter), (".ods", by_odfpy)]
)
def test_parts_spoilt_before_they_were_packed_never_break_the_reader(tmp_path, suffix, make):
    path = tmp_path / f"a{suffix}"
    make(path)
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(f"inside {suffix}")
    wanted = [
        name for name in contents if name.endswith((".xml", ".rels")) and "theme" not in name and "docProps" not in name
    ]
    outcomes = []
    for number in range(30):
        name = wanted[number % len(wanted)]
        kept = {other: content for other, content in contents.items() if other != name}
        if number < 25:
            kept[name] = broken(contents[name], number + 1, chance)
        pack(path, kept)
        outcomes.append(outcome(path, suffix))
    assert "refused" in outcomes


def test_an_xlsx_that_is_still_read_after_damage_has_lost_nothing(tmp_path):
    path = tmp_path / "a.xlsx"
    by_openpyxl(path)
    good, whole = path.read_bytes(), read_all(path)
    chance, read = random.Random(7), 0
    for number in range(60):
        path.write_bytes(broken(good, 1 + number * 4, chance))
        try:
            assert read_all(path) == whole
            read += 1
        except Refused:
            continue
    assert read < 60


@pytest.mark.parametrize(("suffix", "make"), [(".xlsx", by_openpyxl), (".xls", by_xlwt), (".ods", by_odfpy)])
def test_a_file_that_was_cut_off_is_refused_and_not_half_read(tmp_path, suffix, make):
    path = tmp_path / f"a{suffix}"
    make(path)
    good = path.read_bytes()
    for eighth in range(1, 8):
        path.write_bytes(good[: len(good) * eighth // 8])
        with pytest.raises(Refused):
            read_all(path)
