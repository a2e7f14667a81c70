"""The ledger of what is watched: what was seen, asked, fetched and coded, committed with the rows that came of it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, func, insert, or_, select, update

from quidnunc.records import CodedArticle
from quidnunc.store import _add
from quidnunc.store._add import Outcome
from quidnunc.store._engine import explained, writing
from quidnunc.store._ledger_schema import alerts, hosts, pages, sources
from quidnunc.store._rows import Row
from quidnunc.store._schema import articles, dyads, events, parties, runs

STATES = ("queued", "fetched", "coded", "skipped", "duplicate", "moved", "failed")
"""What can become of a page; every page is in one of them."""

_CHUNK = 500


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A page that a source names."""

    url: str
    host: str
    published: str | None = None
    hops: int = 0


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a rule wants told."""

    rule: str
    key: str
    to: str
    message: str
    events: tuple[str, ...] = ()


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a page's content."""

    number: int
    values: dict[str, Any]
    """New values of its row."""
    coded: CodedArticle | None = None
    """To be stored."""


class Ledger:
    """Reads and writes the tables sources, hosts, pages and alerts. Each method is one transaction."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def watch(self, wanted: Mapping[str, str], now: float) -> None:
        """Poll these sources (URL to kind) from now on, and no others but those that they name."""
        with explained(self._name), writing(self._engine) as connection:
            known = set(connection.scalars(select(sources.c.url)))
            new = [_source(url, kind, None, now) for url, kind in wanted.items() if url not in known]
            if new:
                connection.execute(insert(sources), new)
            for url, kind in wanted.items():
                again = func.coalesce(sources.c.due, now)
                connection.execute(
                    update(sources).where(sources.c.url == url).values(kind=kind, parent=None, due=again)
                )
            dropped = sources.c.url.not_in(wanted) & or_(sources.c.parent.is_(None), sources.c.parent.not_in(wanted))
            connection.execute(update(sources).where(dropped).values(due=None))

    def sources(self) -> list[Row]:
        """All sources, as dicts."""
        return self._rows(select(sources).order_by(sources.c.url))

    def hosts(self) -> list[Row]:
        """All hosts, as dicts."""
        return self._rows(select(hosts).order_by(hosts.c.name))

    def host(self, name: str, values: Mapping[str, Any]) -> None:
        """Write down what is known of a host."""
        with explained(self._name), writing(self._engine) as connection:
            _host(connection, name, values)

    def polled(
        self,
        url: str,
        values: Mapping[str, Any],
        links: Sequence[Link] = (),
        children: Iterable[str] = (),
        *,
        now: float,
    ) -> tuple[list[Row], list[Row]]:
        """A source answered: its row, the pages that it names, and the sitemaps; returns the pages to ask now, and the new sitemaps."""
        with explained(self._name), writing(self._engine) as connection:
            new = _new_pages(connection, links, url, now)
            again = _changed_pages(connection, links, now)
            connection.execute(
                update(sources).where(sources.c.url == url).values(**values, links=sources.c.links + len(new))
            )
            known = set(connection.scalars(select(sources.c.url)))
            more = [_source(child, "sitemap", url, now) for child in children if child not in known]
            if more:
                connection.execute(insert(sources), more)
        empty = {"etag": None, "last_modified": None, "polled": None}
        return new + again, [{**empty, **row} for row in more]

    def due_pages(self) -> list[Row]:
        """Every page that is to be asked some time."""
        return self._rows(_asked().where(pages.c.due.is_not(None)).order_by(pages.c.due, pages.c.number))

    def page_of(self, url: str) -> Row | None:
        """The page of a canonical URL."""
        found = self._rows(_asked().where(pages.c.url == url))
        return found[0] if found else None

    def page(self, number: int) -> Row | None:
        """The page of a number."""
        found = self._rows(_asked().where(pages.c.number == number))
        return found[0] if found else None

    def taken_up(self, numbers: Sequence[int]) -> None:
        """These pages are about to be coded: what kills the process is known by not coming back."""
        with explained(self._name), writing(self._engine) as connection:
            connection.execute(update(pages).where(pages.c.number.in_(numbers)).values(attempts=pages.c.attempts + 1))

    def land(self, number: int, values: Mapping[str, Any], host: tuple[str, Mapping[str, Any]] | None = None) -> None:
        """A request for a page was answered, or failed."""
        with explained(self._name), writing(self._engine) as connection:
            connection.execute(update(pages).where(pages.c.number == number).values(**values))
            if host is not None:
                _host(connection, *host)

    def moved(self, number: int, values: Mapping[str, Any], link: Link, source: str, now: float) -> Row | None:
        """A page sends us on: marks it, and puts the other page into the queue unless it is known; returns it if it is new."""
        with explained(self._name), writing(self._engine) as connection:
            new = _new_pages(connection, [link], source, now)
            target = connection.scalar(select(pages.c.number).where(pages.c.url == link.url))
            connection.execute(update(pages).where(pages.c.number == number).values(**values, same_as=target))
        return new[0] if new else None

    def fetched(self, limit: int) -> list[Row]:
        """Pages with content to be coded, in order, the content unpacked."""
        query = select(pages).where(pages.c.state == "fetched").order_by(pages.c.number).limit(limit)
        return [{**row, "body": zlib.decompress(row["body"] or zlib.compress(b""))} for row in self._rows(query)]

    def twin(self, page: Row, *, digest: str | None = None, words: str | None = None) -> int | None:
        """An earlier or coded page with the same content on the same host, or of the same words; its number."""
        same = pages.c.digest == digest if digest is not None else pages.c.words == words
        query = (
            select(pages.c.number)
            .where(same, pages.c.host == page["host"], pages.c.number != page["number"])
            .where(pages.c.state.in_(("coded", "skipped")) & (pages.c.article != (page["article"] or "")))
            .order_by(pages.c.number)
            .limit(1)
        )
        with explained(self._name), self._engine.connect() as connection:
            return connection.scalar(query)

    def holder(self, article: str, number: int) -> int | None:
        """The other page that an article was coded from."""
        query = select(pages.c.number).where(pages.c.article == article, pages.c.number != number)
        with explained(self._name), self._engine.connect() as connection:
            return connection.scalar(query.order_by(pages.c.number).limit(1))

    def coded(
        self,
        done: Sequence[Coded],
        run: int,
        tally: Mapping[str, int],
        raise_alerts: Callable[[Sequence[tuple[CodedArticle, Outcome]]], Sequence[Alert]],
        now: float,
    ) -> list[Outcome | None]:
        """Store what was coded, with the pages' rows, the run's counts and the alerts: all of it or nothing."""
        with explained(self._name), writing(self._engine) as connection:
            stored = [one.coded for one in done if one.coded is not None]
            outcomes = _add.add(connection, stored, run)
            for one in done:
                connection.execute(update(pages).where(pages.c.number == one.number).values(**one.values))
            connection.execute(update(runs).where(runs.c.number == run).values(**tally))
            _raise(connection, raise_alerts(list(zip(stored, outcomes, strict=True))), now)
        waiting = iter(outcomes)
        return [None if one.coded is None else next(waiting) for one in done]

    def known_pairs(self, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of some pairs of countries between which there is an event already."""
        wanted = sorted(set(pairs))
        found: set[tuple[str, str]] = set()
        with explained(self._name), self._engine.connect() as connection:
            for source in sorted({pair[0] for pair in wanted}):
                targets = [pair[1] for pair in wanted if pair[0] == source]
                query = select(dyads.c.target).where(dyads.c.source == source, dyads.c.target.in_(targets))
                found |= {(source, target) for target in connection.scalars(query.where(dyads.c.events > 0).distinct())}
        return found

    def days(self, conditions: Mapping[str, Sequence[str]], first: str, last: str) -> dict[str, int]:
        """Current events a day, from one day to another, that pass: ``type``, ``status``, ``source``, ``target``: lists of values."""
        query = (
            select(events.c.date_end, func.count())
            .join_from(events, articles, events.c.article == articles.c.number)
            .where(articles.c.current.is_(True), events.c.date_end >= first, events.c.date_end <= last)
            .group_by(events.c.date_end)
        )
        for side in ("source", "target"):
            if conditions.get(side):
                party = select(parties.c.event).where(
                    parties.c.article == events.c.article, parties.c.event == events.c.id, parties.c.side == side,
                    parties.c.country.in_(conditions[side]),
                )  # fmt: skip
                query = query.where(party.exists())
        for name in ("type", "status"):
            if conditions.get(name):
                query = query.where(events.c[name].in_(conditions[name]))
        with explained(self._name), self._engine.connect() as connection:
            return {str(day): int(count) for day, count in connection.execute(query)}

    def raise_alerts(self, raised: Sequence[Alert], now: float) -> None:
        """Write alerts down; those that were raised before are left out."""
        if raised:
            with explained(self._name), writing(self._engine) as connection:
                _raise(connection, raised, now)

    def undelivered(self, now: float) -> list[Row]:
        """Alerts that are to be sent now, in order."""
        return self._rows(select(alerts).where(alerts.c.due <= now).order_by(alerts.c.number).limit(100))

    def delivered(self, number: int, values: Mapping[str, Any]) -> None:
        """An alert was sent, or could not be."""
        with explained(self._name), writing(self._engine) as connection:
            connection.execute(update(alerts).where(alerts.c.number == number).values(**values))

    def retry(self, reason: str, now: float) -> int:
        """Put the pages that failed for a reason into the queue again; returns how many."""
        failed = (pages.c.state == "failed") & (pages.c.reason == reason)
        values = {"state": "queued", "due": now, "attempts": 0, "reason": None, "message": None, "body": None}
        with explained(self._name), writing(self._engine) as connection:
            return connection.execute(update(pages).where(failed).values(values)).rowcount

    def counts(self) -> dict[str, int]:
        """Pages by state, every state named; their sum is the number of pages."""
        with explained(self._name), self._engine.connect() as connection:
            query = select(pages.c.state, func.count()).group_by(pages.c.state)
            found = {str(state): int(count) for state, count in connection.execute(query)}
        return {state: found.get(state, 0) for state in STATES}

    def reasons(self) -> dict[str, int]:
        """Failed pages by reason."""
        query = select(pages.c.reason, func.count()).where(pages.c.state == "failed").group_by(pages.c.reason)
        with explained(self._name), self._engine.connect() as connection:
            return {str(reason): int(count) for reason, count in connection.execute(query)}

    def retracted(self, limit: int = 20) -> list[Row]:
        """Pages that were withdrawn after they had been coded, the latest first."""
        columns = (pages.c.url, pages.c.article, pages.c.retracted, pages.c.retraction)
        query = (
            select(*columns).where(pages.c.retracted.is_not(None)).order_by(pages.c.retracted.desc(), pages.c.number)
        )
        return self._rows(query.limit(limit))

    def alerts(self, limit: int = 20) -> list[Row]:
        """The latest alerts, newest first."""
        return self._rows(select(alerts).order_by(alerts.c.number.desc()).limit(limit))

    def _rows(self, query: Any) -> list[Row]:
        with explained(self._name), self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _asked() -> Any:
    """What the one who asks has to know of a page."""
    names = ("number", "url", "host", "source", "state", "due", "attempts", "hops", "checks", "etag", "last_modified", "digest", "article", "same_as", "retracted", "status")  # fmt: skip
    return select(*(pages.c[name] for name in names))


def _source(url: str, kind: str, parent: str | None, now: float) -> Row:
    return {
        "url": url, "kind": kind, "parent": parent, "due": now, "failures": 0, "message": "not asked yet", "links": 0, "left_out": 0,
    }  # fmt: skip


def _host(connection: Connection, name: str, values: Mapping[str, Any]) -> None:
    if not connection.execute(update(hosts).where(hosts.c.name == name).values(**values)).rowcount:
        connection.execute(insert(hosts).values(**{"name": name, "until": 0.0, "failures": 0, **values}))


def _new_pages(connection: Connection, links: Sequence[Link], source: str, now: float) -> list[Row]:
    """The pages of these links that were never seen, put into the queue."""
    known: set[str] = set()
    for start in range(0, len(links), _CHUNK):
        chunk = [link.url for link in links[start : start + _CHUNK]]
        known.update(connection.scalars(select(pages.c.url).where(pages.c.url.in_(chunk))))
    number = connection.scalar(select(func.max(pages.c.number))) or 0
    new = []
    for link in links:
        if link.url not in known:
            known.add(link.url)
            number += 1
            new.append({
                "number": number, "url": link.url, "host": link.host, "source": source, "found": iso(now), "published": link.published,
                "state": "queued", "due": now, "attempts": 0, "hops": link.hops, "checks": 0,
            })  # fmt: skip
    if new:
        connection.execute(insert(pages), new)
    empty = {"etag": None, "last_modified": None, "digest": None, "article": None, "same_as": None, "retracted": None, "status": None}  # fmt: skip
    return [{**row, **empty} for row in new]


def _changed_pages(connection: Connection, links: Sequence[Link], now: float) -> list[Row]:
    """Pages that were coded before the source says that they were published or changed: to be asked again."""
    dated = {link.url: link.published for link in links if link.published}
    urls = sorted(dated)
    again = []
    for start in range(0, len(urls), _CHUNK):
        chunk = urls[start : start + _CHUNK]
        query = _asked().add_columns(pages.c.fetched).where(pages.c.url.in_(chunk), pages.c.state == "coded")
        for row in connection.execute(query).mappings():
            if row["fetched"] and _moment(dated[row["url"]]) > _moment(row["fetched"]):
                connection.execute(update(pages).where(pages.c.number == row["number"]).values(due=now))
                again.append({**row, "due": now})
    return again


def _raise(connection: Connection, raised: Sequence[Alert], now: float) -> None:
    number = connection.scalar(select(func.max(alerts.c.number))) or 0
    for one in raised:
        same = (alerts.c.rule == one.rule) & (alerts.c.key == one.key) & (alerts.c.to == one.to)
        if connection.scalar(select(alerts.c.number).where(same)) is None:
            number += 1
            row = {**msgspec.structs.asdict(one), "events": list(one.events), "number": number, "made": iso(now), "attempts": 0, "due": now}  # fmt: skip
            connection.execute(insert(alerts).values(row))


def iso(now: float) -> str:
    """Seconds since 1970 as UTC, ISO 8601."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")


def _moment(text: str | None) -> float:
    """ISO 8601 as seconds since 1970; 0 for what cannot be read."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return 0.0
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
