"""What the views ask of the store: an article, a dyad, the world, a story."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, text

from quidnunc import stories
from quidnunc._why import fields
from quidnunc.errors import StoreError
from quidnunc.store._rows import unpack
from quidnunc.store._schema import articles, events
from quidnunc.web._database import corrections
from quidnunc.web._search import Row, rows

NEAR = 3
"""Days between reports of one happening."""


def article(connection: Connection, short: str) -> Row:
    """An article with all its codes, the reasons for each field, and its corrections."""
    query = select(articles.c.coded, articles.c.short).where(articles.c.short == short, articles.c.current.is_(True))
    found = connection.execute(query).first()
    if found is None:
        raise StoreError(f"there is no article {short!r}")
    coded = unpack(bytes(found.coded))
    plain = coded.to_dict()
    ids = [f"{short}:{event.id}" for event in coded.events]
    history = reviews(connection, ids)
    for event, shown in zip(coded.events, plain["events"], strict=True):
        shown["event"] = f"{short}:{event.id}"
        shown["why"] = [{"field": name, "value": value, "because": because} for name, value, because in fields(coded, event)]  # fmt: skip
        shown["reviews"] = history.get(shown["event"], [])
    return {"short": short, **plain}


def reviews(connection: Connection, ids: list[str]) -> dict[str, list[Row]]:
    """The corrections of events, oldest first."""
    found: dict[str, list[Row]] = {}
    query = select(corrections).where(corrections.c.event.in_(ids)).order_by(corrections.c.number)
    for row in connection.execute(query).mappings():
        found.setdefault(row["event"], []).append({**row, "changes": json.loads(row["changes"])})
    return found


def review(connection: Connection, event: str, verdict: str, changes: Row, note: str | None) -> Row:
    """Write down a correction; earlier ones are kept."""
    query = select(articles.c.coder).join_from(events, articles, events.c.article == articles.c.number)
    coder = connection.scalar(query.where(events.c.id == event, articles.c.current.is_(True)))
    if coder is None:
        raise StoreError(f"there is no event {event!r}")
    number = (connection.scalar(select(func.max(corrections.c.number))) or 0) + 1
    row = {"number": number, "event": event, "coder": coder, "verdict": verdict, "changes": json.dumps(changes, ensure_ascii=False), "note": note, "at": datetime.now(UTC).isoformat(timespec="seconds")}  # fmt: skip
    connection.execute(insert(corrections).values(**row))
    return {**row, "changes": changes}


def dyad(connection: Connection, a: str, b: str) -> Row:
    """Both directions of a pair of countries by month, type and quad."""
    query = text(
        "SELECT source, target, month, type, quad, n, score FROM desk_dyads "
        "WHERE (source = :a AND target = :b) OR (source = :b AND target = :a) ORDER BY month, source, type"
    )
    return {"a": a, "b": b, "series": [dict(row) for row in connection.execute(query, {"a": a, "b": b}).mappings()]}


def world(connection: Connection, since: str | None, until: str | None) -> Row:
    """Pairs, countries and movers of a period; a mover is held to its own mean over the year before."""
    span = connection.execute(text("SELECT min(month) a, max(month) b FROM desk_dyads WHERE month <= :now"), {"now": f"{datetime.now(UTC):%Y-%m}"}).one()  # fmt: skip
    if span.b is None:
        return {"since": since, "until": until, "first": None, "last": None, "pairs": [], "movers": []}
    last = f"{until}-12"[:7] if until else span.b
    first = f"{since}-01"[:7] if since else _months_before(last, 11)
    pairs = [dict(row) for row in connection.execute(text(
        "SELECT source, target, sum(n) n, sum(score) / sum(n) score, sum(CASE WHEN quad <= 2 THEN n ELSE 0 END) cooperation "
        "FROM desk_dyads WHERE month BETWEEN :a AND :b GROUP BY source, target ORDER BY sum(n) DESC, source, target LIMIT 600"
    ), {"a": first, "b": last}).mappings()]  # fmt: skip
    before = _months_before(last, 12)
    movers = [dict(row) for row in connection.execute(text(
        "SELECT source, target, sum(CASE WHEN month = :last THEN n ELSE 0 END) now, "
        "sum(CASE WHEN month < :last THEN n ELSE 0 END) / 12.0 usual FROM desk_dyads WHERE month BETWEEN :before AND :last "
        "GROUP BY source, target HAVING sum(n) >= 3"
    ), {"last": last, "before": before}).mappings()]  # fmt: skip
    for one in movers:
        one["change"] = (one["now"] - one["usual"]) / (one["usual"] + 1) ** 0.5
    movers.sort(key=lambda one: (-abs(one["change"]), one["source"], one["target"]))
    return {"since": first, "until": last, "first": span.a, "last": span.b, "pairs": pairs, "movers": movers[:12]}


def _months_before(month: str, back: int) -> str:
    index = max(int(month[:4]) * 12 + int(month[5:7]) - 1 - back, 12)
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def story(connection: Connection, short: str) -> Row:
    """The article and others within three days that tell of the same, as ``stories.compare`` judges, with their events."""
    columns = (articles.c.number, articles.c.short, articles.c.headline, articles.c.outlet, articles.c.agency, articles.c.published, articles.c.published_to, articles.c.text, articles.c.url)  # fmt: skip
    own = connection.execute(select(*columns).where(articles.c.short == short, articles.c.current.is_(True))).mappings().first()  # fmt: skip
    if own is None:
        raise StoreError(f"there is no article {short!r}")
    near: list[Row] = []
    if own["published_to"]:
        day = date.fromisoformat(own["published_to"])
        bounds = ((day - timedelta(NEAR)).isoformat(), (day + timedelta(NEAR)).isoformat())
        shared = text(
            "SELECT a.number FROM articles a CROSS JOIN parties p "  # in this order: few articles are near
            "WHERE p.article = a.number AND a.published_to BETWEEN :low AND :high AND a.current AND a.number <> :own AND p.country IN "
            "(SELECT country FROM parties WHERE article = :own) GROUP BY a.number "
            "ORDER BY count(DISTINCT p.country) DESC, a.number LIMIT 60"
        )
        numbers = list(connection.scalars(shared, {"low": bounds[0], "high": bounds[1], "own": own["number"]}))
        near = [dict(row) for row in connection.execute(select(*columns).where(articles.c.number.in_(numbers))).mappings()]  # fmt: skip
    reports = [{**own, "verdict": "this"}]
    for other in near:
        verdict = stories.compare(_told(dict(own)), _told(other))
        if verdict != "different":
            reports.append({**other, "verdict": verdict})
    keys = [tuple(row) for row in connection.execute(select(events.c.article, events.c.id).where(events.c.article.in_([one["number"] for one in reports])).order_by(events.c.article, events.c.id))]  # fmt: skip
    told = rows(connection, keys)
    for one in reports:
        one["events"] = [row for row in told if row["number"] == one["number"]]
        one["text"] = one["text"][:600]
    origins = {one["agency"] or one["outlet"] or one["short"] for one in reports if one["verdict"] != "copy"}
    return {"short": short, "headline": own["headline"], "reports": reports, "origins": len(origins)}


def _told(row: Row) -> Any:
    return {"title": row["headline"] or "", "text": row["text"][:20_000], "date": row["published_to"], "source": row["outlet"] or ""}  # fmt: skip


def recent_stories(connection: Connection, limit: int) -> list[Row]:
    """Days, types and pairs that more than one of the latest articles tell of: where a story is likely."""
    recent = connection.execute(text(
        "SELECT e.date_start, e.type, e.source_countries, e.target_countries, a.short, a.headline, a.outlet FROM events e "
        "JOIN articles a ON a.number = e.article WHERE a.current AND e.date_start IS NOT NULL "
        "ORDER BY e.date_start DESC, e.article LIMIT 3000"
    )).mappings()  # fmt: skip
    found: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in recent:
        key = (row["date_start"], row["type"], str(row["source_countries"]), str(row["target_countries"]))
        found.setdefault(key, {})[row["short"]] = dict(row)
    several = [list(told.values()) for told in found.values() if len(told) > 1]
    several.sort(key=lambda told: (told[0]["date_start"], len(told), told[0]["short"]), reverse=True)
    chosen, seen = [], set[str]()
    for told in several:
        if told[0]["short"] not in seen:
            chosen.append({"short": told[0]["short"], "headline": told[0]["headline"], "day": told[0]["date_start"], "type": told[0]["type"], "reports": len(told), "outlets": sorted({one["outlet"] or "" for one in told} - {""})[:6]})  # fmt: skip
        seen.update(one["short"] for one in told)
    return chosen[:limit]


