"""Meanings of expressions that count from publication or from the last date named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from quidnunc.dates import _values as values
from quidnunc.dates._absolute import part_of_day, season
from quidnunc.dates._clock import Clock, Meaning
from quidnunc.dates._words import CLOCK_UNITS, SEASON_NAMES, UNITS, WEEKDAYS, number

Parts = Mapping[str, str]

_BACK = ("last", "past", "previous", "preceding", "prior")
_AHEAD = ("next", "coming", "following", "upcoming")
_ANAPHORIC = ("that", "same", "following", "previous", "preceding", "prior")


def unit_of(words: str) -> str:
    """The unit that a word names, singular or plural."""
    return words if words in UNITS else words.rstrip("s").replace("centurie", "century")


def _shift(ref: str) -> int:
    words = ref.split()
    return -1 if any(word in words for word in _BACK) else 1 if any(word in words for word in _AHEAD) else 0


def _base(ref: str, clock: Clock) -> date | None:
    """The day that "last" or "the following" counts from."""
    if clock.last and any(word in ref.split() for word in _ANAPHORIC):
        return clock.last[1] if "following" in ref else clock.last[0]
    return clock.day


def _moved(day: date, days: int = 0, months: int = 0) -> date | None:
    try:
        return values.months_after(day + timedelta(days=days), months)
    except (ValueError, OverflowError):
        return None


def weekday(parts: Parts, clock: Clock) -> Meaning | None:
    """On Sunday: the last such day, the day of publication included; the next one when the verb points ahead."""
    name = parts["wd"].rstrip(".")
    target = next(index for full, index in WEEKDAYS.items() if full.startswith(name[:3]))
    ref = parts.get("ref", "")
    base = _base(ref, clock)
    if base is None:
        return Meaning("DATE", f"XXXX-WXX-{target + 1}")
    if week := parts.get("wref"):
        return _weekday_of_week(base, target, week, parts)
    since = (base.weekday() - target) % 7
    words = ref.split()
    if any(word in words for word in ("last", "past", "previous", "preceding")):
        moved = -(since or 7)
    elif any(word in words for word in _AHEAD):
        moved = 7 - since
    elif clock.direction == "future" and ref != "that":
        moved = (7 - since) % 7
    elif ref.startswith("this") and not clock.direction:
        moved = -since if since <= 3 else 7 - since
    else:
        moved = -since
    day = _moved(base, moved)
    return part_of_day(Meaning("DATE", day.isoformat()), parts.get("part")) if day else None


def _weekday_of_week(base: date, target: int, week: str, parts: Parts) -> Meaning | None:
    shift = -7 if "last" in week else 7 if "next" in week else 0
    if week == "week":  # "Tuesday week": a week after the coming Tuesday
        day = _moved(base, (target - base.weekday()) % 7 + 7)
    else:
        day = _moved(base, target - base.weekday() + shift)
    return part_of_day(Meaning("DATE", day.isoformat()), parts.get("part")) if day else None


_DAYWORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "last night": -1}
_DAYPARTS = {"tonight": "night", "last night": "night", "this morning": "morning", "this afternoon": "afternoon",
             "this evening": "evening"}  # fmt: skip


def dayword(parts: Parts, clock: Clock) -> Meaning | None:
    """Today, yesterday, tonight, last night, this morning."""
    word = " ".join(parts["dayword"].split())
    if clock.day is None:
        return Meaning("DATE", "XXXX-XX-XX")
    day = _moved(clock.day, _DAYWORDS.get(word, 0))
    return part_of_day(Meaning("DATE", day.isoformat()), parts.get("part") or _DAYPARTS.get(word)) if day else None


def day_before(parts: Parts, clock: Clock) -> Meaning | None:
    """The day before yesterday, the day after tomorrow, the day before last Tuesday."""
    if clock.day is None:
        return Meaning("DATE", "XXXX-XX-XX")
    shift = -1 if parts["way"] == "before" else 1
    if "wd" in parts:
        anchor = weekday(parts, clock)
        day = _moved(date.fromisoformat(anchor.value[:10]), shift) if anchor else None
    else:
        day = _moved(clock.day, 2 * shift)
    return Meaning("DATE", day.isoformat()) if day else None


def _unit_value(day: date, unit: str) -> str | None:
    """The value of the week, month ... that holds a day."""
    if unit in ("year", "fiscal year", "financial year", "school year"):
        return f"{day.year:04d}"
    if unit == "quarter":
        return values.quarter_value(day.year, values.quarter_of(day))
    if unit in ("week", "fortnight"):
        return values.week_value(day)
    if unit == "weekend":
        return values.week_value(day) + "-WE"
    if unit == "month":
        return values.month_value(day.year, day.month)
    if unit == "decade":
        return f"{day.year // 10:03d}"
    if unit == "century":
        return f"{day.year // 100:02d}"
    return day.isoformat()


_DAYS_PER = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
_MONTHS_PER = {"month": 1, "quarter": 3, "year": 12, "fiscal year": 12, "financial year": 12, "school year": 12,
               "decade": 120, "century": 1200}  # fmt: skip


def move(day: date, count: float, unit: str) -> date | None:
    """A day some units on or back."""
    if unit in CLOCK_UNITS:
        return _moved(day, round(count * {"hour": 1 / 24, "minute": 0, "second": 0}[unit]))
    if unit in _DAYS_PER:
        return _moved(day, round(count * _DAYS_PER[unit]))
    return _moved(day, months=round(count * _MONTHS_PER[unit]))


def _weekend_value(ref: str, clock: Clock) -> str | None:
    """The last weekend begun by publication, or the coming one."""
    base = _base(ref, clock)
    if base is None:
        return None
    ahead = _shift(ref) > 0 or (_shift(ref) == 0 and clock.direction == "future")
    saturday = base - timedelta(days=(base.weekday() - 5) % 7)
    if (ahead and base.weekday() < 5) or (
        ref and _shift(ref) == 0 and clock.direction is None and base.weekday() in (2, 3, 4)
    ):
        saturday += timedelta(days=7)
    elif _shift(ref) < 0 and base.weekday() >= 5:
        saturday -= timedelta(days=7)
    return values.week_value(saturday) + "-WE"


def period(parts: Parts, clock: Clock) -> Meaning | None:
    """Last week, this year, next month, the past decade, the same day, the following morning."""
    ref, unit = parts["ref"], " ".join(parts["punit"].split())
    if unit in SEASON_NAMES:
        return season({"season": unit, "ref": ref}, clock)
    if unit == "weekend":
        value = _weekend_value(ref, clock)
        return Meaning("DATE", value) if value else Meaning("DATE", "XXXX-WXX-WE")
    base, shift = _base(ref, clock), _shift(ref)
    if base is None:
        return Meaning("DATE", "XXXX")
    if "past" in ref.split() and unit in ("decade", "century", "year", "month", "week"):
        return _running(base, unit)
    if unit in ("morning", "afternoon", "evening", "day", "night"):
        day = _moved(base, shift)
        return part_of_day(Meaning("DATE", day.isoformat()), unit) if day else None
    day = move(base.replace(day=1) if unit in _MONTHS_PER else base, shift, unit)
    value = _unit_value(day, unit) if day else None
    return Meaning("DATE", value) if value else None


def _running(base: date, unit: str) -> Meaning | None:
    """ "The past decade": so much time, ending at publication."""
    start = move(base, -1, unit)
    if unit in ("year", "month", "week"):
        inner = move(base.replace(day=1) if unit in _MONTHS_PER else base, -1, unit)
        value = _unit_value(inner, unit) if inner else None
        return Meaning("DATE", value, (start, base)) if value and start else None
    return Meaning("DURATION", {"decade": "P10Y", "century": "P100Y"}[unit], (start, base)) if start else None


def the_period(parts: Parts, clock: Clock) -> Meaning | None:
    """The end of the year, later in the month: that of publication; the weekend: the nearest."""
    if parts["punit"] == "weekend":
        value = _weekend_value("", clock)
        return Meaning("DATE", value or "XXXX-WXX-WE")
    if clock.day is None:
        return Meaning("DATE", "XXXX")
    value = _unit_value(clock.day, parts["punit"])
    return Meaning("DATE", value) if value else None


def ref_quarter(parts: Parts, clock: Clock) -> Meaning | None:
    """The latest quarter, this quarter, the quarter: one named before, else the last that has ended."""
    if clock.day is None:
        return Meaning("DATE", "XXXX-QX")
    now = values.quarter_of(clock.day)
    ref = parts["ref"]
    if "this" in ref or "current" in ref:
        shift = 0
    elif "next" in ref:
        shift = 1
    elif clock.quarter and "last" not in ref:
        return Meaning("DATE", clock.quarter)
    else:
        shift = -1
    return Meaning("DATE", values.quarter_value(clock.day.year, now + shift))


def year_end(parts: Parts, clock: Clock) -> Meaning | None:
    """Year-end: 31 December."""
    if clock.day is None:
        return Meaning("DATE", "XXXX-12-31")
    year = clock.day.year + _shift(parts.get("ref", ""))
    if clock.direction == "past" and "ref" not in parts and clock.day.month <= 6:
        year -= 1
    return Meaning("DATE", f"{year:04d}-12-31")


def year_ago(parts: Parts, clock: Clock) -> Meaning | None:
    """The year-ago quarter, the same period last year, in results stories."""
    if "year" in parts and clock.quarter:
        return Meaning("DATE", f"{parts['year']}-{clock.quarter[5:]}")
    if clock.quarter:
        return Meaning("DATE", f"{int(clock.quarter[:4]) - 1:04d}-{clock.quarter[5:]}")
    if clock.day is None:
        return Meaning("DATE", "XXXX")
    return Meaning("DATE", parts.get("year") or f"{clock.day.year - 1:04d}")


def offset(parts: Parts, clock: Clock) -> Meaning | None:
    """Three weeks ago counts from publication; two days earlier from the last date named."""
    unit, way = unit_of(parts["unit"]), parts["way"]
    count = number(parts["num"])
    ago = way in ("ago", "hence", "from now")
    base = clock.day if ago or not clock.last else clock.last[0]
    if unit in CLOCK_UNITS:
        return Meaning("DURATION", duration_value(count, unit)) if base is None else _clock_offset(base, count, unit)
    if count is None or base is None:
        return Meaning("DATE", "FUTURE_REF" if way in ("hence", "from now", "later", "after") else "PAST_REF")
    if count == 1 and unit == "year" and clock.quarter and way in ("ago", "earlier"):
        return Meaning("DATE", f"{int(clock.quarter[:4]) - 1:04d}-{clock.quarter[5:]}")
    back = way not in ("hence", "from now", "later", "after", "afterward", "afterwards")
    return _at(move(base, -count if back else count, unit), "year" if unit in ("decade", "century") else unit)


def _clock_offset(base: date, count: float | None, unit: str) -> Meaning | None:
    hours = (count or 0) if unit == "hour" else 0
    if hours >= 48:
        return _at(_moved(base, -round(hours / 24)), "day")
    return Meaning("DURATION", duration_value(count, unit))


def _at(day: date | None, unit: str) -> Meaning | None:
    """ "Years ago" is as precise as its unit, but a week's offset names no calendar week wholly."""
    value = _unit_value(day, unit) if day else None
    return Meaning("DATE", value) if value else None


def the_offset(parts: Parts, clock: Clock) -> Meaning | None:
    """The day before, the year after: of the last date named."""
    unit = parts["punit"]
    base = (clock.last[0] if clock.last else None) or clock.day
    if base is None:
        return Meaning("DATE", "XXXX")
    back = parts["way"] in ("before", "earlier")
    return _at(move(base, -1 if back else 1, unit), unit)


def duration_value(count: float | None, unit: str) -> str:
    """P3W, PT2H, PXY; quarters as P3M each, fortnights as weeks."""
    letter = UNITS[unit]
    amount = "X" if count is None else f"{count:g}"
    if letter in ("E", "C", "F", "WE") and count is not None:
        size, letter = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W"), "WE": (2, "D")}[letter]
        amount = f"{count * size:g}"
    if letter in ("E", "C", "F"):
        letter = {"E": "E", "C": "E", "F": "W"}[letter]
    if unit in CLOCK_UNITS:
        return f"PT{amount}{letter}"
    if count is not None and count != int(count) and letter == "Y":
        return f"P{int(count)}Y{round((count % 1) * 12)}M" if count > 1 else f"P{round(count * 12)}M"
    return f"P{amount}{letter}"


def duration(parts: Parts, clock: Clock) -> Meaning | None:
    """For 12 years, a 10-day visit, two to three weeks."""
    unit, words = unit_of(parts["unit"]), parts["num"]
    if unit == "second" and words in ("a", "an", "another", "the"):
        return None
    return Meaning("DURATION", duration_value(number(words), unit))


def past_units(parts: Parts, clock: Clock) -> Meaning | None:
    """The past 30 days end at publication; the next two weeks begin there; the first nine months float."""
    unit, count = unit_of(parts["unit"]), number(parts["num"])
    value, ref = duration_value(count, unit), parts["ref"]
    if clock.day is None or "first" in ref or "final" in ref:
        return Meaning("DURATION", value)
    amount = count if count is not None else 3.0
    base = _base(ref, clock) or clock.day
    if _shift(ref) < 0:
        start = move(base, -amount, unit)
        return Meaning("DURATION", value, (start, base) if start else None)
    end = move(base, amount, unit)
    return Meaning("DURATION", value, (base, end) if end else None)


def recent_units(parts: Parts, clock: Clock) -> Meaning | None:
    """Recent years, the coming weeks: a few of them."""
    unit = unit_of(parts["unit"])
    meaning = past_units(
        {"ref": "past" if "recent" in parts["ref"] else parts["ref"], "num": "few", "unit": unit}, clock
    )
    return meaning


def bare_units(parts: Parts, clock: Clock) -> Meaning | None:
    """Years, decades."""
    return Meaning("DURATION", duration_value(None, unit_of(parts["unit"])))
