"""Check numbers of dossiers: serial of the shipment, line on its list, a check digit. No personal data."""

SERIAL, LINE = 5, 4
LENGTH = SERIAL + LINE + 1


def check_number(serial, line):
    """Ten digits (more when a serial has more than five), so that a barcode of pairs of digits carries them."""
    digits = f"{serial:0{SERIAL}}{line:0{LINE}}"
    if len(digits) % 2 == 0:
        digits = f"0{digits}"
    return digits + luhn(digits)


def read(text):
    """(serial, line) of a check number; None when it is none or was mistyped."""
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) < LENGTH or luhn(text[:-1]) != text[-1]:
        return None
    return int(text[: -LINE - 1]), int(text[-LINE - 1 : -1])


def luhn(digits):
    """The check digit by ISO/IEC 7812-1: finds every wrong digit and nearly every swap of two neighbours."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
