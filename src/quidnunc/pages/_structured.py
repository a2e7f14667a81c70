"""Metadata that HTML carries for machines: JSON-LD, meta tags, links, microdata."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from quidnunc.pages._credits import find_agency, looks_like_name, split_names
from quidnunc.pages._flatten import Element
from quidnunc.pages._knowledge import agencies
from quidnunc.pages._line import clean
from quidnunc.pages._metadata import Metadata, canonical_url
from quidnunc.pages._times import parse

_ARTICLE = re.compile(
    r"(?:News|Opinion|Analysis|Report|Blog|Review|Live|Background|Advertiser)?\w{0,12}(?:Article|BlogPosting|Posting)$|Report$"
)
_LONGEST_JSON = 2_000_000


def read_structured(tree: Element, url: str | None, known: Metadata) -> None:
    """All the fields that a page's machine-readable parts give, JSON-LD before meta tags."""
    nodes = list(_json_ld(tree))
    article = next((node for node in nodes if _is_article(node)), None)
    if article is not None:
        _from_json_ld(article, nodes, known)
    metas = _metas(tree)
    _from_metas(metas, known)
    _from_links(tree, metas, article, url, known)
    _from_title(tree, metas, url, known)
    told = [value for key in ("og:description", "description", "twitter:description") for value in metas.get(key, ())]
    told.append(_word((article or {}).get("description")) or "")
    known.values["descriptions"] = tuple(dict.fromkeys(text for text in told if len(text) > 20))
    _from_microdata(tree, known)
    if article is None:
        _dates_of_page(nodes, known)


def _dates_of_page(nodes: list[dict[str, Any]], known: Metadata) -> None:
    """The dates of the page itself, where JSON-LD describes no article."""
    for node in nodes:
        if "WebPage" in _types(node):
            for name, key in (("published", "datePublished"), ("modified", "dateModified")):
                known.give(name, parse(_word(node.get(key)) or ""), "json-ld")


def _json_ld(tree: Element) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:20]:
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if not text or len(text) > _LONGEST_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _nodes(data, 0)


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for item in data[:200]:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(data.get(key), depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _is_article(node: dict[str, Any]) -> bool:
    return any(_ARTICLE.search(kind) for kind in _types(node)) and bool(
        node.get("headline") or node.get("datePublished")
    )


def _word(value: Any) -> str | None:
    """The first string in a JSON-LD value, clean; names of objects stand for them."""
    if isinstance(value, list):
        return next((word for item in value if (word := _word(item))), None)
    if isinstance(value, dict):
        return _word(value.get("name") or value.get("@value"))
    if not isinstance(value, str):
        return None
    return clean(html.unescape(re.sub(r"</?[a-z][^<>]{0,80}>", "", value))) or None


def _from_json_ld(node: dict[str, Any], nodes: list[dict[str, Any]], known: Metadata) -> None:
    source = "json-ld"
    known.give("headline", _word(node.get("headline")) or _word(node.get("name")), source)
    for name, key in (("published", "datePublished"), ("modified", "dateModified")):
        known.give(name, parse(_word(node.get(key)) or ""), source)
    by_id = {item["@id"]: item for item in nodes if isinstance(item.get("@id"), str)}
    publisher = node.get("publisher")
    if isinstance(publisher, dict) and "name" not in publisher:
        publisher = by_id.get(str(publisher.get("@id")), publisher)
    outlet = _word(publisher)
    if outlet and not outlet.startswith("http"):
        known.give("outlet", outlet, source)
    give_authors(_people(node.get("author") or node.get("creator"), by_id), known, source)
    known.give("section", _section(node.get("articleSection")), source)
    parts = node.get("hasPart")
    parts = [part for part in (parts if isinstance(parts, list) else [parts])[:50] if isinstance(part, dict)]
    if any(_is_closed(part) for part in (node, *parts)):
        known.give("paywalled", True, source)
    known.give("licence", _word(node.get("license")), source)


def _is_closed(part: dict[str, Any]) -> bool:
    return str(part.get("isAccessibleForFree", "")).lower().rpartition("/")[2] in ("false", "no")


def _section(value: Any) -> str | None:
    word = _word(value)
    return word.split(",")[0].strip() if word and len(word) < 60 else None


def _people(value: Any, by_id: dict[str, dict[str, Any]]) -> list[str]:
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and "name" not in item:
            item = by_id.get(str(item.get("@id")), item)
        if isinstance(item, dict) and isinstance(item.get("name"), list):
            names += [name for name in map(_word, item["name"]) if name]
        elif word := _word(item):
            names.append(word)
    return names


_NO_NAME = re.compile(r"https?:|@|www\.|\d+$", re.I)


def give_authors(names: list[str], known: Metadata, source: str) -> None:
    """Set authors from raw names: several in one string split; agencies noted; addresses, numbers and the outlet left out."""
    people: list[str] = []
    others: list[str] = []
    for raw in names:
        name = re.sub(r"^(?:by|von|par|por|di)\s+", "", raw.strip(), flags=re.I).strip(" ,|")
        if not name or _NO_NAME.match(name) or "@" in name or len(name) > 200:
            continue
        if agency := find_agency(name) or agencies().get(name.lower()):
            known.give("agency", agency, source)
        if looks_like_name(name) and "," not in name:
            people.append(name)
        elif parts := split_names(name):
            people += parts
        elif len(name) < 80:
            others.append(name)
    named = [*people, *others] if source == "json-ld" else people or others
    known.give("authors", tuple(dict.fromkeys(named)), source)


def _metas(tree: Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = clean(meta.get("content") or "")
        if name and content:
            metas.setdefault(name, []).append(content)
    return metas


_META_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("outlet", ("og:site_name", "application-name", "dc.publisher", "citation_publisher")),
    ("section", ("article:section", "section", "parsely-section", "cxenseparse:recs:category")),
    ("licence", ("license", "dc.rights", "dcterms.license")),
)
_META_DATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("published", (
        "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "publishdate", "publish-date",
        "pubdate", "article.published", "dc.date.issued", "dcterms.created", "sailthru.date", "date", "dc.date", "og:pubdate",
        "publication_date", "rnews:datepublished", "article_date_original", "cxenseparse:recs:publishtime", "iso-8601-publish-date",
        "citation_publication_date", "citation_date", "published", "published_at", "dc.created",
    )),
    ("modified", (
        "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified", "dc.date.modified",
    )),
)  # fmt: skip
_META_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "sailthru.author",
    "byl",
    "og:article:author",
    "citation_author",
    "twitter:data1",
)


def _from_metas(metas: dict[str, list[str]], known: Metadata) -> None:
    for name, keys in _META_FIELDS:
        for key in keys:
            for value in metas.get(key, ())[:1]:
                if not value.startswith(("http", "@")) or name == "licence":
                    known.give(name, value, "meta")
    for name, keys in _META_DATES:
        for key in keys:
            if key in metas:
                known.give(name, parse(metas[key][0]), "meta")
    for key in _META_AUTHORS:
        if key in metas and "authors" not in known.values:
            if key == "twitter:data1" and not all(looks_like_name(value) for value in metas[key]):
                continue
            give_authors(metas[key], known, "meta")
    tier = (metas.get("article:content_tier") or [""])[0].lower()
    if tier in ("locked", "metered"):
        known.give("paywalled", tier == "locked", "meta")


def _from_title(tree: Element, metas: dict[str, list[str]], url: str | None, known: Metadata) -> None:
    """The headline of the meta tags; the title element only helps to find the headline on the page."""
    sites = (known.text("outlet"), *_host_words(known.text("url") or url))
    for title in (metas.get("og:title") or metas.get("twitter:title") or metas.get("dc.title") or [])[:1]:
        title = without_site(title, *sites)
        known.give("headline", title, "meta")
        known.values["title"] = title
        return
    for element in tree.xpath("//head/title")[:1]:
        title = without_site(clean("".join(element.itertext())[:500]), *sites)
        if title:
            known.values["title"] = title


def _host_words(url: str | None) -> tuple[str, ...]:
    """The parts of a host's name that may name the site."""
    host = urlsplit(url).hostname if canonical_url(url) and url else None
    return tuple(part for part in (host or "").split(".")[:-1] if len(part) > 3)


def without_site(title: str, *sites: str | None) -> str:
    """A title without the name of the site that closes or opens it."""
    names = [site for site in sites if site]
    for mark in (" | ", " - ", " – ", " — ", " :: ", " » ", " • "):
        head, found, tail = title.rpartition(mark)
        if found and len(head.split()) >= 2 and any(_same_site(tail, name) for name in names):
            return head.strip()
        first, found, rest = title.partition(mark)
        if found and len(rest.split()) >= 3 and any(_same_site(first, name) for name in names):
            return rest.strip()
    return title


def _same_site(piece: str, outlet: str) -> bool:
    a, b = (re.sub(r"[^a-z0-9]", "", text.lower().replace("the ", "")) for text in (piece, outlet))
    return bool(a and b) and (a == b or (len(a) > 3 and len(b) > 3 and (a in b or b in a)))


def _from_links(
    tree: Element, metas: dict[str, list[str]], article: dict[str, Any] | None, url: str | None, known: Metadata
) -> None:
    base = url or ""
    for href in [link.get("href") for link in tree.xpath("//link[@rel='canonical']")[:1]]:
        known.give("url", canonical_url(urljoin(base, href or "")), "meta")
    for value in metas.get("og:url", ())[:1]:
        known.give("url", canonical_url(urljoin(base, value)), "meta")
    page = (article or {}).get("url") or (article or {}).get("mainEntityOfPage")
    known.give("url", canonical_url(page if isinstance(page, str) else None), "json-ld")
    for href in [link.get("href") for link in tree.xpath("(//link | //a)[@rel='license']")[:1]]:
        known.give("licence", href, "meta")


def _from_microdata(tree: Element, known: Metadata) -> None:
    for name, prop in (("published", "datePublished"), ("modified", "dateModified")):
        for element in tree.xpath(f"//*[@itemprop='{prop}']")[:1] if name not in known.values else ():
            stamp = element.get("datetime") or element.get("content") or "".join(element.itertext())[:100]
            known.give(name, parse(clean(stamp)), "microdata")
    if "published" not in known.values:
        for element in tree.xpath("(//article | //main | //header)//time[@datetime]")[:1]:
            known.give("published", parse(element.get("datetime") or ""), "time")
    if "authors" not in known.values:
        names = [
            clean("".join(e.itertext())[:120]) for e in tree.xpath("//*[@itemprop='author']//*[@itemprop='name']")[:6]
        ]
        names = names or [clean("".join(e.itertext())[:80]) for e in tree.xpath("//a[@rel='author']")[:4]]
        people = [name for name in names if looks_like_name(name)]
        known.give("authors", tuple(dict.fromkeys(people)), "microdata")
