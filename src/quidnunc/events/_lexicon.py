"""The words that name acts, and the markers around them, read from data/ and checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from quidnunc.errors import KnowledgeError

POS = {"V": ("VERB", "AUX"), "N": ("NOUN", "PROPN"), "A": ("ADJ", "VERB")}
"""The lexicon's parts of speech and the tagger's."""


@dataclass(frozen=True)
class Act:
    """One reading of a word: the act that it names, and where its parties stand."""

    word: str
    pos: str
    type: str
    mode: str | None
    cameo: str
    weight: int
    mutual: bool
    slots: tuple[str, ...]
    objects: frozenset[str]
    own: str | None = None
    """The type of a user's codebook that the word stands for."""

    @property
    def name(self) -> str:
        """How the reading is named in ``decided_by``."""
        return f"{self.word.replace('_', ' ')} ({self.pos.lower()}) {self.type}" + (
            f"-{self.mode}" if self.mode else ""
        )


@dataclass(frozen=True)
class Lexicon:
    """All readings by lemma: the single words and the heads of the longer expressions."""

    acts: dict[str, tuple[Act, ...]]
    classes: dict[str, frozenset[str]]
    markers: dict[str, frozenset[str]]

    def readings(self, lemma: str) -> tuple[Act, ...]:
        """Every act that a word with this lemma may name, most specific first."""
        return self.acts.get(lemma, ())

    def with_acts(self, more: list[Act]) -> Lexicon:
        """The lexicon with further acts, which go before its own of the same shape."""
        acts = dict(self.acts)
        for act in more:
            acts[_key(act)] = (act, *acts.get(_key(act), ()))
        return replace(self, acts={lemma: tuple(sorted(found, key=_specificity)) for lemma, found in acts.items()})


def _lines(name: str) -> list[tuple[int, str]]:
    text = (files("quidnunc.events") / "data" / name).read_text(encoding="utf8")
    return [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]


def _classes(lines: list[tuple[int, str]]) -> dict[str, frozenset[str]]:
    found = {}
    for _, line in lines:
        if line.startswith("@"):
            name, _, words = line.partition(":")
            found[name] = frozenset(words.split())
    return found


def _objects(spec: str, classes: dict[str, frozenset[str]]) -> frozenset[str]:
    if spec.startswith("@"):
        return classes[spec]
    return frozenset(spec.split(","))


def _group(line: str, classes: dict[str, frozenset[str]]) -> list[Act]:
    head, _, words = line.partition(" : ")
    pos, kind, mode, cameo, weight, target, *condition = head.split()
    mutual = target.startswith("=")
    slots = tuple(s for s in target.lstrip("=").split("|") if s != "-")
    objects = _objects(condition[0], classes) if condition else frozenset()
    found = []
    for word in words.split():
        if pos not in POS:
            raise ValueError(f"part of speech {pos}")
        act = Act(word, pos, kind, None if mode == "-" else mode, cameo, int(weight), mutual, slots, objects)
        found.append(act)
    return found


def _key(act: Act) -> str:
    """The head of the expression."""
    return act.word.split("_")[-1] if act.pos == "N" else act.word.split("_")[0]


def _specificity(act: Act) -> tuple[bool, int, int, int]:
    return (act.own is None, -act.word.count("_"), -bool(act.objects), -act.weight)


_chosen: ContextVar[Lexicon | None] = ContextVar("lexicon", default=None)


def lexicon() -> Lexicon:
    """The lexicon in use: the one that ships, or within ``using`` the one given."""
    return _chosen.get() or shipped()


@contextmanager
def using(other: Lexicon) -> Iterator[None]:
    """Within it, ``lexicon()`` is this one."""
    token = _chosen.set(other)
    try:
        yield
    finally:
        _chosen.reset(token)


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The lexicon of the package, read once; raises ``KnowledgeError`` naming the line that does not hold together."""
    lines = _lines("acts.txt")
    classes = _classes(lines)
    acts: dict[str, list[Act]] = {}
    for number, line in lines:
        if line.startswith("@"):
            continue
        try:
            group = _group(line, classes)
        except (ValueError, KeyError) as error:
            raise KnowledgeError(f"acts.txt line {number} does not hold together ({error}): {line}") from error
        for act in group:
            acts.setdefault(_key(act), []).append(act)
    markers = {}
    for _, line in _lines("markers.txt"):
        name, _, words = line.partition(":")
        markers[name.strip()] = frozenset(words.split())
    ordered = {lemma: tuple(sorted(found, key=_specificity)) for lemma, found in acts.items()}
    return Lexicon(acts=ordered, classes=classes, markers=markers)
