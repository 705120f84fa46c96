"""Citizen identity numbers by GB 11643-1999, and how personal values are masked.

The area part keeps the code of first issue, so abolished codes occur and are never a fault;
81, 82 and 83 are residence permits of people from Hong Kong, Macao and Taiwan.
"""

from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
TIMES = [[weight * digit for digit in range(10)] for weight in WEIGHTS]


def check_digit(first17):
    return CHECK[sum(row[ord(digit) - 48] for row, digit in zip(TIMES, first17, strict=True)) % 11]


def birth_date(number):
    """The date of birth in an 18-digit number, or None where there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number):
    """GB/T 2261.1: "1" male, "2" female."""
    return "1" if int(number[16]) % 2 else "2"


def from_fifteen(number):
    """The 18-digit form of a 15-digit number of the first generation (century 19)."""
    first17 = number[:6] + "19" + number[6:]
    return first17 + check_digit(first17)


def is_valid(number):
    return (
        len(number) == 18
        and number.isascii()
        and number[:17].isdigit()
        and birth_date(number) is not None
        and check_digit(number[:17]) == number[17]
    )


def mask_id(number):
    """371002********1234"""
    if len(number) < 11:
        return "*" * len(number)
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


def mask_phone(phone):
    """138****5678"""
    if len(phone) < 8:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def mask_address(address):
    """The first words up to street level, then stars: 环翠区竹岛街******"""
    return f"{address[:6]}******" if len(address) > 6 else "*" * len(address)
