"""Which events: the filters of the desk as SQL, values bound, never spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Connection, and_, column, func, literal_column, or_, select, table, tuple_

from quidnunc.records import EventType, Status
from quidnunc.store._schema import ARTICLE_COLUMNS, EVENT_COLUMNS, articles, events, parties
from quidnunc.store._selection import first_day, last_day
from quidnunc.web._database import corrections

Row = dict[str, Any]
DAY = r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
Words = Annotated[str | None, Query(max_length=200)]
Day = Annotated[str | None, Query(pattern=DAY, description="YYYY, YYYY-MM or YYYY-MM-DD")]
COUNTED = 10_000
"""Matches are counted up to here: "10,000 or more" is as good, and quick."""


class Filters(BaseModel):
    """What an event must pass; all of them."""

    model_config = ConfigDict(extra="forbid")

    q: Words = None
    source: Words = None
    target: Words = None
    type: EventType | None = None
    status: Status | None = None
    quad: Annotated[int | None, Query(ge=1, le=4)] = None
    since: Day = None
    until: Day = None
    outlet: Words = None
    place: Words = None
    verdict: Literal["accept", "reject", "edit", "open"] | None = None

    def conditions(self, *, sqlite: bool) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [articles.c.current.is_(True)]
        for side in ("source", "target"):
            if who := getattr(self, side):
                found.append(_party(side, who.strip()))
        for name in ("type", "status", "quad"):
            if (value := getattr(self, name)) is not None:
                found.append(events.c[name] == value)
        if self.since:
            found.append(events.c.date_end >= first_day(self.since))
        if self.until:
            found.append(events.c.date_start <= last_day(self.until))
        if self.outlet:
            found.append(func.lower(articles.c.outlet) == self.outlet.strip().lower())
        if self.place:
            found.append(or_(events.c.place_country == self.place.strip().upper(), func.lower(events.c.place_name) == self.place.strip().lower()))  # fmt: skip
        if self.verdict:
            latest = select(corrections.c.event).where(_latest())
            found.append(events.c.id.not_in(latest) if self.verdict == "open" else events.c.id.in_(latest.where(corrections.c.verdict == self.verdict)))  # fmt: skip
        if self.q and (words := re.findall(r"\w+", self.q.replace("\0", " "))):
            if sqlite:
                index = table("desk_words", column("rowid"))
                match = literal_column("desk_words").op("MATCH")(" ".join(f'"{word}"' for word in words))
                found.append(literal_column("events.rowid").in_(select(index.c.rowid).where(match)))
            else:
                found += [events.c.sentence.icontains(word, autoescape=True) for word in words]
        return found


def _latest() -> ColumnElement[bool]:
    newest = select(func.max(corrections.c.number)).group_by(corrections.c.event)
    return corrections.c.number.in_(newest)


def _party(side: str, who: str) -> ColumnElement[bool]:
    if re.fullmatch(r"[A-Za-z]{3}", who):
        same: ColumnElement[bool] = parties.c.country == who.upper()
    else:
        same = or_(func.lower(parties.c.name) == who.lower(), func.lower(parties.c.text) == who.lower())
    found = select(parties.c.article, parties.c.event).where(and_(parties.c.side == side, same))
    return tuple_(events.c.article, events.c.id).in_(found)


def count(connection: Connection, filters: Filters, *, sqlite: bool) -> int:
    """How many pass, up to COUNTED."""
    query = select(events.c.id).join_from(events, articles, events.c.article == articles.c.number)
    inner = query.where(*filters.conditions(sqlite=sqlite)).limit(COUNTED).subquery()
    return connection.scalar(select(func.count()).select_from(inner)) or 0


def page(connection: Connection, filters: Filters, limit: int, offset: int, *, sqlite: bool) -> list[Row]:
    """The events that pass, newest first; keys are sorted before anything wide is read."""
    keys = (
        select(events.c.article, events.c.id)
        .join_from(events, articles, events.c.article == articles.c.number)
        .where(*filters.conditions(sqlite=sqlite))
        .order_by(events.c.date_start.desc().nulls_last(), events.c.article.desc(), events.c.id)
        .limit(limit).offset(offset)
    )  # fmt: skip
    chosen = [tuple(row) for row in connection.execute(keys)]
    return rows(connection, chosen)


def rows(connection: Connection, keys: list[tuple[Any, ...]]) -> list[Row]:
    """The flat rows of events given by (article number, id), in that order, each with its latest verdict."""
    if not keys:
        return []
    columns = [events.c.article.label("number"), events.c.id, articles.c.short, articles.c.id.label("article"), *(events.c[c.name] for c in EVENT_COLUMNS), *ARTICLE_COLUMNS]  # fmt: skip
    query = select(*columns).join_from(events, articles, events.c.article == articles.c.number)
    query = query.where(tuple_(events.c.article, events.c.id).in_(keys))
    found = {(row["number"], row["id"]): dict(row) for row in connection.execute(query).mappings()}
    marks = verdicts(connection, [str(key[1]) for key in keys])
    for key in keys:
        found[key]["verdict"] = marks.get(str(key[1]))
    return [found[key] for key in keys]


def verdicts(connection: Connection, ids: list[str]) -> dict[str, str]:
    """The latest verdict on each event that has one."""
    query = select(corrections.c.event, corrections.c.verdict).where(corrections.c.event.in_(ids)).order_by(corrections.c.number)  # fmt: skip
    return {str(event): str(verdict) for event, verdict in connection.execute(query)}


def stream(connection: Connection, filters: Filters, *, sqlite: bool) -> Iterator[list[Row]]:
    """All events that pass, by date, in pieces of 2,000."""
    columns = [events.c.id, articles.c.id.label("article"), *(events.c[c.name] for c in EVENT_COLUMNS), *ARTICLE_COLUMNS]  # fmt: skip
    query = (
        select(*columns)
        .join_from(events, articles, events.c.article == articles.c.number)
        .where(*filters.conditions(sqlite=sqlite))
        .order_by(events.c.date_start.nulls_first(), events.c.article, events.c.id)
    )
    result = connection.execution_options(yield_per=2000).execute(query).mappings()
    for part in result.partitions(2000):
        yield [dict(row) for row in part]
