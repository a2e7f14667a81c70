"""From a parsed article with its actors to events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quidnunc.actors import Cast, Mention
from quidnunc.dates import Calendar
from quidnunc.events import _codes
from quidnunc.events import _grammar as grammar
from quidnunc.events._contexts import contexts
from quidnunc.events._frames import SPOKEN, Frame, frames
from quidnunc.events._judgements import named, spoken
from quidnunc.events._lexicon import lexicon
from quidnunc.events._parties import Side
from quidnunc.events._settle import Coding, settle
from quidnunc.events._status import Standing, standing
from quidnunc.language import Doc, Sentence
from quidnunc.places import PlaceIndex
from quidnunc.records import Event, EventSpans, Party, Span, Statement
from quidnunc.statements import innermost

ALONE = frozenset({"PROTEST", "ASSAULT", "RETREAT", "MOBILIZE"})
"""Types that make an event without a second party."""

VICTIM_ALONE = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "ACCUSE"})
"""Types that make an event where only the one acted upon is named."""


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
class _Candidate:
    frame: Frame
    coding: Coding
    standing: Standing
    sentence: Sentence
    confidence: float


def find(rooms: Rooms, *, threshold: float = 0.0) -> tuple[Event, ...]:
    """The events of an article in text order (ids "e1", "e2" ...), each with its spans, reasons and confidence.

    ``threshold``: events less probable than this are left out.
    """
    rooms = replace(rooms, cast=_with_speakers(rooms))
    candidates = [c for s in rooms.doc.sents for c in _in_sentence(s, rooms)]
    kept = _once([*_pointed_back(_document_rules(candidates), rooms.cast)], rooms)
    chosen = [(c, also) for c, also in kept if c.confidence >= threshold]
    return tuple(_event(f"e{n}", c, also, rooms) for n, (c, also) in enumerate(chosen, 1))


FIRST_PERSON = frozenset(["i", "we", "me", "us", "my", "our"])


def _with_speakers(rooms: Rooms) -> Cast:
    """The cast with first-person pronouns in quotations as mentions of their speakers."""
    spoken_by: dict[int, Mention] = {}
    for statement in rooms.statements:
        if statement.speaker is None:
            continue
        for start, end in statement.content:
            span = rooms.doc.char_span(start, end, alignment_mode="contract")
            for token in span or ():
                if token.lower_ in FIRST_PERSON and token.pos_ == "PRON":
                    spoken_by[token.i] = Mention(
                        start=token.idx,
                        end=token.idx + len(token),
                        head=token.i,
                        actor=statement.speaker,
                        form="pronoun",
                    )
    if not spoken_by:
        return rooms.cast
    mentions = sorted([*rooms.cast.mentions, *spoken_by.values()], key=lambda m: (m.start, m.end))
    tokens = [(t.idx, t.idx + len(t)) for t in rooms.doc]
    return Cast(rooms.cast.actors, tuple(mentions), tokens)


def _in_sentence(sentence: Sentence, rooms: Rooms) -> list[_Candidate]:
    found = frames(sentence, rooms.cast)
    found += named(sentence, rooms.cast)
    taken = {f.trigger.i for f in found if f.act.weight > 1} | {
        f.content_token.i for f in found if f.content_token is not None
    }
    here = tuple(
        s for s in rooms.statements if s.spans.cue and sentence.start_char <= s.spans.cue[0] < sentence.end_char
    )
    found += spoken(rooms.doc, rooms.cast, here, taken)
    candidates = []
    for frame in sorted(found, key=lambda f: f.trigger.i):
        candidate = _candidate(frame, sentence, rooms)
        if candidate is not None:
            candidates.append(candidate)
    return _best_per_pair(candidates)


def _candidate(frame: Frame, sentence: Sentence, rooms: Rooms) -> _Candidate | None:
    status = standing(frame.trigger)
    coding = settle(frame, status)
    if coding is not None:
        coding = _by_whom(coding, frame, rooms.cast)
    if coding is None or not (_enough(frame, coding) or (frame.source and coding.type in ANSWERING)):
        return None
    frame = _without_own_state(frame, rooms.cast)
    return _Candidate(frame, coding, status, sentence, _confidence(frame, coding, rooms.cast))


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
    word = frame.act.word
    if not doers:
        return coding
    if (
        word == "protest"
        and frame.act.pos == "V"
        and all(a.kind in ("state", "igo") or {"GOV", "LEG"} & set(a.sectors) for a in doers)
    ):
        return replace(coding, type="ACCUSE", mode="disapprove", cameo="114", rule="a government protests in words")
    if coding.mode == "seize" and frame.target and all(_is_person(m, cast) for m in frame.target.mentions):
        return replace(coding, mode="arrest", cameo="173", rule="people who are seized are arrested")
    if coding.type == "ASSAULT" and _in_words(frame):
        return replace(coding, type="ACCUSE", mode="disapprove", cameo="111", rule="an attack of words")
    if word in ("attack", "assault") and frame.act.pos == "V" and coding.type == "ASSAULT":
        civil = all(a.kind in ("person", "party", "media") and not ARMED & set(a.sectors) for a in doers)
        hit = [cast.actor(m.actor) for m in frame.target.mentions]
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


def _enough(frame: Frame, coding: Coding) -> bool:
    """An event needs the parties that its type asks for; weak words need both."""
    source, target = bool(frame.source), bool(frame.target)
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
        return target or alone or coding.type in ("REJECT", "REQUEST", "AGREE")
    return target and coding.type in VICTIM_ALONE


def _object_is_no_actor(frame: Frame) -> bool:
    """``hang a poster``, ``release photos``: a verb of force or release whose object is a thing."""
    words = lexicon().markers["force_on_actors"]
    if frame.act.pos != "V" or (frame.act.type == "ASSAULT" and frame.act.word.split("_")[0] not in words):
        return False
    return grammar.patient(frame.trigger) is not None


WEIGHT = {3: 0.72, 2: 0.6, 1: 0.45}


def _confidence(frame: Frame, coding: Coding, cast: Cast) -> float:
    """How probable it is that a careful coder would write this event down: set by hand from the development articles."""
    value = WEIGHT[frame.act.weight]
    value += 0.12 if frame.source and frame.target else -0.1
    value -= 0.06 * (frame.source.through + frame.target.through)
    if coding.status == "hypothetical":
        value *= 0.5
    if not _political(frame.source, cast) and not _political(frame.target, cast):
        value -= 0.15
    return round(min(0.97, max(0.05, value)), 2)


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


def _best_per_pair(candidates: list[_Candidate]) -> list[_Candidate]:
    """One event per type and pair in a sentence: the most confident, the first among equals."""
    best: dict[tuple[str, frozenset[str], frozenset[str]], _Candidate] = {}
    for c in candidates:
        key = (c.coding.type, c.frame.source.actors, c.frame.target.actors)
        if key not in best or c.confidence > best[key].confidence:
            best[key] = c
    kept = set(map(id, best.values()))
    return [c for c in candidates if id(c) in kept]


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

ANSWERING = frozenset({"ACCUSE", "SUPPORT", "REJECT"})


def _pointed_back(candidates: list[_Candidate], cast: Cast) -> Iterator[_Candidate]:
    """``rejected the accusation``, ``condemned the attack``: the other side is whoever did that, told before."""
    told: list[_Candidate] = []
    for c in candidates:
        answered = _answered(c, told)
        if answered is not None:
            thing = grammar.patient(c.frame.trigger)
            because = f"did what '{thing}' points back to ('{answered.frame.trigger.text}')"
            party = Side(answered.frame.source.mentions, because, through=True)
            frame = replace(c.frame, target=party)
            c = replace(c, frame=frame, confidence=_confidence(frame, c.coding, cast))
        told.append(c)
        if _enough(c.frame, c.coding):
            yield c


def _answered(c: _Candidate, told: list[_Candidate]) -> _Candidate | None:
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


def _document_rules(candidates: list[_Candidate]) -> list[_Candidate]:
    """MOBILIZE is dropped where the same source's ASSAULT is reported in the same document (PLOVER manual)."""
    attackers = {a for c in candidates if c.coding.type == "ASSAULT" for a in c.frame.source.actors}
    return [c for c in candidates if c.coding.type != "MOBILIZE" or not c.frame.source.actors & attackers]


def _once(candidates: list[_Candidate], rooms: Rooms) -> list[tuple[_Candidate, list[Sentence]]]:
    """A happening that the article tells twice is one event: the first telling, with the other sentences noted."""
    kept: list[tuple[_Candidate, list[Sentence]]] = []
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


def _told_before(c: _Candidate, kept: list[tuple[_Candidate, list[Sentence]]]) -> list[Sentence] | None:
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


def _same_word(a: _Candidate, b: _Candidate) -> bool:
    """Told twice rather than done twice: the same word, or the same noun and verb of meeting, visiting, attacking."""
    return a.frame.trigger.lemma_ == b.frame.trigger.lemma_ or a.coding.type in ("CONSULT", "ASSAULT")


def _event(name: str, c: _Candidate, also: list[Sentence], rooms: Rooms) -> Event:
    frame, coding = c.frame, c.coding
    statement = innermost(frame.trigger.idx, rooms.statements)
    date = rooms.calendar.event_date(frame.trigger.i, status=coding.status)
    if date is None and coding.type in SPOKEN:
        date = rooms.calendar.event_date(frame.trigger.i, status="occurred")
    place = rooms.places.event_place(frame.trigger.i)
    quad = _codes.QUAD[coding.type]
    return Event(
        id=name,
        type=coding.type,  # type: ignore[arg-type]
        mode=coding.mode,
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
        decided_by=f"lexicon {frame.act.name}" + (f" + rule: {coding.rule}" if coding.rule else ""),
        reasons=_reasons(c),
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


def _reasons(c: _Candidate) -> dict[str, str]:
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
