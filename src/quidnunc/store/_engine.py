"""Opening a database, and saying in clear words why one cannot be opened, read or written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from quidnunc.errors import StoreError
from quidnunc.store import _migrate as migrate
from quidnunc.store import _search as search
from quidnunc.store._schema import SCHEMA_VERSION, meta, metadata

BUSY_SECONDS = 30
"""How long a writer waits for another one."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers and one writer at the same time
    "PRAGMA synchronous=NORMAL",  # safe when the process is killed; a power cut can undo the last batches, never tear one
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
)

_CAUSES = (
    ("file is not a database", "it is not a SQLite database: give another --db, or move the file away"),
    ("malformed", "the file is damaged: restore a copy, or save what is left with 'sqlite3 FILE .recover'"),
    ("disk image", "the file is damaged: restore a copy, or save what is left with 'sqlite3 FILE .recover'"),
    ("locked", f"another process has been writing to it for over {BUSY_SECONDS} seconds: try again later"),
    ("readonly", "it cannot be written: check the permissions of the file and its folder"),
    ("unable to open", "it cannot be opened: check the permissions of the file and its folder"),
    ("disk is full", "the disk is full: nothing of this batch was written, what was there is whole"),
    ("disk i/o error", "the disk failed or is full: nothing of this batch was written"),
)


def locate(path_or_url: str | Path) -> URL:
    """The URL of a database given as a path or as a URL; raises StoreError for one that nobody can open."""
    text = str(path_or_url)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except ArgumentError:
        raise StoreError(
            "that database URL cannot be read: write postgresql://user@host/name, or a file's path"
        ) from None
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"{text.split(':')[0]} databases are not supported: give a file's path or a postgresql:// URL")
    return url


def name_of(url: URL) -> str:
    """How messages call the database: its path, or its URL without the password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turns what the database raises into a StoreError that says what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        for sign, cause in _CAUSES:
            if sign in said.lower():
                raise StoreError(f"{name}: {cause}") from error
        raise StoreError(f"{name}: {said}") from error


def connect(url: URL, *, create: bool) -> Engine:
    """An engine on a database whose tables are there and fit; makes them in an empty one if ``create``."""
    name = name_of(url)
    if url.get_backend_name() == "sqlite":
        _check_path(url, create)
    try:
        engine = create_engine(url)
    except ModuleNotFoundError:
        raise StoreError(f"{name}: PostgreSQL needs one more package: pip install 'quidnunc[postgres]'") from None
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    try:
        with explained(name):
            _check_tables(engine, name, create)
    except StoreError:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: one at a time, others queue; all of it is kept, or nothing."""
    with engine.connect().execution_options(quidnunc_write=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE articles IN EXCLUSIVE MODE")
        yield connection


def _check_path(url: URL, create: bool) -> None:
    if not url.database or url.database == ":memory:":
        return
    path = Path(url.database)
    if path.is_dir():
        raise StoreError(f"{path}: it is a folder: give the name of a file")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist: make it first")
    if not create and not path.exists():
        raise StoreError(f"{path}: there is no such database: 'quidnunc code' makes one")


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are ours: see _begin
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: waiting half-way, with a stale view, would fail instead of queue."""
    writes = connection.get_execution_options().get("quidnunc_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _check_tables(engine: Engine, name: str, create: bool) -> None:
    with engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        if not there and create:
            version = None
        elif not set(metadata.tables) & there:
            raise StoreError(f"{name}: it holds no quidnunc tables: give another --db")
        else:
            version = (
                connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version"))
                if "meta" in there
                else None
            )
    if not there:
        _make_tables(engine)
    elif version is not None and version in migrate.STEPS:
        with writing(engine) as connection:
            migrate.to_newest(connection)
    elif version != str(SCHEMA_VERSION):
        raise StoreError(
            f"{name}: its tables are of schema version {version or 'unknown'}, this quidnunc reads version {SCHEMA_VERSION}: "
            "use the quidnunc that wrote it, or code into a new file"
        )


def _make_tables(engine: Engine) -> None:
    with engine.connect().execution_options(quidnunc_write=True) as connection, connection.begin():
        if inspect(connection).has_table("meta"):  # another process was faster
            return
        metadata.create_all(connection, checkfirst=False)
        search.prepare(connection)
        connection.execute(insert(meta).values(key="schema_version", value=str(SCHEMA_VERSION)))
