"""A user's own codebook: types of their own beside PLOVER's, told by words, by example sentences and by PLOVER's types.

docs/codebooks.md describes the file. The events are found as ever; what a codebook adds is words that name acts, and a type for each event that it claims.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from quidnunc.errors import CodebookError
from quidnunc.events import _codes
from quidnunc.events._candidates import Candidate
from quidnunc.events._lexicon import Act, Lexicon, shipped
from quidnunc.events._pairs import pairs
from quidnunc.records import Span

LARGEST = 1_000_000
"""Bytes of a codebook."""
LIKE = 0.4
"""Cosine, from -1 to 1, from which a pair is like a type's examples (docs/codebooks.md says how it was chosen)."""
SLOTS = ("o", "against", "to", "with", "from", "on", "for", "of", "c")
MARKED = re.compile(r"\[([^\[\]]+)\]")
KEYS = {
    "definition",
    "modes",
    "plover",
    "base",
    "verbs",
    "nouns",
    "of",
    "target",
    "mutual",
    "about",
    "examples",
    "within",
}
Vector = npt.NDArray[np.float64]
Kinds = tuple[tuple[str, str | None], ...]


def _among(kind: str, mode: str | None, kinds: Kinds) -> bool:
    return (kind, mode) in kinds or (kind, None) in kinds


@dataclass(frozen=True)
class OwnType:
    """A type of a codebook: what it means and what it claims."""

    name: str
    definition: str
    plover: Kinds
    """PLOVER types and type-modes all of whose events are of this type."""
    acts: tuple[Act, ...]
    about: re.Pattern[str] | None
    examples: tuple[tuple[str, Span, Span], ...]
    within: Kinds
    """PLOVER types and type-modes of which events like the examples are of this type; none: all."""

    @cached_property
    def like(self) -> Vector | None:
        """The direction of its examples, from the middle of PLOVER's own."""
        if not self.examples:
            return None
        told = [_direction(*example) for example in self.examples]
        return _unit(np.asarray(np.mean(told, axis=0), np.float64))


@dataclass(frozen=True)
class Claim:
    """The type that a codebook gives to an event, and why."""

    type: str
    because: str


@dataclass(frozen=True)
class Codebook:
    """The types of a codebook in the file's order; ``others``: whether events that none claims are kept, without a type of their own."""

    name: str
    types: tuple[OwnType, ...]
    others: bool

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words that name acts: the codebook's own before those that ship."""
        return shipped().with_acts([act for own in self.types for act in own.acts])

    def claim(self, c: Candidate) -> Claim | None:
        """The type of an event by the word that names it, else by likeness to examples, else by its PLOVER type; None: no type claims it."""
        act, kind, mode = c.frame.act, c.coding.type, c.coding.mode
        if act.own is not None:
            return Claim(act.own, f"'{act.word.replace('_', ' ')}' is one of its words")
        sentence, pair = c.sentence.text, _pair(c)
        like: list[tuple[float, OwnType]] = []
        plain: list[OwnType] = []
        for own in self.types:
            if own.about is not None and not own.about.search(sentence):
                continue
            if own.like is not None and pair is not None and (not own.within or _among(kind, mode, own.within)):
                near = float(_direction(sentence, *pair) @ own.like)
                if near >= LIKE:
                    like.append((near, own))
            if _among(kind, mode, own.plover):
                plain.append(own)
        if like:
            near, own = max(like, key=lambda found: found[0])
            return Claim(own.name, f"like its examples ({near:.2f})")
        if plain:
            exact = [own for own in plain if (kind, mode) in own.plover and mode is not None]
            own = (exact or plain)[0]
            return Claim(own.name, f"PLOVER {kind}" + (f"-{mode}" if mode else ""))
        return None


def read_codebook(path: Path) -> Codebook:
    """The codebook of a YAML file. Raises ``CodebookError`` that names the type and the line's key that does not hold together."""
    try:
        if path.stat().st_size > LARGEST:
            raise CodebookError(f"{path}: over {LARGEST:,} bytes: a codebook is a short file")
        plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise CodebookError(f"{path}: it is no YAML that can be read ({error})") from error
    return codebook(plain, str(path))


def codebook(plain: object, where: str) -> Codebook:
    """The codebook of what YAML says; ``where`` names it in errors."""
    if not isinstance(plain, Mapping) or not isinstance(plain.get("types"), Mapping) or not plain["types"]:
        raise CodebookError(
            f"{where}: it needs 'types:', a mapping of type names to what they are; see docs/codebooks.md"
        )
    types = tuple(_own(str(name), entry, f"{where}: type {name}") for name, entry in plain["types"].items())
    others = plain.get("others", False)
    if not isinstance(others, bool):
        raise CodebookError(f"{where}: others: true or false, not {others!r}")
    return Codebook(str(plain.get("name") or Path(where).stem), types, others)


def plover_text() -> str:
    """PLOVER 2.0 itself as such a file: definitions, modes and examples of its 16 types."""
    return (files("quidnunc.events") / "data" / "plover.yaml").read_text(encoding="utf-8")


def _own(name: str, entry: object, where: str) -> OwnType:
    if not isinstance(entry, Mapping):
        raise CodebookError(f"{where}: it needs a mapping (definition:, plover:, verbs:, nouns:, examples: ...)")
    if strange := sorted(set(map(str, entry)) - KEYS):
        raise CodebookError(f"{where}: unknown key {strange[0]!r}; there are {', '.join(sorted(KEYS))}")
    plover = tuple(_plover(word, where) for word in _words(entry, "plover", where))
    bases = _words(entry, "base", where) or ([plover[0][0]] if plover else [])
    acts: list[Act] = []
    for key, pos in (("verbs", "V"), ("nouns", "N")):
        for word in _words(entry, key, where):
            if not bases:
                raise CodebookError(
                    f"{where}: words need 'base:', the PLOVER type whose rules for parties and status they follow"
                )
            kind, mode = _plover(bases[0], where)
            of = frozenset(_words(entry, "of", where)) if pos == "V" else frozenset()
            slots = tuple(_words(entry, "target", where)) or (SLOTS[1:] + SLOTS[:1] if of else SLOTS)
            expression = "_".join(word.lower().split())
            mutual = bool(entry.get("mutual", False))
            acts.append(Act(expression, pos, kind, mode, _codes.cameo(kind, mode), 3, mutual, slots, of, own=name))
    about = _words(entry, "about", where)
    examples = tuple(_example(text, where) for text in _words(entry, "examples", where))
    if not (plover or acts or examples):
        raise CodebookError(f"{where}: nothing tells it: give plover:, verbs:, nouns: or examples:")
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, about)) + r")\w{0,3}\b", re.I) if about else None
    within = tuple(_plover(word, where) for word in _words(entry, "within", where))
    return OwnType(name, str(entry.get("definition", "")), plover, tuple(acts), pattern, examples, within)


def _words(entry: Mapping[Any, Any], key: str, where: str) -> list[str]:
    """What stands under a key, as a list: a text, a list of texts, or words with commas between them."""
    value = entry.get(key)
    if value is None:
        return []
    if isinstance(value, str):
        return [value] if key == "examples" else [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return [part.strip() for part in value if part.strip()]
    raise CodebookError(f"{where}: {key}: a text or a list of texts, not {value!r}")


def _plover(word: str, where: str) -> tuple[str, str | None]:
    kind, _, mode = word.partition("-")
    try:
        _codes.cameo(kind, mode or None)
    except KeyError:
        raise CodebookError(
            f"{where}: {word!r} is no PLOVER type or type-mode; examples: COERCE, COERCE-arrest"
        ) from None
    return kind, mode or None


def _example(text: str, where: str) -> tuple[str, Span, Span]:
    """``[Ethiopia] dammed the river on which [>Sudan] depends.``: the sentence without brackets, source and target (the second, unless the first is marked)."""
    spans: list[tuple[bool, Span]] = []
    clean, at = "", 0
    for found in MARKED.finditer(text):
        clean += text[at : found.start()]
        words = found[1].removeprefix(">")
        spans.append((words != found[1], (len(clean), len(clean) + len(words))))
        clean += words
        at = found.end()
    if len(spans) != 2 or all(is_target for is_target, _ in spans):
        raise CodebookError(f"{where}: an example has two parties in brackets, [source] and [>target]: {text[:80]!r}")
    (first_is_target, first), (_, second) = spans
    return clean + text[at:], *((second, first) if first_is_target else (first, second))


def _pair(c: Candidate) -> tuple[Span, Span] | None:
    """Where the first source and the first target stand in the sentence; the word that names the act for one that stands elsewhere."""
    start, end = c.sentence.start_char, c.sentence.end_char
    trigger = c.frame.trigger
    spans = []
    for side in (c.frame.source, c.frame.target):
        at = next(((m.start, m.end) for m in side.mentions if start <= m.start < end), None)
        left, right = at or (trigger.idx, trigger.idx + len(trigger))
        spans.append((left - start, right - start))
    return None if spans[0] == spans[1] else (spans[0], spans[1])


def _direction(sentence: str, source: Span, target: Span) -> Vector:
    return _unit(pairs().told(sentence, source, target) - _middle())


def _unit(vector: Vector) -> Vector:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


@cache
def _middle() -> Vector:
    """The mean over the examples of PLOVER's file: what all events share."""
    own = codebook(yaml.safe_load(plover_text()), "plover.yaml")
    told = [pairs().told(*example) for of_type in own.types for example in of_type.examples]
    return np.asarray(np.mean(told, axis=0), np.float64)
