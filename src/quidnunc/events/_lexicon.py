"""The words that name acts, and the markers around them, read from data/ and checked."""

from __future__ import annotations

from dataclasses import dataclass
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


def _specificity(act: Act) -> tuple[int, int, int]:
    return (-act.word.count("_"), -bool(act.objects), -act.weight)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read once; raises ``KnowledgeError`` naming the line that does not hold together."""
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
            key = act.word.split("_")[-1] if act.pos == "N" else act.word.split("_")[0]
            acts.setdefault(key, []).append(act)
    markers = {}
    for _, line in _lines("markers.txt"):
        name, _, words = line.partition(":")
        markers[name.strip()] = frozenset(words.split())
    ordered = {lemma: tuple(sorted(found, key=_specificity)) for lemma, found in acts.items()}
    return Lexicon(acts=ordered, classes=classes, markers=markers)
