"""news-please JSON (``NewsArticle.get_serializable_dict``): dates are str(datetime), what is missing is "None"."""

from __future__ import annotations

from collections.abc import Iterator

from quidnunc.errors import InputError
from quidnunc.pages.carriers._fields import make_page, text
from quidnunc.pages.carriers._reader import Source
from quidnunc.pages.carriers._shape import Json, Shape
from quidnunc.records import Page


def _claims(value: Json) -> bool:
    return "date_publish" in value and ("maintext" in value or "source_domain" in value)


def _pages(value: Json, name: str, source: Source) -> Iterator[Page | InputError]:
    yield make_page(
        name,
        text(value.get("maintext")) or text(value.get("text")) or text(value.get("description")),
        "body",
        url=value.get("url"),
        headline=text(value.get("title")) or text(value.get("title_page")) or text(value.get("title_rss")),
        standfirst=value.get("description"),
        authors=value.get("authors"),
        outlet=value.get("source_domain"),
        published=value.get("date_publish"),
        modified=value.get("date_modify"),
        fetched=value.get("date_download"),
        language=value.get("language"),
    )


SHAPE = Shape("news_please", "news-please", _claims, _pages)
