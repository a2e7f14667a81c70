"""Reads a page, whatever its carrier, into an Article."""

from __future__ import annotations

from datetime import date, datetime

from quidnunc.errors import EmptyInput, TooLarge
from quidnunc.pages._article import build
from quidnunc.pages._input import as_text, is_html
from quidnunc.pages._label import label
from quidnunc.pages._limits import MAX_LINES
from quidnunc.pages._line import split_lines, unwrap
from quidnunc.pages._metadata import Metadata, canonical_url, from_caller
from quidnunc.pages._times import Moment, parse
from quidnunc.records import Article

When = str | date | datetime


def read(
    page: str | bytes, *, url: str | None = None, published: When | None = None, fetched: When | None = None
) -> Article:
    """The article of a news page, with every block of the page kept and labelled.

    ``page`` is HTML or flattened text (a page copied as text, a WET record, a bare article), told apart by content. ``url`` and
    ``published`` (ISO 8601) win over what the page says. The ages of cards ("3 weeks ago") count back from ``fetched`` where it
    is given, else from the time of publication.

    Raises EmptyInput, NotText, TooLarge, TooDeep or NoArticle (all of them ``InputError``).
    """
    text = as_text(page)
    known = Metadata()
    known.give("url", canonical_url(url), "caller")
    from_caller(published, known)
    now = _now(fetched)
    if is_html(text):
        from quidnunc.pages._html import read_html

        return read_html(text, known, now, url)
    return _read_flat(text, known, now, url)


def _now(fetched: When | None) -> Moment | None:
    if fetched is None:
        return None
    stamp = parse(fetched if isinstance(fetched, str) else fetched.isoformat())
    if stamp is None:
        raise ValueError(f"fetched={fetched!r} is no date that can be read; give ISO 8601, such as 2024-02-19T08:30")
    return stamp


def _read_flat(text: str, known: Metadata, now: Moment | None, url: str | None) -> Article:
    if len(text) > 2_000_000 and text.count("\n") > 10 * MAX_LINES:
        raise TooLarge(
            f"the page has {text.count(chr(10)):,} lines, the limit is {MAX_LINES:,}; pass one article at a time"
        )
    lines = unwrap(split_lines(text))
    if not lines:
        raise EmptyInput("the page holds nothing but white space; pass the text or HTML of an article")
    if len(lines) > MAX_LINES:
        raise TooLarge(f"the page has {len(lines):,} lines, the limit is {MAX_LINES:,}; pass one article at a time")
    found = label(lines)
    return build(lines, found, known, now, url)
