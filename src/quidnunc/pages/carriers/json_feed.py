"""JSON Feed 1.0 and 1.1 (jsonfeed.org): each item a page."""

from __future__ import annotations

from collections.abc import Iterator

from quidnunc.errors import InputError
from quidnunc.pages.carriers._fields import fragment, make_page, teaser, text
from quidnunc.pages.carriers._limits import flaw, record_name
from quidnunc.pages.carriers._reader import Source
from quidnunc.pages.carriers._shape import Json, Shape
from quidnunc.records import Page


def _claims(value: Json) -> bool:
    version = value.get("version")
    return isinstance(version, str) and "jsonfeed.org" in version and isinstance(value.get("items"), list)


def _pages(value: Json, name: str, source: Source) -> Iterator[Page | InputError]:
    for number, item in enumerate(value["items"], 1):
        part = record_name(name, number)
        yield _item(part, item, value) if isinstance(item, dict) else flaw(InputError, part, "the item is no object")


def _item(name: str, item: Json, feed: Json) -> Page | InputError:
    full, words, summary = (text(item.get(key)) for key in ("content_html", "content_text", "summary"))
    content, form = fragment(full) if full else (words or (teaser(summary) if summary else None), "body")
    return make_page(
        name,
        content,
        form,  # type: ignore[arg-type]
        url=item.get("url") or item.get("external_url") or item.get("id"),
        headline=item.get("title"),
        standfirst=summary if full or words else None,
        authors=item.get("authors") or item.get("author") or feed.get("authors") or feed.get("author"),
        outlet=feed.get("title"),
        published=item.get("date_published"),
        modified=item.get("date_modified"),
        language=item.get("language") or feed.get("language"),
    )


SHAPE = Shape("json_feed", "JSON Feed", _claims, _pages)
