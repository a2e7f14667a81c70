"""Lists as files: streamed, so that a million events need no memory."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

from quidnunc.formats.csv import cell
from quidnunc.store import event_columns, event_table
from quidnunc.web._database import Database
from quidnunc.web._search import Filters, Row, stream

Kind = Literal["csv", "jsonl", "parquet", "txt"]
View = Literal["coded", "corrected"]
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "txt": "text/plain; charset=utf-8",
}
LONG = 600.0
"""Seconds for a download."""


def lines(database: Database, filters: Filters, kind: Kind, view: View) -> Iterator[bytes]:
    """The file in pieces; cells that a spreadsheet would take for a formula are guarded."""
    write: Callable[[list[Row]], str] = {"csv": _csv, "jsonl": _jsonl, "txt": _citations}[kind]
    if kind == "csv":
        yield (",".join(event_columns()) + "\n").encode()
    with database.read(LONG) as connection:
        for part in stream(connection, filters, view=view):
            yield write(part).encode()


def parquet(database: Database, filters: Filters, view: View) -> Path:
    """A temporary Parquet file of them; the caller removes it."""
    from pyarrow.parquet import ParquetWriter

    empty = event_table([])
    with tempfile.NamedTemporaryFile(suffix=".parquet", delete=False) as file:
        path = Path(file.name)
    with database.read(LONG) as connection, ParquetWriter(path, empty.schema, compression="zstd") as writer:
        for part in stream(connection, filters, view=view):
            writer.write_table(event_table(part).cast(empty.schema))
    return path


def _csv(part: list[Row]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(
        [cell(row[name], spreadsheet=True) for name in event_columns()] for row in part
    )
    return text.getvalue()


def _jsonl(part: list[Row]) -> str:
    return "".join(json.dumps({name: row[name] for name in event_columns()}, ensure_ascii=False) + "\n" for row in part)


def _citations(part: list[Row]) -> str:
    return "".join(citation(row) + "\n" for row in part)


def citation(row: dict[str, Any]) -> str:
    """One event as a reader would cite it: outlet, headline, day, address, and the id that opens it."""
    said = " ".join(filter(None, (row["agency"] and f"({row['agency']})",)))
    pieces = [row["outlet"], said, row["headline"] and f"“{row['headline']}”", row["published"], row["url"], f"event {row['id']}, coded by quidnunc {row['coder']}"]  # fmt: skip
    return " ".join(", ".join(piece for piece in pieces if piece).split()) + "."
