"""What of an article matters for telling copies and retellings: its runs of words, and the words that say what it is about."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TypedDict

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]
Weights = npt.NDArray[np.float32]

SHINGLE = 3
"""Words in a row."""
LEAD = 700
"""Characters of text in which a story says what it is about."""

TELLING = 20
"""Stems by which an article is looked up."""
RAREST = 5000
"""Of so many news summaries, a stem is counted in; one that is not in the table stands in one."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ers", "ied", "ies", "ed", "es", "er", "s", "ly")


class Told(TypedDict):
    """An article as far as stories are concerned; ``date`` is ISO, or None where it is not known."""

    title: str
    text: str
    date: str | None
    source: str


@dataclass(frozen=True)
class Bag:
    """Sorted hashes of a text's stems, each once, with weights whose squares add up to 1: a rare stem that comes back weighs most."""

    stems: Hashes
    weights: Weights


@dataclass(frozen=True)
class Features:
    """What two articles are compared by."""

    day: int | None
    """Days since year 1; None: not known."""
    shingles: Hashes
    """Sorted hashes of runs of three words, each once."""
    lead: Bag
    """Of headline and opening."""
    body: Bag
    telling: Hashes
    """The hashes of ``lead`` that weigh most, at most ``TELLING``."""


def features(told: Told) -> Features:
    """Read an article once; about a millisecond for 600 words."""
    words = _words(told["text"])
    runs = [" ".join(words[k : k + SHINGLE]) for k in range(max(1, len(words) - SHINGLE + 1))] if words else []
    lead = bag(f"{told['title']} . {told['text'][:LEAD]}")
    most = np.argsort(-lead.weights, kind="stable")[:TELLING]
    return Features(
        day=_day(told["date"]),
        shingles=_hashes(runs),
        lead=lead,
        body=bag(told["text"]),
        telling=np.sort(lead.stems[most]),
    )


def pack(read: Features) -> bytes:
    """As bytes, for a database; ``unpack`` gives the same again."""
    parts = (read.shingles, read.lead.stems, read.lead.weights, read.body.stems, read.body.weights, read.telling)
    head = np.array([read.day or 0, *(len(part) for part in parts)], np.uint32)
    return b"".join(part.tobytes() for part in (head, *parts))


def unpack(data: bytes) -> Features:
    """What ``pack`` wrote."""
    day, *sizes = np.frombuffer(data, np.uint32, 7).tolist()
    ends = (7 + np.cumsum([0, *sizes])).tolist()
    words = [np.frombuffer(data, np.uint32, size, 4 * start) for size, start in zip(sizes, ends, strict=False)]
    shingles, lead, lead_weights, body, body_weights, telling = words
    return Features(
        day=day or None,
        shingles=shingles,
        lead=Bag(lead, lead_weights.view(np.float32)),
        body=Bag(body, body_weights.view(np.float32)),
        telling=telling,
    )


def cosine(one: Bag, other: Bag) -> float:
    """How much two texts speak of the same things, 0 to 1."""
    _, k, j = np.intersect1d(one.stems, other.stems, assume_unique=True, return_indices=True)
    return float(one.weights[k] @ other.weights[j])


def jaccard(one: Hashes, other: Hashes) -> float:
    """What two sets share, of all that they have."""
    if not len(one) or not len(other):
        return 0.0
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)


def shared(one: Hashes, other: Hashes) -> float:
    """The part of the smaller set that is in the larger."""
    if not len(one) or not len(other):
        return 0.0
    return len(np.intersect1d(one, other, assume_unique=True)) / min(len(one), len(other))


def _hashes(words: Iterable[str]) -> Hashes:
    return np.unique(np.fromiter((zlib.crc32(word.encode()) for word in words), np.uint32))


def _day(iso: str | None) -> int | None:
    try:
        return date.fromisoformat(iso[:10]).toordinal() if iso else None
    except ValueError:
        return None


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def stems(text: str) -> list[str]:
    """Stems of the words that tell what a text is about, as often as they stand."""
    return [_stem(word) for word in _words(text) if word not in _common() and (len(word) > 2 or word.isdigit())]


def bag(text: str) -> Bag:
    """The stems of a text with their weights."""
    counts = Counter(stems(text))
    if not counts:
        return Bag(np.empty(0, np.uint32), np.empty(0, np.float32))
    told = {zlib.crc32(stem.encode()): (1 + math.log(count)) * _weight(stem) for stem, count in counts.items()}
    hashes = np.fromiter(told, np.uint32, len(told))
    weights = np.fromiter(told.values(), np.float32, len(told))
    order = np.argsort(hashes)
    return Bag(hashes[order], weights[order] / np.linalg.norm(weights))


def _weight(stem: str) -> float:
    return math.log(RAREST / _seen().get(stem, 1))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    word = re.sub(r"'s?$", "", word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = files("quidnunc.stories").joinpath("data/common.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def _seen() -> dict[str, int]:
    lines = files("quidnunc.stories").joinpath("data/weights.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if not line.startswith("#"))
    return {stem: int(count) for stem, count in pairs}
