"""Which events: the filters of the desk as SQL, values bound, never spelt out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Connection, func, literal_column, or_, select

from quidnunc.records import EventType, Status
from quidnunc.store import Selection, _corrections
from quidnunc.store._schema import articles, corrections, events
from quidnunc.store._search import LONGEST, holding
from quidnunc.store._selection import BY_DATE, FLAT

Row = dict[str, Any]
DAY = r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
Words = Annotated[str | None, Query(max_length=200)]
Day = Annotated[str | None, Query(pattern=DAY, description="YYYY, YYYY-MM or YYYY-MM-DD")]
Verdict = Literal["open", "accepted", "rejected", "changed"]
ACTIONS = {"accepted": "accept", "rejected": "reject", "changed": "change"}
NEWEST = (events.c.date_start.desc(), events.c.article.desc(), events.c.id.desc())
COUNTED = 10_000
"""Matches are counted up to here: "10,000 or more" is as good, and quick."""


class Filters(BaseModel):
    """What an event must pass; all of them."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[
        str | None, Query(max_length=LONGEST, description='words of the article; "in quotes": as a phrase')
    ] = None
    source: Words = None
    target: Words = None
    type: EventType | None = None
    status: Status | None = None
    quad: Annotated[int | None, Query(ge=1, le=4)] = None
    since: Day = None
    until: Day = None
    outlet: Words = None
    place: Words = None
    verdict: Verdict | None = None

    def conditions(self, connection: Connection) -> list[ColumnElement[bool]]:
        """The filters as SQL conditions on events joined with articles."""
        source, target = ((name or "").strip() or None for name in (self.source, self.target))
        chosen = Selection(source=source, target=target, type=self.type, status=self.status, since=self.since, until=self.until)  # fmt: skip
        found = chosen.conditions()
        if self.quad is not None:
            found.append(events.c.quad == self.quad)
        if outlet := (self.outlet or "").strip():
            found.append(func.lower(articles.c.outlet) == outlet.lower())
        if place := (self.place or "").strip():
            found.append(or_(events.c.place_country == place.upper(), func.lower(events.c.place_name) == place.lower()))
        if self.verdict is not None:
            latest = select(func.max(corrections.c.number)).group_by(corrections.c.event)
            said = select(corrections.c.event).where(corrections.c.number.in_(latest))
            if self.verdict == "open":
                found.append(events.c.id.not_in(said))
            else:
                found.append(events.c.id.in_(said.where(corrections.c.action == ACTIONS[self.verdict])))
        if self.q and any(letter.isalnum() for letter in self.q):
            found.append(holding(connection, self.q))
        return found


def page(connection: Connection, filters: Filters, limit: int, offset: int) -> tuple[list[Row], int]:
    """The events that pass, newest first and those without a date last; and how many pass, up to COUNTED."""
    keys, dated, undated = _keys(connection, filters)
    with_date = keys.where(dated)
    chosen = [tuple(row) for row in connection.execute(with_date.order_by(*NEWEST).limit(limit).offset(offset))]
    if len(chosen) == limit:
        return rows(connection, chosen), _count(connection, keys)
    before = offset + len(chosen) if chosen or not offset else _count(connection, with_date)
    rest = keys.where(undated).order_by(*NEWEST[1:]).limit(limit - len(chosen)).offset(max(0, offset - before))
    tail = [tuple(row) for row in connection.execute(rest)]
    ended = len(chosen) + len(tail) < limit and (chosen or tail or not offset)
    total = offset + len(chosen) + len(tail) if ended else _count(connection, keys)
    return rows(connection, chosen + tail), min(total, COUNTED)


def newest(connection: Connection, filters: Filters, limit: int) -> list[tuple[int, str]]:
    """(article number, event id) of the newest events that pass and have a date."""
    keys, dated, _ = _keys(connection, filters)
    return [(int(row[0]), str(row[1])) for row in connection.execute(keys.where(dated).order_by(*NEWEST).limit(limit))]


def _keys(connection: Connection, filters: Filters) -> tuple[Any, ColumnElement[bool], ColumnElement[bool]]:
    keys = select(events.c.article, events.c.id).join_from(events, articles, events.c.article == articles.c.number)
    return keys.where(*filters.conditions(connection)), *_dated(connection)


def _dated(connection: Connection) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whether an event has a date, and has none: in SQLite in the words of the index that sorts them."""
    if connection.dialect.name != "sqlite":
        return events.c.date_start.is_not(None), events.c.date_start.is_(None)
    return literal_column("(events.date_start IS NULL) = 0"), literal_column("(events.date_start IS NULL) = 1")


def _count(connection: Connection, keys: Any) -> int:
    return connection.scalar(select(func.count()).select_from(keys.limit(COUNTED).subquery())) or 0


def rows(connection: Connection, keys: list[tuple[Any, ...]]) -> list[Row]:
    """The flat rows of events given by (article number, id), in that order, each with what people said of it."""
    if not keys:
        return []
    columns = [events.c.article.label("number"), articles.c.short, *FLAT]
    query = select(*columns).join_from(events, articles, events.c.article == articles.c.number)
    query = query.where(events.c.article.in_([key[0] for key in keys]), events.c.id.in_([key[1] for key in keys]))
    found = {(row["number"], row["id"]): dict(row) for row in connection.execute(query).mappings()}
    shown = [found[key] for key in keys]
    for row, verdict in zip(shown, verdicts(connection, shown), strict=True):
        row["correction"] = verdict
    return shown


def verdicts(connection: Connection, shown: list[Row]) -> list[str | None]:
    """What people said of each row: accepted, rejected, changed or nothing."""
    said = _corrections.by_event(connection, [row["id"] for row in shown])
    return [_corrections.apply(row, said.get(row["id"], ()))[1] for row in shown]


def corrected(connection: Connection, shown: list[Row]) -> list[Row]:
    """The rows after what people said of them; rejected ones are left out."""
    said = _corrections.by_event(connection, [row["id"] for row in shown])
    after = (_corrections.apply(row, said.get(row["id"], ()))[0] for row in shown)
    return [row for row in after if row is not None]


def stream(connection: Connection, filters: Filters, *, view: Literal["coded", "corrected"] = "coded") -> Iterator[list[Row]]:  # fmt: skip
    """All events that pass as coded, by date, in pieces of 2,000."""
    query = (
        select(*FLAT)
        .join_from(events, articles, events.c.article == articles.c.number)
        .where(*filters.conditions(connection))
        .order_by(*BY_DATE)
    )
    result = connection.execution_options(yield_per=2000).execute(query).mappings()
    for part in result.partitions(2000):
        found = [dict(row) for row in part]
        yield corrected(connection, found) if view == "corrected" else found
