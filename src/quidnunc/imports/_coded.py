"""From a row of another data set to a CodedArticle: its event's words are the row itself, set out as a sentence."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import get_args

from quidnunc.events import _codes
from quidnunc.records import (
    Actor,
    Article,
    CodedArticle,
    Event,
    EventDate,
    EventSpans,
    EventType,
    Party,
    Place,
    Precision,
    Status,
)

TYPES = frozenset(get_args(EventType))
STATUSES = frozenset(get_args(Status))
BY_ROOT: dict[str, tuple[EventType, str | None]] = {
    "02": ("REQUEST", None), "03": ("AGREE", None), "04": ("CONSULT", None), "05": ("SUPPORT", None), "06": ("COOPERATE", None), "07": ("AID", None),
    "08": ("CONCEDE", None), "09": ("ACCUSE", "investigate"), "10": ("REQUEST", None), "11": ("ACCUSE", "disapprove"), "12": ("REJECT", None),
    "13": ("THREATEN", None), "14": ("PROTEST", None), "15": ("MOBILIZE", None), "16": ("SANCTION", None), "17": ("COERCE", None), "18": ("ASSAULT", None),
    "19": ("ASSAULT", None), "20": ("ASSAULT", None),
}  # fmt: skip
"""PLOVER's type by CAMEO root; 01, a bare statement, has none."""
BY_CODE: dict[str, tuple[EventType, str | None]] = {
    "041": ("CONSULT", "phone"), "042": ("CONSULT", "visit"), "043": ("CONSULT", "visit"), "045": ("CONSULT", "third-party"), "055": ("CONCEDE", None),
    "0831": ("RETREAT", "resign"), "084": ("RETREAT", "release"), "086": ("RETREAT", "access"), "087": ("RETREAT", None), "0871": ("RETREAT", "ceasefire"),
    "0873": ("RETREAT", "disarm"), "0874": ("RETREAT", "withdraw"), "102": ("REQUEST", "assist"), "103": ("REQUEST", "assist"), "104": ("REQUEST", "change"),
    "105": ("REQUEST", "yield"), "106": ("REQUEST", "meet"), "112": ("ACCUSE", "allege"), "115": ("ACCUSE", "allege"), "116": ("SANCTION", "convict"),
    "125": ("REJECT", "meet"), "138": ("THREATEN", "violence"), "141": ("PROTEST", "demo"), "142": ("PROTEST", "hunger"), "143": ("PROTEST", "strike"),
    "144": ("PROTEST", "obstruct"), "145": ("PROTEST", "riot"), "163": ("SANCTION", "discontinue"), "166": ("SANCTION", "expel"), "171": ("COERCE", "seize"),
    "173": ("COERCE", "arrest"), "174": ("COERCE", "deport"), "181": ("ASSAULT", "abduct"), "195": ("ASSAULT", "aerial"),
}  # fmt: skip
"""Where finer codes say more; the longest that begins a code counts."""
MADE: dict[str, Status] = {"AGREE": "planned", "REQUEST": "demanded", "REJECT": "refused", "THREATEN": "threatened"}
"""The status that a CAMEO code of a spoken act implies."""


@dataclass(frozen=True)
class Who:
    """A source or target of a row."""

    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """What a row of another data set says, in our terms."""

    id: str
    type: str
    label: str
    """The words of the act: the event text or the code."""
    sources: Sequence[Who] = ()
    targets: Sequence[Who] = ()
    mode: str | None = None
    cameo: str | None = None
    goldstein: float | None = None
    contexts: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    precision: Precision = "day"
    status: str | None = None
    place: Place | None = None
    story: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    confidence: float = 1.0
    text: str | None = None
    """The sentence, where the row has one."""
    notes: dict[str, str] = field(default_factory=dict)


def plover_of(cameo: str) -> tuple[EventType, str | None] | None:
    """PLOVER's type and mode of a CAMEO code; None for a bare statement. Raises ValueError for what is no code."""
    if not cameo.isdigit() or not 2 <= len(cameo) <= 4 or not "01" <= cameo[:2] <= "20":
        raise ValueError(f"{cameo!r} is no CAMEO code")
    for length in (4, 3):
        if len(cameo) >= length and cameo[:length] in BY_CODE:
            return BY_CODE[cameo[:length]]
    return BY_ROOT.get(cameo[:2])


def day_of(text: str) -> str:
    """ISO of YYYY-MM-DD, YYYYMMDD or M/D/YYYY; raises ValueError."""
    text = text.strip()
    if len(text) >= 8 and text[:8].isdigit():
        return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:8])).isoformat()
    if "/" in text:
        month, day, year = (int(part) for part in text.split("/"))
        return datetime.date(year, month, day).isoformat()
    return datetime.date.fromisoformat(text[:10]).isoformat()


def article_of(source: str, row: Row) -> CodedArticle:
    """A CodedArticle with the one event of a row. ``source``: the format's name. Raises ValueError for a type, status or date that does not exist."""
    kind = row.type.upper()
    if kind not in TYPES:
        raise ValueError(f"{row.type!r} is no PLOVER type")
    status = row.status or MADE.get(kind, "occurred")
    if status not in STATUSES:
        raise ValueError(f"{row.status!r} is no status")
    text, spans, places = _sentence(row)
    cast = [*row.sources, *row.targets]
    ids = {who: f"a{n}" for n, who in enumerate(dict.fromkeys(cast), 1)}
    actors = tuple(
        Actor(id=ids[who], name=who.name, kind="generic", country=who.country, sectors=who.sectors, mentions=tuple(places[who]), resolved_by=f"as the {source} row has it")
        for who in ids
    )  # fmt: skip
    event = Event(
        id="e1",
        type=kind,  # type: ignore[arg-type]
        mode=row.mode,
        contexts=row.contexts,
        cameo=row.cameo or _codes.cameo(kind, row.mode),
        quad=_codes.QUAD[kind],
        goldstein=row.goldstein,
        plover_score=_codes.plover_score(kind, row.mode),  # type: ignore[arg-type]
        sources=tuple(Party(actor=ids[who], text=who.name, country=who.country, sectors=who.sectors) for who in row.sources),
        targets=tuple(Party(actor=ids[who], text=who.name, country=who.country, sectors=who.sectors) for who in row.targets),
        date=EventDate(start=row.start, end=row.end or row.start, precision=row.precision) if row.start else None,
        place=row.place,
        status=status,  # type: ignore[arg-type]
        polarity="negative" if kind == "REJECT" or status == "denied" else "positive",
        confidence=row.confidence,
        decided_by=f"import:{source} {row.id}",
        reasons=row.notes,
        spans=spans,
    )  # fmt: skip
    day = row.published or row.end or row.start
    article = Article(
        id=sha256(f"{source}\n{row.id}".encode()).hexdigest()[:16],
        url=row.url,
        outlet=row.outlet,
        headline=None,
        published=day,
        published_precision="day" if day else None,
        published_window=(day, day) if day else None,
        language="en",
        text=text,
    )
    return CodedArticle(quidnunc=f"import:{source}", article=article, actors=actors, events=(event,))


def _sentence(row: Row) -> tuple[str, EventSpans, dict[Who, list[tuple[int, int]]]]:
    """``China | Make a visit | Hungary``: the row as a sentence, with the spans of its parts; or the row's own sentence."""
    found: dict[Who, list[tuple[int, int]]] = {who: [] for who in (*row.sources, *row.targets)}
    if row.text and row.label in row.text:
        start = row.text.index(row.label)
        for who in found:
            if (at := row.text.find(who.name)) >= 0 and who.name:
                found[who].append((at, at + len(who.name)))
        spans = EventSpans(
            sentence=(0, len(row.text)),
            trigger=(start, start + len(row.label)),
            sources=tuple(found[who][0] for who in row.sources if found[who]),
            targets=tuple(found[who][0] for who in row.targets if found[who]),
        )
        return row.text, spans, found
    parts: list[str] = []
    length = 0

    def put(words: str) -> tuple[int, int]:
        nonlocal length
        parts.append(words)
        length += len(words)
        return length - len(words), length

    def side(people: Sequence[Who]) -> None:
        for number, who in enumerate(people):
            if number:
                put("; ")
            span = put(who.name or "?")
            found[who].append(span)

    side(row.sources)
    put(" | ")
    trigger = put(row.label or row.type)
    put(" | ")
    side(row.targets)
    text = "".join(parts)
    spans = EventSpans(
        sentence=(0, len(text)),
        trigger=trigger,
        sources=tuple(found[who][0] for who in row.sources),
        targets=tuple(found[who][-1] for who in row.targets),
    )
    return text, spans, found
