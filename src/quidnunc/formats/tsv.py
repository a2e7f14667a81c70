"""The columns of csv between tabs, nothing quoted: for command-line tools."""

from __future__ import annotations

from typing import BinaryIO

from quidnunc.formats._format import Format, Options
from quidnunc.formats.csv import cell
from quidnunc.store import Selection, Store
from quidnunc.store import event_columns as names


def write(store: Store, selection: Selection, file: BinaryIO, options: Options) -> int:
    """UTF-8 with a header; lists are joined with "; ", tabs and line breaks become spaces, an unknown value is an empty cell."""
    file.write(("\t".join(names()) + "\n").encode())
    rows = store.event_rows(selection)
    for row in rows:
        cells = (cell(row[name], spreadsheet=options.spreadsheet).replace("\t", " ") for name in names())
        file.write(("\t".join(cells) + "\n").encode("utf-8", "replace"))
    return len(rows)


FORMAT = Format(
    name="tsv",
    suffix=".tsv",
    is_for="command-line tools, R, Stata",
    loses="spans and reasons; lists are joined with '; ' into one cell; tabs within cells; articles without events",
    write=write,
)
