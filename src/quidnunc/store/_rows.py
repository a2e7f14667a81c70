"""CodedArticles as rows of the tables, and back."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

import msgspec

from quidnunc.records import Actor, CodedArticle, Event, Party, Span, Statement

Row = dict[str, Any]

SHORT = 8
"""Letters of an article's id that stand for it, as long as they are unique in the store."""

_LEVEL = 3
"""zlib level: 6 takes three times as long for a tenth less."""


class StoredArticle(msgspec.Struct, frozen=True, kw_only=True):
    """A CodedArticle as the store holds it, without its related cards; they are stored as articles of their own."""

    short: str
    """What its events' ids begin with."""
    coded: CodedArticle
    events: tuple[Event, ...]
    """Those of its events that were asked for."""

    def event_id(self, event: Event) -> str:
        """The event's id in the store, such as ``3fa9c2d1:e4``."""
        return f"{self.short}:{event.id}"


class StoredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event and the article it was read from."""

    id: str
    event: Event
    coded: CodedArticle


def short_id(article_id: str, parent: str | None = None, length: int = SHORT) -> str:
    """The first letters of an article's id.

    Past the end of the id (a card and a full article may share one) letters of a hash with the parent follow.
    """
    if length <= len(article_id):
        return article_id[:length]
    tail = sha256(f"{parent or ''}\n{article_id}".encode()).hexdigest()
    return article_id + tail[: length - len(article_id)]


def encoded(coded: CodedArticle) -> tuple[bytes, str]:
    """The article without its related cards as JSON, and its SHA-256."""
    plain = msgspec.json.encode(msgspec.structs.replace(coded, related=()) if coded.related else coded)
    return plain, sha256(plain).hexdigest()


def pack(coded: CodedArticle) -> tuple[bytes, str]:
    """The same compressed, as a database keeps it."""
    plain, digest = encoded(coded)
    return zlib.compress(plain, _LEVEL), digest


def by_year(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Flat rows of events by the year of their first possible day, ``unknown`` where there is none; sorted."""
    years: dict[str, list[Row]] = {}
    for row in rows:
        years.setdefault(row["date_start"][:4] if row["date_start"] else "unknown", []).append(row)
    return dict(sorted(years.items()))


def unpack(packed: bytes) -> CodedArticle:
    """What ``pack`` packed."""
    return msgspec.json.decode(zlib.decompress(packed), type=CodedArticle)


def article_row(coded: CodedArticle) -> Row:
    """The columns of ``articles`` that come from the article itself."""
    article = coded.article
    window = article.published_window or (None, None)
    return {
        "id": article.id,
        "parent": coded.parent,
        "coder": coded.quidnunc,
        "url": article.url,
        "outlet": article.outlet,
        "agency": article.agency,
        "section": article.section,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "authors": list(article.authors),
        "published": article.published,
        "published_precision": article.published_precision,
        "published_from": window[0],
        "published_to": window[1],
        "modified": article.modified,
        "dateline": article.dateline,
        "language": article.language,
        "paywalled": article.paywalled,
        "licence": article.licence,
        "skipped": coded.skipped,
        "text": article.text,
    }


def detail_rows(coded: CodedArticle, number: int, short: str) -> Iterator[tuple[str, Row]]:
    """The rows of all other tables, each with the name of its table."""
    for position, block in enumerate(coded.article.blocks):
        text_start, text_end = block.text_span or (None, None)
        yield "blocks", {
            "article": number, "position": position, "kind": block.kind, "text": block.text, "page_start": block.page_span[0],
            "page_end": block.page_span[1], "text_start": text_start, "text_end": text_end, "because": block.because,
        }  # fmt: skip
    for actor in coded.actors:
        yield "actors", _actor_row(actor, number)
        for position, (start, end) in enumerate(actor.mentions):
            yield "mentions", {"article": number, "actor": actor.id, "position": position, "start": start, "end": end}
    for statement in coded.statements:
        yield "statements", _statement_row(statement, number)
    names = {actor.id: actor.name for actor in coded.actors}
    for event, row in zip(coded.events, event_rows(coded, short, only_event=True), strict=True):
        yield "events", {"article": number, **row}
        for side, sides, spans in (("source", event.sources, event.spans.sources), ("target", event.targets, event.spans.targets)):  # fmt: skip
            for position, party in enumerate(sides):
                span = spans[position] if position < len(spans) else None
                yield "parties", {"article": number, "event": row["id"], "side": side, **_party_row(party, position, span, names)}  # fmt: skip


def _actor_row(actor: Actor, number: int) -> Row:
    return {
        "article": number, "id": actor.id, "name": actor.name, "kind": actor.kind, "country": actor.country, "role": actor.role,
        "sectors": list(actor.sectors), "aliases": list(actor.aliases), "resolved_by": actor.resolved_by,
    }  # fmt: skip


def _statement_row(statement: Statement, number: int) -> Row:
    return {
        "article": number, "id": statement.id, "speaker": statement.speaker, "speaker_text": statement.speaker_text,
        "cue": statement.cue, "stance": statement.stance, "direct": statement.direct, "addressee": statement.addressee,
        "chain": list(statement.chain), "content": [list(span) for span in statement.content],
    }  # fmt: skip


def _party_row(party: Party, position: int, span: Span | None, names: dict[str, str]) -> Row:
    start, end = span or (None, None)
    return {
        "position": position, "actor": party.actor, "name": names.get(party.actor, party.text), "text": party.text,
        "country": party.country, "sectors": list(party.sectors), "start": start, "end": end,
    }  # fmt: skip


def event_rows(coded: CodedArticle, short: str | None = None, *, only_event: bool = False) -> Iterator[Row]:
    """The article's events as flat rows: the columns of ``Store.events``, in its order.

    ``only_event`` leaves out what is the article's (headline, outlet, ...).
    """
    article = coded.article
    short = short or short_id(article.id, coded.parent)
    names = {actor.id: actor.name for actor in coded.actors}
    statements = {statement.id: statement for statement in coded.statements}
    around = {
        "headline": article.headline, "outlet": article.outlet, "agency": article.agency, "section": article.section,
        "url": article.url, "published": article.published, "parent": coded.parent, "coder": coded.quidnunc,
    }  # fmt: skip
    for event in coded.events:
        said = statements.get(event.attribution) if event.attribution else None
        row = {
            "id": f"{short}:{event.id}",
            **({} if only_event else {"article": article.id}),
            **_act_columns(event),
            **_side_columns("source", event.sources, names),
            **_side_columns("target", event.targets, names),
            **_date_and_place_columns(event),
            "status": event.status,
            "polarity": event.polarity,
            "reported_by": said.speaker_text if said else None,
            "stance": said.stance if said else None,
            "chain": list(said.chain) if said else [],
            "confidence": event.confidence,
            "decided_by": event.decided_by,
            "trigger": article.text[slice(*event.spans.trigger)],
            "sentence": article.text[slice(*event.spans.sentence)],
        }
        yield row if only_event else {**row, **around}


def _act_columns(event: Event) -> Row:
    return {
        "type": event.type, "mode": event.mode, "own_type": event.own_type, "contexts": list(event.contexts), "cameo": event.cameo, "quad": event.quad,
        "goldstein": event.goldstein, "plover_score": event.plover_score,
    }  # fmt: skip


def _side_columns(side: str, sides: tuple[Party, ...], names: dict[str, str]) -> Row:
    return {
        f"{side}_names": [names.get(party.actor, party.text) for party in sides],
        f"{side}_countries": [party.country for party in sides],
        f"{side}_sectors": [" ".join(party.sectors) for party in sides],
    }


def _date_and_place_columns(event: Event) -> Row:
    date, place = event.date, event.place
    return {
        "date_start": date.start if date else None,
        "date_end": date.end if date else None,
        "date_precision": date.precision if date else None,
        "date_text": date.text if date else None,
        "place_name": place.name if place else None,
        "place_country": place.country if place else None,
        "place_admin1": place.admin1 if place else None,
        "place_lat": place.lat if place else None,
        "place_lon": place.lon if place else None,
        "place_geonames": place.geonames if place else None,
        "place_precision": place.precision if place else None,
    }
