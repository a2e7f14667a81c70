"""Frames that may be events: what they are coded as, whether they have the parties they need, how sure we are."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from quidnunc.actors import Cast, Mention
from quidnunc.dates import Calendar
from quidnunc.events import _grammar as grammar
from quidnunc.events._frames import Frame
from quidnunc.events._lexicon import lexicon
from quidnunc.events._parties import Side
from quidnunc.events._settle import Coding, settle
from quidnunc.events._signs import model
from quidnunc.events._status import Standing, standing
from quidnunc.language import Doc, Sentence, sentence_of
from quidnunc.places import PlaceIndex
from quidnunc.records import Statement

ALONE = frozenset({"PROTEST", "ASSAULT", "RETREAT", "MOBILIZE"})
"""Types that make an event without a second party."""

VICTIM_ALONE = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "ACCUSE"})
"""Types that make an event where only the one acted upon is named."""

ANSWERING = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
"""Types that may answer an act told before, and then need no other side of their own."""


@dataclass(frozen=True)
class Rooms:
    """What the rooms above have found in the article; ``text`` is the text that ``doc`` was parsed from."""

    text: str
    doc: Doc
    cast: Cast
    statements: tuple[Statement, ...]
    calendar: Calendar
    places: PlaceIndex


@dataclass(frozen=True)
class Candidate:
    frame: Frame
    coding: Coding
    standing: Standing
    sentence: Sentence
    confidence: float


def candidate_of(frame: Frame, sentence: Sentence, rooms: Rooms) -> Candidate | None:
    status = standing(frame.trigger)
    coding = settle(frame, status)
    if coding is not None:
        coding = _by_whom(coding, frame, rooms.cast)
    if coding is None or not (enough(frame, coding) or (frame.source and coding.type in ANSWERING)):
        return None
    frame = _without_own_state(frame, rooms.cast)
    return Candidate(frame, coding, status, sentence, confidence_of(frame, coding, rooms.cast))


def _without_own_state(frame: Frame, cast: Cast) -> Frame:
    """What an official says of his own state is not directed at it ("the minister warned that Mali would ...")."""
    if not frame.target.because.startswith("subject of what"):
        return frame
    own = {cast.actor(m.actor).country for m in frame.source.mentions} - {None}
    kept = tuple(
        m for m in frame.target.mentions if not ((a := cast.actor(m.actor)).kind == "state" and a.country in own)
    )
    if len(own) != 1 or kept == frame.target.mentions or frame.target is frame.source:
        return frame
    return replace(frame, target=replace(frame.target, mentions=kept))


ARMED = frozenset({"MIL", "REB", "COP", "UAF", "PRM", "SPY", "CRM"})


def _by_whom(coding: Coding, frame: Frame, cast: Cast) -> Coding:
    """Words whose meaning hangs on who acts: a government protests and a politician attacks another in words."""
    doers = [cast.actor(m.actor) for m in frame.source.mentions]
    hit = [cast.actor(m.actor) for m in frame.target.mentions]
    word = frame.act.word
    if not doers and word != "come_under":
        return coding
    if frame.act.type == "RETREAT" and frame.act.mode == "withdraw" and hit and all(a.kind == "igo" for a in hit):
        return replace(coding, type="SANCTION", mode="withdraw", cameo="166", rule="leaving an organisation")
    governing = all(a.kind in ("state", "igo") or {"GOV", "LEG"} & set(a.sectors) for a in doers)
    if word == "protest" and frame.act.pos == "V" and governing:
        return replace(coding, type="ACCUSE", mode="disapprove", cameo="114", rule="a government protests in words")
    if word == "block" and governing and coding.type == "PROTEST":
        return replace(coding, type="REJECT", mode="change", cameo="120", rule="a government blocks by refusing")
    if coding.mode == "seize" and frame.target and all(_is_person(m, cast) for m in frame.target.mentions):
        return replace(coding, mode="arrest", cameo="173", rule="people who are seized are arrested")
    if coding.type == "ASSAULT" and _in_words(frame):
        return replace(coding, type="ACCUSE", mode="disapprove", cameo="111", rule="an attack of words")
    if word == "come_under" and coding.type == "ACCUSE" and any(ARMED & set(a.sectors) for a in (*doers, *hit)):
        return replace(coding, type="ASSAULT", mode="firearms", cameo="193", rule="fire by or at armed people is shots")
    if word in ("attack", "assault") and frame.act.pos == "V" and coding.type == "ASSAULT":
        civil = all(a.kind in ("person", "party", "media") and not ARMED & set(a.sectors) for a in doers)
        if civil and all(a.kind in ("person", "party", "organisation", "media", "igo", "state") for a in hit):
            return replace(coding, type="ACCUSE", mode="disapprove", cameo="111", rule="a politician attacks in words")
    return coding


def _is_person(mention: Mention, cast: Cast) -> bool:
    actor = cast.actor(mention.actor)
    return actor.kind == "person" or bool({"OPP", "CVL", "LEG"} & set(actor.sectors))


def _in_words(frame: Frame) -> bool:
    """``launched a scathing attack on``."""
    nouns = [frame.trigger, *(c for c in frame.trigger.children if c.dep_ == "dobj")]
    verbal = lexicon().markers["verbal"]
    return any(c.dep_ == "amod" and c.lower_ in verbal for noun in nouns for c in noun.children)


SURE = 0.8
"""The chance of a word to name an event above which one party is enough."""


def enough(frame: Frame, coding: Coding) -> bool:
    """An event needs the parties that its type asks for; weak words need both. One is enough where the model of event words is sure."""
    if coding.type in VICTIM_ALONE and not frame.source and _blind(frame):
        return False
    source, target = bool(frame.source), bool(frame.target)
    if not source and not target:
        return nobody_named(frame, coding)
    if model().chance(frame.trigger) >= SURE:
        return True
    if source and frame.act.mode == "investigate" and frame.act.pos == "N":
        return any(grammar.prepositional(frame.trigger, "into"))  # the FBI's investigation into the bombings
    if (
        target
        and coding.type == "REJECT"
        and grammar.is_passive(frame.trigger)
        and grammar.child(frame.trigger, "dobj")
    ):
        return True  # the team was denied visas
    if (
        source
        and coding.type == "AID"
        and (saved := grammar.patient(frame.trigger)) is not None
        and saved.pos_ == "NUM"
    ):
        return True  # "rescued 200 more"
    if coding.type == "CONSULT" and frame.act.pos == "V" and frame.target.through and not frame.act.objects:
        return False
    if frame.act.weight == 1 or coding.type in ("AID", "COOPERATE", "SUPPORT", "CONSULT"):
        return source and target
    if source and not target and frame.act.weight < 3 and coding.type in ("AGREE", "REQUEST") and frame.content is None:
        return False
    if source and not target and coding.type in ("ASSAULT", "RETREAT") and _object_is_no_actor(frame):
        return False
    if source:
        alone = coding.type in ALONE or (frame.act.weight == 3 and frame.act.pos == "V")
        return target or alone or coding.type in ("REJECT", "REQUEST", "AGREE", "CONCEDE")
    return target and coding.type in VICTIM_ALONE


BLASTS = frozenset({"explosives", "suicide-attack", "aerial", "drone", "heavy-weapons"})
LIKELY = 0.5
"""The chance of a word to name an event above which it needs no party at all, where the act itself is violence or protest."""


def nobody_named(frame: Frame, coding: Coding) -> bool:
    """``a car bomb exploded outside the market``, ``protests broke out``: the act is told, and neither who did it nor to whom."""
    told = coding.mode in BLASTS if coding.type == "ASSAULT" else coding.type == "PROTEST"
    name = frame.trigger.tag_ in ("NNP", "NNPS")  # March, the month
    return told and not name and coding.status in ("occurred", "ongoing") and model().chance(frame.trigger) >= LIKELY


def _blind(frame: Frame) -> bool:
    """``the storm killed four``: what does it is nobody."""
    doer = grammar.agent(frame.trigger) if frame.act.pos == "V" else None
    return doer is not None and any(
        grammar.lemma(noun) in lexicon().markers["blind"] for noun in grammar.conjuncts(doer)
    )


def _object_is_no_actor(frame: Frame) -> bool:
    """``hang a poster``, ``release photos``: a verb of force or release whose object is a thing."""
    words = lexicon().markers["force_on_actors"]
    if frame.act.pos != "V" or (frame.act.type == "ASSAULT" and frame.act.word.split("_")[0] not in words):
        return False
    thing = grammar.patient(frame.trigger)
    return thing is not None and thing.pos_ != "NUM"


WEIGHT = {3: 0.72, 2: 0.6, 1: 0.45, 0: 0.4}
BELIEF, USUAL = 0.3, 0.18
"""How much the model of event words moves the odds, and the chance at which it moves nothing."""
SLOPE, SHIFT = 0.7, 0.15
"""What makes of the odds a probability: a logistic line through the corpus's train and dev articles (benchmarks/calibration.py)."""


def confidence_of(frame: Frame, coding: Coding, cast: Cast) -> float:
    """How probable it is that a careful coder would write this event down.

    By the word's weight and the parties found (set by hand from the development articles), then moved by what the model of event words says of
    the word in its sentence; it makes no event likelier between parties that have no part in politics.
    """
    value = WEIGHT[frame.act.weight]
    value += 0.12 if frame.source and frame.target else -0.1
    value -= 0.06 * (frame.source.through + frame.target.through)
    if coding.status == "hypothetical":
        value *= 0.5
    political = _political(frame.source, cast) or _political(frame.target, cast) or nobody_named(frame, coding)
    if not political:
        value -= 0.15 + 0.25 * _in_sport(frame)
    chance = min(0.98, max(0.005, model().chance(frame.trigger)))
    move = BELIEF * (_log_odds(chance) - _log_odds(USUAL))
    odds = _log_odds(min(0.97, max(0.05, value))) + (move if political else min(0.0, move))
    return round(1.0 / (1.0 + math.exp(-(SLOPE * odds + SHIFT))), 2)


_SCORE = re.compile(r"^\d{1,3}[-–]\d{1,3}$")


def _in_sport(frame: Frame) -> bool:
    """The sentence gives a score or speaks in words of sport."""
    words = sentence_of(frame.trigger)
    if lexicon().markers["sport"] & {token.lemma_.lower() for token in words}:
        return True
    return any(_SCORE.match(token.text) or (token.text in ("-", "–") and 0 < token.i < len(words.doc) - 1
               and words.doc[token.i - 1].is_digit and words.doc[token.i + 1].is_digit) for token in words)  # fmt: skip


def _log_odds(chance: float) -> float:
    return math.log(chance / (1.0 - chance))


def _political(side: Side, cast: Cast) -> bool:
    for mention in side.mentions:
        actor = cast.actor(mention.actor)
        if actor.kind in ("state", "igo", "party", "armed_group") or set(actor.sectors) & {
            "GOV",
            "MIL",
            "LEG",
            "COP",
            "REB",
            "JUD",
        }:
            return True
    return False
