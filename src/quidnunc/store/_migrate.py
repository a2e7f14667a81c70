"""From older tables to the newest, step by step, in the transaction that opens the database."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, select, update

from quidnunc.store import _dyads, _search
from quidnunc.store._ledger_schema import LEDGER_TABLES
from quidnunc.store._schema import EVENTS_DATE, PARTIES_INDEXES, SCHEMA_VERSION, STORY_TABLES, corrections, dyads, meta


def _to_2(connection: Connection) -> None:
    """Version 2 (0.1.0): types of one's own, corrections, the rollup of dyads, full-text search."""
    connection.exec_driver_sql("ALTER TABLE events ADD COLUMN own_type TEXT")
    for table in (corrections, dyads):
        table.create(connection)
    _search.prepare(connection)
    _search.rebuild(connection)
    _dyads.count_all(connection)


def _to_3(connection: Connection) -> None:
    """Version 3 (0.1.0): indexes by name, and in the order of the flat table; stories and happenings."""
    for old in ("events_date", "parties_country"):
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {old}")
    for table in STORY_TABLES:
        table.create(connection)
    for index in (EVENTS_DATE, *PARTIES_INDEXES):
        index.create(connection)


def _to_4(connection: Connection) -> None:
    """Version 4 (0.1.0): the ledger of what is watched."""
    for table in LEDGER_TABLES:
        table.create(connection)


STEPS: dict[str, Callable[[Connection], None]] = {"1": _to_2, "2": _to_3, "3": _to_4}
"""Version that is found to the step that leads to the next."""


def to_newest(connection: Connection) -> None:
    """Take every step that is missing; another process may have been faster."""
    while True:
        version = connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version"))
        step = STEPS.get(str(version))
        if step is None or version == str(SCHEMA_VERSION):
            return
        step(connection)
        connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=str(int(str(version)) + 1)))
