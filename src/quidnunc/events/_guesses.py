"""Acts that no word of the lexicon names: verbs that the model of event words takes for an event, typed by the model of pairs."""

from __future__ import annotations

from dataclasses import replace

from quidnunc.actors import Cast
from quidnunc.events import _codes
from quidnunc.events import _grammar as grammar
from quidnunc.events._frames import Frame, framed
from quidnunc.events._lexicon import Act
from quidnunc.events._pairs import pairs
from quidnunc.events._parties import Side, of_one_state
from quidnunc.events._signs import model
from quidnunc.language import Sentence, Token
from quidnunc.records import Span

LEAST, SURE = 0.5, 0.5
"""The chance of a verb to name an event, and of its type, from which it is taken for one."""
SLOTS = ("o", "against", "to", "with", "from", "on", "for", "of", "c")


def guesses(sentence: Sentence, cast: Cast, taken: set[int]) -> list[Frame]:
    """Frames of verbs outside the lexicon; ``taken``: tokens that other frames have used."""
    found = []
    for token in sentence:
        if (
            token.pos_ != "VERB"
            or token.i in taken
            or token.dep_ in ("amod", "aux", "auxpass")
            or not any(True for _ in token.children)
        ):
            continue
        if model().chance(token) < LEAST:
            continue
        frame = framed(
            token, Act(grammar.lemma(token), "V", "ASSAULT", None, "180", 0, False, SLOTS, frozenset()), None, cast
        )
        if frame.source and not of_one_state(frame.source, frame.target, cast):
            typed = _typed(frame, sentence)
            if typed is not None:
                found.append(typed)
    return found


def _typed(frame: Frame, sentence: Sentence) -> Frame | None:
    start = sentence.start_char
    source = _span(frame.source, start)
    target = _span(frame.target, start) if frame.target else _object(frame.trigger, start)
    if source is None or target is None:
        return None
    chances: dict[str, float] = dict.fromkeys(_codes.QUAD, 0.0)
    for (kind, _), chance in pairs().chances(sentence.text, source, target).items():
        chances[kind] = chances.get(kind, 0.0) + chance
    none = chances.pop("NONE", 0.0)
    kind = max(sorted(chances), key=lambda k: chances[k])
    if none > 0.5 or chances[kind] < SURE * (1 - none):
        return None
    return replace(frame, act=replace(frame.act, type=kind, cameo=_codes.cameo(kind)))


def _span(side: Side, start: int) -> Span | None:
    mention = side.mentions[0]
    return (mention.start - start, mention.end - start) if mention.start >= start else None


def _object(verb: Token, start: int) -> Span | None:
    """Where no actor is the other side, the words that stand there."""
    thing = grammar.patient(verb)
    if thing is None:
        thing = next(
            (noun for c in verb.children if c.dep_ == "prep" for noun in c.children if noun.dep_ == "pobj"), None
        )
    if thing is None:
        return None
    return (thing.doc[thing.left_edge.i].idx - start, thing.idx + len(thing) - start)
