"""Reads a page that a carrier delivered together with what it knows: a feed's entry, a WARC record, a row of a table."""

from __future__ import annotations

from datetime import date, datetime

from quidnunc.errors import EmptyInput
from quidnunc.pages._article import build
from quidnunc.pages._input import as_text, is_html
from quidnunc.pages._label import Labelled
from quidnunc.pages._line import split_lines, unwrap
from quidnunc.pages._metadata import Metadata, canonical_url
from quidnunc.pages._read import read
from quidnunc.pages._times import Moment, parse
from quidnunc.records import Article, Page, When

GIVEN = ("headline", "standfirst", "outlet", "agency", "section", "language")


def read_page(page: Page) -> Article:
    """The article of a page, with the carrier's fields in place of what the page says of itself.

    A page of form "body" is taken whole as the article's text; any other goes through ``read``. Each field's source is "carrier"
    where the carrier gave it; a carrier's date that cannot be read is left out. Raises what ``read`` raises.
    """
    if page.form == "body" and not (isinstance(page.content, str) and is_html(page.content)):
        return _read_body(page)
    if page.form == "unknown":
        published, fetched = page.published, page.fetched
    else:
        published, fetched = _readable(page.published), _readable(page.fetched)
    article = read(page.content, url=page.url, published=published, fetched=fetched)
    return _with_given(article, page)


def _read_body(page: Page) -> Article:
    """Every paragraph is body: nothing is judged to be furniture."""
    lines = unwrap(split_lines(as_text(page.content)))
    if not lines:
        raise EmptyInput("the record has no text; give it a body, or leave it out")
    for line in lines:
        line.kind, line.because = "paragraph", "given as the body"
    known = Metadata()
    known.give("url", canonical_url(page.url), "carrier")
    known.give("published", _moment(page.published), "carrier")
    known.give("modified", _moment(page.modified), "carrier")
    for name in GIVEN:
        known.give(name, getattr(page, name), "carrier")
    known.give("authors", page.authors, "carrier")
    return build(lines, Labelled(), known, _moment(page.fetched), page.url)


def _with_given(article: Article, page: Page) -> Article:
    values: dict[str, object] = {name: getattr(page, name) for name in GIVEN if getattr(page, name)}
    if page.authors:
        values["authors"] = page.authors
    modified = _moment(page.modified)
    if modified is not None:
        values["modified"] = modified.iso
    if not values:
        return article
    sources = dict(sorted({**article.sources, **dict.fromkeys(values, "carrier")}.items()))
    spans = {
        name: span
        for name, span in article.field_spans.items()
        if getattr(article, name) == values.get(name, getattr(article, name))
    }
    plain = article.to_dict() | values | {"sources": sources, "field_spans": spans}
    return Article.from_dict(plain)


def _moment(when: When) -> Moment | None:
    if when is None:
        return None
    return parse(when if isinstance(when, str) else when.isoformat())


def _readable(when: When) -> str | date | datetime | None:
    """A carrier's date, or None where it is no date that can be read."""
    return when if _moment(when) is not None else None
