"""Named days ("Christmas Eve", "Good Friday", "Election Day") and the day they fall on in a year."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

_NTH = re.compile(r"(\d\d)/([1-7])([1-4L])(?:\+(\d+))?$")


@cache
def holidays() -> dict[str, str]:
    """Lower-case name to rule, as the header of the data file explains."""
    text = files("quidnunc.dates").joinpath("data/holidays.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holiday(name: str, year: int) -> date | None:
    """The day a named day falls on; None for a name that is not in the table."""
    rule = holidays().get(name)
    if rule is None:
        return None
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    if found := _NTH.match(rule):
        return _nth(year, int(found[1]), int(found[2]), found[3]) + timedelta(days=int(found[4] or 0))
    return date.fromisoformat(f"{year:04d}-{rule}")


def _nth(year: int, month: int, weekday: int, which: str) -> date:
    last = calendar.monthrange(year, month)[1]
    days = [day for day in range(1, last + 1) if date(year, month, day).isoweekday() == weekday]
    return date(year, month, days[-1] if which == "L" else days[int(which) - 1])
