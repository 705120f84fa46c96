"""Dates in every spelling that rosters use → date, with how exact it is and what had to be assumed."""

import re
from datetime import date, datetime, timedelta
from math import isfinite
from typing import NamedTuple

from retirees.roster.problems import found, noted, shortened
from retirees.roster.text import EMPTY, as_text, compact, is_broken

DAY, MONTH, YEAR = "day", "month", "year"
EXCEL_ZERO = date(1899, 12, 30)
EARLIEST, LATEST = 1880, 2100
# Serial numbers that can be a date in anybody's life here: 1927-05-18 to 2064-04-07. 5803 is 58.03 gone wrong.
SERIALS = range(10000, 60000)
# 19583 is a serial of 1953 and also 1958-3 with the point left out.
UNSEPARATED_MONTHS = range(19000, 21000)

NUMERALS = str.maketrans("零〇○Ｏ一二三四五六七八九", "0000123456789")
TENS = re.compile(r"([1-9]?)十([1-9]?)")
MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
TIME = re.compile(r"[T日 ]?\d{1,2}[:：]\d{2}([:：]\d{2})?(\.\d+)?Z?$")
# Words that are written behind or before a date and say only what the column says.
WORDS = re.compile(r"[生出退休参加工作入党转正去世死亡病故于起办理批准]+")
SEPARATED = re.compile(
    r"(\d{4}|\d{2})[-./,、。·年]+(\d{1,2})(?:[-./,、。·月]+(\d{1,2}))?[日号月份./,。-]*", re.A
).fullmatch
ONLY_YEAR = re.compile(r"(1[89]\d\d|2[01]\d\d)(?:年|[-./]0{1,2}(?:[-./]0{1,2})?)?", re.A).fullmatch
SOLID = re.compile(r"\d{5,8}", re.A).fullmatch
YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.A).fullmatch
ENGLISH = re.compile(r"(?:(\d{1,2})[- ]?)?([A-Za-z]{3})[a-z]*[-., ]*(\d{4}|\d{2})").fullmatch
ISO = re.compile(r"([12]\d{3})-(\d\d)-(\d\d)", re.A).fullmatch


class Reading(NamedTuple):
    day: date | None
    precision: str = DAY
    findings: tuple = ()
    # The other date that the cell may mean, where there are two.
    other: date | None = None


NOTHING = Reading(None)


def read_date(raw, today, born=False):
    """What a cell says as a date. `born`: a year of two digits is then always of the 20th century."""
    if type(raw) is str and (match := ISO(raw)):
        return made(match[1], match[2], match[3], raw)
    if raw is None:
        return NOTHING
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        # Excel makes a day of 1899 or 1900 of an empty or zero cell.
        if raw <= date(1901, 1, 1):
            return NOTHING
        return Reading(raw) if raw.year <= LATEST else impossible(raw.isoformat())
    if is_broken(raw):
        return Reading(None, findings=(found("broken_cell", shown=raw.text),))
    if type(raw) in (int, float):
        return from_number(raw, today, born)
    return from_text(as_text(raw), today, born)


def from_number(raw, today, born):
    if raw == 0:
        return NOTHING
    if not isfinite(raw):
        return unreadable(as_text(raw))
    whole = int(raw)
    if raw == whole and SERIALS.start <= whole < SERIALS.stop:
        return from_serial(whole)
    if raw != whole and whole >= SERIALS.start:
        return from_serial(whole) if whole < SERIALS.stop else unreadable(as_text(raw))
    text = as_text(raw)
    if raw != whole and re.fullmatch(r"\d{2,4}\.1", text):
        # 1958.10 typed into a number cell has become 1958.1.
        reading = from_text(text, today, born)
        if reading.day:
            other = reading.day.replace(month=10)
            return reading._replace(
                other=other, findings=(*reading.findings, found("date_month_ambiguous", shown=text))
            )
    return from_text(text, today, born)


def from_serial(serial):
    day = EXCEL_ZERO + timedelta(days=serial)
    if serial in UNSEPARATED_MONTHS and serial % 10:
        other = date(serial // 10, serial % 10, 1)
        return Reading(day, findings=(found("date_serial_ambiguous", shown=serial, read=day.isoformat()),), other=other)
    return Reading(day, findings=(noted("date_serial", "Excel 日期序号换算为日期"),))


def from_text(before, today, born):
    text = TIME.sub("", before.strip()) if ":" in before or "：" in before else before
    text = compact(text)
    if not text or text in EMPTY or not text.strip("0-./年月日") or text in ("健在", "至今", "未", "否"):
        return NOTHING
    if not text.isascii():
        text = WORDS.sub("", TENS.sub(tens, text.translate(NUMERALS))).replace("元年", "1年")
    text = text.replace("\\", "/").replace("--", "-").rstrip("-./,。、")
    if match := SEPARATED(text):
        return made(match[1], match[2], match[3], before, today, born)
    if match := ONLY_YEAR(text):
        return made(match[1], None, None, before)
    if SOLID(text):
        return from_digits(text, before, today, born)
    if match := YEAR_LAST(text):
        return year_last(match, before)
    if (match := ENGLISH(text)) and match[2].lower() in MONTHS:
        return made(match[3], MONTHS[match[2].lower()], match[1], before, today, born)
    return unreadable(before)


def tens(match):
    return f"{match[1] or 1}{match[2] or 0}"


def from_digits(text, before, today, born):
    if len(text) == 8:
        return made(text[:4], text[4:6], text[6:], before)
    if len(text) == 6:
        year, month = int(text[:4]), int(text[4:])
        if EARLIEST <= year <= LATEST and month <= 12:
            return made(year, month, None, before)
        return made(text[:2], text[2:4], text[4:], before, today, born)
    if len(text) == 5 and int(text) in SERIALS:
        return from_serial(int(text))
    return unreadable(before)


def year_last(match, before):
    first, second = int(match[1]), int(match[2])
    if first > 12:
        return made(match[3], second, first, before)
    reading = made(match[3], first, second, before)
    if reading.day is None or second > 12 or first == second:
        return reading
    doubt = found("date_order_ambiguous", shown=shortened(before))
    return reading._replace(findings=(doubt,), other=reading.day.replace(month=second, day=first))


def made(year, month, day, before, today=None, born=False):
    findings = ()
    if len(str(year)) == 2:
        year = century(int(year), today, born)
        findings = (noted("date_two_digit_year", f"两位年份按 {year} 年登记"),)
    year, month, day = int(year), int(month or 0), int(day or 0)
    if year == 1899 or (year == 1900 and month == 1 and day <= 1):
        return NOTHING
    precision = DAY if day and month else MONTH if month else YEAR
    try:
        value = date(year, month or 1, day or 1)
    except ValueError:
        value = None
    if value is None or not EARLIEST <= year <= LATEST or (day and not month):
        return impossible(str(before))
    return Reading(value, precision, findings)


def century(year, today, born):
    return 1900 + year if born or 2000 + year > today.year else 2000 + year


def impossible(before):
    return Reading(None, findings=(found("date_impossible", shown=shortened(before.strip())),))


def unreadable(before):
    return Reading(None, findings=(found("date_unreadable", shown=shortened(before.strip())),))


def date_cleaner(today, year_only="date_year_only"):
    """raw → (date, findings). A month becomes its first day; a bare year is taken with a warning or refused."""

    def clean(raw):
        reading = read_date(raw, today)
        if reading.precision != YEAR or reading.day is None:
            return reading.day, reading.findings
        return (None if year_only == "date_incomplete" else reading.day), (*reading.findings, found(year_only))

    return clean


def birth_cleaner(today):
    """raw → (Reading, ()). A birth date is judged beside the identity number, which knows it exactly."""

    def clean(raw):
        reading = read_date(raw, today, born=True)
        return (reading if reading.day or reading.findings else None), ()

    return clean


def looks_like_date(cell):
    if isinstance(cell, (date, datetime)):
        return True
    return read_date(cell, date(2100, 1, 1)).day is not None
