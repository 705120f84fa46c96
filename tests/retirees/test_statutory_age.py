"""The gradual delay, held against the published vectors and the whole table by year of birth (domain.md 8.2)."""

from datetime import date

import pytest

from retirees.statutory_age import Category, ages, delay, least_contribution_months, range_of

MEN, WOMEN_55, WOMEN_50 = Category.MEN, Category.WOMEN_55, Category.WOMEN_50
VECTORS = (
    # category, born, delay, statutory month
    (WOMEN_55, "1971-04", 4, "2026-08"),
    (MEN, "1965-01", 1, "2025-02"),
    (MEN, "1965-05", 2, "2025-07"),
    (MEN, "1966-01", 4, "2026-05"),
    (MEN, "1970-01", 16, "2031-05"),
    (MEN, "1976-09", 36, "2039-09"),
    (WOMEN_55, "1981-09", 36, "2039-09"),
    (WOMEN_50, "1975-03", 2, "2025-05"),
    (WOMEN_50, "1976-01", 7, "2026-08"),
    (WOMEN_50, "1984-11", 60, "2039-11"),
)
# Delay from January to December of each year of birth.
BY_YEAR = {
    MEN: {1965 + at: (1 + 3 * at, 3 + 3 * at) for at in range(12)} | {1977: (36, 36), 1990: (36, 36)},
    WOMEN_55: {1970 + at: (1 + 3 * at, 3 + 3 * at) for at in range(12)} | {1982: (36, 36), 1995: (36, 36)},
    WOMEN_50: {1975 + at: (1 + 6 * at, 6 + 6 * at) for at in range(10)} | {1985: (60, 60), 1999: (60, 60)},
}


def month(text):
    return date.fromisoformat(f"{text}-01")


@pytest.mark.parametrize(("category", "born", "months", "expected"), VECTORS)
def test_the_published_vectors(category, born, months, expected):
    found = ages(category, month(born))
    assert (found.delay, found.statutory) == (months, month(expected))


@pytest.mark.parametrize(("category", "table"), BY_YEAR.items())
def test_the_table_by_year_of_birth(category, table):
    found = {year: (delay(category, date(year, 1, 31)), delay(category, date(year, 12, 1))) for year in table}
    assert found == table


@pytest.mark.parametrize(
    ("category", "last", "expected"),
    [(MEN, "1964-12", "2024-12"), (WOMEN_55, "1969-12", "2024-12"), (WOMEN_50, "1974-12", "2024-12")],
)
def test_who_reached_the_old_age_before_2025_is_not_delayed(category, last, expected):
    found = ages(category, month(last))
    assert (found.delay, found.statutory, found.earliest) == (0, month(expected), month(expected))


@pytest.mark.parametrize("category", Category)
def test_the_delay_never_falls_with_a_later_birth_and_never_leaps(category):
    months = [date(year, number, 15) for year in range(1960, 1995) for number in range(1, 13)]
    delays = [delay(category, born) for born in months]
    steps = {after - before for before, after in zip(delays, delays[1:], strict=False)}
    assert steps == {0, 1}


@pytest.mark.parametrize(
    ("category", "born", "earliest", "latest"),
    [
        # Never before the old age: there is less than three years to choose from at first.
        (MEN, "1965-01", "2025-01", "2028-02"),
        (MEN, "1976-09", "2036-09", "2042-09"),
        (WOMEN_50, "1984-11", "2036-11", "2042-11"),
        (WOMEN_50, "1975-03", "2025-03", "2028-05"),
    ],
)
def test_the_flexible_part(category, born, earliest, latest):
    found = ages(category, month(born))
    assert (found.earliest, found.latest) == (month(earliest), month(latest))


def test_of_a_woman_both_ages_are_possible():
    assert range_of("2", month("1976-01")) == (ages(WOMEN_50, month("1976-01")).earliest, month("2035-08"))
    assert range_of("1", month("1965-01")) == (month("2025-01"), month("2028-02"))


@pytest.mark.parametrize(
    ("year", "months"), [(2024, 180), (2029, 180), (2030, 186), (2031, 192), (2038, 234), (2039, 240), (2050, 240)]
)
def test_the_least_contribution_rises_from_fifteen_years_to_twenty(year, months):
    assert least_contribution_months(year) == months
