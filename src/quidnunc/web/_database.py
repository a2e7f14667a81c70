"""The store as the desk reads it: short transactions with a time limit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from quidnunc.store import Store
from quidnunc.store._engine import connect, explained, locate, name_of
from quidnunc.web._problems import TooLong

SECONDS = 15.0
"""For one request's queries."""


class Database:
    """One database, opened once for the whole process."""

    def __init__(self, path: str) -> None:
        url = locate(path)
        self.path = path
        self.name = name_of(url)
        self.engine = connect(url, create=True)
        self.store = Store(path)
        self.sqlite = self.engine.dialect.name == "sqlite"

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

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()
        self.engine.dispose()
