"""One sentence and one pair of parties: how probable is each type."""

from __future__ import annotations

from typing import Literal, get_args

from quidnunc.actors import Cast, Mention
from quidnunc.events._frames import Frame, frames
from quidnunc.events._judgements import named, spoken
from quidnunc.events._pairs import pairs
from quidnunc.events._settle import settle
from quidnunc.events._status import standing
from quidnunc.language import Doc, parse, sentences
from quidnunc.records import Actor, EventType, Span
from quidnunc.statements import in_doc

TYPES: tuple[str, ...] = get_args(EventType)
NONE = "NONE"
Scheme = Literal["plover2", "plover1"]
SHARE = {("source", "target"): 8.0, ("source",): 2.5, ("target",): 1.5, (): 0.5}
"""Weight of an act by which of the pair it binds in the right role."""
ROOTS: dict[str, str] = {
    "01": "CONSULT", "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "YIELD", "09": "ACCUSE",
    "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT",
    "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
"""The first PLOVER's 15 types (Hu et al. 2024) by CAMEO root: what is agreed to be yielded is AGREE, what is yielded is YIELD."""
BACKWARD = 0.2
"""Weight of an act that binds the pair the other way round."""
TRUST = 2.0
"""How much the acts that the lexicon finds count, against the model of pairs; whether there is an event at all, they alone decide."""
TURNED = 1.5
"""Weight that such an act lends to there being no event in this direction."""


def root_of(cameo: str | None, kind: str, status: str) -> str:
    """The first PLOVER's type of an event: by its CAMEO root, else by its type of PLOVER 2.0; what is announced is AGREE or THREATEN."""
    if status in ("planned", "threatened", "offered"):
        if kind in ("PROTEST", "SANCTION", "COERCE", "ASSAULT"):
            return "THREATEN"
        if kind in ("CONSULT", "SUPPORT", "COOPERATE", "AID"):
            return "AGREE"
    if cameo and cameo[:2] in ROOTS:
        return ROOTS[cameo[:2]]
    if kind == "CONCEDE":
        return "YIELD" if status in ("occurred", "ongoing") else "AGREE"
    return "YIELD" if kind == "RETREAT" else kind


def classify(sentence: str, source: Span, target: Span, *, scheme: Scheme = "plover2") -> dict[str, float]:
    """Probabilities of what ``source`` does to ``target`` in one sentence, over the types of a scheme and "NONE"; they sum to 1.

    ``source`` and ``target`` are [start, end) in ``sentence``. ``scheme``: "plover2", the 16 types of PLOVER 2.0, or "plover1", the 15 of the first
    PLOVER, which are CAMEO's roots.
    """
    doc = parse(sentence, entities=False)
    cast = _pair(doc, source, target)
    names = TYPES if scheme == "plover2" else tuple(sorted(set(ROOTS.values())))
    weights = dict.fromkeys((*names, NONE), 0.02)
    weights[NONE] = 0.4
    for frame in _all_frames(doc, cast):
        coding = settle(frame, standing(frame.trigger))
        if coding is not None:
            kind = coding.type if scheme == "plover2" else root_of(coding.cameo, coding.type, coding.status)
            weights[kind] += _weight(frame)
            weights[NONE] += TURNED * _is_backward(frame)
    total = sum(weights.values())
    none = weights.pop(NONE) / total
    by_words = {kind: value / (total * (1.0 - none)) for kind, value in weights.items()}
    by_model = _by_model(sentence, source, target, scheme)
    share = {kind: (TRUST * by_words[kind] + by_model.get(kind, 0.0)) / (TRUST + 1.0) for kind in by_words}
    whole = sum(share.values())
    return {**{kind: (1.0 - none) * value / whole for kind, value in share.items()}, NONE: none}


def _by_model(sentence: str, source: Span, target: Span, scheme: Scheme) -> dict[str, float]:
    """What the model of pairs says of the types, given that there is an event."""
    chances: dict[str, float] = {}
    for (kind, root), chance in pairs().chances(sentence, source, target).items():
        name = kind if scheme == "plover2" else root
        chances[name] = chances.get(name, 0.0) + chance
    left = 1.0 - chances.pop(NONE, 0.0)
    return {kind: chance / left for kind, chance in chances.items()} if left > 0 else {}


def _all_frames(doc: Doc, cast: Cast) -> list[Frame]:
    found = [f for s in sentences(doc) for f in (*frames(s, cast), *named(s, cast))]
    taken = {f.trigger.i for f in found}
    return found + spoken(doc, cast, in_doc(doc, cast), taken)


def _is_backward(frame: Frame) -> bool:
    """The act binds the pair, but the other way round."""
    bound = "a1" in frame.source.actors or "a2" in frame.target.actors
    return not bound and ("a2" in frame.source.actors or "a1" in frame.target.actors)


def _weight(frame: Frame) -> float:
    forward = tuple(
        role
        for role, side, actor in (("source", frame.source, "a1"), ("target", frame.target, "a2"))
        if actor in side.actors
    )
    if _is_backward(frame):
        return BACKWARD
    return SHARE[forward] * frame.act.weight / 3


def _pair(doc: Doc, source: Span, target: Span) -> Cast:
    """A cast of just the two parties, each headed by the root of its words."""
    mentions, actors = [], []
    for name, (start, end) in (("a1", source), ("a2", target)):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        words = doc.text[start:end]
        mentions.append(Mention(start=start, end=end, head=span.root.i, actor=name, form="name", as_place=False))
        actors.append(Actor(id=name, name=words, kind="generic", mentions=((start, end),), resolved_by="given"))
    tokens = [(t.idx, t.idx + len(t)) for t in doc]
    return Cast(tuple(actors), tuple(sorted(mentions, key=lambda m: m.start)), tokens)
