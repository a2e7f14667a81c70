"""Place names in raw text: capitalised words that the gazetteer knows and that nothing else explains better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from quidnunc.places._gazetteer import Entry, key_of, look_up

LONGEST = 5
"""Words of the longest place name looked for."""

SMALL_TOWN = 15_000
"""A single-word name of a smaller town counts only after a preposition of place or before a country or state."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,6}|St\.|Mt\.|Ft\.|[^\W\d_]+(?:[-'’‑][^\W\d_]+)*")
_GLUE = re.compile(r"[ \t\xa0]{1,3}\n?|\n[ \t]{0,4}|-")
_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az|ed|es|ez)[-’'][A-Z]")
_LOCATIVE = re.compile(
    r"(?:^|[^\w])(?:in|at|near|outside|around|inside|across|throughout|from|to|off|into|toward|towards|leaves?|visit(?:ing|ed)?|city of|town of|village of|province of|region of|island of|capital)[ \n]+(?:the )?$"
)
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Gen|Col|Sen|Rep|Gov|Capt|Lt|Sgt|Prof|Rev|President|Minister|Senator|General|Judge|Justice|Colonel|Pope|King|Queen|Prince|Princess|Sheikh|Chancellor|Ambassador|Secretary|Governor|Congressman|Congresswoman|Detective|Officer|Captain|Coach)\.?[ \n]+$"
)
_JOINERS = frozenset(
    (
        "of",
        "the",
        "and",
        "de",
        "la",
        "el",
        "al",
        "du",
        "del",
        "da",
        "dos",
        "do",
        "am",
        "upon",
        "on",
        "le",
        "les",
        "es",
        "en",
        "ez",
        "ash",
        "sur",
        "di",
        "der",
        "den",
    )
)
_ORGANISATION = re.compile(
    r"[ \n](?:Post|Times|Journal|Herald|Tribune|Bank|University|College|Institute|Airlines?|Airways|Inc|Corp|Ltd|Party|Press|News|Daily|Gazette|Club|United|City FC|FC|Dodgers|Giants|Yankees|Jets|Express|Stock Exchange|Redskins|Cowboys|Patriots|Globe|Examiner|Chronicle|Council on|School|Hotel|Group|Company|Capital Partners|Accords?|Agreement|Treaty|Convention|Protocol|Declaration|Mirror|Telegraph|Review|Philharmonic|Symphony|Orchestra|Foundation|Observer|Guardian|Mail|Hilton|Jackson)\b"
)
_BEFORE_ORGANISATION = re.compile(
    r"(?:Bank|University|College|Church|Duke|Prince|Princess|Duchess|Earl|Treaty|Bishop|Archbishop|Republic|Institute|Federation|Embassy|Bible|Voice|Radio) of (?:the )?$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """Words of a text that may name a place, with the places of that name."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    located: bool
    """Stands after a preposition of place."""


@cache
def _stoplist() -> frozenset[str]:
    text = files("quidnunc.places").joinpath("data/stoplist.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def names(text: str, exclude: Sequence[tuple[int, int]] = ()) -> Iterator[Name]:
    """Candidate names left to right, the longest at each place; none that overlaps an excluded span."""
    words = list(_WORD.finditer(text))
    barred = sorted(exclude)
    at, bar = 0, 0
    while at < len(words):
        word = words[at]
        if not (word[0][0].isupper() or word[0][0].isdigit()):
            at += 1
            continue
        while bar < len(barred) and barred[bar][1] <= word.start():
            bar += 1
        step = 1
        for size, start, end in _runs(text, words, at):
            if bar < len(barred) and barred[bar][0] < end:
                continue
            name = _name(text, start, end, size)
            if name:
                yield name
                step = size
                break
        at += step


def _runs(text: str, words: list[re.Match[str]], at: int) -> list[tuple[int, int, int]]:
    """Spans of one to five words from a capitalised word on, the longest first; each ends in a capitalised word."""
    runs = []
    for size in range(1, LONGEST + 1):
        if at + size > len(words):
            break
        word = words[at + size - 1]
        if size > 1 and not _GLUE.fullmatch(text, words[at + size - 2].end(), word.start()):
            break
        if word[0][0].isupper() or _ARTICLE.match(word[0]):
            runs.append((size, words[at].start(), word.end()))
        elif word[0] not in _JOINERS:
            break
    return runs[::-1]


def _name(text: str, start: int, end: int, size: int) -> Name | None:
    raw = text[start:end]
    if raw.endswith(("'s", "’s")):
        end -= 2
        raw = raw[:-2]
    key = key_of(raw)
    if not key or (len(key) < 2 and size == 1):
        return None
    entries = look_up(key)
    if not entries:
        return None
    located = bool(_LOCATIVE.search(text, max(0, start - 24), start))
    if not _plausible(text, start, end, raw, size, entries, located):
        return None
    return Name(start, end, raw, entries, located)


def _plausible(text: str, start: int, end: int, raw: str, size: int, entries: tuple[Entry, ...], located: bool) -> bool:
    """False for common words, persons and organisations that bear a place's name."""
    if _ORGANISATION.match(text, end) or _BEFORE_ORGANISATION.search(text, max(0, start - 24), start):
        return False
    if _TITLE.search(text, max(0, start - 16), start) and not located:
        return False
    top = max(entry.population for entry in entries)
    large = any(entry.kind in ("country", "region", "admin", "site") for entry in entries)
    if size > 1:
        return True
    if raw.isupper() and len(raw) <= 3 and "." not in raw:
        return raw in ("US", "UK", "UAE", "DRC", "USA", "DMZ")
    if raw.lower() in _NEVER:
        return False
    if raw.lower() in _stoplist():
        return _qualified(text, end) or (located and not _common(text, start, raw) and top > SMALL_TOWN)
    if _in_person_name(text, start, end, entries):
        return False
    return large or top >= SMALL_TOWN or located or _qualified(text, end)


_NEVER = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "google",
        "apple",
        "amazon",
        "trump",
        "god",
        "islam",
        "christmas",
        "easter",
        "president",
        "congress",
        "parliament",
        "senate",
        "police",
        "i",
        "he",
        "she",
        "it",
    ]
)
"""Words that never are a place on their own, even after a preposition."""


def _common(text: str, start: int, raw: str) -> bool:
    """Could the capital only be there because a sentence begins?"""
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in '.!?\n:"“'


_QUALIFIER = re.compile(r",[ \n]((?:[A-Z][\w.]+)(?: [A-Z]\w+)?)")


def _qualified(text: str, end: int) -> bool:
    """Is the name followed by a comma and the name of a country or region?"""
    found = _QUALIFIER.match(text, end)
    return found is not None and any(entry.kind in ("country", "admin") for entry in look_up(key_of(found[1])))


_NEIGHBOUR = re.compile(r" ([A-Z][\w’'-]+)")
_NEIGHBOUR_BEFORE = re.compile(r"([A-Z][\w’'.-]+) $")
_DIRECTIONS = frozenset(
    (
        "North",
        "South",
        "East",
        "West",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "Central",
        "Greater",
        "Downtown",
        "The",
        "In",
        "At",
        "Near",
        "From",
        "Mr",
        "Upper",
        "Lower",
        "And",
        "But",
        "When",
        "While",
        "On",
        "For",
        "As",
        "To",
        "With",
        "Outside",
        "Inside",
    )
)


_FIRST_WORDS = frozenset(
    [
        "After",
        "Although",
        "Because",
        "Before",
        "Between",
        "By",
        "During",
        "Even",
        "Former",
        "How",
        "If",
        "Into",
        "It",
        "Like",
        "Most",
        "New",
        "Now",
        "Of",
        "Only",
        "Over",
        "Post",
        "Pre",
        "Since",
        "So",
        "Some",
        "That",
        "Then",
        "These",
        "This",
        "Those",
        "Though",
        "Through",
        "Under",
        "Unlike",
        "Until",
        "What",
        "Where",
        "Which",
        "Who",
        "Why",
        "Will",
        "Without",
        "Yet",
        "Can",
        "Does",
        "Did",
        "Is",
        "Has",
        "Are",
        "Should",
        "Would",
        "Could",
        "Both",
        "While",
        "Against",
        "Among",
        "Across",
        "Around",
        "About",
        "Above",
        "Along",
        "Today",
        "Yesterday",
        "Tomorrow",
        "Republican",
        "Democratic",
        "Communist",
        "Soviet",
        "Nazi",
        "Imperial",
        "Occupied",
        "Mainland",
        "Rural",
        "Urban",
        "Coastal",
        "Inner",
        "Outer",
    ]
)
"""Capitalised words that stand before a name without being a first name."""

_PERSONAL_COUNTRIES = frozenset(
    ("jordan", "chad", "georgia", "israel", "kenya", "india", "cuba", "guinea", "mali", "jersey")
)


def _in_person_name(text: str, start: int, end: int, entries: tuple[Entry, ...]) -> bool:
    """Is a first name before it or a surname after it, as in "Paris Hilton" or "Michael Jordan"?"""
    large = any(entry.kind in ("country", "region", "admin", "site") for entry in entries)
    nation = any(entry.kind == "country" for entry in entries)
    before = _NEIGHBOUR_BEFORE.search(text, max(0, start - 24), start)
    word = before[1] if before else ""
    if word.isalpha() and word not in _DIRECTIONS and word not in _FIRST_WORDS and word.lower() not in _NEVER:
        first_name = not look_up(key_of(word)) or word.lower() in _stoplist()
        if first_name and (not nation or text[start:end].lower() in _PERSONAL_COUNTRIES):
            return True
    after = _NEIGHBOUR.match(text, end)
    if large and text[start:end].lower() not in _PERSONAL_COUNTRIES:
        return False
    return after is not None and after[1] not in _DIRECTIONS and not after[1].isupper()
