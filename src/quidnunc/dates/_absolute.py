"""Meanings of dates that name their day, month or year, wholly or but for the year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from quidnunc.dates import _values as values
from quidnunc.dates._clock import Clock, Meaning
from quidnunc.dates._holidays import holiday
from quidnunc.dates._words import DECADES, MONTHS, PARTS, SEASON_NAMES, ordinal, spelled_year

Parts = Mapping[str, str]

HALF_YEAR = 183
FAR = 60
"""Days from publication beyond which tense decides the year of a date."""


def _day(year: int, month: int, day: int) -> Meaning | None:
    try:
        return Meaning("DATE", date(year, month, day).isoformat())
    except ValueError:
        return None


def rely_year(words: str, clock: Clock) -> int | None:
    """The year of "last year", "this year", "that year"."""
    if any(word in words for word in ("that", "same", "following", "previous", "before")):
        base = clock.last[0].year if clock.last else clock.day.year if clock.day else None
        shift = 1 if "following" in words else -1 if "previous" in words or "before" in words else 0
    else:
        base = clock.day.year if clock.day else None
        shift = -1 if "last" in words else 1 if "next" in words else 0
    return None if base is None else base + shift


def iso(parts: Parts, clock: Clock) -> Meaning | None:
    """2024-02-19, 2024-02-19T08:30."""
    meaning = _day(int(parts["year"]), int(parts["mm"]), int(parts["dd"]))
    if meaning and "clock" in parts:
        return Meaning("TIME", f"{meaning.value}T{parts['clock']}")
    return meaning


def full(parts: Parts, clock: Clock) -> Meaning | None:
    """19 February 2024; Monday, Feb. 19, 2024."""
    return _day(int(parts["year"]), MONTHS[parts["month"]], ordinal(parts["day"]) or 0)


def numeric(parts: Parts, clock: Clock) -> Meaning | None:
    """2/19/2024 month first, unless that is impossible; 19.02.2024 day first."""
    year, a, b = int(parts["year"]), int(parts["aa"]), int(parts["bb"])
    day_first = parts.get("sep") == "." or a > 12
    return _day(year, b, a) if day_first else _day(year, a, b)


def _nearest(candidates: list[date], clock: Clock) -> date | None:
    """Of the same date in several years, the one that the verb points to, else the nearest to publication."""
    day = clock.day
    if day is None or not candidates:
        return None
    if clock.direction == "past":
        earlier = [each for each in candidates if each <= day]
        return max(earlier, default=None)
    if clock.direction == "future":
        later = [each for each in candidates if each >= day]
        return min(later, default=None)
    return min(candidates, key=lambda each: (abs((each - day).days), each))


def month_day(parts: Parts, clock: Clock) -> Meaning | None:
    """May 12: in the year nearest to publication, on the side to which the verb points."""
    month, number = MONTHS[parts["month"]], ordinal(parts["day"]) or 0
    if "rely" in parts:
        year = rely_year(parts["rely"], clock)
        return _day(year, month, number) if year else Meaning("DATE", f"XXXX-{month:02d}-{number:02d}")
    if clock.day is None:
        return Meaning("DATE", f"XXXX-{month:02d}-{number:02d}") if 1 <= number <= 31 else None
    around = [clock.day.year + shift for shift in (-1, 0, 1)]
    days = [date.fromisoformat(found.value) for year in around if (found := _day(year, month, number))]
    ref = parts.get("ref", "")
    if "last" in ref or "past" in ref or "previous" in ref:
        days = [day for day in days if day < clock.day]
    nearest = _nearest(days, Clock(clock.day))
    # Tense decides only where both years are far: close by, "returned by Jan. 14" is ahead whatever its verb.
    if nearest and abs((nearest - clock.day).days) < FAR:
        return Meaning("DATE", nearest.isoformat())
    chosen = _nearest(days, clock)
    return Meaning("DATE", chosen.isoformat()) if chosen else None


def days(parts: Parts, clock: Clock) -> Meaning | None:
    """May 12-14, 2024: an interval."""
    first, last = ordinal(parts["day"]) or 0, int(re.sub(r"\D", "", parts["day2"]))
    if last <= first:
        return None
    if "year" in parts:
        start, end = (_day(int(parts["year"]), MONTHS[parts["month"]], number) for number in (first, last))
    else:
        start, end = (month_day({"month": parts["month"], "day": str(number)}, clock) for number in (first, last))
    if not start or not end or start.value >= end.value:
        return start
    return Meaning("DATE", f"{start.value}/{end.value}")


def month_year(parts: Parts, clock: Clock) -> Meaning | None:
    """March 2013."""
    return Meaning("DATE", values.month_value(int(parts["year"]), MONTHS[parts["month"]]))


def month_rely(parts: Parts, clock: Clock) -> Meaning | None:
    """June last year."""
    year = rely_year(parts["rely"], clock)
    month = MONTHS[parts["month"]]
    return Meaning("DATE", values.month_value(year, month) if year else f"XXXX-{month:02d}")


def ref_month(parts: Parts, clock: Clock) -> Meaning | None:
    """Last May, this September, next June, the following March."""
    month, ref = MONTHS[parts["month"]], parts["ref"]
    base = clock.day
    if ("following" in ref or "previous" in ref or "that" in ref) and clock.last:
        base = clock.last[0]
    if base is None:
        return Meaning("DATE", f"XXXX-{month:02d}")
    year = base.year
    if "last" in ref or "past" in ref or "previous" in ref:
        year -= month >= base.month
    elif any(word in ref for word in ("next", "coming", "following")):
        year += month <= base.month
    return Meaning("DATE", values.month_value(year, month))


def month(parts: Parts, clock: Clock) -> Meaning | None:
    """In April: the last one, the present one included, unless the verb points ahead."""
    number, base = MONTHS[parts["month"]], clock.day
    if base is None:
        return Meaning("DATE", f"XXXX-{number:02d}")
    gap = number - base.month
    if clock.direction == "past":
        year = base.year - (gap > 0 and not (gap == 1 and "early" in parts.get("mod", "")))
    elif clock.direction == "future":
        year = base.year + (gap < 0)
    else:
        year = base.year - (gap > 3) + (gap < -8)
    return Meaning("DATE", values.month_value(year, number))


_QUARTERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
}


def quarter(parts: Parts, clock: Clock) -> Meaning | None:
    """The third quarter (of 1999): the last one that has begun, unless the verb points ahead."""
    number = int(parts["qn"]) if "qn" in parts else _QUARTERS[parts["quarter"]]
    base = clock.day
    if "year" in parts:
        return Meaning("DATE", f"{int(parts['year']):04d}-Q{number}")
    if words := parts.get("rely") or parts.get("ryear"):
        year = rely_year(words, clock)
        return Meaning("DATE", f"{year:04d}-Q{number}") if year else None
    if base is None:
        return Meaning("DATE", f"XXXX-Q{number}")
    year = base.year - (
        number - values.quarter_of(base) > 1 or (number == 4 and base.month < 10 and clock.direction == "past")
    )
    if clock.direction == "future" and number < values.quarter_of(base) - 1:
        year += 1
    return Meaning("DATE", f"{year:04d}-Q{number}")


def half(parts: Parts, clock: Clock) -> Meaning | None:
    """The first half of 2023."""
    year = int(parts["year"]) if "year" in parts else rely_year(parts["rely"], clock)
    return Meaning("DATE", f"{year:04d}-H{1 if parts['half'] in ('first', '1st') else 2}") if year else None


def season_year(parts: Parts, clock: Clock) -> Meaning | None:
    """The winter of 1994, summer 2003, spring last year."""
    if "spelled" in parts:
        year = spelled_year(parts["spelled"])
    else:
        year = int(parts["year"]) if "year" in parts else rely_year(parts["rely"], clock)
    return Meaning("DATE", f"{year:04d}-{SEASON_NAMES[parts['season']]}") if year else None


def season(parts: Parts, clock: Clock) -> Meaning | None:
    """Last fall, this past spring, next summer, the summer."""
    name, ref, base = SEASON_NAMES[parts["season"]], parts.get("ref", ""), clock.day
    if base is None:
        return Meaning("DATE", f"XXXX-{name}")
    first = values.SEASONS[name][0]
    this = base.year - (name == "WI" and base.month < 6)
    begun = (base.year, base.month) >= (this, first)
    year = this
    if "last" in ref or "past" in ref or "previous" in ref or (not ref and clock.direction != "future"):
        span = values.days_of(f"{this:04d}-{name}")
        running = span is not None and span[0] <= base <= span[1]
        year = this - 1 if not begun or (running and "last" in ref) else this
    elif "next" in ref or "coming" in ref or "following" in ref:
        year = this + 1 if begun else this
    return Meaning("DATE", f"{year:04d}-{name}")


def decade(parts: Parts, clock: Clock) -> Meaning | None:
    """The 1990s, the '80s, the early nineties."""
    words = parts["decade"]
    if words in DECADES:
        return Meaning("DATE", f"{(1900 + DECADES[words]) // 10}")
    digits = re.sub(r"\D", "", words)
    if len(digits) == 4:
        return Meaning("DATE", digits[:3])
    if words[0].isdigit() and "mod" not in parts and "mod2" not in parts:
        return None  # "in his 40s"
    return Meaning("DATE", f"{'20' if digits in ('00', '10') else '19'}{digits[0]}")


def century(parts: Parts, clock: Clock) -> Meaning | None:
    """The 20th century is 1900 to 1999 in TIMEX3 ("19")."""
    number = ordinal(parts["ord"])
    return Meaning("DATE", f"{number - 1:02d}") if number and 10 <= number <= 22 else None


def year(parts: Parts, clock: Clock) -> Meaning | None:
    """1995."""
    return Meaning("DATE", parts["year"])


def spelled(parts: Parts, clock: Clock) -> Meaning | None:
    """Nineteen ninety-one."""
    number = spelled_year(parts["spelled"])
    return Meaning("DATE", f"{number:04d}") if number and 1900 <= number <= 2100 else None


def years(parts: Parts, clock: Clock) -> Meaning | None:
    """2010-2012, 2003-04."""
    first, tail = int(parts["year"]), parts["yy"]
    last = int(tail) if len(tail) == 4 else first - first % 100 + int(tail)
    return Meaning("DATE", f"{first:04d}/{last:04d}") if first < last < first + 150 else None


def named_day(parts: Parts, clock: Clock) -> Meaning | None:
    """Christmas Eve, last Thanksgiving, Election Day 2016."""
    name = parts["holiday"]
    if "year" in parts:
        day = holiday(name, int(parts["year"]))
        return Meaning("DATE", day.isoformat()) if day else None
    if clock.day is None:
        return Meaning("DATE", "XXXX-XX-XX")
    around = [day for shift in (-1, 0, 1) if (day := holiday(name, clock.day.year + shift))]
    ref = parts.get("ref", "")
    direction = clock.direction
    if "last" in ref or "past" in ref or "previous" in ref:
        around, direction = [day for day in around if day < clock.day], "past"
    elif "next" in ref or "coming" in ref:
        around, direction = [day for day in around if day > clock.day], "future"
    elif "this" in ref:
        around = [day for day in around if abs((day - clock.day).days) <= HALF_YEAR]
    chosen = _nearest(around, Clock(clock.day, direction))
    return Meaning("DATE", chosen.isoformat()) if chosen else None


def week_of(parts: Parts, clock: Clock) -> Meaning | None:
    """The week of March 6."""
    day = month_day(parts, clock)
    if day is None or day.value.startswith("X"):
        return day
    monday = date.fromisoformat(day.value)
    if parts["punit"] == "weekend":
        return Meaning("DATE", values.week_value(monday + timedelta(days=1)) + "-WE")
    return Meaning("DATE", values.week_value(monday))


def part_of_day(meaning: Meaning | None, words: str | None) -> Meaning | None:
    """A day made a part of it: "Friday night" is ``2024-02-16TNI``."""
    if meaning is None or not words or len(meaning.value) != 10:
        return meaning
    code = next((code for word, code in PARTS.items() if word in words), None)
    return Meaning("TIME", f"{meaning.value}T{code}") if code else meaning
