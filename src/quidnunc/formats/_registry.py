"""All formats, by name."""

from quidnunc.formats import csv, jsonl, parquet, plover, polecat
from quidnunc.formats._format import Format

FORMATS: dict[str, Format] = {
    format.name: format for format in (jsonl.FORMAT, csv.FORMAT, parquet.FORMAT, plover.FORMAT, polecat.FORMAT)
}
"""Name -> format, as ``quidnunc export --format`` takes it."""
