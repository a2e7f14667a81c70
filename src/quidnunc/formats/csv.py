"""One event a row, everything in cells: for R, Stata and spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from quidnunc.formats._format import Format, Options
from quidnunc.store import Selection, Store
from quidnunc.store import event_columns as names

BETWEEN = "; "
"""Between the members of a list in one cell."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(store: Store, selection: Selection, file: BinaryIO, options: Options) -> int:
    """UTF-8 with a header; lists are joined, line breaks become spaces, an unknown value is an empty cell."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(names())
    rows = store.event_rows(selection)
    for row in rows:
        lines.writerow(cell(row[name], spreadsheet=options.spreadsheet) for name in names())
    text.flush()
    text.detach()
    return len(rows)


def cell(value: Any, *, spreadsheet: bool = False) -> str:
    """A value as the text of a cell; numbers are never guarded, they cannot be formulas."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = joined(value)
    if not isinstance(value, str):
        return str(value)
    line = " ".join(value.replace("\0", " ").splitlines())
    return f"'{line}" if spreadsheet and line.startswith(_FORMULA) else line


def joined(values: Iterable[str | None]) -> str:
    """A list in one cell; an unknown member leaves its place empty, so that columns stay aligned."""
    members = [(value or "").replace(BETWEEN, ", ") for value in values]
    return BETWEEN.join(members) if any(members) else ""


FORMAT = Format(
    name="csv",
    suffix=".csv",
    is_for="R, Stata, spreadsheets",
    loses="spans and reasons; lists are joined with '; ' into one cell; articles without events",
    write=write,
)
