"""The gzip members of a WARC file: inflated piece by piece, and found again after a corrupt one.

WARC libraries stop at the first corrupt member, and all records after it are lost without a word. Here the next
``1f 8b 08`` that inflates to ``WARC/`` is looked for in the bytes from the corrupt member's start.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from quidnunc.pages.carriers._gzip import GZIP, is_bomb
from quidnunc.pages.carriers._limits import CHUNK, MAX_RATIO

KEEP = 4_000_000
"""Compressed bytes of a member that are kept to look through, should it prove corrupt."""
STEP = 16_384
"""Compressed bytes inflated at a time: of a step that fails, nothing comes out."""
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1e]")
_ENOUGH = 4096
"""Compressed bytes that suffice to see whether a member begins with a record."""


@dataclass(frozen=True)
class Start:
    """A member that begins with a record begins here (byte of the file)."""

    offset: int


@dataclass(frozen=True)
class Lost:
    """Bytes of the file that could not be inflated; what came of their member is not to be trusted to be whole."""

    member: int
    """Where the corrupt member begins."""
    offset: int
    """The first of the bytes skipped: later than the member, if much of it had been read already."""
    skipped: int
    why: str


Piece = Start | Lost | bytes


def begins_record(data: bytes) -> bool:
    """Whether the bytes begin a gzip member that begins a WARC record."""
    try:
        return zlib.decompressobj(GZIP).decompress(data[:_ENOUGH], 8).startswith(b"WARC/")
    except zlib.error:
        return False


def find_member(data: bytes | bytearray, start: int = 0) -> int:
    """Where the next member that begins a record stands; -1 if there is none."""
    for match in _MEMBER.finditer(data, start):
        if begins_record(bytes(data[match.start() : match.start() + _ENOUGH])):
            return match.start()
    return -1


class _Window:
    """The compressed bytes that may be looked at again, ``base`` being the file's offset of the first."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.raw = bytearray()
        self.base = 0

    @property
    def end(self) -> int:
        return self.base + len(self.raw)

    def more(self) -> bool:
        """Read on; False at the end of the file."""
        chunk = next(self._chunks, b"")
        self.raw += chunk
        return bool(chunk)

    def drop_to(self, offset: int) -> None:
        """Forget what stands before an offset."""
        if offset > self.base:
            del self.raw[: offset - self.base]
            self.base = offset

    def at(self, offset: int, size: int) -> bytes:
        return bytes(self.raw[offset - self.base : offset - self.base + size])


def members(chunks: Iterator[bytes]) -> Iterator[Piece]:
    """The data of all members, each member's Start before its data, a Lost where data is missing."""
    window = _Window(chunks)
    while window.raw or window.more():
        yield from _member(window)


def _member(window: _Window) -> Iterator[Piece]:
    start = position = window.base
    inflate = zlib.decompressobj(GZIP)
    given, began, full = 0, b"", False
    while not inflate.eof:
        data = window.at(position, STEP)
        if not data and not full:
            if window.more():
                continue
            yield _resync(window, start, "it is cut short")
            return
        try:
            piece = inflate.decompress(data, CHUNK)
        except zlib.error as error:
            yield _resync(window, start, str(error))
            return
        position += len(data) - len(inflate.unused_data if inflate.eof else inflate.unconsumed_tail)
        given, full = given + len(piece), len(piece) == CHUNK
        if is_bomb(given, position - start):
            yield _resync(window, start, f"it grows more than {MAX_RATIO} times")
            return
        if len(began) < 5:
            began += piece
            if len(began) < 5 and not inflate.eof:
                continue
            piece = began
            if began.startswith(b"WARC/"):
                yield Start(start)
        if piece:
            yield piece
        window.drop_to(position - KEEP)
    window.drop_to(position)


def _resync(window: _Window, start: int, why: str) -> Lost:
    """Put the window at the next good member, or at the end of the file."""
    member, start = start, max(start, window.base)
    looked = start - window.base + 1
    while True:
        found = find_member(window.raw, looked)
        if found >= 0 and (window.end - window.base - found >= _ENOUGH or not window.more()):
            window.drop_to(window.base + found)
            break
        if found < 0:
            window.drop_to(max(window.base, window.end - _ENOUGH))
            looked = 0 if window.base > start else looked
            if not window.more():
                window.drop_to(window.end)
                break
    return Lost(member, start, window.base - start, why)
