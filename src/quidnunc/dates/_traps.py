"""Words that look like time and are none: "May" the minister, 1709 schoolchildren, the Sunday Times."""

from __future__ import annotations

import re

from quidnunc.dates._grammar import Match

_BEFORE = re.compile(r"([\w'’$€£#%-]+)[ \n,(]*$")
_AFTER = re.compile(r"[ \n]*([\w'’%-]+)")
_PAPERS = re.compile(
    r"[ \n](?:Times|Telegraph|Mirror|Express|Mail|Herald|Tribune|Night Live|World|Post|Independent|Star|Sun)\b"
)
_PREPOSITIONS = frozenset(
    [
        "in",
        "by",
        "since",
        "until",
        "till",
        "from",
        "to",
        "of",
        "before",
        "after",
        "during",
        "early",
        "late",
        "mid",
        "last",
        "next",
        "this",
        "through",
        "and",
        "between",
        "for",
        "on",
        "throughout",
        "into",
        "around",
        "about",
        "end",
        "beginning",
        "start",
        "month",
        "or",
        "than",
        "as",
    ]
)
_YEAR_PREPOSITIONS = frozenset(
    ["in", "since", "during", "until", "till", "by", "before", "after", "from", "through", "throughout", "between"]
)
_COUNTED = frozenset(
    [
        "people",
        "men",
        "women",
        "children",
        "percent",
        "miles",
        "km",
        "kilometers",
        "kilometres",
        "dollars",
        "feet",
        "meters",
        "metres",
    ]
)
_VERBS = frozenset(["was", "is", "has", "as", "does", "says", "this", "its", "his", "us"])
_MEASURE = frozenset(
    [
        "about",
        "over",
        "nearly",
        "almost",
        "than",
        "some",
        "least",
        "most",
        "approximately",
        "roughly",
        "another",
        "number",
        "flight",
        "no",
        "section",
        "room",
    ]
)
_CLOCK_WORDS = frozenset(
    ["at", "around", "about", "by", "from", "to", "until", "till", "before", "after", "since", "between", "and"]
)
_BARE_WORDS = frozenset(
    [
        "for",
        "over",
        "in",
        "within",
        "after",
        "of",
        "during",
        "recent",
        "many",
        "past",
        "took",
        "take",
        "takes",
        "several",
        "about",
        "few",
        "lasted",
    ]
)
_NAMED = frozenset(
    ("month", "weekday", "set_day", "holiday", "month_day", "month_year", "month_rely", "ref_month", "days")
)
_ABBREVIATED = re.compile(r"(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)$")


def _word_before(low: str, start: int) -> str:
    found = _BEFORE.search(low, max(0, start - 30), start)
    return found[1] if found else ""


def _word_after(text: str, end: int) -> str:
    found = _AFTER.match(text, end)
    return found[1] if found else ""


def _capital(text: str, low: str, match: Match) -> bool:
    """Is the name of the month, weekday or holiday written with a capital?"""
    name = next(match.parts[key] for key in ("wd", "month", "holiday") if key in match.parts)
    at = low.find(name, match.start, match.end)
    if len(name) > 5 and name not in ("august", "easter") and match.kind != "holiday":
        return True
    return at < 0 or text[at].isupper() or text[at].isdigit()


def _month(text: str, low: str, match: Match) -> bool:
    name, before = match.parts["month"], _word_before(low, match.start)
    follows = _word_after(text, match.end)
    if _ABBREVIATED.match(name):
        return before in _PREPOSITIONS and not follows[:1].isupper()
    if name in ("may", "march") and "mod" not in match.parts:
        if name == "march" and before in ("the", "this") and follows[:1].islower():
            return follows != "of"
        return before in _PREPOSITIONS and not (before == "to" and name == "march")
    return not (follows[:1].isupper() and name in ("april", "june", "august") and before not in _PREPOSITIONS)


def _year(text: str, low: str, match: Match) -> bool:
    if match.end - match.start > 4:
        return True
    if re.match(r"[.,:]\d|[-–]\d|%|[-/]", low[match.end : match.end + 2]) and not re.match(
        r"-[a-z]", low[match.end : match.end + 2]
    ):
        return False
    if low[match.start - 1 : match.start] in ("-", "/", "#", ".", ",", ":", "+") and match.start:
        return low[max(0, match.start - 5) : match.start] in ("post-", " pre-", "-pre-", "(pre-")
    before, after = _word_before(low, match.start), _word_after(text, match.end)
    if before in _MEASURE or (before[:1] in "$€£#" and before):
        return False
    number = int(match.parts["year"])
    if before in _YEAR_PREPOSITIONS:
        return after not in _COUNTED
    if not 1800 <= number <= 2060 or after in _COUNTED:
        return False
    if before in ("the", "his", "her", "its", "their"):
        return True
    return not (after[:1].islower() and after.endswith("s") and after not in _VERBS)


def _clock(text: str, low: str, match: Match) -> bool:
    if "zone" in match.parts or "postday" in match.parts or "ap" in match.parts or "daypart" in match.parts:
        return True
    return _word_before(low, match.start) in _CLOCK_WORDS or "o'" in text[match.start : match.end]


def genuine(text: str, low: str, match: Match) -> bool:
    """False for words that only look like a time expression."""
    kind = match.kind
    if kind in _NAMED and any(key in match.parts for key in ("wd", "month", "holiday")):
        if not _capital(text, low, match):
            return False
        if kind == "month":
            return _month(text, low, match)
        if kind == "holiday" and "ref" not in match.parts:
            return not re.search(
                r"(?<![.!?\n] )(?<!\n)\b(?!On\b|At\b|Last\b|Next\b|This\b|The\b|Before\b|After\b|Since\b|For\b|By\b)[A-Z]\w+ $",
                text[max(0, match.start - 20) : match.start],
            )
        if kind == "weekday":
            return not _PAPERS.match(text, match.end)
    if kind == "year":
        return _year(text, low, match)
    if kind == "clock":
        return _clock(text, low, match)
    if kind == "bare_units":
        return _word_before(low, match.start) in _BARE_WORDS
    if kind in ("set", "now", "past", "future"):
        return text[match.start].islower() or not _word_after(text, match.end)[:1].isupper()
    return True
