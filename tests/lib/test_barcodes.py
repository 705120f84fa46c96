"""Code 128 by its standard: check symbols known from outside, sets chosen well, bars that read back."""

import random

import pytest

from weihai_transfer.lib import barcodes, check_numbers


def read_back(text):
    """Decode the modules as a scanner would: symbols of eleven modules, check symbol, stop."""
    pattern = barcodes.modules(text)
    assert pattern.endswith("1100011101011")
    symbols = {}
    for value, widths in enumerate(barcodes.WIDTHS):
        bits = "".join(("1" if at % 2 == 0 else "0") * int(width) for at, width in enumerate(widths))
        symbols[bits] = value
    body = pattern[:-13]
    found = [symbols[body[at : at + 11]] for at in range(0, len(body), 11)]
    *data, check = found
    assert (data[0] + sum(at * value for at, value in enumerate(data[1:], 1))) % 103 == check
    words, in_c = "", data[0] == barcodes.START_C
    for value in data[1:]:
        if value == (barcodes.CODE_B if in_c else barcodes.CODE_C) and value in (99, 100):
            in_c = not in_c
        else:
            words += f"{value:02}" if in_c else chr(value + 32)
    return words


def test_the_table_of_symbols_is_sound():
    assert len(barcodes.WIDTHS) == len(set(barcodes.WIDTHS)) == 106
    assert {sum(map(int, widths)) for widths in barcodes.WIDTHS} == {11}
    # Bars of a symbol together are even: a scanner finds a misread by that.
    assert {sum(map(int, widths[::2])) % 2 for widths in barcodes.WIDTHS} == {0}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Wikipedia", [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88]),
        ("1234567890", [105, 12, 34, 56, 78, 90, 85]),
        ("A1", [104, 33, 17, 68]),
        ("12345", [105, 12, 34, 100, 21, 54]),
        ("AB123456", [104, 33, 34, 99, 12, 34, 56]),
    ],
)
def test_known_codes_come_out(text, values):
    found = barcodes.values(text)
    assert found[: len(values)] == values
    assert len(found) - len(values) in (0, 1)


def test_every_code_reads_back():
    dice = random.Random(7)
    for _ in range(300):
        text = "".join(dice.choice("0123456789012345678901234567890ABz-/ ") for _ in range(dice.randrange(1, 20)))
        assert read_back(text) == text


@pytest.mark.parametrize("text", ["", "档案", "tab\t", "é"])
def test_what_the_set_does_not_hold_is_refused(text):
    with pytest.raises(ValueError, match="printable ASCII"):
        barcodes.values(text)


def test_the_bars_leave_quiet_zones_and_fill_the_width():
    bars = barcodes.bars("0000100012")
    assert bars[0][0] == barcodes.QUIET
    assert bars[-1][0] + bars[-1][1] + barcodes.QUIET == barcodes.width("0000100012") == 11 * 7 + 13 + 20
    assert barcodes.path("0000100012", 28).count("M") == len(bars)


# --- check numbers


def test_a_check_number_reads_back_and_has_pairs_of_digits():
    for serial, line in ((1, 1), (12345, 9999), (100000, 7)):
        number = check_numbers.check_number(serial, line)
        assert len(number) % 2 == 0
        assert check_numbers.read(f" {number} ") == (serial, line)


def test_a_mistyped_digit_is_found_wherever_it_is():
    number = check_numbers.check_number(42, 137)
    for at in range(len(number)):
        for digit in "0123456789":
            if digit != number[at]:
                assert check_numbers.read(number[:at] + digit + number[at + 1 :]) is None


@pytest.mark.parametrize("text", ["", "12", "371002196203081234x", "１２３４５６７８９０", "0000100010 1"])
def test_what_is_no_check_number_is_none(text):
    assert check_numbers.read(text) is None


def test_the_known_check_digit():
    assert check_numbers.luhn("7992739871") == "3"
