"""The store as partitioned Parquet with a checksummed manifest: what DuckDB, Polars, R and Spark read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, select

from quidnunc.errors import StoreError
from quidnunc.store import _tables
from quidnunc.store._rows import Row, by_year
from quidnunc.store._schema import SCHEMA_VERSION, articles, corrections
from quidnunc.store._selection import Selection

if TYPE_CHECKING:
    import pyarrow

MANIFEST = "manifest.json"
CHUNK = 50_000
"""Events held in memory at once."""


def archive(engine: Engine, folder: Path) -> dict[str, Any]:
    """Write ``events/year=YYYY/part-N.parquet``, ``articles/`` and ``corrections/``; returns the manifest.

    The folder must be new or hold an earlier archive, whose files are replaced; the manifest is written last, so that a folder without one is not whole.
    """
    import pyarrow

    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise StoreError(f"{folder}: it holds other files: name a new folder, or one with an earlier archive")
    earlier = (
        json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"] if (folder / MANIFEST).exists() else {}
    )
    (folder / MANIFEST).unlink(missing_ok=True)
    files: dict[str, dict[str, Any]] = {}
    with engine.connect() as connection:
        parts: dict[str, int] = {}
        for rows in _chunks(connection.execution_options(yield_per=2000).execute(Selection().query()).mappings()):
            for year, some in by_year(rows).items():
                name = f"events/year={year}/part-{parts.get(year, 0)}.parquet"
                parts[year] = parts.get(year, 0) + 1
                files[name] = _write(folder / name, _tables.event_table(some))
        columns = [c for c in articles.c if c.name not in ("coded", "current", "number")]
        found = connection.execute(
            select(*columns).where(articles.c.current.is_(True)).order_by(articles.c.number)
        ).mappings()
        for number, rows in enumerate(_chunks(found)):
            name = f"articles/part-{number}.parquet"
            files[name] = _write(
                folder / name, _tables.article_table([{**row, "events": None} for row in rows]).drop_columns(["events"])
            )
        said = [dict(row) for row in connection.execute(select(corrections).order_by(corrections.c.number)).mappings()]
        if said:
            plain = [{**row, "value": json.dumps(row["value"])} for row in said]
            files["corrections/part-0.parquet"] = _write(
                folder / "corrections/part-0.parquet", pyarrow.Table.from_pylist(plain)
            )
    for name in set(earlier) - set(files):
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()):
            path.unlink(missing_ok=True)
    manifest = {"format": "quidnunc archive", "schema_version": SCHEMA_VERSION, "files": dict(sorted(files.items()))}
    _replace(folder / MANIFEST, json.dumps(manifest, indent=1).encode())
    return manifest


def check(folder: Path) -> list[str]:
    """What is wrong with an archive: files that are missing or were changed; empty if it is whole."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder}: it holds no archive that was written to its end ({error})") from error
    wrong = []
    for name, facts in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            wrong.append(f"{name} is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != facts["sha256"]:
            wrong.append(f"{name} was changed")
    return wrong


def _chunks(rows: Any) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(dict(row))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _write(path: Path, table: pyarrow.Table) -> dict[str, Any]:
    import pyarrow
    from pyarrow import parquet

    path.parent.mkdir(parents=True, exist_ok=True)
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    content = sink.getvalue().to_pybytes()
    _replace(path, content)
    return {"rows": table.num_rows, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _replace(path: Path, content: bytes) -> None:
    """All of the file or nothing."""
    beside = path.with_suffix(path.suffix + ".new")
    beside.write_bytes(content)
    os.replace(beside, path)
