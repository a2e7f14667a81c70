"""One batch into the tables: what is new, what replaces what, what changes nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from quidnunc.records import CodedArticle
from quidnunc.store._dyads import count
from quidnunc.store._rows import SHORT, Row, article_row, detail_rows, pack, short_id
from quidnunc.store._schema import articles, metadata

Change = Literal["added", "updated", "unchanged"]

Key = tuple[str, str | None]
"""Article id and parent: a card and the full article behind it may have the same id."""

T = TypeVar("T")

_CHUNK = 500
"""Values in one IN (...): databases have limits."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one article given to ``Store.add``."""

    short: str
    """What the ids of its events begin with."""
    change: Change
    cards: tuple[Outcome, ...] = ()
    """The same for its related cards."""

    def counted(self, coded: CodedArticle) -> Literal["articles", "duplicates", "skipped"]:
        """Under which of ``Counts`` the article falls."""
        return "duplicates" if self.change == "unchanged" else "skipped" if coded.skipped else "articles"


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What ``Store.add`` did: one outcome for each article given, in order."""

    outcomes: tuple[Outcome, ...] = ()

    def _count(self, change: Change) -> int:
        return sum(outcome.change == change for outcome in self.outcomes)

    @property
    def added(self) -> int:
        """Articles that were not in the store."""
        return self._count("added")

    @property
    def updated(self) -> int:
        """Articles that were there with other codes."""
        return self._count("updated")

    @property
    def unchanged(self) -> int:
        """Articles that were there with the same codes."""
        return self._count("unchanged")


class _Revision(msgspec.Struct):
    """A row of ``articles``, as far as it matters here."""

    number: int
    short: str
    coder: str
    digest: str
    current: bool


class _Batch:
    """The rows of one transaction, gathered before they are written: a table at a time is much faster."""

    def __init__(self, connection: Connection, coded: Sequence[CodedArticle], run: int | None) -> None:
        self.connection = connection
        self.run = run
        keys = [_key(one) for article in coded for one in (article, *article.related)]
        self.known = _revisions(connection, {article_id for article_id, _ in keys})
        self.shorts = _shorts(connection, keys)
        self.last = connection.scalar(select(func.max(articles.c.number))) or 0
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.retired: set[int] = set()
        self.restored: set[int] = set()

    def add(self, coded: CodedArticle) -> Outcome:
        """Decide on one article, then on its related cards, and gather their rows."""
        short, change = self._decide(coded)
        return Outcome(short=short, change=change, cards=tuple(self.add(card) for card in coded.related))

    def _decide(self, coded: CodedArticle) -> tuple[str, Change]:
        key = _key(coded)
        packed, digest = pack(coded)
        revisions = self.known[key]
        same = next((one for one in revisions if (one.coder, one.digest) == (coded.quidnunc, digest)), None)
        current = next((one for one in revisions if one.current), None)
        short = revisions[0].short if revisions else self._new_short(key)
        change: Change = "updated" if revisions else "added"
        if same is not None and (same.current or (current is not None and _newer(current.coder, same.coder))):
            return short, "unchanged"
        takes_over = current is None or not _newer(current.coder, coded.quidnunc)
        if takes_over and current is not None:
            current.current = False
            self.retired.add(current.number)
            self.restored.discard(current.number)
        if same is not None:
            same.current = True
            self.restored.add(same.number)
            self.retired.discard(same.number)
        else:
            self._gather(coded, short, packed, digest, takes_over)
        return short, change

    def _gather(self, coded: CodedArticle, short: str, packed: bytes, digest: str, current: bool) -> None:
        self.last += 1
        revision = _Revision(number=self.last, short=short, coder=coded.quidnunc, digest=digest, current=current)
        self.known[_key(coded)].append(revision)
        row = {
            "number": self.last,
            "short": short,
            "digest": digest,
            "current": current,
            "run": self.run,
            "coded": packed,
        }
        self.rows["articles"].append({**article_row(coded), **row})
        for table, detail in detail_rows(coded, self.last, short):
            self.rows[table].append(detail)

    def _new_short(self, key: Key) -> str:
        length = SHORT
        while (short := short_id(*key, length=length)) in self.shorts:
            length += 2
        self.shorts.add(short)
        return short

    def write(self) -> None:
        """Everything gathered, in the order in which the tables refer to each other."""
        for table in metadata.sorted_tables:
            if rows := self.rows.get(table.name):
                self.connection.execute(insert(table), rows)
        new = {row["number"] for row in self.rows["articles"] if row["current"]}
        born = {row["number"] for row in self.rows["articles"]}
        count(self.connection, (new - self.retired) | (self.restored - born), 1)
        count(self.connection, self.retired - born, -1)
        for numbers, current in ((self.retired, False), (self.restored, True)):
            for chunk in _chunks(sorted(numbers)):
                self.connection.execute(update(articles).where(articles.c.number.in_(chunk)).values(current=current))


def add(connection: Connection, coded: Sequence[CodedArticle], run: int | None) -> list[Outcome]:
    """Add a batch within the transaction that is open on ``connection``."""
    batch = _Batch(connection, coded, run)
    outcomes = [batch.add(one) for one in coded]
    batch.write()
    return outcomes


def _key(coded: CodedArticle) -> Key:
    return coded.article.id, coded.parent


def _revisions(connection: Connection, ids: Iterable[str]) -> defaultdict[Key, list[_Revision]]:
    """What the store holds of these articles, oldest first."""
    found: defaultdict[Key, list[_Revision]] = defaultdict(list)
    columns = (articles.c[name] for name in ("id", "parent", "number", "short", "coder", "digest", "current"))
    query = select(*columns).order_by(articles.c.number)
    for chunk in _chunks(sorted(ids)):
        for article_id, parent, *rest in connection.execute(query.where(articles.c.id.in_(chunk))):
            number, short, coder, digest, current = rest
            found[article_id, parent].append(_Revision(number, short, coder, digest, current))
    return found


def _shorts(connection: Connection, keys: Iterable[Key]) -> set[str]:
    """The short ids already taken among those that these articles could want."""
    wanted = sorted({short_id(*key, length=length) for key in keys for length in range(SHORT, SHORT + 20, 2)})
    taken: set[str] = set()
    for chunk in _chunks(wanted):
        taken.update(connection.scalars(select(articles.c.short).where(articles.c.short.in_(chunk))))
    return taken


def _chunks(values: Sequence[T]) -> Iterable[Sequence[T]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


def _newer(one: str, other: str) -> bool:
    """Whether a version comes after another: numbers are compared as numbers."""
    return _parts(one) > _parts(other)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
