"""The places of a parsed article and the place of each event."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from quidnunc.language import Doc, Token, sentence_of
from quidnunc.places._gazetteer import key_of, look_up
from quidnunc.places._names import names
from quidnunc.places._rank import resolve
from quidnunc.records import Place, Span

MOTION = frozenset(("visit", "trip", "travel", "go", "fly", "arrive", "return", "tour", "journey", "deploy", "send", "come", "move",
                    "march", "flee", "withdraw", "retreat", "invade", "pull", "deport", "evacuate", "descend", "head", "delegation",
                    "mission", "invasion", "deployment", "withdrawal", "incursion", "airlift"))  # fmt: skip
"""Words whose "to", "into" or "from" leads to the place of the act."""

_STATIC = frozenset(
    ("in", "at", "near", "on", "outside", "around", "inside", "across", "throughout", "within", "along", "off")
)
_ON = frozenset(
    ("island", "islands", "border", "borders", "coast", "peninsula", "outskirts", "square", "street", "river", "shore")
)
_SCENES = frozenset(
    [
        "summit",
        "conference",
        "meeting",
        "talks",
        "attack",
        "attacks",
        "bombing",
        "bombings",
        "blast",
        "blasts",
        "explosion",
        "siege",
        "protest",
        "protests",
        "rally",
        "rallies",
        "demonstration",
        "trial",
        "hearing",
        "hearings",
        "forum",
        "visit",
        "trip",
        "tour",
        "crash",
        "shooting",
        "shootings",
        "massacre",
        "raid",
        "battle",
        "ceremony",
        "march",
        "riot",
        "riots",
        "uprising",
        "offensive",
        "negotiations",
        "accord",
    ]
)
"""Nouns before which a town's name says where: "the Paris attacks"."""

_JOURNEYS = frozenset(("visit", "trip", "tour", "summit"))
"""Nouns before which a country's name says where: "U.S. attacks" are made by the U.S., a "China trip" leads to China."""

_TAKEN = frozenset(
    [
        "visit",
        "tour",
        "enter",
        "leave",
        "invade",
        "reach",
        "storm",
        "attack",
        "bomb",
        "shell",
        "capture",
        "seize",
        "hit",
        "rock",
        "strike",
        "recapture",
        "retake",
        "liberate",
        "overrun",
        "besiege",
        "raid",
        "occupy",
        "pound",
    ]
)
"""Verbs whose object is the place of the act."""

_SUFFERED = frozenset(
    [
        "siege",
        "capture",
        "occupation",
        "bombing",
        "shelling",
        "storming",
        "annexation",
        "seizure",
        "liberation",
        "fall",
        "bombardment",
        "blockade",
        "recapture",
        "control",
        "takeover",
    ]
)
"""Nouns whose "of" leads to the place of the act."""

_LEFT = frozenset(
    ["withdraw", "retreat", "pull", "deport", "evacuate", "flee", "withdrawal", "retreat", "airlift", "depart"]
)
_SPECIFIC = {"site": 0, "city": 0, "admin": 1, "region": 2, "country": 3}
_PERSONAL = ("PERSON", "ORG", "WORK_OF_ART", "LAW", "PRODUCT")


@cache
def _nouns() -> frozenset[str]:
    """Nouns that stand between a preposition and a place's name."""
    text = files("quidnunc.places").joinpath("data/locatives.txt").read_text(encoding="utf-8")
    return frozenset(text.split("[nouns]")[1].split())


@dataclass(frozen=True, slots=True)
class _Located:
    """A place in the grammar: the preposition that makes it a location and the word that this hangs on."""

    place: Place
    preposition: int
    governor: int
    way: str
    """"static" (in, at), "motion" (to, from), "object" (of "storm") or "scene" ("the Paris attacks")."""


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """Places of an article; ``event_place`` finds the one where an event happened."""

    doc: Doc
    places: tuple[Place, ...]
    _located: tuple[_Located, ...] = field(repr=False)
    _dateline: Place | None = field(repr=False, default=None)
    _lead: Span = (0, 0)

    def event_place(self, trigger_token_index: int) -> Place | None:
        """Where the event that the token names happened, as its own clause says; None where it does not say.

        In the first paragraph an event without a place gets the city of the dateline; ``because`` then says so.
        """
        trigger = self.doc[trigger_token_index]
        best: tuple[int, int, int] | None = None
        chosen: Place | None = None
        because = ""
        for located in self._located:
            span = located.place.span
            if span is None or not sentence_of(trigger).start_char <= span[0] < sentence_of(trigger).end_char:
                continue
            ranked = _rank(trigger, self.doc[located.preposition], self.doc[located.governor], located.way)
            if ranked is None:
                continue
            order = (ranked[0], _SPECIFIC[located.place.precision], abs(span[0] - trigger.idx))
            if best is None or order < best:
                best, chosen, because = order, located.place, ranked[1]
        if chosen:
            return _because(chosen, f"{because}; {chosen.because}")
        if self._dateline and self._lead[0] <= trigger.idx < self._lead[1] and not _elsewhere(trigger):
            return _because(self._dateline, "the dateline's city: the first paragraph names no other")
        return None


def _because(place: Place, words: str) -> Place:
    return Place.from_dict({**place.to_dict(), "because": words})


def in_doc(
    doc: Doc,
    *,
    country_hint: str | None = None,
    exclude: Sequence[Span] = (),
    dateline: str | None = None,
) -> PlaceIndex:
    """Resolve the places of a parsed article.

    ``exclude``: spans of persons' and organisations' names, which are no places. ``dateline``: the place that opens the
    text ("NAIROBI, Kenya"), as written.
    """
    text = doc.text
    found = list(names(text, [*exclude, *_others(doc)]))
    places = resolve(text, found, country_hint=country_hint, dateline=dateline)
    starts = [token.idx for token in doc]
    located: list[_Located] = []
    for place in places:
        if place.span:
            token = doc[_head_index(doc, starts, *place.span)]
            located.extend(_Located(place, prep.i, governor.i, way) for prep, governor, way in _locations(token, place))
    return PlaceIndex(doc, tuple(places), tuple(located), _dateline(dateline, country_hint), _lead(text))


def _others(doc: Doc) -> Iterator[Span]:
    """Names of persons and organisations of two words and more, as the parser sees them."""
    for entity in doc.ents:
        if entity.label_ in _PERSONAL and len(entity) > 1 and not _place_like(entity.text):
            yield entity.start_char, entity.end_char


def _place_like(words: str) -> bool:
    entries = look_up(key_of(words.removeprefix("the ").removeprefix("The ")))
    return any(entry.kind != "city" or entry.population > 100_000 for entry in entries)


def _dateline(dateline: str | None, hint: str | None) -> Place | None:
    if not dateline:
        return None
    words = (
        dateline.title()
        if dateline.isupper()
        else " ".join(w.title() if w.isupper() and len(w) > 3 else w for w in dateline.split())
    )
    found = list(names(words))
    return resolve(words, found, country_hint=hint)[0] if found else None


def _lead(text: str) -> Span:
    stripped = len(text) - len(text.lstrip())
    end = text.find("\n\n", stripped)
    return stripped, end if end > 0 else len(text)


def _head_index(doc: Doc, starts: Sequence[int], start: int, end: int) -> int:
    first = max(0, bisect_right(starts, start) - 1)
    last = max(first + 1, bisect_right(starts, end - 1))
    for index in range(first, last):
        head = doc[index].head.i
        if not first <= head < last or head == index:
            return index
    return first


def _locations(token: Token, place: Place) -> Iterator[tuple[Token, Token, str]]:
    """What makes a place a location: the preposition (or the name itself), the word that it hangs on, and the way."""
    at = token
    for _ in range(8):
        head = at.head
        if head == at:
            return
        if at.dep_ == "pobj":
            if head.lower_ == "of" and head.head.lower_ in _nouns():
                at = head.head
                continue
            if way := _way(at, head, place):
                yield head, head.head, way
            return
        inner = head.lower_ in _nouns()
        if (at.dep_ in ("conj", "appos") and (head.ent_type_ in ("GPE", "LOC", "FAC") or inner)) or (
            at.dep_ in ("poss", "compound", "nmod", "amod") and inner
        ):
            at = head
        elif at.dep_ in ("compound", "nmod") and head.lower_ in (
            _JOURNEYS if place.precision == "country" else _SCENES
        ):
            yield at, head, "scene"
            return
        elif at.dep_ in ("dobj", "nsubjpass") and head.lemma_ in _TAKEN:
            yield at, head, "object"
            return
        else:
            return


def _way(noun: Token, preposition: Token, place: Place) -> str | None:
    """How a preposition locates; None where it does not: "call on Russia", "talks on Syria"."""
    word, above = preposition.lower_, preposition.head.lemma_.lower()
    if word == "on":
        return "static" if noun.lower_ in _ON or "sland" in place.text or place.precision == "site" else None
    if word in _STATIC:
        return "static"
    if word in ("to", "into", "toward", "towards", "through", "for") and above in MOTION:
        return "motion"
    if word == "of" and (above in MOTION or above in _SUFFERED):
        return "motion"
    return "motion" if word == "from" and above in _LEFT else None


def _verb_of(token: Token) -> Token:
    for _ in range(60):
        if (token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass")) or token.head == token:
            return token
        token = token.head
    return token


def _rank(trigger: Token, preposition: Token, governor: Token, way: str) -> tuple[int, str] | None:
    """How closely a location belongs to a trigger, with the reason; None: not at all."""
    where = f"'{preposition.text}' in the clause of '{trigger.text}'"
    if governor.i == trigger.i:
        return 0, f"'{preposition.text}' hangs on '{trigger.text}'"
    clause, verb = _verb_of(trigger), _verb_of(governor)
    if way == "object":
        return (1, where) if verb.i == clause.i and trigger.pos_ != "VERB" else None
    if governor.pos_ in ("NOUN", "PROPN"):
        if trigger.pos_ == "NOUN" and governor.is_ancestor(trigger):
            return 2, where
        object_of = governor.head.head if governor.dep_ == "pobj" and way == "static" else governor.head
        direct = governor.dep_ in ("dobj", "pobj") and object_of.i == clause.i
        return (3, where) if direct else None
    if verb.i == clause.i:
        return 1, where
    if way != "static":
        return None
    if (
        clause.head != clause
        and clause.dep_ in ("conj", "xcomp", "advcl")
        and _verb_of(clause.head).i == verb.i
        and verb.lemma_ not in ("say", "tell")
    ):
        return 4, f"'{preposition.text}' in the clause above '{clause.text}'"
    if (
        verb.dep_ in ("conj", "xcomp", "advcl")
        and _verb_of(verb.head).i == clause.i
        and (verb.dep_ != "conj" or preposition.i > clause.i)
    ):
        return 5, f"'{preposition.text}' in the clause joined to '{clause.text}'"
    return None


def _elsewhere(trigger: Token) -> bool:
    """Reported events may have happened anywhere: the dateline is where the reporter sits."""
    clause = _verb_of(trigger)
    return clause.dep_ in ("relcl", "acl") or any(
        child.lower_ in ("will", "had", "would") for child in clause.children if child.dep_ == "aux"
    )
