"""Parquet: each row a page, read in small batches and only the columns that are used."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from quidnunc.errors import InputError, TooLarge
from quidnunc.pages.carriers._columns import fields_of, missing_columns, row_page
from quidnunc.pages.carriers._gzip import is_bomb
from quidnunc.pages.carriers._limits import MAX_DOCUMENT, MAX_RATIO, flaw, megabytes, record_name
from quidnunc.pages.carriers._reader import Head, Reader, Source
from quidnunc.records import Page

BATCH = 16
"""Rows read at a time: of pages at the size limit, 160 MB."""
MAX_GROUP = 1_000_000_000
"""Bytes of a row group, unpacked: its column pages must fit in memory."""


def _recognises(head: Head) -> bool:
    return head.data.startswith(b"PAR1")


def _read(source: Source) -> Iterator[Page | InputError]:
    import pyarrow as pa  # loaded when the first Parquet file is met
    import pyarrow.parquet as pq

    file = source.file
    if file is None:
        file = io.BytesIO(source.whole(4 * MAX_DOCUMENT))
    packed, number = file.seek(0, io.SEEK_END), 0
    file.seek(0)
    try:
        table = pq.ParquetFile(file, pre_buffer=False)
        _check_size(source.name, table.metadata, packed)
        for row, fields in _rows(source, table):
            number += 1
            yield row_page(record_name(source.name, f"row {number}"), row, fields)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        why = " ".join(str(error).split())[:150]
        raise flaw(InputError, source.name, f"it is no whole Parquet file, after {number:,} rows ({why}); get it again") from None  # fmt: skip


def _check_size(name: str, metadata: Any, packed: int) -> None:
    """By what the row groups say. Columns are not asked: on a damaged file, pyarrow ends the process there."""
    sizes = [metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups)]
    if is_bomb(sum(sizes), packed):
        raise flaw(TooLarge, name, f"it grows more than {MAX_RATIO} times, as no text does; write it uncompressed if you trust it")  # fmt: skip
    if max(sizes, default=0) > MAX_GROUP:
        raise flaw(TooLarge, name, f"a row group has {megabytes(max(sizes))}, the limit is {megabytes(MAX_GROUP)}; write it in smaller groups")  # fmt: skip


def _rows(source: Source, table: Any) -> Iterator[tuple[dict[str, Any], dict[str, tuple[str, ...]]]]:
    columns = list(table.schema_arrow.names)
    missing = missing_columns(source.name, columns, source.mapping)
    if missing is not None:
        raise missing
    fields = fields_of(columns, source.mapping)
    used = sorted({column for names in fields.values() for column in names})
    for batch in table.iter_batches(batch_size=BATCH, columns=used, use_threads=False):
        for row in batch.to_pylist():
            yield row, fields


READER = Reader("parquet", "Parquet", _recognises, _read)
