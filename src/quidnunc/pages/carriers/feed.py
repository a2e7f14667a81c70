"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0: each entry a page.

feedparser reads what is broken, too; what it cannot tell, an entry that was cut off or lost, is found by counting tags. It is
given a stream, never a name: a string it would open as a URL or a file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from quidnunc.errors import InputError, TooLarge
from quidnunc.pages.carriers._fields import fragment, make_page, readable, teaser, text
from quidnunc.pages.carriers._limits import MAX_RECORD, flaw, record_name
from quidnunc.pages.carriers._reader import Head, Reader, Source
from quidnunc.records import Page, When

_OPENED = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]", re.I)
_CLOSED = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>", re.I)
_LONG_TAG = re.compile(rb"<[^<>]{1000000}")
_ROOTS = frozenset(("rss", "rdf", "feed"))
_FAILURES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What feedparser and the SGML parser under it have raised on bytes that were no feed."""
MAX_TAGS = 400_000
"""Most "<" in a feed: its parser takes 10 microseconds for each."""


@dataclass(frozen=True)
class Feed:
    """What feedparser made of it."""

    entries: list[Any]
    title: str | None
    language: str | None
    flaw: str | None
    """Why it is no well-formed XML, if it is not."""


def _recognises(head: Head) -> bool:
    return (head.xml_root or "").lower() in _ROOTS


def _read(source: Source) -> Iterator[Page | InputError]:
    data = source.whole(MAX_RECORD)
    feed = parse(source.name, data)
    opened, closed = len(_OPENED.findall(data)), len(_CLOSED.findall(data))
    cut = feed.flaw is not None and closed < opened and len(feed.entries) > closed
    whole = feed.entries[:closed] if cut else feed.entries
    for number, entry in enumerate(whole, 1):
        yield _page(record_name(source.name, number), entry, feed)
    yield from _losses(source.name, feed, len(whole), opened, cut)


def parse(name: str, data: bytes) -> Feed:
    """The entries of a feed as feedparser gives them. Raises InputError."""
    if data.count(b"<") > MAX_TAGS:
        raise flaw(TooLarge, name, f"the feed has more than {MAX_TAGS:,} tags; split it")
    if _LONG_TAG.search(data):
        raise flaw(TooLarge, name, "the feed has a tag or comment of over 1 MB; get it again")
    import feedparser  # loaded when the first feed is met

    try:
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except _FAILURES as error:
        raise flaw(InputError, name, f"the feed cannot be parsed ({type(error).__name__}); get it again") from error
    head = found.feed
    why = " ".join(str(found.get("bozo_exception", "")).split())[:150] if found.get("bozo") else None
    return Feed(found.entries, head.get("title"), head.get("language"), why)


def _losses(name: str, feed: Feed, kept: int, opened: int, cut: bool) -> Iterator[InputError]:
    if cut:
        yield flaw(InputError, record_name(name, kept + 1), "the entry is cut short: the feed ends early; get it again")
    lost = opened - kept - cut
    if feed.flaw is not None and lost > 0:
        yield flaw(InputError, name, f"{lost:,} of {opened:,} entries are lost, for the feed is broken: {feed.flaw}")
    elif not feed.entries and feed.flaw is not None:
        yield flaw(InputError, name, f"no entry can be read, for the feed is broken: {feed.flaw}")


def _page(name: str, entry: Any, feed: Feed) -> Page | InputError:
    content, form = _content(entry)
    published, updated = _moment(entry, "published"), _moment(entry, "updated") or _moment(entry, "created")
    source = entry.get("source")
    return make_page(
        name,
        content,
        form,
        url=entry.get("link") or entry.get("id"),
        headline=entry.get("title"),
        standfirst=_standfirst(entry) if form == "html" else None,
        authors=[person for person in entry.get("authors", []) if person.get("name")] or entry.get("author"),
        outlet=(source.get("title") if isinstance(source, dict) else None) or feed.title,
        published=published or updated,
        modified=updated if published and updated != published else None,
        language=entry.get("language") or feed.language,
    )


def _content(entry: Any) -> tuple[str | None, Any]:
    """The full text where the entry has it, else its teaser."""
    bodies = [text(part.get("value")) for part in entry.get("content", [])]
    body = max((one for one in bodies if one), key=len, default=None)
    summary = text(entry.get("summary"))
    if body and len(body) >= len(summary or ""):
        return fragment(body)
    if summary and len(summary) > 1500:
        return fragment(summary)
    return (teaser(summary) if summary else None), "body"


def _standfirst(entry: Any) -> str | None:
    """The summary beside a full text, unless it is the beginning of that text, as blogs make it."""
    summary = text(entry.get("summary"))
    if summary is None or not entry.get("content"):
        return None
    words = teaser(summary)
    start = teaser(str(entry.content[0].get("value"))[:20_000])
    return words if 0 < len(words) < 600 and words[:60] not in start else None


def _moment(entry: Any, field: str) -> When:
    """The time as the feed writes it or, where only feedparser can read that, in UTC. (``get`` would mix the fields up.)"""
    raw = dict.get(entry, field)
    if isinstance(raw, str) and readable(raw[:100]):
        return raw
    parsed = dict.get(entry, f"{field}_parsed")
    try:
        return datetime(*cast("tuple[int, ...]", parsed[:6]), tzinfo=UTC) if parsed else None  # type: ignore[arg-type,misc]
    except (ValueError, TypeError):
        return None


READER = Reader("feed", "RSS, Atom", _recognises, _read)
