"""From a noun in the sentence to the actors that it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from quidnunc.actors import Cast, Mention
from quidnunc.events import _grammar as grammar
from quidnunc.events._lexicon import lexicon
from quidnunc.language import Token

OWNERS = ("poss", "compound", "amod", "nmod")


@dataclass(frozen=True)
class Side:
    """One side of an act: the mentions, and how they were found."""

    mentions: tuple[Mention, ...] = ()
    because: str = ""
    through: bool = False
    """Found as the owner of another thing ("Sweden's bid"), not as the noun itself."""

    def __bool__(self) -> bool:
        return bool(self.mentions)

    @property
    def actors(self) -> frozenset[str]:
        """Ids of the actors on this side."""
        return frozenset(m.actor for m in self.mentions)


NOBODY = Side()


def at(token: Token, cast: Cast, *, places: bool = False) -> tuple[Mention, ...]:
    """The mentions whose head is this token; words used only as a place count where ``places`` says so."""
    found = [m for m in cast.all_at(token.i) if m.head == token.i]
    return tuple(m for m in found if places or not m.as_place)


def owner(token: Token, cast: Cast, *, of: tuple[str, ...] = (), places: bool = False, depth: int = 2) -> Side:
    """Whose thing it is: "Turkey's parliament", "EU positions", "Russian attack", "the army of Chad"."""
    for dep in OWNERS:
        for c in grammar.children(token, dep):
            found = at(c, cast, places=places or dep in ("poss", "compound"))
            if not found and depth:
                found = owner(c, cast, depth=depth - 1).mentions
            if found:
                return Side(found, f"'{c.text}' owns or qualifies '{token.text}'", through=True)
    for preposition in of:
        for noun in grammar.prepositional(token, preposition):
            found = at(noun, cast, places=places)
            if not found and depth:
                found = owner(noun, cast, of=of, places=places, depth=depth - 1).mentions
            if not found and preposition == "in":
                found = _around(noun, cast)
            if found:
                return Side(found, f"'{noun.text}' follows '{token.text} {preposition}'", through=True)
    return NOBODY


def _around(place: Token, cast: Cast) -> tuple[Mention, ...]:
    """The state that a place name names behind itself ("Kramatorsk, Donetsk Oblast, Ukraine")."""
    for token in place.doc[place.i + 1 : min(place.right_edge.i + 1, place.i + 7)]:
        found = tuple(m for m in at(token, cast, places=True) if cast.actor(m.actor).kind == "state")
        if found:
            return found
    return ()


def side(noun: Token | None, cast: Cast, *, places: bool = False, of: tuple[str, ...] = (), why: str = "") -> Side:
    """All actors that a noun phrase stands for: the noun, its conjuncts, what it counts ("thousands of X"), its owner."""
    if noun is None:
        return NOBODY
    mentions: list[Mention] = []
    through = False
    because = ""
    for part in grammar.conjuncts(noun):
        own = at(part, cast, places=places)
        if not own and grammar.lemma(part) in lexicon().markers["partitive"]:
            inner = [m for n in grammar.prepositional(part, "of") for m in at(n, cast, places=places)]
            own = tuple(inner)
        if all(m.form == "role" for m in own):
            own = _leaders(part, cast) or _named_beside(part, own, cast)
        if not own:
            apposed = [m for a in grammar.children(part, "appos") for m in at(a, cast)]
            own = tuple(apposed)
        if not own and (part == noun or not mentions):
            owned = owner(part, cast, of=of, places=places)
            own, through, because = owned.mentions, owned.through, owned.because
        mentions += [m for m in own if m not in mentions]
    text = why if not because else f"{why}: {because}" if why else because
    return Side(tuple(mentions), text, through)


def _named_beside(noun: Token, own: tuple[Mention, ...], cast: Cast) -> tuple[Mention, ...]:
    """``long-time partner Hungary``: the name beside a role noun is the party."""
    for c in grammar.children(noun, "appos"):
        named = tuple(m for n in grammar.conjuncts(c) for m in at(n, cast) if m.form == "name")
        if named and c.i <= noun.i + 4:
            return named
    return own


def _leaders(noun: Token, cast: Cast) -> tuple[Mention, ...]:
    """``a delegation led by X``: X."""
    found: list[Mention] = []
    for led in grammar.children(noun, "acl"):
        if grammar.lemma(led) in ("lead", "head", "chair"):
            for by in grammar.prepositional(led, "by"):
                found += at(by, cast)
    return tuple(found)


def without(party: Side, other: Side) -> Side:
    """A side less the actors that stand on the other side."""
    kept = tuple(m for m in party.mentions if m.actor not in other.actors)
    return Side(kept, party.because, party.through)


def of_one_state(party: Side, other: Side, cast: Cast) -> bool:
    """A state on one side, and that state or its government on the other: nobody acts upon himself."""
    states = {a.country for m in party.mentions if (a := cast.actor(m.actor)).kind == "state"}
    theirs = {a.country for m in other.mentions if (a := cast.actor(m.actor)).kind == "state"}
    rulers = {a.country for m in other.mentions if "GOV" in (a := cast.actor(m.actor)).sectors}
    own = {a.country for m in party.mentions if "GOV" in (a := cast.actor(m.actor)).sectors}
    return bool(states & (theirs | rulers) or theirs & own)
