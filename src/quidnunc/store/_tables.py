"""Rows as Arrow tables and data frames; pyarrow, polars and pandas are loaded when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Column, Float, Integer

from quidnunc.errors import StoreError
from quidnunc.store._rows import Row
from quidnunc.store._schema import ARTICLE_COLUMNS, EVENT_COLUMNS, articles, dyads

if TYPE_CHECKING:
    import pyarrow

_DAYS = ("date_start", "date_end", "published_from", "published_to")


def event_columns() -> list[str]:
    """The columns of the flat table of events, in order."""
    return ["id", "article", *(column.name for column in (*EVENT_COLUMNS, *ARTICLE_COLUMNS))]


def event_table(rows: list[Row], *, correction: bool = False) -> pyarrow.Table:
    """Flat event rows as an Arrow table; days are dates, lists are lists. ``correction``: with a column that says what people said."""
    columns = {column.name: column for column in (*EVENT_COLUMNS, *ARTICLE_COLUMNS)}
    names = [*event_columns(), *(["correction"] if correction else [])]
    return _table(rows, {name: columns.get(name) for name in names})


def series_table(rows: list[Row]) -> pyarrow.Table:
    """Rows of the rollup as an Arrow table."""
    kept = ("month", "source", "target", "type", "status", "events", "score")
    return _table(rows, {name: dyads.c[name] for name in kept})


def article_table(rows: list[Row]) -> pyarrow.Table:
    """Rows of ``articles`` as an Arrow table."""
    kept = {column.name: column for column in articles.c if column.name not in ("coded", "current", "number")}
    return _table(rows, {**kept, "events": Column("events", Integer)})


def convert(table: pyarrow.Table, as_: str) -> Any:
    """The table as ``as_`` wants it."""
    if as_ == "arrow":
        return table
    try:
        if as_ == "pandas":
            return table.to_pandas()
        if as_ == "polars":
            import polars

            return polars.from_arrow(table)
    except ModuleNotFoundError:
        raise StoreError(f"{as_} is not installed: pip install 'quidnunc[{as_}]'") from None
    raise StoreError(f"events cannot be given as {as_!r}: choose arrow, polars or pandas")


def _table(rows: list[Row], columns: dict[str, Column[Any] | None]) -> pyarrow.Table:
    import pyarrow

    fields = [pyarrow.field(name, _type(name, column)) for name, column in columns.items()]
    arrays = []
    for field in fields:
        values = [row[field.name] for row in rows]
        array = pyarrow.array(values, pyarrow.string() if field.name in _DAYS else field.type)
        arrays.append(array.cast(field.type))
    return pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields))


def _type(name: str, column: Column[Any] | None) -> Any:
    import pyarrow

    if name in _DAYS:
        return pyarrow.date32()
    if column is None:
        return pyarrow.string()
    kinds = {
        JSON: pyarrow.list_(pyarrow.string()),
        Integer: pyarrow.int64(),
        Float: pyarrow.float64(),
        Boolean: pyarrow.bool_(),
    }
    return next((arrow for kind, arrow in kinds.items() if isinstance(column.type, kind)), pyarrow.string())
