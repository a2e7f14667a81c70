"""Inputs cut into shards: always the same ones, whoever works on them."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Literal, cast

import msgspec

from quidnunc._version import __version__
from quidnunc.errors import FleetError
from quidnunc.pages.carriers import warc_member

SHARD_BYTES = 8_000_000
"""Of an input, as it is stored."""

SHARD_ROWS = 1_000
"""Of a table."""

_LOOK = 65_536
_STEP = 1_000_000
_OVERLAP = 8_192
"""Bytes looked at twice: a member that begins at the end of a step is seen whole in the next."""
_SENTINEL = b'{"text": "-"}\n'


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of an input: all of it, its records that begin in a range of bytes, or a range of rows."""

    number: int
    input: str
    part: Literal["whole", "lines", "members", "rows"]
    start: int
    end: int
    key: str
    """Hash of the input as it is now, the range, the coder's version and its options: the same key, the same output."""

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"{self.number:05}-{self.key}"


def plan(inputs: Iterable[str], options: object, *, shard_bytes: int = SHARD_BYTES, shard_rows: int = SHARD_ROWS) -> list[Shard]:  # fmt: skip
    """The shards of all inputs: files, folders and patterns, on disk or by URL (s3://...), in order. Raises FleetError."""
    shards: list[Shard] = []
    for fs, path, name in files(inputs):
        try:
            size = int(fs.size(path) or 0)
            print_ = f"{name} {size} {fs.ukey(path)} {__version__} {options!r}"
            ranges = list(_ranges(fs, path, size, shard_bytes, shard_rows))
        except OSError as error:
            raise FleetError(f"{name}: it cannot be read: {error}") from error
        for part, start, end in ranges:
            key = hashlib.sha256(f"{print_} {part} {start} {end}".encode("utf-8", "replace")).hexdigest()[:12]
            shards.append(Shard(number=len(shards), input=name, part=part, start=start, end=end, key=key))
    if not shards:
        raise FleetError("there are no files in what was given: name files, folders or patterns, such as s3://bucket/2024-*/*.warc.gz")  # fmt: skip
    return shards


def files(inputs: Iterable[str]) -> Iterator[tuple[Any, str, str]]:
    """File system, path and full name of every file, sorted within each input; hidden files are left out."""
    for given in inputs:
        fs, path = filesystem(given)
        try:
            if any(sign in path for sign in "*?["):
                found = sorted(str(one) for one in fs.glob(path) if fs.isfile(one))
            elif fs.isdir(path):
                found = sorted(str(one) for one in fs.find(path))
                found = [
                    one for one in found if not any(piece.startswith(".") for piece in one[len(path) :].split("/"))
                ]
            else:
                found = [path] if fs.exists(path) else []
        except OSError as error:
            raise FleetError(f"{given}: it cannot be read: {error}") from error
        if not found:
            raise FleetError(f"{given}: there is no such file, or nothing fits")
        yield from ((fs, one, str(fs.unstrip_protocol(one))) for one in found)


def filesystem(where: str) -> tuple[Any, str]:
    """The file system of a path or URL, and the path on it. Raises FleetError where a package for it is missing."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise FleetError("fsspec is not installed: pip install 'quidnunc[fleet]'") from None
    try:
        fs, path = url_to_fs(where)
    except (ImportError, ValueError) as error:
        raise FleetError(f"{where}: {error} (for S3: pip install 'quidnunc[s3]')") from error
    return fs, str(path)


def content(shard: Shard) -> tuple[bytes | BinaryIO, int]:
    """What a reader of pages takes for a shard, and how many items of it are not the shard's: the first ones."""
    fs, path = filesystem(shard.input)
    if shard.part == "whole":
        return cast(BinaryIO, fs.open(path, "rb")), 0
    if shard.part == "rows":
        return _rows(fs, path, shard.start, shard.end), 0
    size = int(fs.size(path) or 0)
    align = _line if shard.part == "lines" else _member
    start, end = (align(fs, path, at, size) for at in (shard.start, shard.end))
    data = bytes(fs.cat_file(path, start=start, end=end)) if end > start else b""
    if shard.part == "lines":  # a first line of ours: what the rest is, is not for the first line of a shard to decide
        return _SENTINEL + data, 1
    return data, 0


def _ranges(fs: Any, path: str, size: int, shard_bytes: int, shard_rows: int) -> Iterator[tuple[Any, int, int]]:
    head = bytes(fs.cat_file(path, start=0, end=min(size, _LOOK))) if size else b""
    if head.startswith(b"PAR1"):
        rows = _row_count(fs, path)
        if rows is not None:
            yield from (("rows", start, min(start + shard_rows, rows)) for start in range(0, rows, shard_rows))
            return
    part = "lines" if _is_lines(head) else "members" if _is_members(head) else "whole"
    if part == "whole" or size <= shard_bytes:
        yield "whole", 0, size
        return
    yield from ((part, start, min(start + shard_bytes, size)) for start in range(0, size, shard_bytes))


def _is_lines(head: bytes) -> bool:
    """Whether the first two lines are JSON objects."""
    pieces = head.split(b"\n")[:3]
    if len(pieces) < 3:
        return False
    try:
        return all(isinstance(json.loads(line), dict) for line in pieces[:2])
    except (ValueError, RecursionError):
        return False


def _is_members(head: bytes) -> bool:
    """Whether it is a WARC file with a gzip member for each record: a second one begins near the first."""
    if warc_member(head) != 0:
        return False
    inflate = zlib.decompressobj(wbits=31)
    try:
        inflate.decompress(head, 4_000_000)
    except zlib.error:
        return False
    return inflate.eof


def _line(fs: Any, path: str, at: int, size: int) -> int:
    """Where the first line begins at or after a byte."""
    position = at - 1
    while 0 <= position < size:
        found = bytes(fs.cat_file(path, start=position, end=min(position + _STEP, size))).find(b"\n")
        if found >= 0:
            return position + found + 1
        position += _STEP
    return 0 if at <= 0 else size


def _member(fs: Any, path: str, at: int, size: int) -> int:
    """Where the first gzip member that begins a record stands at or after a byte."""
    if at <= 0:
        return 0
    position = at
    while position < size:
        found = warc_member(bytes(fs.cat_file(path, start=position, end=min(position + _STEP + _OVERLAP, size))))
        if 0 <= found < _STEP:
            return position + found
        position += _STEP
    return size


def _row_count(fs: Any, path: str) -> int | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with fs.open(path, "rb") as file:
            return int(pq.read_metadata(file).num_rows)
    except (pa.ArrowException, OSError, ValueError):
        return None


def _rows(fs: Any, path: str, start: int, end: int) -> bytes:
    """Some rows of a Parquet file, as a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    with fs.open(path, "rb") as file:
        source = pq.ParquetFile(file, pre_buffer=False)
        tables, first = [], 0
        for group in range(source.metadata.num_row_groups):
            rows = source.metadata.row_group(group).num_rows
            if first < end and first + rows > start:
                low, high = max(start - first, 0), min(end - first, rows)
                tables.append(source.read_row_group(group, use_threads=False).slice(low, high - low))
            first += rows
    pq.write_table(pa.concat_tables(tables), sink, compression="none")
    return bytes(sink.getvalue().to_pybytes())
