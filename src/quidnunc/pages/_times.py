"""Dates and ages as news pages write them: "19 February 2024 - 08:30", "Feb. 19, 2024, 8:30 a.m. EST", "3 weeks ago"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from quidnunc.pages._knowledge import times
from quidnunc.records import Precision

Window = tuple[str, str]


@dataclass(frozen=True)
class Moment:
    """A point in time as precise as a page tells it: ISO 8601, with an offset only where one is given."""

    iso: str
    precision: Precision

    @property
    def day(self) -> date:
        """Its calendar day, in its own zone."""
        return date.fromisoformat(self.iso[:10])

    @property
    def window(self) -> Window:
        """First and last day."""
        return self.iso[:10], self.iso[:10]

    @property
    def local(self) -> datetime:
        """Its date and time without the zone; the last minute of the day where only the day is known."""
        if self.precision == "minute":
            return datetime.fromisoformat(self.iso[:16])
        return datetime.combine(self.day, datetime.max.time()).replace(microsecond=0)


def moment(day: date, clock: tuple[int, int] | None = None, offset: str = "") -> Moment:
    """The moment of a day, a time of day and a UTC offset ("+02:00")."""
    if clock is None:
        return Moment(day.isoformat(), "day")
    return Moment(f"{day.isoformat()}T{clock[0]:02d}:{clock[1]:02d}{offset}", "minute")


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, names in times()["months"].items() for name in names}


@cache
def _units() -> dict[str, str]:
    return {name: unit for unit, names in times()["units"].items() for name in names}


@cache
def _counts() -> dict[str, int]:
    return {name: int(number) for number, names in times()["counts"].items() for name in names}


@cache
def _absolute() -> list[re.Pattern[str]]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    year = r"(?P<y>(?:19|20)\d\d)"
    day = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
    return [
        re.compile(rf"(?<!\d){year}-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"),
        re.compile(
            rf"(?<![\w.]){day}[ /-]{{1,2}}(?:de |of )?(?P<mon>{month})\b\.?,?[ /-]{{0,2}}(?:de |del )?{year}\b", re.I
        ),
        re.compile(rf"\b(?P<mon>{month})\b\.? {{0,2}}{day}(?!\d),? {{0,2}}{year}\b", re.I),
        re.compile(rf"(?<![\d.]){year}[/.](?P<m>\d{{1,2}})[/.](?P<d>\d{{1,2}})(?!\d)"),
        re.compile(rf"(?<![\d.])(?P<d>\d{{1,2}})\. ?(?P<m>\d{{1,2}})\. ?{year}(?!\d)"),
        re.compile(rf"(?<![\d/])(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})[/-]{year}(?!\d)"),
        re.compile(rf"{year} ?年 ?(?P<m>\d{{1,2}}) ?月 ?(?P<d>\d{{1,2}}) ?日"),
    ]


_CLOCK = re.compile(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-3])(?:(?P<sep>[:.h])(?P<min>[0-5]\d)(?::[0-5]\d(?:\.\d{1,9})?)?)?"
    r" ?(?P<ap>[aApP]\.?[mM]\b\.?)?(?![\d:])(?: ?Uhr\b)?"
    r"(?: ?\(?(?P<zone>[A-Z]{1,4}\b|[+-]\d\d:?\d\d)(?:(?P<off>[+-]\d{1,2})(?::?(?P<offmin>\d\d))?)?)?"
)
_LONGEST = 400


@dataclass(frozen=True)
class FoundDate:
    """A date in a line and where it stands there."""

    moment: Moment
    start: int
    end: int


def find_dates(text: str) -> list[FoundDate]:
    """The absolute dates in a line (its first 400 characters), in order, each with the time of day that stands by it."""
    text = text[:_LONGEST]
    found: list[FoundDate] = []
    if not any(mark in text for mark in ("19", "20")):
        return found
    for pattern in _absolute():
        for match in pattern.finditer(text):
            day = _day(match)
            if day and not any(f.start < match.end() and match.start() < f.end for f in found):
                clock, offset, end = _clock_after(text, match.end())
                start = match.start()
                if clock is None:
                    clock, offset, start = _clock_before(text, start)
                found.append(FoundDate(moment(day, clock, offset), start, max(end, match.end())))
    return sorted(found, key=lambda f: f.start)


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if "a" in parts:
        a, b = int(parts["a"]), int(parts["b"])
        if a != b and a <= 12 and b <= 12:
            return None
        number, month = (a, b) if b <= 12 else (b, a)
    else:
        number = int(parts["d"])
        month = _months()[parts["mon"].lower()] if parts.get("mon") else int(parts["m"])
    try:
        return date(int(parts["y"]), month, number)
    except ValueError:
        return None


_AFTER = re.compile(r"[\s,|·•T–—@()-]{0,6}(?:at|um|à|a las|às|alle|om|kl\.?|klo)?[\s:]{0,2}(?=\d)", re.I)
_BEFORE = re.compile(r"[\s,|·•–—@()-]{0,6}(?:on|am|le)?\s{0,2}(?:[A-Za-z]{3,9}\.?,?\s{0,2})?$", re.I)


def _clock_after(text: str, position: int) -> tuple[tuple[int, int] | None, str, int]:
    lead = _AFTER.match(text, position)
    match = _CLOCK.match(text, lead.end()) if lead else None
    if not match:
        return None, "", position
    clock, offset = _read_clock(match)
    return clock, offset, match.end() if clock else position


def _clock_before(text: str, position: int) -> tuple[tuple[int, int] | None, str, int]:
    head = text[max(0, position - 40) : position]
    base = position - len(head)
    for match in _CLOCK.finditer(head):
        clock, offset = _read_clock(match)
        if clock and _BEFORE.fullmatch(head, match.end()):
            return clock, offset, base + match.start()
    return None, "", position


def _read_clock(match: re.Match[str]) -> tuple[tuple[int, int] | None, str]:
    if not match["min"] and not match["ap"]:
        return None, ""
    hour, minute = int(match["h"]), int(match["min"] or 0)
    if match["ap"]:
        if not 1 <= hour <= 12:
            return None, ""
        hour = hour % 12 + (12 if match["ap"][0] in "pP" else 0)
    return (hour, minute), _offset(match["zone"], match["off"], match["offmin"])


def _offset(zone: str | None, hours: str | None, minutes: str | None) -> str:
    if not zone:
        return ""
    if zone[0] in "+-":
        digits = zone.replace(":", "")
        return f"{digits[:3]}:{digits[3:]}"
    if zone.upper() in ("GMT", "UTC") and hours:
        return f"{hours[0]}{int(hours[1:]):02d}:{minutes or '00'}"
    offset: str = times()["zones"].get(zone.upper() if zone.isupper() else "", "")
    return offset


_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<h>\d\d):(?P<min>\d\d)(?::\d\d(?:[.,]\d{1,9})?)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)


EARLIEST, LATEST = 1700, 2200
"""Years outside are placeholders ("0001-01-01"), not dates of news."""


def parse(text: str) -> Moment | None:
    """A machine-readable or written date as a moment; midnight sharp counts as a bare day."""
    text = text.strip()
    match = _ISO.match(text)
    if not match:
        found = find_dates(text)
        return found[0].moment if found else None
    try:
        day = date.fromisoformat(match["day"])
    except ValueError:
        return None
    if not EARLIEST <= day.year <= LATEST:
        return None
    if not match["h"] or (match["h"], match["min"]) == ("00", "00") or int(match["h"]) > 23 or int(match["min"]) > 59:
        return moment(day)
    zone = match["zone"] or ""
    offset = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}" if zone else ""
    return moment(day, (int(match["h"]), int(match["min"])), offset)


@dataclass(frozen=True)
class Age:
    """Words such as "3 weeks ago": a number of units, rounded down."""

    words: str
    number: int
    unit: Precision | str
    start: int
    end: int
    calendar: bool = False
    """A calendar day ("yesterday"), not a span of 24 hours."""

    def window(self, now: Moment) -> Window:
        """First and last day on which something of this age at ``now`` can have been published."""
        last = _back(now.local, self.number, self.unit)
        first = last if self.calendar else _back(now.local, self.number + 1, self.unit)
        return first.date().isoformat(), last.date().isoformat()


def _back(when: datetime, number: int, unit: str) -> datetime:
    try:
        if unit in ("month", "year"):
            months = when.year * 12 + when.month - 1 - number * (12 if unit == "year" else 1)
            year, month = divmod(months, 12)
            last_day = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
            return when.replace(year=year, month=month + 1, day=min(when.day, last_day))
        return when - timedelta(**{f"{unit}s": number})
    except (ValueError, OverflowError):
        return datetime.min


@cache
def _age() -> list[re.Pattern[str]]:
    unit = "|".join(sorted(map(re.escape, _units()), key=len, reverse=True))
    word = "|".join(sorted(map(re.escape, _counts()), key=len, reverse=True))
    count = rf"(?:(?P<n>\d{{1,3}})\+? ?|(?P<w>{word}) )"
    length = rf"{count}(?P<u>{unit})"
    return [
        re.compile(rf"(?<!\w){length}\.? (?:ago|fa|geleden|sedan|siden|atrás|назад|önce)(?!\w)", re.I),
        re.compile(rf"(?<!\w)(?:vor|il y a|hace|há|for) {length}(?!\w)", re.I),
    ]


_SHORT_AGE = re.compile(r"(?P<n>\d{1,3}) ?(?P<u>min|mins|m|h|hr|hrs|d|w|wk|wks|mo|y|yr)", re.I)
_CJK_AGE = re.compile(r"(?P<n>\d{1,3}) ?(?:个)?(?P<u>分钟|小时|天|周|星期|月|年|分|時間|日|週間|か月)前")
_CJK_UNITS = {
    "分钟": "minute", "分": "minute", "小时": "hour", "時間": "hour", "天": "day", "日": "day", "周": "week",
    "星期": "week", "週間": "week", "月": "month", "か月": "month", "年": "year",
}  # fmt: skip
_DAY_WORDS = {
    "yesterday": 1,
    "gestern": 1,
    "hier": 1,
    "ayer": 1,
    "ieri": 1,
    "ontem": 1,
    "gisteren": 1,
    "today": 0,
    "heute": 0,
}
_NOW_WORDS = ("just now", "moments ago", "a moment ago", "seconds ago")


def find_age(text: str) -> Age | None:
    """The first age in a short line ("News 3 weeks ago", "vor 2 Stunden", "2h")."""
    if len(text) > 120:
        return None
    for pattern in _age():
        match = pattern.search(text)
        if match:
            number = int(match["n"]) if match["n"] else _counts()[match["w"].lower()]
            return Age(match[0], number, _units()[match["u"].lower()], *match.span())
    match = _CJK_AGE.search(text)
    if match:
        return Age(match[0], int(match["n"]), _CJK_UNITS[match["u"]], *match.span())
    whole = text.strip()
    match = _SHORT_AGE.fullmatch(whole)
    if match:
        return Age(whole, int(match["n"]), _units()[match["u"].lower()], 0, len(text))
    low = whole.lower().rstrip(".")
    if low in _DAY_WORDS:
        return Age(whole, _DAY_WORDS[low], "day", 0, len(text), calendar=True)
    return Age(whole, 0, "hour", 0, len(text)) if low in _NOW_WORDS else None
