"""Known names in a text: the longest run of tokens that the knowledge has, case and company considered."""

from __future__ import annotations

from typing import NamedTuple

from quidnunc.actors._fold import fold
from quidnunc.actors._knowledge import LONGEST, Fact, facts, known
from quidnunc.actors._lists import words
from quidnunc.language import Doc, sentences

GEO = frozenset({"state", "capital", "place", "pre", "adjective", "demonym"})
"""Kinds that say a country."""

_ORDER = {"state": 0, "pre": 1, "adjective": 2, "demonym": 3, "capital": 4, "place": 5}

PLACE_LIKE = frozenset({"state", "capital", "place", "pre"})

_SKIP = frozenset({"person", "surname", "given"})
_STARTS = words("spot.starts")
_BREAKS = frozenset('.;:()[]"“”!?/|') | {"--", "—", "–", "..."}
_NOT_IN_CAPITALS = words("spot.not_in_capitals")
_WORDS = words("spot.words")
"""Names that are words, first names or very common surnames: alone they need more than a capital letter."""
_NEEDS_NER = words("spot.needs_ner")
_MEALS = words("spot.meals")


class Hit(NamedTuple):
    """A run of tokens [start, end) whose folded words are a known name."""

    start: int
    end: int
    facts: tuple[Fact, ...]

    def of(self, *kinds: str) -> tuple[Fact, ...]:
        """Its facts of the given kinds."""
        return tuple(f for f in self.facts if f.kind in kinds)

    @property
    def geo(self) -> Fact | None:
        """The surest fact that says a country by geography."""
        found = [f for f in self.facts if f.kind in GEO]
        return min(found, key=lambda f: (min(f.rank, 1), _ORDER[f.kind])) if found else None


def folded(doc: Doc) -> list[str]:
    """The folded words of each token; "" for punctuation."""
    return [fold(t.text) if not t.is_space else "" for t in doc]


def spot(doc: Doc, keys: list[str]) -> list[Hit]:
    """Known names, left to right, longest first; names of people of two words or more among them, first names not."""
    hits: list[Hit] = []
    texts = [t.text for t in doc]
    shouting = _shouting(doc)
    i, n = 0, len(texts)
    while i < n:
        text = texts[i]
        if not keys[i] or not (
            text[0].isupper()
            or text[0].isdigit()
            or keys[i] in _STARTS
            or shouting[i] == "low"
            or text[:3] in ("al-", "el-")
        ):
            i += 1
            continue
        hit = _longest(texts, keys, shouting, i, n)
        if hit is None:
            i += 1
        else:
            hits.append(hit)
            i = hit.end
    return hits


def _shouting(doc: Doc) -> list[str]:
    """For each token "up" in sentences all in capitals, "low" in those without one, else ""."""
    out = [""] * len(doc)
    for sent in sentences(doc):
        letters = [t.text for t in sent if t.is_alpha]
        if len(letters) >= 4:
            ups = sum(w.isupper() for w in letters)
            if ups >= 0.8 * len(letters):
                out[sent.start : sent.end] = ["up"] * (sent.end - sent.start)
            elif not any(w[0].isupper() for w in letters):
                out[sent.start : sent.end] = ["low"] * (sent.end - sent.start)
    return out


def _longest(texts: list[str], keys: list[str], shouting: list[str], i: int, n: int) -> Hit | None:
    best: Hit | None = None
    key, words = "", 0
    for j in range(i, min(n, i + LONGEST + 4)):
        if j > i and (texts[j] in _BREAKS or "\n" in texts[j]):
            break
        if not keys[j]:
            continue
        key = f"{key} {keys[j]}" if key else keys[j]
        words += 1
        if words > LONGEST:
            break
        if known(key):
            good = _fitting(facts(key), texts, keys, shouting, i, j + 1)
            if good:
                best = Hit(i, j + 1, good)
    return best


def _fitting(
    found: tuple[Fact, ...], texts: list[str], keys: list[str], shouting: list[str], i: int, j: int
) -> tuple[Fact, ...]:
    """Those facts that the spelling in the text allows."""
    mode, text = shouting[i], texts[i]
    if j - i == 1:
        if mode == "low":
            return tuple(
                f
                for f in found
                if f.kind in ("state", "adjective", "igo", "demonym", "capital")
                and len(f.key) > 3
                and f.key not in _WORDS
                and f.key not in _UNCAPPED
            )
        bare = text.replace(".", "")
        return tuple(
            f
            for f in found
            if f.kind != "given" and _spelled(f, bare, mode) and not (f.key == "turkey" and _eaten(keys, i))
        )
    if mode == "low":
        return tuple(f for f in found if f.kind != "party" or f.rank == 0)
    last = next(texts[k] for k in range(j - 1, i - 1, -1) if keys[k])
    inside = [texts[k] for k in range(i, j) if keys[k]]
    caps = sum(w[0].isupper() for w in inside)
    return tuple(
        f for f in found
        if f.kind != "given" and (f.kind not in _SKIP or (last[0].isupper() and caps >= 2)) and (f.rank == 0 or last[0].isupper() or f.kind == "place")
    )  # fmt: skip


_UNCAPPED = words("spot.uncapped")


def _spelled(fact: Fact, bare: str, mode: str) -> bool:
    """Acronyms stand in capitals ("WHO", not "Who"; "Nato" will do), other names with a capital; in a line of capitals words are no acronyms."""
    shown = (
        fact.role
        if fact.kind in ("metonym", "igo", "party", "armed_group", "organisation", "company", "media")
        and fact.rank == 0
        and fold(fact.role) == fact.key
        else fact.name
    )
    if fold(shown) != fact.key:
        shown = fact.key.upper() if fact.kind == "acronym" else fact.key.title()
    letters = shown.replace(".", "")
    acronym = letters.isupper() or (len(letters) <= 5 and sum(c.isupper() for c in letters) > 1)
    if mode == "up":
        return fact.key not in _NOT_IN_CAPITALS and not (
            acronym and len(letters) < 4 and fact.kind not in ("state", "igo")
        )
    if acronym:
        return bare == letters or bare.isupper() or (len(letters) >= 4 and bare[0].isupper() and bare[1:].islower())
    return bare[0].isupper() or letters[0].islower()


def _eaten(keys: list[str], i: int) -> bool:
    return (i + 1 < len(keys) and keys[i + 1] in _MEALS) or (
        i > 0 and keys[i - 1] in ("roast", "thanksgiving", "fried", "wild", "a")
    )


def needs_support(fact: Fact) -> bool:
    """A bare surname that is also a word or a very common name."""
    return fact.key in _NEEDS_NER
