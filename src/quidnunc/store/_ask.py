"""Questions in SQL that can change nothing: a read-only connection, a limit of rows and of time."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from quidnunc.errors import StoreError

ALLOWED = frozenset({
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_TRANSACTION,
})  # fmt: skip
"""What SQLite may do for a question; all else (writing, attaching files, pragmas) is refused."""
FORBIDDEN = frozenset({"load_extension", "writefile", "readfile", "edit", "fts5"})


def ask(
    engine: Engine, name: str, question: str, *, limit: int, seconds: float
) -> tuple[list[str], list[tuple[Any, ...]], bool]:
    """Column names, at most ``limit`` rows, and whether there were more. Raises StoreError for what is no question, fails or takes too long."""
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            until = time.monotonic() + seconds
            raw.set_authorizer(_authorize)
            raw.set_progress_handler(lambda: time.monotonic() > until, 10_000)
        else:
            connection.execute(text("SET TRANSACTION READ ONLY"))
            connection.execute(text(f"SET LOCAL statement_timeout = {int(seconds * 1000)}"))
        try:
            found = connection.exec_driver_sql(question)
            if not found.returns_rows:
                raise StoreError(f"{name}: that SQL returns no rows: only questions (SELECT ...) are answered")
            rows = [tuple(row) for row in found.fetchmany(limit + 1)]
            return list(found.keys()), rows[:limit], len(rows) > limit
        except SQLAlchemyError as error:
            said = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            if "interrupted" in said or "statement timeout" in said:
                said = f"it took longer than {seconds:g} seconds: narrow the question, or use the archive and DuckDB"
            elif "not authorized" in said or "prohibited" in said or "read-only" in said:
                said = "only questions (SELECT ...) are answered, nothing is changed or opened"
            raise StoreError(f"{name}: {said}") from error
        finally:
            if sqlite:
                raw.set_authorizer(None)
                raw.set_progress_handler(None, 0)


def _authorize(action: int, one: str | None, two: str | None, *_: object) -> int:
    if action not in ALLOWED or (action == sqlite3.SQLITE_FUNCTION and (two or "").lower() in FORBIDDEN):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
