"""trafilatura JSON (``--json``, ``output_format="json"``): "source" is the address, "source-hostname" the site's name."""

from __future__ import annotations

from collections.abc import Iterator

from quidnunc.errors import InputError
from quidnunc.pages.carriers._fields import make_page, text
from quidnunc.pages.carriers._reader import Source
from quidnunc.pages.carriers._shape import Json, Shape
from quidnunc.records import Page


def _claims(value: Json) -> bool:
    own = ("fingerprint", "source-hostname", "hostname", "raw_text", "filedate", "excerpt")
    return ("text" in value or "raw_text" in value) and sum(key in value for key in own) >= 2


def _pages(value: Json, name: str, source: Source) -> Iterator[Page | InputError]:
    yield make_page(
        name,
        text(value.get("text")) or text(value.get("raw_text")),
        "body",
        url=value.get("source") or value.get("url"),
        headline=value.get("title"),
        standfirst=value.get("excerpt") or value.get("description"),
        authors=value.get("author"),
        outlet=value.get("source-hostname") or value.get("sitename") or value.get("hostname"),
        published=value.get("date"),
        fetched=value.get("filedate"),
        language=value.get("language"),
    )


SHAPE = Shape("trafilatura", "trafilatura", _claims, _pages)
