"""Filled layouts as HTML pages, with the metadata that real sites carry: right, missing or wrong.

Gold is kept beside each page: body, headline, day, authors, the kinds of its blocks, and what is wrong with its metadata.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
from collections.abc import Callable
from html import escape

import layouts

FAULTS = ("right", "right", "right", "no json-ld", "no metadata", "modified as published", "site as author", "title with site", "broken json-ld", "wrong zone", "twice escaped")  # fmt: skip
"""What the metadata of a page is; a third of the pages is right."""
_DRESS: dict[str, dict[str, str]] = {
    "plain": {},
    "named": {
        "paragraph": "article__body", "byline": "article__byline", "published": "article__date", "standfirst": "article__standfirst", "promo": "newsletter-box",
        "related": "related-card", "read_more": "read-more", "most_read": "most-read", "comments": "comments", "video": "video-player", "legal": "footer__legal",
        "caption": "figure__caption", "credit": "figure__credit", "navigation": "nav__item",
    },
    "blocks": {
        "paragraph": "wp-block-paragraph", "byline": "author vcard", "published": "entry-date", "standfirst": "excerpt", "promo": "widget_subscribe", "related": "widget_recent",
        "read_more": "jp-relatedposts", "most_read": "widget_popular", "comments": "comment-body", "video": "embed", "legal": "site-info", "caption": "wp-caption-text",
        "navigation": "menu-item",
    },
}  # fmt: skip


def _draw(name: str, what: str, below: int) -> int:
    return int(hashlib.sha256(f"{name}/{what}".encode()).hexdigest(), 16) % below


def _class(dress: str, kind: str, name: str) -> str:
    if dress == "hashed":
        return f' class="css-{hashlib.sha256(f"{name}{kind}".encode()).hexdigest()[:7]}"'
    found = _DRESS[dress].get(kind)
    return f' class="{found}"' if found else ""


def _body_rows(rows: list[str], cls: str) -> str:
    return "".join(f"<p{cls}>{escape(row)}</p>\n" for row in rows)


def _list_rows(rows: list[str], cls: str) -> str:
    return f"<ul{cls}>" + "".join(f"<li>{escape(row)}</li>" for row in rows) + "</ul>\n"


def _linked(rows: list[str], cls: str) -> str:
    cells = "".join(f'<li><a href="/story/{n}">{escape(row)}</a></li>' for n, row in enumerate(rows))
    return f"<aside{cls}><ul>{cells}</ul></aside>\n"


def _wrapped(tag: str) -> Callable[[list[str], str], str]:
    def write(rows: list[str], cls: str) -> str:
        return "".join(f"<{tag}{cls}>{escape(row)}</{tag}>\n" for row in rows)

    return write


def _table(rows: list[str], cls: str) -> str:
    return f"<table{cls}>" + "".join(f"<tr><td>{escape(row)}</td></tr>" for row in rows) + "</table>\n"


_WRITERS: dict[str, Callable[[list[str], str], str]] = {
    "headline": _wrapped("h1"), "standfirst": _wrapped("p"), "byline": _wrapped("div"), "published": _wrapped("time"), "dateline": _wrapped("p"), "paragraph": _body_rows,
    "heading": _wrapped("h2"), "quote": _wrapped("blockquote"), "caption": _wrapped("figcaption"), "credit": _wrapped("span"), "list": _list_rows, "table": _table,
    "related": _linked, "read_more": _linked, "most_read": _linked, "video": _wrapped("div"), "comments": _wrapped("div"), "promo": _wrapped("div"), "legal": _wrapped("small"),
    "navigation": _list_rows, "other": _wrapped("div"),
}  # fmt: skip


def markup(page: layouts.FilledPage, article: dict) -> dict:
    """A page's HTML with its gold."""
    name, meta = page.id, article["meta"]
    old = page.layout.header.get("decade") in ("1980s", "1990s")
    dress = "plain" if old else ("named", "blocks", "hashed")[_draw(name, "dress", 3)]
    fault = "no metadata" if old else FAULTS[_draw(name, "fault", len(FAULTS))]
    parts = []
    for kind, group in itertools.groupby((row for row in page.lines if row[0]), key=lambda row: row[0]):
        parts.append(_WRITERS[kind]([text for _, text in group], _class(dress, kind, page.layout.name)))
    day = datetime.date.fromisoformat(meta["published"])
    byline = meta.get("byline", "-")
    authors = [part.strip() for part in byline.replace(" and ", ",").split(",")] if byline not in ("-", "") else []
    head = _head(fault, meta["headline"], page.layout.header["outlet"], day, authors)
    body = [text for kind, text in page.lines if kind in layouts.BODY]
    return {
        "id": name, "article": article["id"], "html": f"<!doctype html>\n<html lang=en><head>\n{head}</head><body>\n{''.join(parts)}</body></html>\n",
        "metadata": fault, "headline": meta["headline"], "date": meta["published"], "authors": authors, "body": "\n".join(body),
        "kinds": [[kind, text] for kind, text in page.lines if kind],
    }  # fmt: skip


def _head(fault: str, headline: str, outlet: str, day: datetime.date, authors: list[str]) -> str:
    shown = f"{headline} | {outlet}" if fault == "title with site" else headline
    lines = [f"<title>{escape(headline)} - {escape(outlet)}</title>"]
    if fault == "no metadata":
        return "\n".join(lines) + "\n"
    stamp = day + datetime.timedelta(days=9) if fault == "modified as published" else day
    zone = "-11:00" if fault == "wrong zone" else "+00:00"
    title = escape(escape(shown)) if fault == "twice escaped" else escape(shown)
    lines += [
        f'<meta property="og:title" content="{title}">',
        f'<meta property="og:site_name" content="{escape(outlet)}">',
    ]
    if fault == "no json-ld":
        return "\n".join(lines) + f'\n<meta property="article:published_time" content="{day}T08:00:00{zone}">\n'
    names = [outlet] if fault == "site as author" else authors
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": shown, "datePublished": f"{stamp}T08:00:00{zone}", "dateModified": f"{day + datetime.timedelta(days=9)}T10:00:00+00:00",
        "author": [{"@type": "Person", "name": author} for author in names], "publisher": {"@type": "Organization", "name": outlet},
    }  # fmt: skip
    text = json.dumps(data, ensure_ascii=False)
    if fault == "broken json-ld":
        text = text[: len(text) * 2 // 3]
    lines.append(f'<script type="application/ld+json">{text}</script>')
    return "\n".join(lines) + "\n"
