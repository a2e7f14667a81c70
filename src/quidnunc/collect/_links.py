"""The pages that a source names: an RSS or Atom feed, a sitemap, a page of a section."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from quidnunc.collect._feeds import Feed, host_of
from quidnunc.collect._web import MAX_BYTES
from quidnunc.errors import InputError, TooLarge
from quidnunc.pages import canonical_url
from quidnunc.pages.carriers import feed as feed_carrier
from quidnunc.store import Link

MAX_CHILDREN = 50
"""Sitemaps that one index may name."""

_ARTICLE = re.compile(r"(?:[a-z0-9]+-){3}|\d{5}|/20\d\d/", re.IGNORECASE)
"""What the path of an article looks like, and that of a section does not: a slug of four words, a number, a year."""
_NEVER = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|css|js|ico|zip|xml|rss)$", re.IGNORECASE)


@dataclass
class Named:
    """What a source names."""

    kind: str
    links: list[Link] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    left_out: int = 0
    """Entries without a link, too old, too many, twice, or of other sites."""


def named(content: bytes, url: str, feed: Feed, *, oldest: str, most: int) -> Named:
    """The pages that a source's content names, newest first where it dates them. Raises InputError.

    ``oldest``: entries that the source dates before this (ISO) are left out; ``most``: and those after so many.
    """
    content = _unpacked(content)
    kind = feed.kind if feed.kind != "auto" else _kind(content)
    if kind == "feed":
        found = _feed(content, url)
    elif kind == "sitemap":
        found = _sitemap(content, url, oldest)
    else:
        found = _section(content, url)
    return _chosen(found, url, feed, oldest, most)


def _unpacked(content: bytes) -> bytes:
    """Sitemaps come as .gz files."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(content, MAX_BYTES + 1)
    except zlib.error as error:
        raise InputError(f"its gzip is broken: {error}") from error
    if len(unpacked) > MAX_BYTES:
        raise TooLarge(f"unpacked it has over {MAX_BYTES // 1_000_000} MB")
    return unpacked


def _kind(content: bytes) -> str:
    start = content[:4096].lower()
    if b"<urlset" in start or b"<sitemapindex" in start:
        return "sitemap"
    return "feed" if any(root in start for root in (b"<rss", b"<feed", b"<rdf:rdf")) else "section"


def _chosen(found: Named, url: str, feed: Feed, oldest: str, most: int) -> Named:
    """Only pages that are wanted, each once."""
    near = {host_of(url), *feed.hosts}
    links: dict[str, Link] = {}
    dated = sorted(found.links, key=lambda link: link.published or "", reverse=True)
    for link in dated:
        far = found.kind != "feed" and link.host not in near
        old = found.kind == "sitemap" and link.published is not None and link.published < oldest
        off = feed.links is not None and not re.search(feed.links, urlsplit(link.url).path)
        if far or old or off or link.url in links or len(links) >= most:
            found.left_out += 1
        else:
            links[link.url] = link
    found.links = list(links.values())
    near_maps = [one for one in dict.fromkeys(found.sitemaps) if host_of(one) in near]
    found.left_out += len(found.sitemaps) - len(near_maps[:MAX_CHILDREN])
    found.sitemaps = near_maps[:MAX_CHILDREN]
    return found


def _add(found: Named, href: str | None, base: str, published: str | None = None) -> None:
    try:
        url = canonical_url(urljoin(base, href.strip())) if href else None
    except ValueError:
        url = None
    if url is None:
        found.left_out += 1
    else:
        found.links.append(Link(url=url, host=host_of(url), published=published))


def _feed(content: bytes, url: str) -> Named:
    parsed = feed_carrier.parse(url, content)
    if not parsed.entries and parsed.flaw is not None:
        raise InputError(f"no entry of the feed can be read: {parsed.flaw}")
    found = Named("feed")
    for entry in parsed.entries:
        updated = dict.get(entry, "updated_parsed") or dict.get(entry, "published_parsed")
        _add(found, entry.get("link") or entry.get("id"), url, _iso(updated))
    return found


def _iso(parsed: Any) -> str | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat() if parsed else None  # type: ignore[misc]
    except (ValueError, TypeError):
        return None


def _sitemap(content: bytes, url: str, oldest: str) -> Named:
    from lxml import etree

    found = Named("sitemap")
    dated: list[tuple[str, str]] = []
    safe = {"resolve_entities": False, "no_network": True, "huge_tree": False, "recover": True, "load_dtd": False}
    try:
        for _, element in etree.iterparse(BytesIO(content), events=("end",), tag=("{*}url", "{*}sitemap"), **safe):
            loc = (element.findtext("{*}loc") or "").strip()
            when = _day(element.findtext("{*}lastmod") or element.findtext(".//{*}publication_date"))
            if etree.QName(element).localname == "url":
                _add(found, loc, url, when)
            elif when is None or when >= oldest:
                dated.append((when or "", urljoin(url, loc)))
            else:
                found.left_out += 1
            element.clear()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"the sitemap cannot be read: {' '.join(str(error).split())[:150]}") from error
    found.sitemaps = [child for _, child in sorted(dated, reverse=True)]
    return found


def _day(text: str | None) -> str | None:
    """A date of a sitemap in UTC; None for what is none."""
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _section(content: bytes, url: str) -> Named:
    from lxml import etree, html

    found = Named("section")
    try:
        tree = html.document_fromstring(content, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"the section page cannot be read: {error}") from error
    base = urljoin(url, next((str(one) for one in tree.xpath("//base/@href")[:1]), url))
    for href in tree.xpath("//a/@href"):
        address = str(href)
        if address.startswith(("#", "mailto:", "javascript:", "tel:")):
            continue
        path = address.split("?")[0].split("#")[0]
        if _ARTICLE.search(path) and not _NEVER.search(path):
            _add(found, address, base)
    return found
