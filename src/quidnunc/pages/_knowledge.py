"""The words that pages are made of, loaded from ``data/``: furniture, months, agencies, outlets."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from quidnunc.errors import KnowledgeError
from quidnunc.records import BlockKind

_STOPS = " :.!?…»>→›|-–—►▶*+\u00a0"
_ADDRESS = (
    "you", "your", "subscribe", "sign up", "sign in", "sign-up", "click", "download", "join us", "for just", "log in",
    "our app", "our channel", "our newsletter", "get the", "we use", "register", "follow", "like us", "disable",
)  # fmt: skip


@dataclass(frozen=True)
class Furniture:
    """The phrases of one kind of furniture."""

    whole: frozenset[str]
    start: tuple[str, ...]
    inside: tuple[str, ...]
    always: tuple[str, ...]
    words: int

    def match(self, low: str, words: int) -> str | None:
        """The phrase that makes the line (in lower case) this kind of furniture."""
        low = low.replace("’", "'")
        bare = low.strip(_STOPS)
        if bare in self.whole:
            return bare
        if words > self.words:
            return None
        if low.startswith(self.start):
            for phrase in self.start:
                if low.startswith(phrase) and not low[len(phrase) : len(phrase) + 1].isalpha():
                    return phrase
        for phrase in self.always:
            if phrase in low:
                return phrase
        near = [phrase for phrase in self.inside if phrase in low]
        if not near:
            return None
        padded = f" {low} "
        speaks = any(_holds(padded, word) for word in _ADDRESS)
        return next((phrase for phrase in near if speaks and _holds(padded, phrase)), None)


def _holds(padded: str, phrase: str) -> bool:
    """The phrase stands in the text as whole words."""
    at = padded.find(phrase)
    return at >= 0 and not padded[at - 1].isalnum() and not padded[at + len(phrase) : at + len(phrase) + 1].isalnum()


def _open(name: str) -> str:
    return files("quidnunc.pages").joinpath("data").joinpath(name).read_text(encoding="utf-8")


def _toml(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_open(name))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"pages/data/{name}: {error}; reinstall the package or correct the file") from error


def _rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in _open(name).splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


@cache
def furniture() -> dict[str, Furniture]:
    """The phrases of each kind of furniture, by kind."""
    kinds = {name: words for name, words in _toml("furniture.toml").items() if name != "section"}
    return {
        name: Furniture(
            frozenset(words.get("whole", ())),
            tuple(sorted(words.get("start", ()), key=len, reverse=True)),
            tuple(words.get("inside", ())),
            tuple(words.get("always", ())),
            int(words["words"]),
        )
        for name, words in kinds.items()
    }


@cache
def section_words() -> frozenset[str]:
    """Words that stand alone as the name of a section, in lower case."""
    return frozenset(_toml("furniture.toml")["section"]["words"])


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of ``words.toml``: particles, not_names, signoff, labels, english."""
    return frozenset(_toml("words.toml")[name])


@cache
def times() -> dict[str, dict[str, Any]]:
    """Words for months, units, small numbers and time zones."""
    return _toml("times.toml")


@cache
def agencies() -> dict[str, str]:
    """Names of news agencies in lower case (and their other names) to the name that is written to records."""
    names: dict[str, str] = {}
    for row in _rows("agencies.csv"):
        for name in (row["name"], *row["other_names"].split("|")):
            if name:
                names.setdefault(name.lower(), row["name"])
    return names


@cache
def outlets() -> dict[str, str]:
    """Hosts of news outlets to their names."""
    return {row["host"]: row["name"] for row in _rows("outlets.csv")}


@dataclass(frozen=True)
class Zones:
    """Parts of class and id attributes, and elements, to the kind of block that they announce."""

    elements: dict[str, BlockKind]
    classes: dict[str, BlockKind]
    pairs: dict[str, BlockKind]


@cache
def zones() -> Zones:
    """What class names and elements say about their content."""
    data = _toml("zones.toml")
    return Zones(
        data["elements"],
        {word: kind for kind, words in data["classes"].items() for word in words},
        {pair: kind for kind, pairs in data["pairs"].items() for pair in pairs},
    )
