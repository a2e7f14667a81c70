"""The store as the desk reads it: short transactions with a time limit, and tables of the desk's own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, Float, Integer, MetaData, Table, Text
from sqlalchemy.exc import OperationalError

from quidnunc.store._engine import connect, explained, locate, name_of, writing
from quidnunc.web._problems import TooLong

SECONDS = 15.0
"""For one request's queries."""

own = MetaData()

dyads = Table(
    "desk_dyads", own,
    Column("source", Text, primary_key=True), Column("target", Text, primary_key=True),
    Column("month", Text, primary_key=True), Column("type", Text, primary_key=True),
    Column("quad", Integer, nullable=False), Column("n", Integer, nullable=False), Column("score", Float, nullable=False),
)  # fmt: skip
corrections = Table(
    "desk_corrections", own,
    Column("number", Integer, primary_key=True, autoincrement=False), Column("event", Text, nullable=False, index=True),
    Column("coder", Text, nullable=False), Column("verdict", Text, nullable=False), Column("changes", Text, nullable=False),
    Column("note", Text), Column("at", Text, nullable=False),
)  # fmt: skip
facts = Table("desk_facts", own, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))


class Database:
    """One database, opened once for the whole process."""

    def __init__(self, path: str) -> None:
        url = locate(path)
        self.path = path
        self.name = name_of(url)
        self.engine = connect(url, create=True)
        self.sqlite = self.engine.dialect.name == "sqlite"
        with self.write() as connection:
            own.create_all(connection)
            if self.sqlite:
                connection.exec_driver_sql(
                    "CREATE VIRTUAL TABLE IF NOT EXISTS desk_words USING fts5(sentence, content='', tokenize='unicode61')"
                )

    @contextmanager
    def read(self, seconds: float = SECONDS) -> Iterator[Connection]:
        """A transaction that reads, and is stopped after so many seconds with TooLong."""
        late = False
        with explained(self.name), self.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            deadline = time.monotonic() + seconds

            def check() -> int:
                nonlocal late
                late = time.monotonic() > deadline
                return int(late)

            if self.sqlite:
                raw.set_progress_handler(check, 20_000)
            else:
                connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
            try:
                yield connection
            except OperationalError as error:
                if late or "timeout" in str(error):
                    raise TooLong(f"it took over {seconds:.0f} seconds: narrow the search, or ask for a shorter time") from error  # fmt: skip
                raise
            finally:
                if self.sqlite:
                    raw.set_progress_handler(None, 0)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes."""
        with explained(self.name), writing(self.engine) as connection:
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()
