"""Across sentences: what points back to an act told before, and what is told twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quidnunc.actors import Cast
from quidnunc.events import _codes
from quidnunc.events import _grammar as grammar
from quidnunc.events._candidates import ANSWERING, Candidate, confidence_of, enough
from quidnunc.events._parties import Side, of_one_state
from quidnunc.language import Sentence

_ANYTHING = frozenset(_codes.QUAD)
ANSWERED: dict[str, frozenset[str]] = {
    **dict.fromkeys(["accusation", "allegation", "charge", "claim", "criticism"], frozenset({"ACCUSE"})),
    **dict.fromkeys(["demand", "request", "call", "appeal"], frozenset({"REQUEST"})),
    **dict.fromkeys(["offer", "pledge", "proposal"], frozenset({"AGREE", "CONCEDE"})),
    **dict.fromkeys(["ultimatum", "threat", "warning"], frozenset({"THREATEN"})),
    **dict.fromkeys(
        ["attack", "raid", "killing", "violence", "invasion", "bombing", "shelling"], frozenset({"ASSAULT"})
    ),
    **dict.fromkeys(["agreement", "deal", "accord", "pact", "treaty"], frozenset({"SUPPORT", "AGREE"})),
    **dict.fromkeys(["arrest", "detention", "crackdown"], frozenset({"COERCE"})),
    **dict.fromkeys(["sanction", "expulsion", "tariff", "embargo"], frozenset({"SANCTION"})),
    **dict.fromkeys(["decision", "move", "step", "measure", "action", "policy"], _ANYTHING),
}
"""What a noun without an owner points back to: the types of the act that it answers."""


def pointed_back(candidates: list[Candidate], cast: Cast) -> Iterator[Candidate]:
    """``rejected the accusation``, ``condemned the attack``: the other side is whoever did that, told before."""
    told: list[Candidate] = []
    for c in candidates:
        answered = _answered(c, told)
        if answered is not None:
            thing = grammar.patient(c.frame.trigger)
            because = f"did what '{thing}' points back to ('{answered.frame.trigger.text}')"
            party = Side(answered.frame.source.mentions, because, through=True)
            frame = replace(c.frame, target=party)
            c = replace(c, frame=frame, confidence=confidence_of(frame, c.coding, cast))
        elif (partner := _partner(c, told, cast)) is not None:
            frame = replace(c.frame, target=partner)
            c = replace(c, frame=frame, confidence=confidence_of(frame, c.coding, cast))
        told.append(c)
        if enough(c.frame, c.coding):
            yield c


def _answered(c: Candidate, told: list[Candidate]) -> Candidate | None:
    frame = c.frame
    if frame.target or not frame.source or frame.act.pos != "V" or frame.act.type not in ANSWERING:
        return None
    thing = grammar.patient(frame.trigger)
    types = ANSWERED.get(grammar.lemma(thing), frozenset()) if thing is not None else frozenset()
    fitting = [
        b
        for b in reversed(told)
        if b.coding.type in types and b.frame.source and not b.frame.source.actors & frame.source.actors
    ]
    at_us = [b for b in fitting if b.frame.target.actors & frame.source.actors]
    return next(iter(at_us or fitting), None)


NEAR = 500
"""Code points back to an act whose other side may be meant."""
_OFFERED = frozenset({"REQUEST", "AGREE", "CONSULT", "CONCEDE", "REJECT", "THREATEN"})
_FOUGHT = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "ASSAULT", "PROTEST", "MOBILIZE"})
DEALING: dict[str, frozenset[str]] = {
    "AGREE": _OFFERED, "CONCEDE": _OFFERED | _FOUGHT, "REJECT": frozenset({"REQUEST", "AGREE", "REJECT", "ACCUSE", "THREATEN"}),
    "REQUEST": _FOUGHT | _OFFERED, "ACCUSE": _FOUGHT, "THREATEN": _FOUGHT, "SANCTION": _FOUGHT,
}  # fmt: skip
"""Types that, where they name no other side, are done to whoever the source had to do with just before, in an act of one of these types."""


def _partner(c: Candidate, told: list[Candidate], cast: Cast) -> Side | None:
    """``Washington agreed two days later``: the other side of the last act that the source took part in, just before."""
    frame = c.frame
    if frame.target or not frame.source or c.coding.type not in DEALING:
        return None
    for before in reversed(told):
        if c.sentence.start_char - before.sentence.end_char > NEAR:
            return None
        if before.coding.type not in DEALING[c.coding.type]:
            continue
        mine, other = before.frame.source, before.frame.target
        if mine.actors & frame.source.actors:
            found = other
        elif other.actors & frame.source.actors:
            found = mine
        else:
            continue
        if found and not found.actors & frame.source.actors and not of_one_state(frame.source, found, cast):
            return Side(
                found.mentions, f"the other side of '{before.frame.trigger.text}', told just before", through=True
            )
    return None


def document_rules(candidates: list[Candidate]) -> list[Candidate]:
    """MOBILIZE is dropped where the same source's ASSAULT is reported in the same document (PLOVER manual)."""
    attackers = {a for c in candidates if c.coding.type == "ASSAULT" for a in c.frame.source.actors}
    return [c for c in candidates if c.coding.type != "MOBILIZE" or not c.frame.source.actors & attackers]


def once(candidates: list[Candidate]) -> list[tuple[Candidate, list[Sentence]]]:
    """A happening that the article tells twice is one event: the first telling, with the other sentences noted."""
    kept: list[tuple[Candidate, list[Sentence]]] = []
    index: dict[tuple[object, ...], int] = {}
    for c in candidates:
        status = "done" if c.coding.status in ("occurred", "ongoing") else c.coding.status
        key = (c.coding.type, c.coding.mode, status, c.frame.source.actors, c.frame.target.actors)
        complete = c.frame.source and c.frame.target
        if complete and key in index and _same_word(kept[index[key]][0], c):
            kept[index[key]][1].append(c.sentence)
        elif (told := _told_before(c, kept)) is not None:
            told.append(c.sentence)
        else:
            index.setdefault(key, len(kept))
            kept.append((c, []))
    return kept


def _told_before(c: Candidate, kept: list[tuple[Candidate, list[Sentence]]]) -> list[Sentence] | None:
    """A noun that names only one side points back to an act of the same type that was told with both ("the offer")."""
    if c.frame.act.pos != "N" or (c.frame.source and c.frame.target):
        return None
    for before, also in reversed(kept):
        if before.coding.type != c.coding.type or not before.frame.target:
            continue
        fits_source = not c.frame.source or c.frame.source.actors <= before.frame.source.actors
        fits_target = not c.frame.target or c.frame.target.actors <= before.frame.target.actors
        if fits_source and fits_target:
            return also
    return None


def _same_word(a: Candidate, b: Candidate) -> bool:
    """Told twice rather than done twice: the same word, or the same noun and verb of meeting, visiting, attacking."""
    return a.frame.trigger.lemma_ == b.frame.trigger.lemma_ or a.coding.type in ("CONSULT", "ASSAULT")
