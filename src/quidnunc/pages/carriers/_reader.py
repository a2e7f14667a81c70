"""What a reader of a carrier is given, and what it has to offer.

A carrier is a form in which pages reach us: a feed, a WARC file, a table. Its reader is a file in this folder with a ``Reader``:

    def _recognises(head: Head) -> bool: ...        # by the first bytes, never by the file's name
    def _read(source: Source) -> Iterator[Page | InputError]: ...
    READER = Reader("feed", "RSS, Atom", _recognises, _read)

``read`` yields a Page for each good record and an InputError for each bad one, in order, and raises InputError only for what
ends the whole carrier. See docs/carriers.md.
"""

from __future__ import annotations

import codecs
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

from quidnunc.errors import InputError, TooLarge
from quidnunc.pages.carriers._gzip import MAGIC, first_bytes, gunzip
from quidnunc.pages.carriers._limits import CHUNK, MAX_DOCUMENT, flaw, megabytes
from quidnunc.records import Page

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROLOGUE = re.compile(r"\s*(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)", re.S | re.I)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")


@dataclass(frozen=True)
class Head:
    """The first bytes of an input, unpacked if it is gzip, and how the user named its columns."""

    data: bytes
    mapping: Mapping[str, str] | None = None
    packed: bytes | None = None
    """The first bytes before unpacking, where the input is gzip."""

    @cached_property
    def text(self) -> str:
        """The bytes as text, as well as can be told, without byte order mark and leading white space."""
        encoding = wide_encoding(self.data) or "utf-8"
        return self.data.decode(encoding, errors="replace").lstrip("\ufeff\x00 \t\r\n")

    @cached_property
    def xml_root(self) -> str | None:
        """The name of the first element without its prefix, if the text begins as XML does."""
        position = 0
        while match := _PROLOGUE.match(self.text, position):
            position = match.end()
        root = _ROOT.match(self.text, position)
        return root[1] if root else None


@dataclass
class Source:
    """An input that is read once, from its beginning."""

    name: str
    head: Head
    packed_chunks: Iterator[bytes]
    """All bytes as they are stored."""
    file: BinaryIO | None = None
    """The input as a file in which one can seek, if it is one and not gzip; reading it uses up ``packed_chunks``."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Records that are no articles, by reason; a reader counts them here."""

    @property
    def mapping(self) -> Mapping[str, str] | None:
        """Field to column, as the user named them."""
        return self.head.mapping

    def chunks(self) -> Iterator[bytes]:
        """All bytes, unpacked if they are gzip. Raises InputError where that fails."""
        return self.packed_chunks if self.head.packed is None else gunzip(self.packed_chunks, self.name)

    def text_chunks(self) -> Iterator[bytes]:
        """All bytes as UTF-8 without byte order mark if a mark says UTF-16 or UTF-32; else as they are."""
        encoding = wide_encoding(self.head.data)
        if encoding is None:
            yield from _without_mark(self.chunks())
            return
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        for chunk in self.chunks():
            yield decoder.decode(chunk).encode("utf-8", errors="replace")
        yield decoder.decode(b"", True).encode("utf-8", errors="replace")

    def whole(self, limit: int = MAX_DOCUMENT) -> bytes:
        """All bytes, unpacked. Raises TooLarge."""
        parts, size = [], 0
        for chunk in self.chunks():
            size += len(chunk)
            if size > limit:
                raise flaw(TooLarge, self.name, f"it has over {megabytes(limit)}, the limit for its kind; split it")
            parts.append(chunk)
        return b"".join(parts)


Read = Callable[[Source], Iterator[Page | InputError]]


@dataclass(frozen=True)
class Reader:
    """A carrier that can be read."""

    name: str
    is_for: str
    """What it reads, in a few words."""
    recognises: Callable[[Head], bool]
    read: Read


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32, where a byte order mark says so."""
    return next((encoding for mark, encoding in _WIDE if data.startswith(mark)), None)


def open_source(name: str, file: BinaryIO, mapping: Mapping[str, str] | None) -> Source:
    """A source over a file that stands at its beginning."""
    start = _read(file, name, CHUNK)
    packed = start if start.startswith(MAGIC) else None
    head = Head(first_bytes(start, CHUNK) if packed is not None else start, mapping, packed)
    return Source(name, head, _all(start, file, name), file if packed is None and file.seekable() else None)


def _all(start: bytes, file: BinaryIO, name: str) -> Iterator[bytes]:
    chunk = start
    while chunk:
        yield chunk
        chunk = _read(file, name, CHUNK)


def _read(file: BinaryIO, name: str, size: int) -> bytes:
    """That many bytes, fewer only at the end (a pipe gives fewer at a time)."""
    parts = io.BytesIO()
    try:
        while parts.tell() < size and (part := file.read(size - parts.tell())):
            parts.write(part)
    except OSError as error:
        raise flaw(InputError, name, f"it cannot be read: {error.strerror or error}") from error
    return parts.getvalue()


def _without_mark(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk.removeprefix(codecs.BOM_UTF8)
        break
    yield from chunks
