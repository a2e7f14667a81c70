"""From a parsed article with its actors to events: the order of the steps."""

from __future__ import annotations

from dataclasses import replace

from quidnunc.events._candidates import Candidate, Rooms, candidate_of
from quidnunc.events._casualties import with_casualties
from quidnunc.events._codebook import Codebook
from quidnunc.events._discourse import document_rules, once, pointed_back
from quidnunc.events._frames import Frame, frames
from quidnunc.events._guesses import guesses
from quidnunc.events._judgements import named, spoken
from quidnunc.events._lexicon import using
from quidnunc.events._write import event
from quidnunc.language import Sentence, sentences
from quidnunc.records import Event
from quidnunc.statements import with_speakers


def find(rooms: Rooms, *, threshold: float = 0.0, codebook: Codebook | None = None) -> tuple[Event, ...]:
    """The events of an article in text order (ids "e1", "e2" ...), each with its spans, reasons and confidence.

    ``threshold``: events less probable than this are left out. ``codebook``: a user's own, whose words name acts and whose types claim events.
    """
    if codebook is None:
        return _events(rooms, threshold)
    with using(codebook.lexicon):
        return _events(rooms, threshold, codebook)


def _events(rooms: Rooms, threshold: float, codebook: Codebook | None = None) -> tuple[Event, ...]:
    rooms = replace(rooms, cast=with_speakers(rooms.doc, rooms.cast, rooms.statements))
    candidates = [c for s in sentences(rooms.doc) for c in _in_sentence(s, rooms)]
    kept = once([*pointed_back(document_rules(candidates), rooms.cast)])
    chosen = [(c, also) for c, also in kept if c.confidence >= threshold]
    owned = [(c, also, codebook.claim(c) if codebook else None) for c, also in chosen]
    if codebook is not None and not codebook.others:
        owned = [(c, also, claim) for c, also, claim in owned if claim is not None]
    return tuple(event(f"e{n}", c, also, rooms, claim) for n, (c, also, claim) in enumerate(owned, 1))


def _in_sentence(sentence: Sentence, rooms: Rooms) -> list[Candidate]:
    found = frames(sentence, rooms.cast)
    found += named(sentence, rooms.cast)
    taken = {f.trigger.i for f in found if f.act.weight > 1} | {
        f.content_token.i for f in found if f.content_token is not None
    }
    here = tuple(
        s for s in rooms.statements if s.spans.cue and sentence.start_char <= s.spans.cue[0] < sentence.end_char
    )
    found += spoken(rooms.doc, rooms.cast, here, taken)
    found += guesses(sentence, rooms.cast, _used(found))
    candidates = []
    for frame in sorted(found, key=lambda f: f.trigger.i):
        candidate = candidate_of(frame, sentence, rooms)
        if candidate is not None:
            candidates.append(candidate)
    return _best_per_pair(with_casualties(candidates, rooms.cast))


def _used(frames: list[Frame]) -> set[int]:
    """Tokens that name acts, the verbs and objects beside them, and what they speak of."""
    used = {f.content_token.i for f in frames if f.content_token is not None}
    for frame in frames:
        used |= {frame.trigger.i, frame.trigger.head.i, *(c.i for c in frame.trigger.children)}
    return used


def _best_per_pair(candidates: list[Candidate]) -> list[Candidate]:
    """One event per type and pair in a sentence: the most confident, the first among equals."""
    best: dict[tuple[str, frozenset[str], frozenset[str]], Candidate] = {}
    for c in candidates:
        key = (c.coding.type, c.frame.source.actors, c.frame.target.actors)
        if key not in best or c.confidence > best[key].confidence:
            best[key] = c
    kept = set(map(id, best.values()))
    return [c for c in candidates if id(c) in kept]
