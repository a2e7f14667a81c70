"""All formats, by name."""

from quidnunc.formats import csv, gdelt, icews, jsonl, parquet, phoenix, plover, polecat, tsv
from quidnunc.formats._format import Format

FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        jsonl.FORMAT, csv.FORMAT, tsv.FORMAT, parquet.FORMAT, plover.FORMAT, polecat.FORMAT, *gdelt.FORMATS, icews.FORMAT, *phoenix.FORMATS,
    )
}  # fmt: skip
"""Name -> format, as ``quidnunc export --format`` takes it."""
