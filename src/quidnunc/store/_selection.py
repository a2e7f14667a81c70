"""Which events: the filters that the library, ``quidnunc show`` and ``quidnunc export`` share."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Any, TypedDict, get_args

import msgspec
from sqlalchemy import ColumnElement, Select, func, select, tuple_, union

from quidnunc.errors import StoreError
from quidnunc.records import EventType, Status
from quidnunc.store._schema import ARTICLE_COLUMNS, EVENT_COLUMNS, articles, events, parties

FLAT: tuple[ColumnElement[Any], ...] = (
    events.c.id, articles.c.id.label("article"), *(events.c[column.name] for column in EVENT_COLUMNS), *ARTICLE_COLUMNS,
)  # fmt: skip
"""The columns of the flat table of events, and its order: by date, those without one last, then by article and id."""
BY_DATE = (events.c.date_start.is_(None), events.c.date_start, events.c.article, events.c.id)

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Filters(TypedDict, total=False):
    """The fields of ``Selection``, as keyword arguments."""

    source: str | None
    target: str | None
    type: str | None
    status: str | None
    since: str | None
    until: str | None
    limit: int | None


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Filters, all of which an event must pass; None lets everything through.

    ``source`` and ``target`` take a country or organisation code (CHN, UNO) or a name (Viktor Orban), in any case of
    letters. ``since`` and ``until`` take YYYY, YYYY-MM or YYYY-MM-DD; an event passes if it can have happened in that
    time, one without a date does not. Raises StoreError for a type, status or date that does not exist.
    """

    source: str | None = None
    target: str | None = None
    type: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        _check("type", self.type and self.type.upper(), get_args(EventType))
        _check("status", self.status and self.status.lower(), get_args(Status))
        for bound in (self.since, self.until):
            if bound is not None:
                first_day(bound)
        if self.limit is not None and self.limit < 0:
            raise StoreError(f"limit {self.limit} is below zero")

    @property
    def filters(self) -> bool:
        """Whether it leaves anything out, the limit apart."""
        return any((self.source, self.target, self.type, self.status, self.since, self.until))

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filters as SQL conditions, values bound, never spelt out."""
        found: list[ColumnElement[bool]] = [articles.c.current.is_(True)]
        if self.source is not None:
            found.append(_takes_part("source", self.source))
        if self.target is not None:
            found.append(_takes_part("target", self.target))
        if self.type is not None:
            found.append(events.c.type == self.type.upper())
        if self.status is not None:
            found.append(events.c.status == self.status.lower())
        if self.since is not None:
            found.append(events.c.date_end >= first_day(self.since))
        if self.until is not None:
            found.append(events.c.date_start <= last_day(self.until))
        return found

    def query(self) -> Select[tuple[object, ...]]:
        """The flat table of the events selected, by date, then by id."""
        joined = events.join(articles, events.c.article == articles.c.number)
        if self.limit is None:
            return select(*FLAT).select_from(joined).where(*self.conditions()).order_by(*BY_DATE)
        first = select(events.c.article, events.c.id).select_from(joined).where(*self.conditions())
        few = first.order_by(*BY_DATE).limit(self.limit).subquery("few")  # sorts keys, not whole rows
        of_few = (events.c.article == few.c.article) & (events.c.id == few.c.id)
        return select(*FLAT).select_from(few.join(events, of_few).join(articles)).order_by(*BY_DATE)

    def holds(self, row: dict[str, Any]) -> bool:
        """Whether a flat row passes the filters, as the query decides it."""
        for side, who in (("source", self.source), ("target", self.target)):
            if who is not None:
                countries, names = row[f"{side}_countries"], row[f"{side}_names"]
                if who.upper() not in countries and who.lower() not in [str(name).lower() for name in names]:
                    return False
        if self.type is not None and row["type"] != self.type.upper():
            return False
        if self.status is not None and row["status"] != self.status.lower():
            return False
        if self.since is not None and (row["date_end"] or "") < first_day(self.since):
            return False
        return self.until is None or (row["date_start"] or "9999") <= last_day(self.until)


def _takes_part(side: str, who: str) -> ColumnElement[bool]:
    """Whether an event has this actor on this side: three questions, each with an index of its own."""
    same = (parties.c.country == who.upper(), func.lower(parties.c.name) == who.lower(), func.lower(parties.c.text) == who.lower())  # fmt: skip
    found = (select(parties.c.article, parties.c.event).where(one, parties.c.side == side) for one in same)
    return tuple_(events.c.article, events.c.id).in_(union(*found))


def _check(what: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value is not None and value not in allowed:
        raise StoreError(f"there is no {what} {value!r}: choose from {', '.join(allowed)}")


def first_day(when: str) -> str:
    """The first day of a year, month or day, ISO: ``2024-02`` gives ``2024-02-01``."""
    year, month, day = _parts(when)
    return f"{year:04}-{month or 1:02}-{day or 1:02}"


def last_day(when: str) -> str:
    """The last day of a year, month or day, ISO: ``2024-02`` gives ``2024-02-29``."""
    year, month, day = _parts(when)
    month = month or 12
    return f"{year:04}-{month:02}-{day or monthrange(year, month)[1]:02}"


def _parts(when: str) -> tuple[int, int, int]:
    match = _DAY.fullmatch(when)
    year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    if not year or month > 12 or day > monthrange(year, month or 1)[1]:
        raise StoreError(f"{when!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
    return year, month, day
