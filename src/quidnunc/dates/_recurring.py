"""Meanings of sets ("every Tuesday"), vague words ("now", "recently") and times of day."""

from __future__ import annotations

from collections.abc import Mapping

from quidnunc.dates._clock import Clock, Meaning
from quidnunc.dates._relative import dayword, duration_value, weekday
from quidnunc.dates._words import MONTHS, PARTS, UNITS, WEEKDAYS, number

Parts = Mapping[str, str]

_FREQUENCIES = {
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y", "yearly": "P1Y", "hourly": "PT1H",
    "nightly": "XXXX-XX-XXTNI", "quarterly": "P1Q", "biweekly": "P2W", "fortnightly": "P2W",
}  # fmt: skip


def frequency(parts: Parts, clock: Clock) -> Meaning | None:
    """Daily, annually."""
    return Meaning("SET", _FREQUENCIES[parts["freq"]])


def set_day(parts: Parts, clock: Clock) -> Meaning | None:
    """Every Tuesday, Monday nights, each July."""
    if "month" in parts:
        return Meaning("SET", f"XXXX-{MONTHS[parts['month']]:02d}")
    target = next((index for name, index in WEEKDAYS.items() if name == parts["wd"]), None)
    if target is None:
        return None
    part = next((code for word, code in PARTS.items() if word in parts.get("part", "")), None)
    return Meaning("SET", f"XXXX-WXX-{target + 1}" + (f"T{part}" if part else ""))


def set_unit(parts: Parts, clock: Clock) -> Meaning | None:
    """Every day, each year, every two weeks."""
    words = parts["unit"]
    unit = words if words in UNITS else words.rstrip("s")
    count = {"other": 2.0, "second": 2.0, "single": 1.0, "": 1.0}.get(parts.get("num", ""))
    return Meaning("SET", duration_value(count or number(parts["num"]), unit)) if unit in UNITS else None


def set_times(parts: Parts, clock: Clock) -> Meaning | None:
    """Twice a week."""
    unit = parts["unit"] if parts["unit"] in UNITS else parts["unit"].rstrip("s")
    return Meaning("SET", duration_value(1, unit)) if unit in UNITS else None


def now(parts: Parts, clock: Clock) -> Meaning | None:
    """Now, currently."""
    return Meaning("DATE", "PRESENT_REF")


def past(parts: Parts, clock: Clock) -> Meaning | None:
    """Recently, previously, in the past."""
    return Meaning("DATE", "PAST_REF")


def future(parts: Parts, clock: Clock) -> Meaning | None:
    """Soon, in the future."""
    return Meaning("DATE", "FUTURE_REF")


def _day_of(words: str | None, clock: Clock) -> str | None:
    """The day that a time of day belongs to: its own words, the last day named, else that of publication."""
    if words:
        name = words.strip()
        key = (
            "wd"
            if name.rstrip(".") in WEEKDAYS or (len(name.rstrip(".")) <= 5 and name[0] in "mtwfs" and name != "today")
            else "dayword"
        )
        meaning = weekday({"wd": name}, clock) if key == "wd" else dayword({"dayword": name}, clock)
        return meaning.value[:10] if meaning else None
    if clock.last and clock.last[0] == clock.last[1]:
        return clock.last[0].isoformat()
    return clock.day.isoformat() if clock.day else None


def time(parts: Parts, clock: Clock) -> Meaning | None:
    """10:35 a.m. Friday, noon on Thursday, 22:30, 0830 GMT, 4 o'clock in the morning."""
    day = _day_of(parts.get("postday") or parts.get("preday"), clock) or "XXXX-XX-XX"
    if word := parts.get("word"):
        return Meaning("TIME", f"{day}T{'24:00' if word == 'midnight' else '12:00'}")
    hour, minute = int(parts["h"]), parts.get("min")
    half = parts.get("ap", "").replace(".", "") or {"morning": "am"}.get(parts.get("daypart", "am"), "pm")
    if "ap" in parts or "daypart" in parts or "daypart2" in parts:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return Meaning("TIME", f"{day}T{hour:02d}:{minute or '00'}") if hour < 25 else None
