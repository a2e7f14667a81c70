"""TIMEX3 values and the days they stand for (TimeML 1.2.1, section 2.2.2; ISO 8601)."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from quidnunc.records import Precision

Days = tuple[date, date]

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
"""First and last month of a season; winter runs over the year's end."""

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(T[\dA-Z:.+-]*)?$")
_WEEK = re.compile(r"(\d{4})-W(\d{1,2})(-WE)?$")
_MONTH = re.compile(r"(\d{4})-(\d\d)(-XX)?$")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)$")


def day_value(day: date) -> str:
    """``2024-02-19``."""
    return day.isoformat()


def week_value(day: date) -> str:
    """The ISO week that holds a day, ``2024-W07``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_value(year: int, month: int) -> str:
    """``2024-02``; months outside 1 to 12 run over into other years."""
    index = year * 12 + month - 1
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def quarter_value(year: int, quarter: int) -> str:
    """``2024-Q1``; quarters outside 1 to 4 run over into other years."""
    index = year * 4 + quarter - 1
    return f"{index // 4:04d}-Q{index % 4 + 1}"


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def months_after(day: date, months: int) -> date:
    """The same day some months on (or back), or the last day of a month that is too short; raises ValueError."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _months(year: int, first: int, last: int) -> Days:
    start = months_after(date(year, 1, 1), first - 1)
    return start, months_after(start, last - first + 1) - timedelta(days=1)


def _part_days(year: int, part: str) -> Days:
    if part in SEASONS:
        return _months(year, *SEASONS[part])
    size = 3 if part[0] == "Q" else 6
    number = int(part[1])
    return _months(year, (number - 1) * size + 1, number * size)


def _week_days(year: int, week: int, weekend: bool) -> Days:
    monday = date.fromisocalendar(year, week, 1)
    return monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6)


def _short_days(value: str) -> Days | None:
    """Years (``2016``), decades (``199``, ``199X``) and centuries (``19``, ``19XX``)."""
    digits = value.rstrip("X")
    if not digits.isdigit() or len(digits) < 2 or len(value) > 4 or int(digits) == 0:
        return None
    size = 10 ** (4 - len(digits))
    first = int(digits) * size
    return date(max(first, 1), 1, 1), date(min(first + size - 1, 9999), 12, 31)


def days_of(value: str) -> Days | None:
    """First and last day of a TIMEX3 calendar value; None for durations, sets, references and impossible dates."""
    try:
        if "/" in value:
            first, last = (days_of(side) for side in value.split("/", 1))
            return (first[0], last[1]) if first and last else None
        if found := _DAY.match(value):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            return day, day
        if found := _MONTH.match(value):
            return _months(int(found[1]), int(found[2]), int(found[2]))
        if found := _WEEK.match(value):
            return _week_days(int(found[1]), int(found[2]), bool(found[3]))
        if found := _PART.match(value):
            return _part_days(int(found[1]), found[2])
        return _short_days(value)
    except (ValueError, OverflowError):
        return None


def precision_of(value: str) -> Precision:
    """How precise a TIMEX3 calendar value is."""
    if "T" in value and _DAY.match(value):
        clock = value.split("T")[1]
        return "day" if clock[:1].isalpha() else "hour" if len(clock) < 4 else "minute"
    if "/" in value:
        return precision_of(value.split("/")[0])
    if _DAY.match(value):
        return "day"
    if _MONTH.match(value):
        return "month"
    if _WEEK.match(value):
        return "week"
    if found := _PART.match(value):
        return "quarter" if found[2][0] == "Q" else "season"
    digits = value.rstrip("X")
    if digits.isdigit():
        return "year" if len(digits) == 4 else "decade" if len(digits) == 3 else "unknown"
    return "unknown"
