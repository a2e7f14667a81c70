"""WARC and WET files, gzip or not: each response, resource or conversion record with HTML or text is a page.

One record is in memory at a time. The framing is our own, for the libraries pass truncated records as good and lose all that
follows a corrupt gzip member (see docs/carriers.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from quidnunc.errors import InputError, TooLarge
from quidnunc.pages.carriers import _http
from quidnunc.pages.carriers._fields import Form, make_page
from quidnunc.pages.carriers._kinds import is_binary, is_html
from quidnunc.pages.carriers._limits import MAX_RECORD, flaw, megabytes, record_name
from quidnunc.pages.carriers._reader import Head, Reader, Source
from quidnunc.pages.carriers._warc_members import Piece, Start, find_member, members
from quidnunc.pages.carriers._warc_records import NEXT, Broken, Headers, Record, records
from quidnunc.records import Page

_TYPES = frozenset(("response", "resource", "conversion"))
_HTML_TYPES = ("text/html", "application/xhtml")
_TEXT_TYPES = ("text/plain",)


def _recognises(head: Head) -> bool:
    """It begins with a record, or a record begins in its first bytes: the first may be corrupt."""
    return NEXT.search(b"\n" + head.data) is not None or _is_packed(head)


def _is_packed(head: Head) -> bool:
    return find_member(head.data if head.packed is None else head.packed) >= 0


def _read(source: Source) -> Iterator[Page | InputError]:
    packed = _is_packed(source.head)
    pieces = members(source.packed_chunks) if packed else _plain(source.packed_chunks)
    for record in records(pieces, _wanted, packed=packed):
        if isinstance(record, Broken):
            where = record_name(source.name, record.record_id or f"byte {record.offset}")
            yield flaw(InputError, where, f"the record at byte {record.offset:,} is broken: {record.why}")
            continue
        item = _item(record, source)
        if isinstance(item, str):
            source.skipped[item] += 1
        else:
            yield item


def _plain(chunks: Iterator[bytes]) -> Iterator[Piece]:
    yield Start(0)
    yield from chunks


def _wanted(headers: Headers) -> bool:
    return headers.get("warc-type", "").lower() in _TYPES


def _item(record: Record, source: Source) -> Page | InputError | str:
    """The page of a record, the error of one that is to be one, or why it is none."""
    kind = record.headers.get("warc-type", "").lower()
    name = record_name(source.name, record.headers.get("warc-record-id", "").strip("<> ") or f"byte {record.offset}")
    if kind not in _TYPES:
        return f"{kind[:20] or 'nameless'} record"
    if record.block is None:
        size = int(record.headers["content-length"])
        return flaw(TooLarge, name, f"it has {megabytes(size)}, the limit of a page is {megabytes(MAX_RECORD)}")
    if "warc-truncated" in record.headers:
        why = record.headers["warc-truncated"][:30]
        return flaw(InputError, name, f"the crawler cut it short (WARC-Truncated: {why}); fetch the page again")
    try:
        return _page(name, record)
    except InputError as error:
        return error


def _page(name: str, record: Record) -> Page | InputError | str:
    block = record.block or b""
    response = _http.parse(block)
    content_type = record.headers.get("content-type", "")
    if response is not None:
        if response.status != 200:
            return f"HTTP status {response.status}"
        content_type = response.headers.get("content-type", "")
        if content_type.lower().startswith(("image/", "video/", "audio/", "font/")) and not is_html(response.body):
            return "no HTML or text"
        block = _http.body(response, name)
    form = _form(content_type.lower(), block, record.headers)
    if form is None:
        return "no HTML or text" if block.strip() else "empty"
    return make_page(
        name,
        _http.decoded(block, _http.charset(content_type)),
        form,
        url=record.headers.get("warc-target-uri", "").strip("<>"),
        fetched=record.headers.get("warc-date"),
        language=record.headers.get("warc-identified-content-language"),
    )


def _form(content_type: str, content: bytes, headers: Headers) -> Form | None:
    """HTML or text by what it is; the Content-Type decides only where the content does not."""
    if not content.strip() or is_binary(content):
        return None
    if is_html(content):
        return "html"
    if content_type.startswith(_TEXT_TYPES):
        return None if headers.get("warc-target-uri", "").endswith("/robots.txt") else "text"
    return "html" if content_type.startswith(_HTML_TYPES) else None


READER = Reader("warc", "WARC, WET, gzip or not", _recognises, _read)
