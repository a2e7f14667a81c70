"""Two articles: is one a copy of the other, do they tell the same story, or neither?

Copies share runs of words; retellings share hardly any, but their headlines and openings name the same things at the
same time. Thresholds were set by hand on real pairs read by people; ``benchmarks/stories.py`` prints how they do.
"""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal, TypedDict

Verdict = Literal["copy", "same_story", "different"]

SHINGLE = 3
"""Words in a row."""

COPY_NEAR, COPY_FAR = 0.35, 0.7
"""Share of shingles in common from which two texts are copies: of about the same day, and of other days. Stories that come
back after weeks ("stays in the race, again") reuse whole sentences."""

NEAR_DAYS = 3

LEAD = 700
"""Characters of text in which a story says what it is about."""

TITLE_LEAST, LEAD_LEAST, SAME_STORY = 0.3, 0.25, 0.75
NAMES_WEIGHT = 0.2

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NAME = re.compile(r"(?<![.!?:“\"]\s)(?<!^)\b[A-Z][\w’'-]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ers", "ied", "ies", "ed", "es", "er", "s", "ly")


class Told(TypedDict):
    """An article as far as stories are concerned; ``date`` is ISO, or None where it is not known."""

    title: str
    text: str
    date: str | None
    source: str


def compare(a: Told, b: Told) -> Verdict:
    """How two articles relate; the order of the two does not matter."""
    near = _near(a["date"], b["date"])
    if _jaccard(_shingles(a["text"]), _shingles(b["text"])) >= (COPY_NEAR if near else COPY_FAR):
        return "copy"
    return "same_story" if near and _same_story(a, b) else "different"


def _same_story(a: Told, b: Told) -> bool:
    """Whether headlines and openings speak of the same things."""
    title = _shared(_content(a["title"]), _content(b["title"]))
    opening_a, opening_b = _opening(a), _opening(b)
    lead = _shared(_content(opening_a), _content(opening_b))
    names = _shared(_names(opening_a), _names(opening_b))
    return title >= TITLE_LEAST and lead >= LEAD_LEAST and title + lead + NAMES_WEIGHT * names >= SAME_STORY


def _near(one: str | None, other: str | None) -> bool:
    """Whether two days can be within ``NEAR_DAYS``: unknown ones can."""
    try:
        days = [date.fromisoformat(day[:10]) for day in (one, other) if day]
    except ValueError:
        return True
    return len(days) < 2 or abs((days[0] - days[1]).days) <= NEAR_DAYS


def _opening(told: Told) -> str:
    return f"{told['title']} . {told['text'][:LEAD]}"


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    if not words:
        return set()
    return {tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1))}


def _content(text: str) -> set[str]:
    """Stems of the words that tell what a text is about."""
    return {_stem(word) for word in _words(text) if word not in _common() and (len(word) > 2 or word.isdigit())}


def _names(text: str) -> set[str]:
    """Stems of words with a capital that do not begin a sentence."""
    return {
        _stem(name)
        for name in (match.lower().replace("’", "'") for match in _NAME.findall(text))
        if name not in _common()
    }


def _stem(word: str) -> str:
    word = re.sub(r"'s?$", "", word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _jaccard(one: Set[object], other: Set[object]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _shared(one: Set[str], other: Set[str]) -> float:
    """The part of the smaller set that is in the larger."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = files("quidnunc.stories").joinpath("data/common.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
