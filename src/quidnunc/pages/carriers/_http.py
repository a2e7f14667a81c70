"""HTTP responses as WARC files keep them: status, headers, and the body, decoded within limits."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass

import brotli

from quidnunc.errors import InputError, TooLarge
from quidnunc.pages.carriers._gzip import GZIP, is_bomb
from quidnunc.pages.carriers._limits import CHUNK, MAX_RATIO, MAX_RECORD, flaw, megabytes

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_END = re.compile(rb"\r?\n\r?\n")
_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,30})", re.I)
_LATIN = frozenset(("iso8859-1", "ascii"))


@dataclass(frozen=True)
class Response:
    """A response as it was stored."""

    status: int
    headers: dict[str, str]
    body: bytes


def parse(block: bytes) -> Response | None:
    """The response that a block is; None if it is none."""
    status, end = _STATUS.match(block), _END.search(block, 0, 256_000)
    if status is None or end is None:
        return None
    lines = block[: end.start()].decode("latin-1").splitlines()[1:]
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Response(int(status[1]), headers, block[end.end() :])


def body(response: Response, name: str) -> bytes:
    """The body without transfer and content encodings. Raises InputError for one that is cut short, corrupt or a bomb.

    Writers often leave the header of an encoding that they have undone: what does not begin as the encoding does is taken as
    it is.
    """
    headers, raw = response.headers, response.body
    chunked = "chunked" in headers.get("transfer-encoding", "").lower()
    length = headers.get("content-length", "")
    if not chunked and re.fullmatch(r"\d{1,12}", length) and int(length) > len(raw):
        raise flaw(
            InputError, name, f"the page is cut short: it has {len(raw):,} of {int(length):,} bytes; fetch it again"
        )
    if chunked:
        raw = _dechunk(raw, name)
    for coding in reversed(headers.get("content-encoding", "").lower().split(",")[:3]):
        raw = _decode(raw, coding.strip(), name)
    return raw


def charset(content_type: str) -> str | None:
    """The encoding that a Content-Type declares, if there is such a one; Latin 1 means windows-1252, as in browsers."""
    declared = _CHARSET.search(content_type)
    try:
        found = codecs.lookup(declared[1]) if declared else None
    except LookupError:
        return None
    if found is None or not getattr(found, "_is_text_encoding", True):
        return None
    return "windows-1252" if found.name in _LATIN else found.name


def decoded(content: bytes, encoding: str | None) -> str | bytes:
    """Text, where the declared encoding decides: bytes that are valid UTF-8 anyway, or do not fit it, are left as they are."""
    if encoding is None or encoding.startswith(("utf", "idna", "punycode", "unicode", "raw")):
        return content
    try:
        content.decode("utf-8")
        return content
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return content


def _dechunk(raw: bytes, name: str) -> bytes:
    parts, position = list[bytes](), 0
    while True:
        size = _SIZE.match(raw, position)
        if size is None:
            if position == 0:
                return raw
            raise flaw(InputError, name, "the page is cut short: its last chunk is missing; fetch it again")
        length = int(size[1], 16)
        start, position = size.end(), size.end() + length
        if length == 0:
            return b"".join(parts)
        if position > len(raw):
            raise flaw(InputError, name, "the page is cut short, in the middle of a chunk; fetch it again")
        parts.append(raw[start:position])
        position += 2 if raw[position : position + 2] == b"\r\n" else raw[position : position + 1] == b"\n"


def _decode(raw: bytes, coding: str, name: str) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return _inflate(raw, GZIP, name) if raw.startswith(b"\x1f\x8b") else raw
    if coding == "deflate":
        if raw[:1] == b"\x78":
            return _inflate(raw, zlib.MAX_WBITS, name)
        return raw if _is_text(raw) else _inflate(raw, -zlib.MAX_WBITS, name)
    if coding == "br":
        return raw if _is_text(raw) else _unbrotli(raw, name)
    if coding in ("", "identity", "none", "utf-8") or _is_text(raw):
        return raw
    raise flaw(InputError, name, f"its content encoding ({coding[:20]}) is not one that is read (gzip, deflate, br)")


def _is_text(raw: bytes) -> bool:
    """The encoding has been undone: what begins with a tag or words is not compressed."""
    return re.match(rb"\s*(?:<[!?a-zA-Z]|[\w ,.'-]{16})", raw[:200]) is not None


def _inflate(raw: bytes, bits: int, name: str) -> bytes:
    inflate = zlib.decompressobj(bits)
    parts, given, data = [], 0, raw
    try:
        while not inflate.eof:
            piece = inflate.decompress(data, CHUNK)
            data = inflate.unconsumed_tail
            if not piece and not data and not inflate.eof:
                raise flaw(InputError, name, "the page is cut short: its compressed data ends early; fetch it again")
            parts.append(piece)
            given += len(piece)
            _check(given, len(raw), name)
    except zlib.error as error:
        raise flaw(InputError, name, f"the page's compressed data is corrupt ({error}); fetch it again") from None
    return b"".join(parts)


def _unbrotli(raw: bytes, name: str) -> bytes:
    decoder = brotli.Decompressor()
    parts, given, data = [], 0, raw
    try:
        while not decoder.is_finished():
            piece = decoder.process(data, output_buffer_limit=CHUNK)
            data = b""
            if not piece and not decoder.is_finished() and decoder.can_accept_more_data():
                raise flaw(InputError, name, "the page is cut short: its compressed data ends early; fetch it again")
            parts.append(piece)
            given += len(piece)
            _check(given, len(raw), name)
    except brotli.error as error:
        raise flaw(InputError, name, f"the page's compressed data is corrupt ({error}); fetch it again") from None
    return b"".join(parts)


def _check(given: int, taken: int, name: str) -> None:
    if given > MAX_RECORD:
        raise flaw(TooLarge, name, f"the page has over {megabytes(MAX_RECORD)} after decompression, the limit; pass the article alone")  # fmt: skip
    if is_bomb(given, taken):
        raise flaw(TooLarge, name, f"the page's compressed data grows more than {MAX_RATIO} times, as no text does")
