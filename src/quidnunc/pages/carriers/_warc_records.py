"""The records of a WARC file, told apart by their own headers and lengths; broken ones are told, never passed on."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quidnunc.pages.carriers._limits import MAX_RECORD
from quidnunc.pages.carriers._warc_members import Lost, Piece, Start

Headers = dict[str, str]
"""Field names in lower case."""

MAX_HEADER = 64_000
CHECKED = 10_000
"""Bytes from which a block that is passed over is searched for records that its length would swallow."""
_HEADER_END = re.compile(rb"\r?\n\r?\n|(?<=\n)WARC/[01]\.")
"""An empty line; or another record, for then the header has no end, and is not looked for behind it."""
_BLANK = re.compile(rb"[\r\n]+")
NEXT = re.compile(rb"(?<=\n)WARC/[01]\.\d{1,2}\r?\n")
_LINE = re.compile(rb"^WARC/[01]\.\d{1,2}\r?\n", re.M)
_VERSION = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_OVERLAP = 32
"""Bytes that the beginning of a record may stand over the border of two pieces."""


@dataclass(frozen=True)
class Record:
    """A whole record."""

    offset: int
    """Byte of the file where its member begins or, in a file that is not gzip, where it begins itself."""
    headers: Headers
    block: bytes | None
    """None where it is not wanted, or over the limit."""


@dataclass(frozen=True)
class Broken:
    """A record, or a stretch of the file, that cannot be used."""

    offset: int
    record_id: str | None
    why: str


class _Tape:
    """The data as it comes, up to the next border: a member's start or a loss."""

    def __init__(self, pieces: Iterator[Piece], packed: bool) -> None:
        self._pieces, self._packed = pieces, packed
        self.buffer = bytearray()
        self.border: Piece | None = None
        self.ended = False
        self.offset = self.member = 0

    def pull(self) -> bool:
        """One more piece of data; False at a border or at the end."""
        if self.border is not None or self.ended:
            return False
        piece = next(self._pieces, None)
        if isinstance(piece, bytes):
            self.buffer += piece
            return True
        self.border, self.ended = piece, piece is None
        return False

    def has(self, size: int) -> bool:
        """Whether there is that much data before the border."""
        while len(self.buffer) < size:
            if not self.pull():
                return False
        return True

    def drop(self, size: int) -> None:
        del self.buffer[:size]
        self.offset += 0 if self._packed else size

    def cross(self) -> Piece | None:
        """Go over the border; gives what it is."""
        border, self.border = self.border, None
        self.buffer.clear()
        if isinstance(border, Start):
            self.offset = self.member = border.offset
        return border


def records(pieces: Iterator[Piece], wanted: Callable[[Headers], bool], *, packed: bool) -> Iterator[Record | Broken]:
    """Each record in order, with its block if it is ``wanted``; the rest is gone over without being kept.

    A record whose length, digest or gzip data is not right is Broken, and reading goes on at the next that begins.
    """
    tape = _Tape(pieces, packed)
    while True:
        while tape.has(1) and (blank := _BLANK.match(tape.buffer)):
            tape.drop(blank.end())
        if tape.has(1):
            yield _next(tape, wanted)
        elif tape.ended:
            return
        elif isinstance(border := tape.cross(), Lost):
            yield Broken(border.offset, None, _loss(border))


def _loss(lost: Lost) -> str:
    return f"the gzip member at byte {lost.member:,} is corrupt ({lost.why}); {lost.skipped:,} bytes skipped"


def _next(tape: _Tape, wanted: Callable[[Headers], bool]) -> Record | Broken:
    offset = tape.offset
    headers = _headers(tape)
    if headers is None:
        return _broken(tape, offset, None, "no record begins here", begin=1)
    record_id = headers.get("warc-record-id", "").strip("<> ") or None
    length = headers.get("content-length", "")
    if not re.fullmatch(r"\d{1,15}", length):
        return _broken(tape, offset, record_id, "it has no Content-Length")
    size = int(length)
    if not wanted(headers) or size > MAX_RECORD + MAX_HEADER:
        return _passed_over(tape, Record(offset, headers, None), record_id, size)
    if not tape.has(size):
        return _broken(tape, offset, record_id, f"it is cut short: it has {len(tape.buffer):,} of {size:,} bytes")
    ends = _ends(tape, size)
    if not ends and NEXT.search(tape.buffer, 0, size):
        return _broken(tape, offset, record_id, f"its Content-Length ({size:,}) is wrong")
    block = bytes(tape.buffer[:size])
    fits = digest_fits(headers.get("warc-block-digest"), block)
    if not ends and not (fits and bytes(tape.buffer[size : size + 4]) == b"\r\n\r\n"):
        return _broken(tape, offset, record_id, f"its Content-Length ({size:,}) is wrong")
    tape.drop(size)
    lost = _lost_behind(tape)
    if lost is not None:
        return Broken(offset, record_id, _loss(lost))
    if fits is False:
        return Broken(offset, record_id, "its content does not have the digest that it gives")
    return Record(offset, headers, block)


def _headers(tape: _Tape) -> Headers | None:
    """The record's header, taken off the tape; None where there is none."""
    while (end := _HEADER_END.search(tape.buffer, 0, MAX_HEADER)) is None:
        if len(tape.buffer) > MAX_HEADER or not tape.pull():
            return None
    if _VERSION.match(tape.buffer) is None or end[0].startswith(b"WARC"):
        return None
    lines = tape.buffer[: end.start()].decode("utf-8", errors="replace").splitlines()
    tape.drop(end.end())
    pairs = (line.partition(":") for line in lines[1:])
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _ends(tape: _Tape, size: int) -> bool:
    """Whether a record of that size ends there: two line ends, then another record or nothing."""
    tape.has(size + 4 + 5)
    rest = bytes(tape.buffer[size : size + 9])
    after = rest.lstrip(b"\r\n")
    return rest == after == b"" or (rest[:1] in b"\r\n" and b"WARC/".startswith(after[:5]))


def _lost_behind(tape: _Tape) -> Lost | None:
    """The loss in the member that a record came from, if the record was its last data."""
    if tape.has(1) and bytes(tape.buffer[:4]).strip(b"\r\n"):
        return None
    while tape.pull():
        if len(tape.buffer) > 4:
            return None
    return _own_loss(tape) if not tape.buffer.strip(b"\r\n") else None


def _own_loss(tape: _Tape) -> Lost | None:
    """The loss at the border, if it is in the member that is being read; goes over it."""
    lost = tape.border
    if isinstance(lost, Lost) and lost.member == tape.member:
        tape.cross()
        return lost
    return None


def _passed_over(tape: _Tape, record: Record, record_id: str | None, size: int) -> Record | Broken:
    """Go over a block without keeping it; stop where another record begins within it, for then its length is wrong."""
    left = size
    while left > 0:
        if not tape.buffer and not tape.pull():
            return _broken(tape, record.offset, record_id, f"it is cut short: it has {size - left:,} of {size:,} bytes")
        inside = NEXT.search(tape.buffer, 0, left)
        if inside is not None and size > CHECKED:
            tape.drop(inside.start())
            return Broken(
                record.offset, record_id, f"its Content-Length ({size:,}) is wrong; {size - left:,} bytes skipped"
            )
        step = min(left, len(tape.buffer) if len(tape.buffer) >= left else max(1, len(tape.buffer) - _OVERLAP))
        tape.drop(step)
        left -= step
    if not _ends(tape, 0):
        return _broken(tape, record.offset, record_id, f"its Content-Length ({size:,}) is wrong")
    return record


def _broken(tape: _Tape, offset: int, record_id: str | None, why: str, begin: int = 0) -> Broken:
    """Skip to the next record that begins, or to the border."""
    skipped = 0
    while (found := _LINE.search(tape.buffer, begin)) is None:
        gone = max(0, len(tape.buffer) - _OVERLAP)
        tape.drop(gone)
        skipped, begin = skipped + gone, 0 if gone else begin
        if not tape.pull():
            skipped += len(tape.buffer)
            tape.drop(len(tape.buffer))
            break
    else:
        skipped += found.start()
        tape.drop(found.start())
    lost = None if tape.buffer else _own_loss(tape)
    if lost is not None:
        return Broken(offset, record_id, f"{why}; {_loss(lost)}")
    return Broken(offset, record_id, f"{why}; {skipped:,} bytes skipped" if skipped else why)


def digest_fits(given: str | None, block: bytes) -> bool | None:
    """Whether a "sha1:..." in hexadecimal, base 32 or base 64 fits; None for one that is written in no known way."""
    algorithm, _, value = (given or "").partition(":")
    algorithm, value = algorithm.lower().replace("-", ""), value.strip().rstrip("=")
    if algorithm not in ("sha1", "sha256", "sha512", "md5"):
        return None
    raw = hashlib.new(algorithm, block, usedforsecurity=False).digest()
    coders = (raw.hex().encode(), base64.b32encode(raw), base64.b64encode(raw), base64.urlsafe_b64encode(raw))
    ways = [coded.decode().rstrip("=") for coded in coders]
    if len(value) not in map(len, ways):
        return None
    return value in ways or value.lower() == ways[0] or value.upper() == ways[1]
