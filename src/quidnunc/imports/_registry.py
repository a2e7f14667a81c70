"""All importers, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quidnunc.errors import InputError
from quidnunc.imports import _annotations, _own, _tables
from quidnunc.imports._coded import Row, article_of
from quidnunc.imports._files import Tally
from quidnunc.records import CodedArticle
from quidnunc.store import Store


@dataclass(frozen=True)
class Importer:
    """A format that can be read: its rows, or whole articles."""

    name: str
    is_from: str
    rows: Callable[[Path, Tally], Iterator[tuple[int, Any]]]


FORMATS: dict[str, Importer] = {
    importer.name: importer
    for importer in (
        Importer("gdelt", "GDELT 2.0 and 1.0 event files", _tables.read_gdelt),
        Importer("icews", "ICEWS's yearly files", _tables.read_icews),
        Importer("polecat", "POLECAT's weekly files", _tables.read_polecat),
        Importer("phoenix", "the Cline Center's Phoenix files", _tables.read_phoenix),
        Importer("phoenix-daily", "the daily Phoenix files", _tables.read_phoenix_daily),
        Importer("plover", "PLOVER JSON records", _own.read_plover),
        Importer("table", "a CSV or TSV coded by hand, or written by export", _own.read_table),
        Importer("jsonl", "quidnunc's own articles", _own.read_jsonl),
        Importer("brat", "brat: a folder or zip of .txt and .ann", _annotations.read_brat),
        Importer("labelstudio", "Label Studio: tasks with annotations, JSON", _annotations.read_labelstudio),
        Importer("inception", "INCEpTION: a zip of UIMA CAS XMI or JSON", _annotations.read_inception),
    )
}
"""Name -> importer, as ``quidnunc import --format`` takes it."""


def read(path: str | Path, format: str, tally: Tally | None = None) -> Iterator[CodedArticle]:
    """The events of a file as articles of one event each (annotations and jsonl: whole articles), in order.

    A row that cannot be read is counted in ``tally`` with the reason and stops nothing. Raises InputError for a file that is not of the format.
    """
    if format not in FORMATS:
        raise InputError(f"there is no import format {format!r}: choose from {', '.join(FORMATS)}")
    counted = tally if tally is not None else Tally()
    for number, row in FORMATS[format].rows(Path(path), counted):
        if row is None:
            counted.without += 1
            continue
        try:
            article = article_of(format, row) if isinstance(row, Row) else row
        except ValueError as error:
            counted.refuse(number, str(error))
            continue
        counted.events += len(article.events)
        counted.without += not article.events
        yield article


def load(store: Store, path: str | Path, format: str) -> Tally:
    """Read a file into a store; the same file twice changes nothing."""
    tally = Tally()
    store.add(read(path, format, tally))
    return tally
