"""The words that tell time: names and numbers, and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable

WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
"""Monday is 0, as in ``date.weekday``."""

_MONTH_NAMES = (
    "january jan. jan",
    "february feb. feb",
    "march mar. mar",
    "april apr. apr",
    "may",
    "june jun. jun",
    "july jul. jul",
    "august aug. aug",
    "september sept. sept sep. sep",
    "october oct. oct",
    "november nov. nov",
    "december dec. dec",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

ORDINALS = {
    name: number
    for number, name in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
            "twenty-second",
            "twenty-third",
            "twenty-fourth",
            "twenty-fifth",
            "twenty-sixth",
            "twenty-seventh",
            "twenty-eighth",
            "twenty-ninth",
            "thirtieth",
            "thirty-first",
        ],
        1,
    )
}

_SMALL = {
    name: number
    for number, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    name: 10 * number
    for number, name in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip

UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "weekend": "WE", "week": "W",
    "fortnight": "F", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "centurie": "C",
}  # fmt: skip
"""Unit to the letter of an ISO duration; seconds, minutes and hours stand after a T."""

CLOCK_UNITS = frozenset(("second", "minute", "hour"))

PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "overnight": "NI", "noon": "MI",
    "midday": "MI", "dawn": "MO", "dusk": "EV",
}  # fmt: skip

VAGUE_NUMBERS = frozenset(("few", "several", "many", "some", "recent", "coming", "number"))

SEASON_NAMES = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

_HUNDREDS = re.compile(r"(\w+) hundred(?: and)?(?: (.+))?$")


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longer first."""
    return "|".join(re.escape(word).replace("\\ ", " ") for word in sorted(words, key=lambda word: (-len(word), word)))


SMALL_NUMBERS = alternatives(_SMALL)
TENS_NUMBERS = alternatives(_TENS)


def number(text: str) -> float | None:
    """The number that digits or words stand for ("12", "two", "twenty-four", "a", "a couple of"); None: vague."""
    text = " ".join(text.lower().replace(",", "").split())
    if text.startswith("half"):
        return 0.5
    if text in ("a", "an", "another", "the", "one full") or text.startswith(("a further", "an additional")):
        return 1.0
    if "couple" in text or text in ("both", "pair"):
        return 2.0
    if text == "dozen" or text == "a dozen":
        return 12.0
    value: float | None
    half = " 1/2" in text or " and a half" in text
    text = text.removesuffix(" 1/2").removesuffix(" and a half")
    try:
        value = float(text)
    except ValueError:
        value = _spelled(text)
        if value is None:
            return None
    return value + 0.5 if half else value


def _spelled(text: str) -> float | None:
    if found := _HUNDREDS.match(text):
        tail = _spelled(found[2]) if found[2] else 0.0
        head = _SMALL.get(found[1], 1)
        return None if tail is None else 100.0 * head + tail
    total = 0
    for word in text.replace("-", " ").split():
        value = _SMALL.get(word, _TENS.get(word))
        if value is None:
            return None
        total += value
    return float(total) if text else None


def ordinal(text: str) -> int | None:
    """1 for "1st" or "first"."""
    text = text.lower().strip()
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else ORDINALS.get(text)


def spelled_year(text: str) -> int | None:
    """1991 for "nineteen ninety-one", 2005 for "two thousand five"."""
    words = text.lower().replace("-", " ").split()
    if words[:2] == ["two", "thousand"]:
        tail = _spelled(" ".join(word for word in words[2:] if word != "and")) if words[2:] else 0
        return None if tail is None else 2000 + int(tail)
    head = _SMALL.get(words[0], _TENS.get(words[0]))
    tail = _spelled(" ".join(words[1:]))
    return None if head is None or tail is None else head * 100 + int(tail)
