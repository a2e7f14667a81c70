"""Which articles may hold an event: a linear model over the words of their sentences, asked before anything is parsed.

``training/gate.py`` fits it on the quidnunc corpus and its silent articles; ``benchmarks/gate.py`` measures what it saves and what it loses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast
from zlib import crc32

import numpy as np
import numpy.typing as npt

from quidnunc.errors import KnowledgeError

MODEL = "gate.npz"
BUCKETS = 1 << 16
"""Columns that the words are hashed to."""

SHORT = 600
"""Characters of text below which nothing is gained by leaving it out."""

_SENTENCE = re.compile(
    r"(?<=[a-z0-9%)”\"’'][.!?])(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bGen\.)(?<!\bSen\.)(?<!\bGov\.)(?<!\bRep\.)[\"”’)]{0,3}\s+(?=[\"“‘(]{0,2}[A-Z])"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’.-]{0,30}[A-Za-z]|[A-Za-z]|\d[\d.,]*|[\"“”]")


def sentences(text: str) -> list[str]:
    """A text cut roughly, by its marks alone."""
    return [sentence for line in text.split("\n") if line.strip() for sentence in _SENTENCE.split(line)]


def columns(sentence: str) -> list[int]:
    """What the model sees of a sentence: its words, their beginnings, pairs of neighbours, how many names, numbers and quotation marks."""
    seen: list[str] = []
    names = numbers = marks = 0
    before = "^"
    for found in _WORD.findall(sentence):
        if found[0].isdigit():
            numbers += 1
            word = "0"
        elif found in '"“”':
            marks += 1
            continue
        else:
            names += before != "^" and found[0].isupper()
            word = found.lower()
            seen.append("p " + word[:5])
        seen += (word, f"{before} {word}")
        before = word
    seen += (
        f"names {min(names, 6)}",
        f"numbers {min(numbers, 3)}",
        f"marks {min(marks, 2)}",
        f"long {min(len(seen) // 24, 5)}",
    )
    return [crc32(one.encode()) % BUCKETS for one in dict.fromkeys(seen)]


@dataclass(frozen=True)
class Gate:
    """Weights of the columns, the weight of none, and the sum above which a sentence is let through."""

    weights: list[float]
    start: float
    least: float

    def sum(self, sentence: str) -> float:
        """How much speaks for an event in a sentence; log odds."""
        weights = self.weights
        return self.start + sum([weights[column] for column in columns(sentence)])

    def lets_through(self, text: str) -> bool:
        """Whether any sentence of a text may hold an event; a short text always may."""
        return len(text) < SHORT or any(self.sum(sentence) >= self.least for sentence in sentences(text))


def may_hold_events(text: str) -> bool:
    """Whether an article is worth parsing for events, judged by its words alone."""
    return model().lets_through(text)


def gate_arrays(weights: npt.NDArray[np.float64], start: float, least: float) -> dict[str, npt.NDArray[np.generic]]:
    """The model as arrays for the package's file."""
    return {"weights": weights.astype(np.float16), "start": np.array(start), "least": np.array(least)}


@cache
def model() -> Gate:
    """The model of the package. Raises KnowledgeError if its file is not whole."""
    try:
        with files("quidnunc.events").joinpath("data").joinpath(MODEL).open("rb") as file:
            arrays = dict(np.load(cast("str", file), allow_pickle=False))
        weights = arrays["weights"].astype(np.float64).tolist()
        if len(weights) != BUCKETS:
            raise ValueError(f"{len(weights)} weights for {BUCKETS} columns")
        return Gate(weights, float(arrays["start"][()]), float(arrays["least"][()]))
    except (OSError, KeyError, ValueError) as error:
        raise KnowledgeError(f"events/data/{MODEL}: {error}; reinstall the package") from error
