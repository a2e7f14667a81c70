"""Time expressions of a text: found by the grammar, resolved one after the other, each against what went before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from quidnunc.dates import _absolute, _recurring, _relative, _tense, _traps
from quidnunc.dates._clock import Clock, Direction, Meaning, TimexType
from quidnunc.dates._grammar import Match, lowered, matches
from quidnunc.dates._values import Days, days_of, precision_of
from quidnunc.records import Precision, Record

Published = str | date | datetime | None

Pointing = Callable[[int, int], Direction | None]
"""From a span to the direction in which its governing verb points."""

_MEANINGS: Mapping[str, Callable[[Mapping[str, str], Clock], Meaning | None]] = {
    "iso": _absolute.iso, "full": _absolute.full, "numeric": _absolute.numeric, "days": _absolute.days,
    "month_day": _absolute.month_day, "month_year": _absolute.month_year, "month_rely": _absolute.month_rely,
    "ref_month": _absolute.ref_month, "month": _absolute.month, "quarter": _absolute.quarter, "half": _absolute.half,
    "season_year": _absolute.season_year, "ref_season": _absolute.season, "season": _absolute.season,
    "decade": _absolute.decade, "century": _absolute.century, "year": _absolute.year, "years": _absolute.years,
    "spelled_year": _absolute.spelled, "holiday": _absolute.named_day, "week_of": _absolute.week_of,
    "weekday": _relative.weekday, "day_before": _relative.day_before, "dayword": _relative.dayword,
    "period": _relative.period, "the_period": _relative.the_period, "the_weekend": _relative.the_period,
    "ref_quarter": _relative.ref_quarter, "year_end": _relative.year_end, "year_ago": _relative.year_ago,
    "same_period": _relative.year_ago, "offset": _relative.offset, "the_offset": _relative.the_offset,
    "past_units": _relative.past_units, "recent_units": _relative.recent_units, "duration": _relative.duration,
    "bare_units": _relative.bare_units, "set": _recurring.frequency, "set_day": _recurring.set_day,
    "set_unit": _recurring.set_unit, "set_times": _recurring.set_times, "now": _recurring.now,
    "past": _recurring.past, "future": _recurring.future, "time": _recurring.time, "clock": _recurring.time,
}  # fmt: skip

_POINTED = frozenset(
    (
        "month_day",
        "days",
        "month",
        "quarter",
        "season",
        "holiday",
        "weekday",
        "the_weekend",
        "year_end",
        "time",
        "clock",
        "period",
    )
)
"""Kinds whose meaning can depend on tense."""

_ANCHORS = frozenset(("iso", "full", "numeric", "month_day", "weekday", "time", "clock", "dayword", "month_year", "month", "year",
                      "period", "ref_month", "month_rely", "holiday", "offset", "the_offset", "quarter"))  # fmt: skip
"""Kinds that "two days earlier" and "the same day" can count from."""

QUARTER_REACH = 400
"""Characters within which "a year earlier" refers to a quarter named before."""


class TimeExpression(Record, frozen=True, kw_only=True):
    """Words that tell a time: where they stand, what they are in TIMEX3, and the days they mean."""

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    """TIMEX3 value: ``2024-02-19``, ``2024-W07``, ``199``, ``P3W``, ``XXXX-WXX-2``, ``PRESENT_REF`` ..."""
    span_of_days: Days | None = None
    """First and last day; None where there are none, or where they need a publication date that is not given."""
    precision: Precision = "unknown"
    direction: Direction | None = None
    """Where the governing verb points, where that was asked."""
    kind: str = ""
    """The rule of the grammar that read it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's matches that are genuine, ready to be resolved against one day or another."""

    text: str
    low: str
    matches: tuple[Match, ...]


def day_of(published: Published) -> date | None:
    """The day of an ISO string, date or datetime; raises ValueError for a string that is no ISO date."""
    if published is None or isinstance(published, str):
        return date.fromisoformat(published[:10]) if published else None
    return published.date() if isinstance(published, datetime) else published


def read(text: str) -> Reading:
    """The genuine matches of a text."""
    low = lowered(text)
    return Reading(text, low, tuple(match for match in matches(low) if _traps.genuine(text, low, match)))


def find(text: str, *, published: Published) -> list[TimeExpression]:
    """Time expressions of a text, left to right, resolved against the day of publication.

    ``published`` is an ISO string, a date or a datetime; with None only expressions that name their year get days.
    Linear in the length of the text; needs no parse, so that the direction of a bare weekday comes from the nearest verb.
    """
    reading = read(text)
    return list(resolve(reading, day_of(published), lambda start, end: _tense.direction(reading.low, start, end)))


def resolve(reading: Reading, day: date | None, pointing: Pointing) -> Iterator[TimeExpression]:
    """Resolve a text's matches in order; ``pointing`` tells the direction of the verb that governs a span."""
    last: Days | None = None
    quarter: tuple[int, str] | None = None
    for match in reading.matches:
        direction = pointing(match.start, match.end) if match.kind in _POINTED else None
        near = quarter[1] if quarter and match.start - quarter[0] < QUARTER_REACH else None
        meaning = _MEANINGS[match.kind](match.parts, Clock(day, direction, last, near))
        if meaning is None:
            continue
        found = _expression(reading.text, match, meaning, direction)
        if found.span_of_days and match.kind in _ANCHORS:
            last = found.span_of_days
        if re.match(r"\d{4}-Q[1-4]$", meaning.value):
            quarter = (match.start, meaning.value) if match.kind in ("quarter", "ref_quarter") else quarter
        yield found


def _expression(text: str, match: Match, meaning: Meaning, direction: Direction | None) -> TimeExpression:
    calendar = meaning.type in ("DATE", "TIME")
    return TimeExpression(
        start=match.start,
        end=match.end,
        text=text[match.start : match.end],
        type=meaning.type,
        value=meaning.value,
        span_of_days=meaning.days or (days_of(meaning.value) if calendar else None),
        precision=precision_of(meaning.value) if calendar else _unit_precision(meaning.value),
        direction=direction,
        kind=match.kind,
    )


_UNIT = re.compile(r"P[\dX]+([YMWDQE])$")


def _unit_precision(value: str) -> Precision:
    """A duration's interval is as precise as its unit."""
    units: Mapping[str, Precision] = {"Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter", "E": "decade"}
    found = _UNIT.match(value)
    return units[found[1]] if found else "unknown"
