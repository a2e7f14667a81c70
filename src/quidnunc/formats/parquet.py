"""One event a row with real lists, dates and numbers: for DuckDB, Polars, Arrow and Spark."""

from __future__ import annotations

from typing import BinaryIO

from quidnunc._version import __version__
from quidnunc.formats._format import Format, Options
from quidnunc.store import Selection, Store, event_table


def write(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """The table of ``Store.events``, zstd-compressed; the credit that GeoNames asks for is in its metadata."""
    from pyarrow import parquet

    table = event_table(store.event_rows(selection))
    facts = {"quidnunc": __version__, "credits": "places: GeoNames.org, CC BY 4.0"}
    parquet.write_table(table.replace_schema_metadata(facts), file, compression="zstd")
    return int(table.num_rows)


FORMAT = Format(
    name="parquet",
    suffix=".parquet",
    is_for="DuckDB, Polars, Arrow, Spark",
    loses="spans and reasons; articles without events",
    write=write,
)
