"""A coded article as annotation tools see it: spans of text, events with roles, and back.

Shared by brat, Label Studio and INCEpTION. Offsets are code points of ``Article.text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import get_args

from quidnunc.events import _codes
from quidnunc.records import Actor, Article, CodedArticle, Event, EventSpans, EventType, Party, Span, Status

ROLES = ("Source", "Target")
_TYPES = frozenset(get_args(EventType))
_STATUSES = frozenset(get_args(Status))
_ID = re.compile(r"[0-9a-f]{8,64}")
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+|\n+")


@dataclass(frozen=True)
class Marked:
    """A span that is an actor or a trigger."""

    id: str
    span: Span
    label: str
    """``Actor``, or an event's PLOVER type."""
    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkedEvent:
    """An event: its trigger's id, and who stands on its sides."""

    id: str
    trigger: str
    roles: tuple[tuple[str, str], ...]
    """(Source or Target, id of a span)."""
    mode: str | None = None
    status: str | None = None


@dataclass
class MarkedText:
    """A text with its spans and events; what could not be used is told in ``wrong``."""

    name: str
    text: str
    spans: list[Marked] = field(default_factory=list)
    events: list[MarkedEvent] = field(default_factory=list)
    published: str | None = None
    outlet: str | None = None
    wrong: list[str] = field(default_factory=list)


def marked(coded: CodedArticle, events: Iterable[Event]) -> MarkedText:
    """The spans and events of an article, actors first, by place in the text; an actor who stands at one place for two events is one span."""
    cast = {actor.id: actor for actor in coded.actors}
    found = MarkedText(coded.article.id, coded.article.text, published=coded.article.published, outlet=coded.article.outlet)  # fmt: skip
    places: dict[tuple[Span, str], str] = {}

    def mark(span: Span, label: str, party: Party | None = None) -> str:
        key = (span, label)
        if key not in places:
            places[key] = f"T{len(places) + 1}"
            actor = cast.get(party.actor) if party else None
            found.spans.append(
                Marked(
                    places[key],
                    span,
                    label,
                    (actor or party).country if party else None,
                    party.sectors if party else (),
                )
            )
        return places[key]

    for number, event in enumerate(events, 1):
        roles: list[tuple[str, str]] = []
        for role, parties, spans in (("Source", event.sources, event.spans.sources), ("Target", event.targets, event.spans.targets)):  # fmt: skip
            roles += [(role, mark(span, "Actor", party)) for party, span in zip(parties, spans, strict=False)]
        trigger = mark(event.spans.trigger, event.type)
        found.events.append(MarkedEvent(f"E{number}", trigger, tuple(dict.fromkeys(roles)), event.mode, event.status))
    return found


def coded(found: MarkedText, source: str) -> CodedArticle:
    """An article from a marked text; spans outside the text, and events without trigger or with a type that PLOVER does not have, go to ``wrong``."""
    spans: dict[str, Marked] = {}
    for one in found.spans:
        start, end = one.span
        if not 0 <= start < end <= len(found.text):
            found.wrong.append(f"{found.name}: {one.id} [{start}, {end}) is not in the text of {len(found.text)} characters")  # fmt: skip
        else:
            spans[one.id] = one
    actors: dict[tuple[str, str | None], Actor] = {}
    for one in spans.values():
        if one.label.upper() in _TYPES:
            continue
        name = " ".join(found.text[slice(*one.span)].split())
        key = (name.lower(), one.country)
        before = actors.get(key)
        mentions = (*(before.mentions if before else ()), one.span)
        actors[key] = Actor(id=before.id if before else f"a{len(actors) + 1}", name=name, kind="generic", country=one.country, sectors=one.sectors or (before.sectors if before else ()), mentions=mentions, resolved_by=f"as {source} has it")  # fmt: skip
    events = [event for one in found.events if (event := _event(one, found, spans, actors, source)) is not None]
    name = found.name if _ID.fullmatch(found.name) else sha256(f"{source}\n{found.name}\n{found.text}".encode()).hexdigest()[:16]  # fmt: skip
    day = found.published[:10] if found.published and re.match(r"\d{4}-\d\d-\d\d", found.published) else None
    article = Article(id=name, text=found.text, outlet=found.outlet, published=found.published if day else None, published_precision="day" if day else None, published_window=(day, day) if day else None)  # fmt: skip
    return CodedArticle(quidnunc=f"import:{source}", article=article, actors=tuple(actors.values()), events=tuple(events))  # fmt: skip


def _event(
    one: MarkedEvent, found: MarkedText, spans: dict[str, Marked], actors: dict[tuple[str, str | None], Actor], source: str
) -> Event | None:  # fmt: skip
    trigger = spans.get(one.trigger)
    if trigger is None:
        found.wrong.append(f"{found.name}: {one.id} has no trigger in the text")
        return None
    kind = trigger.label.upper()
    if kind not in _TYPES:
        found.wrong.append(f"{found.name}: {one.id}: {trigger.label!r} is no PLOVER type")
        return None
    status = (one.status or "occurred").lower().replace("-", "_").replace(" ", "_")
    if status not in _STATUSES:
        found.wrong.append(f"{found.name}: {one.id}: {one.status!r} is no status; occurred is taken")
        status = "occurred"
    sides: dict[str, list[tuple[Party, Span]]] = {"Source": [], "Target": []}
    for role, name in one.roles:
        span = spans.get(name)
        if span is None or role not in sides:
            found.wrong.append(f"{found.name}: {one.id}: {role} {name} is nobody")
            continue
        words = " ".join(found.text[slice(*span.span)].split())
        actor = actors[words.lower(), span.country]
        sides[role].append((Party(actor=actor.id, text=words, country=actor.country, sectors=actor.sectors), span.span))
    return Event(
        id=f"e{re.sub('[^0-9]', '', one.id) or len(spans)}",
        type=kind,  # type: ignore[arg-type]
        mode=one.mode or None,
        cameo=_codes.cameo(kind, one.mode or None),
        quad=_codes.QUAD[kind],
        plover_score=_codes.plover_score(kind, one.mode or None),  # type: ignore[arg-type]
        sources=tuple(party for party, _ in sides["Source"]),
        targets=tuple(party for party, _ in sides["Target"]),
        status=status,  # type: ignore[arg-type]
        polarity="negative" if kind == "REJECT" or status == "denied" else "positive",
        confidence=1.0,
        decided_by=f"import:{source} {one.id}",
        spans=EventSpans(
            sentence=_sentence(found.text, trigger.span),
            trigger=trigger.span,
            sources=tuple(span for _, span in sides["Source"]),
            targets=tuple(span for _, span in sides["Target"]),
        ),
    )


def _sentence(text: str, trigger: Span) -> Span:
    """The sentence around a trigger, told by marks and line breaks."""
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, trigger[0])), default=0)
    end = next((m.start() + len(m.group().rstrip()) for m in _SENTENCE_END.finditer(text, trigger[1])), len(text))
    return start, end
