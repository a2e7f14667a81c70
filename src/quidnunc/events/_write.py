"""From a candidate to the record of an event, with its spans and reasons."""

from __future__ import annotations

from dataclasses import replace

from quidnunc.actors import Mention
from quidnunc.events import _codes
from quidnunc.events._candidates import Candidate, Rooms
from quidnunc.events._codebook import Claim
from quidnunc.events._contexts import contexts
from quidnunc.events._frames import SPOKEN
from quidnunc.events._parties import Side
from quidnunc.language import Sentence
from quidnunc.records import Event, EventSpans, Party, Span, Statement, Status
from quidnunc.statements import innermost


def event(name: str, c: Candidate, also: list[Sentence], rooms: Rooms, claim: Claim | None = None) -> Event:
    """The record of a candidate; ``claim``: the type that a user's codebook gives it."""
    frame, coding = c.frame, c.coding
    statement = innermost(frame.trigger.idx, rooms.statements)
    told = _as_told(c, statement, rooms)
    if told is not None:
        coding = replace(coding, status=told, rule=coding.rule)
    date = rooms.calendar.event_date(frame.trigger.i, status=coding.status)
    if date is None and coding.type in SPOKEN:
        date = rooms.calendar.event_date(frame.trigger.i, status="occurred")
    place = rooms.places.event_place(frame.trigger.i)
    quad = _codes.QUAD[coding.type]
    return Event(
        id=name,
        type=coding.type,  # type: ignore[arg-type]
        mode=coding.mode,
        own_type=claim.type if claim else None,
        contexts=contexts(c.sentence),
        cameo=coding.cameo,
        quad=quad,
        goldstein=_codes.goldstein(coding.cameo),
        plover_score=_codes.plover_score(coding.type, coding.mode),  # type: ignore[arg-type]
        sources=_parties(frame.source, rooms),
        targets=_parties(frame.target, rooms),
        date=date,
        place=place,
        status=coding.status,
        polarity="negative" if c.standing.negated or coding.type == "REJECT" else "positive",
        attribution=statement.id if statement is not None else None,
        confidence=c.confidence,
        decided_by=f"{'lexicon' if frame.act.weight else 'models of words and pairs:'} {frame.act.name}"
        + (f" + rule: {coding.rule}" if coding.rule else ""),
        reasons=_reasons(c)
        | (
            {"status": f"{coding.status}: so the speaker of {statement.id} {statement.stance}"}
            if told and statement
            else {}
        )
        | ({"own_type": claim.because} if claim else {}),
        spans=EventSpans(
            sentence=_bounds(c.sentence),
            trigger=(frame.trigger.idx, frame.trigger.idx + len(frame.trigger)),
            sources=_spans(frame.source),
            targets=_spans(frame.target),
            date=_words(rooms, date.text if date else None, c.sentence),
            place=place.span if place is not None else None,
            also=tuple(_bounds(s) for s in also),
        ),
    )


TOLD: dict[str, Status] = {"claims": "alleged", "accuses": "alleged", "denies": "denied"}
"""The status of an act that somebody else claims, accuses of, or denies."""


FORCES = frozenset({"GOV", "MIL", "COP", "SPY", "PRM", "REB", "UAF", "CRM"})
OTHERS = frozenset({"CVL", "NGO", "OPP", "LAB", "EDU", "REL", "MED", "AGR", "REF", "SOC", "PTY", "REB", "ELI"})
"""Who uses force, and who, telling of it, is a side rather than an authority."""


def _as_told(c: Candidate, statement: Statement | None, rooms: Rooms) -> Status | None:
    """What is told as a fact inside a claim, an accusation or a denial is alleged or denied, unless the speaker tells of himself;
    so is force of which those on the other side tell."""
    if (
        statement is None
        or c.coding.status not in ("occurred", "ongoing")
        or statement.speaker in c.frame.source.actors
    ):
        return None
    told = TOLD.get(statement.stance or "")
    if told is None and statement.speaker and c.coding.type in ("ASSAULT", "COERCE") and c.frame.source:
        speaker = set(rooms.cast.actor(statement.speaker).sectors)
        doers = [set(rooms.cast.actor(m.actor).sectors) for m in c.frame.source.mentions]
        if (
            speaker & OTHERS
            and not speaker & {"GOV", "COP", "JUD", "MIL"}
            and all(d & FORCES and not d & speaker for d in doers)
        ):
            return "alleged"
    return told


def _reasons(c: Candidate) -> dict[str, str]:
    reasons = {"type": f"'{c.frame.trigger.text}' as {c.frame.act.name}", "status": c.standing.because}
    if c.coding.status != c.standing.status:
        reasons["status"] += f"; what '{c.frame.trigger.text}' speaks of is {c.coding.status}"
    if c.coding.rule:
        reasons["type"] += f"; {c.coding.rule}"
    if c.frame.content_token is not None:
        reasons["content"] = f"speaks of '{c.frame.content_token.text}'"
    if c.frame.source:
        reasons["sources"] = c.frame.source.because
    if c.frame.target:
        reasons["targets"] = c.frame.target.because
    return reasons


def _parties(side: Side, rooms: Rooms) -> tuple[Party, ...]:
    text = rooms.text
    parties: dict[str, Party] = {}
    for m in side.mentions:
        actor = rooms.cast.actor(m.actor)
        parties.setdefault(
            m.actor, Party(actor=m.actor, text=text[m.start : m.end], country=actor.country, sectors=actor.sectors)
        )
    return tuple(parties.values())


def _spans(side: Side) -> tuple[Span, ...]:
    first: dict[str, Mention] = {}
    for m in side.mentions:
        first.setdefault(m.actor, m)
    return tuple((m.start, m.end) for m in first.values())


def _bounds(sentence: Sentence) -> Span:
    """The sentence without the white space around it."""
    text = sentence.text
    left = len(text) - len(text.lstrip())
    return (sentence.start_char + left, sentence.start_char + len(text.rstrip()))


def _words(rooms: Rooms, words: str | None, sentence: Sentence) -> Span | None:
    """Where the words of a date stand: in the event's sentence, else their last mention before it."""
    if words is None:
        return None
    start = rooms.text.find(words, sentence.start_char, sentence.end_char)
    if start < 0:
        start = rooms.text.rfind(words, 0, sentence.end_char)
    return (start, start + len(words)) if start >= 0 else None
