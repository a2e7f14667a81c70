"""Fundus JSON (``Article.to_json()``): the body is a summary and sections of headlines and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from quidnunc.errors import InputError
from quidnunc.pages.carriers._fields import make_page, text
from quidnunc.pages.carriers._reader import Source
from quidnunc.pages.carriers._shape import Json, Shape
from quidnunc.records import Page


def _claims(value: Json) -> bool:
    return "publishing_date" in value and ("body" in value or "plaintext" in value)


def _pages(value: Json, name: str, source: Source) -> Iterator[Page | InputError]:
    body = value.get("body")
    html = value.get("html")
    html = html if isinstance(html, dict) else {}
    summary = body.get("summary") if isinstance(body, dict) else None
    yield make_page(
        name,
        _text(body) or text(value.get("plaintext")) or text(summary),
        "body",
        url=value.get("url") or html.get("requested_url") or html.get("responded_url"),
        headline=value.get("title"),
        standfirst=" ".join(one for one in summary if isinstance(one, str)) if isinstance(summary, list) else summary,
        authors=value.get("authors"),
        outlet=value.get("publisher") or value.get("source"),
        published=value.get("publishing_date"),
        fetched=html.get("crawl_date"),
        language=value.get("lang"),
    )


def _text(body: object) -> str | None:
    """The sections' headlines and paragraphs, in order; the summary is the standfirst and no part of it."""
    if not isinstance(body, dict):
        return text(body)
    lines: list[str] = []
    sections = body.get("sections")
    for section in sections if isinstance(sections, list) else ():
        for key in ("headline", "paragraphs"):
            part = section.get(key) if isinstance(section, dict) else None
            if (found := text(part)) is not None:
                lines.append(found)
    return "\n\n".join(lines) or None


SHAPE = Shape("fundus", "Fundus", _claims, _pages)
