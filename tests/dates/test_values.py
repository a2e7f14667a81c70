"""TIMEX3 values and the days they stand for."""

from __future__ import annotations

from datetime import date

import pytest

from quidnunc.dates import days_of
from quidnunc.dates._holidays import easter, holidays


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02-19", (2024, 2, 19), (2024, 2, 19)),
        ("2024-02-19TNI", (2024, 2, 19), (2024, 2, 19)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2024-W07", (2024, 2, 12), (2024, 2, 18)),
        ("2024-W07-WE", (2024, 2, 17), (2024, 2, 18)),
        ("2024-Q1", (2024, 1, 1), (2024, 3, 31)),
        ("2024-H2", (2024, 7, 1), (2024, 12, 31)),
        ("1994-WI", (1994, 12, 1), (1995, 2, 28)),
        ("199", (1990, 1, 1), (1999, 12, 31)),
        ("199X", (1990, 1, 1), (1999, 12, 31)),
        ("19", (1900, 1, 1), (1999, 12, 31)),
        ("2010/2012", (2010, 1, 1), (2012, 12, 31)),
    ],
)
def test_days(value: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert days_of(value) == (date(*first), date(*last))


@pytest.mark.parametrize("value", ["P3W", "PRESENT_REF", "XXXX-WXX-2", "2024-13-01", "2023-02-29", "", "XX", "0000"])
def test_values_without_days(value: str) -> None:
    assert days_of(value) is None


def test_easter() -> None:
    assert [easter(year) for year in (2000, 2016, 2024, 2025)] == [
        date(2000, 4, 23),
        date(2016, 3, 27),
        date(2024, 3, 31),
        date(2025, 4, 20),
    ]


def test_holiday_table_is_sorted_and_every_rule_works() -> None:
    from quidnunc.dates._holidays import holiday

    assert list(holidays()) == sorted(holidays())
    assert all(holiday(name, 2024) for name in holidays())
