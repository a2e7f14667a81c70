"""The store: CodedArticles in, tables out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, Unpack, overload

import msgspec
from sqlalchemy import func, insert, select, update

from quidnunc.errors import StoreError
from quidnunc.records import CodedArticle
from quidnunc.store import _add, _archive, _ask, _corrections, _diff, _dyads, _search, _stories, _tables, _views
from quidnunc.store._add import Added, Outcome
from quidnunc.store._corrections import View
from quidnunc.store._engine import connect, explained, locate, name_of, writing
from quidnunc.store._ledger import Ledger
from quidnunc.store._rows import Row, StoredArticle, StoredEvent, unpack
from quidnunc.store._schema import articles, events, failures, runs
from quidnunc.store._selection import Filters, Selection
from quidnunc.store._stories import StoredStory

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Added", "Counts", "Failure", "Outcome", "Store"]

BATCH = 64
"""Articles a transaction."""

As = Literal["arrow", "polars", "pandas"]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An input that could not become an article."""

    input: str
    reason: str
    message: str


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a run's inputs."""

    inputs: int = 0
    articles: int = 0
    duplicates: int = 0
    skipped: int = 0
    failed: int = 0

    @property
    def add_up(self) -> bool:
        """The conservation law: nothing went missing, nothing was counted twice."""
        return self.inputs == self.articles + self.duplicates + self.skipped + self.failed


class Store:
    """A database of coded articles.

    >>> with Store("quidnunc.db") as store:
    ...     store.add(coded)
    ...     store.events(source="CHN", target="HUN", since="2024-02").to_pandas()

    ``path_or_url`` is a SQLite file, made if it is not there (unless ``create`` is false), or a ``postgresql://`` URL.
    A batch is written whole or not at all; readers are never blocked; a second writer waits for the first. Raises
    StoreError, here and in all methods, when the database cannot be opened, read or written.
    """

    def __init__(self, path_or_url: str | Path, *, create: bool = True) -> None:
        url = locate(path_or_url)
        self.name = name_of(url)
        self._engine = connect(url, create=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def add(self, coded: CodedArticle | Iterable[CodedArticle], *, run: int | None = None) -> Added:
        """Keep coded articles and their related cards, in transactions of 64 articles.

        The same article with the same codes changes nothing. Other codes become current, and the earlier ones stay under
        the version that made them, unless a newer version of quidnunc has coded the article already: then the new ones are
        kept beside its own.
        """
        remaining = iter((coded,) if isinstance(coded, CodedArticle) else coded)
        outcomes: list[Outcome] = []
        while batch := list(islice(remaining, BATCH)):
            with explained(self.name), writing(self._engine) as connection:
                outcomes += _add.add(connection, batch, run)
        return Added(outcomes=tuple(outcomes))

    @overload
    def events(
        self, *, as_: Literal["arrow"] = "arrow", view: View = "coded", **filters: Unpack[Filters]
    ) -> pyarrow.Table: ...
    @overload
    def events(
        self, *, as_: Literal["polars"], view: View = "coded", **filters: Unpack[Filters]
    ) -> polars.DataFrame: ...
    @overload
    def events(
        self, *, as_: Literal["pandas"], view: View = "coded", **filters: Unpack[Filters]
    ) -> pandas.DataFrame: ...
    def events(self, *, as_: As = "arrow", view: View = "coded", **filters: Unpack[Filters]) -> Any:
        """The current events that pass all filters, by date: an Arrow table, or a Polars or pandas frame.

        The filters are those of ``Selection``; docs/schema.md explains the columns. ``view``: "coded", what the coder says; "corrected", after
        what people said of it; "both", the coder's with a column ``correction`` (accepted, rejected, changed, added), and added events.
        """
        table = _tables.event_table(self.event_rows(Selection(**filters), view=view), correction=view == "both")
        return _tables.convert(table, as_)

    def event_rows(self, selection: Selection | None = None, *, view: View = "coded") -> list[Row]:
        """The same events as dicts."""
        wanted = selection or Selection()
        with explained(self.name), self._engine.connect() as connection:
            if view == "coded":
                return [dict(row) for row in connection.execute(wanted.query()).mappings()]
            return _views.rows(connection, wanted, view)

    def correct(
        self,
        event_id: str,
        action: _corrections.Action,
        *,
        author: str,
        field: str | None = None,
        value: Any = None,
        note: str | None = None,
    ) -> _corrections.Correction:
        """Write down what a person says of an event: accept, reject, change a field, or add one to an article.

        ``event_id``: an event's id or its beginning; to add one, the article's short id. ``value``: of a change the new value (lists also as text with
        ``|`` between), of an added event its columns. Raises StoreError for an event, a field or a value that does not exist.
        """
        coder: str | None = None
        if action == "add":
            event_id = self._new_event(event_id)
        else:
            stored = self.event(event_id) if not self._is_added(event_id) else None
            event_id = stored.id if stored else event_id
            coder = stored.coded.quidnunc if stored else None
        with explained(self.name), writing(self._engine) as connection:
            return _corrections.write(
                connection,
                event=event_id,
                coder=coder,
                author=author,
                action=action,
                field=field,
                value=value,
                note=note,
            )

    def _is_added(self, event_id: str) -> bool:
        with explained(self.name), self._engine.connect() as connection:
            return any(one.action == "add" for one in _corrections.read(connection, [event_id]))

    def _new_event(self, short: str) -> str:
        with explained(self.name), self._engine.connect() as connection:
            if (
                connection.scalar(select(articles.c.number).where(articles.c.short == short.split(":")[0]).limit(1))
                is None
            ):
                raise StoreError(
                    f"{self.name}: there is no article {short!r}: give the letters that its events' ids begin with"
                )
            taken = sum(one.action == "add" for one in _corrections.read(connection))
        return f"{short.split(':')[0]}:p{taken + 1}"

    def corrections(self) -> list[_corrections.Correction]:
        """All corrections, in the order in which they were made."""
        with explained(self.name), self._engine.connect() as connection:
            return _corrections.read(connection)

    def series(self, source: str, target: str, *, both: bool = True, as_: As = "arrow") -> Any:
        """Events and PLOVER scores of a pair of countries by month, direction, type and status; ``both``: what the target does to the source too."""
        with explained(self.name), self._engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(_dyads.series(source, target, both=both)).mappings()]
        return _tables.convert(_tables.series_table(rows), as_)

    def search(self, words: str, *, limit: int = 50) -> list[Row]:
        """The current articles that hold all words (``"in quotes"`` as a phrase), the best first, each with a piece of its text."""
        with explained(self.name), self._engine.connect() as connection:
            return _search.find(connection, words, limit)

    def find_stories(self) -> int:
        """Give every article that has none its story, in transactions of 64 articles; how many there were.

        What an article joins is judged once, when it is placed; it takes some milliseconds, however many are stored.
        """
        placed = 0
        while True:
            with explained(self.name), writing(self._engine) as connection:
                count, _ = _stories.find(connection, BATCH)
            placed += count
            if count < BATCH:
                return placed

    def reports(self) -> list[tuple[str, str, str]]:
        """Event, happening (the event id of its first report) and origin of every event with a story, by event."""
        with explained(self.name), self._engine.connect() as connection:
            return _stories.reported(connection)

    def stories(self, *, least: int = 2, limit: int = 50) -> list[Row]:
        """Stories of at least ``least`` articles, those told by most independent texts first, as ``find_stories`` left them."""
        with explained(self.name), self._engine.connect() as connection:
            return _stories.listed(connection, least, limit)

    def story(self, article: str) -> StoredStory:
        """The story to which an article belongs, given the article's id or its beginning. Raises StoreError where none or several fit."""
        with explained(self.name), self._engine.connect() as connection:
            name, members = _stories.members(connection, article)
            told = _stories.told(connection, members)
        if not members:
            why = (
                "several stories have articles that begin so: give more letters"
                if name
                else "no article with a story begins so"
            )
            raise StoreError(f"{self.name}: {article}: {why}; 'quidnunc stories' lists them")  # fmt: skip
        return StoredStory(name, tuple(members), tuple(told))

    def sql(
        self, question: str, *, limit: int = 10_000, seconds: float = 60.0
    ) -> tuple[list[str], list[tuple[Any, ...]], bool]:
        """Column names, at most ``limit`` rows, and whether there are more. Nothing can be written; raises StoreError after ``seconds``."""
        return _ask.ask(self._engine, self.name, question, limit=limit, seconds=seconds)

    def diff(self, old: str, new: str) -> tuple[list[_diff.Change], Counter[str]]:
        """What changed from one version of the coder to another, over the articles that both have coded; and counts."""
        with explained(self.name), self._engine.connect() as connection:
            return _diff.diff(connection, old, new)

    def archive(self, folder: str | Path) -> dict[str, Any]:
        """Write everything current as partitioned Parquet with a checksummed manifest, which is returned."""
        with explained(self.name):
            return _archive.archive(self._engine, Path(folder))

    def articles(self, *, as_: As = "arrow") -> Any:
        """The current articles, in order of arrival, without their blocks: an Arrow table, Polars or pandas frame."""
        columns = [column for column in articles.c if column.name not in ("coded", "current", "number")]
        count = select(func.count()).where(events.c.article == articles.c.number).scalar_subquery().label("events")
        query = select(*columns, count).where(articles.c.current.is_(True)).order_by(articles.c.number)
        with explained(self.name), self._engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
        return _tables.convert(_tables.article_table(rows), as_)

    def event(self, event_id: str, *, coder: str | None = None) -> StoredEvent:
        """One event with its article; ``event_id`` may be cut short as long as one event fits.

        ``coder`` picks the codes of that version of quidnunc instead of the current ones. Raises StoreError if no event or
        several fit.
        """
        begins = events.c.id.startswith(event_id, autoescape=True)
        query = select(events.c.id, articles.c.coded).join_from(events, articles, events.c.article == articles.c.number)
        query = query.where(articles.c.current.is_(True) if coder is None else articles.c.coder == coder)
        query = query.where(begins).order_by(articles.c.number.desc(), events.c.id).limit(50)
        with explained(self.name), self._engine.connect() as connection:
            found = {str(row.id): bytes(row.coded) for row in reversed(connection.execute(query).all())}
        if event_id not in found and len(found) != 1:
            raise StoreError(_not_one(self.name, event_id, sorted(found)))
        full = event_id if event_id in found else next(iter(found))
        coded = unpack(found[full])
        local = full.rsplit(":", 1)[1]
        return StoredEvent(id=full, event=next(event for event in coded.events if event.id == local), coded=coded)

    def coded(self, selection: Selection | None = None) -> Iterator[StoredArticle]:
        """The current articles as they were added, in order of arrival, related cards after their page.

        With filters: only articles with an event that passes, and in ``StoredArticle.events`` only those events.
        """
        wanted: dict[str, set[str]] | None = None
        if selection is not None and (selection.filters or selection.limit is not None):
            wanted = {}
            for row in self.event_rows(selection):
                short, local = row["id"].rsplit(":", 1)
                wanted.setdefault(short, set()).add(local)
        query = (
            select(articles.c.short, articles.c.coded).where(articles.c.current.is_(True)).order_by(articles.c.number)
        )
        with explained(self.name), self._engine.connect() as connection:
            for short, packed in connection.execution_options(yield_per=200).execute(query):
                if wanted is None or short in wanted:
                    coded = unpack(packed)
                    chosen = (event for event in coded.events if wanted is None or event.id in wanted[short])
                    yield StoredArticle(short=short, coded=coded, events=tuple(chosen))

    def ledger(self) -> Ledger:
        """The ledger of what is watched (``quidnunc watch``)."""
        return Ledger(self._engine, self.name)

    def begin_run(self, coder: str) -> int:
        """Open a row in ``runs``; returns its number."""
        with explained(self.name), writing(self._engine) as connection:
            number = (connection.scalar(select(func.max(runs.c.number))) or 0) + 1
            connection.execute(insert(runs).values(number=number, coder=coder, started=_now()))
        return number

    def end_run(self, number: int, counts: Counts, failed: Iterable[Failure] = ()) -> None:
        """Close a row in ``runs`` with its counts and the inputs that failed; raises StoreError if they do not add up."""
        if not counts.add_up:
            raise StoreError(f"{self.name}: run {number} does not add up: {counts}")
        rows = [
            {"run": number, "position": position, **msgspec.structs.asdict(one)} for position, one in enumerate(failed)
        ]
        with explained(self.name), writing(self._engine) as connection:
            values = {**msgspec.structs.asdict(counts), "finished": _now()}
            connection.execute(update(runs).where(runs.c.number == number).values(values))
            if rows:
                connection.execute(insert(failures), rows)

    def runs(self) -> list[Row]:
        """The runs, oldest first, as dicts."""
        with explained(self.name), self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(runs).order_by(runs.c.number)).mappings()]


def _not_one(name: str, event_id: str, found: list[str]) -> str:
    if not found:
        return f"{name}: there is no event {event_id!r}: 'quidnunc show' lists them"
    shown = ", ".join(chain(found[:5], ["..."] if len(found) > 5 else []))
    return f"{name}: {event_id!r} fits several events: {shown}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
