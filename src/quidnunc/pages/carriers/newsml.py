"""IPTC NewsML-G2 and NITF: each text item a page. Entities are not resolved, nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from quidnunc.errors import InputError
from quidnunc.pages.carriers._fields import Form, fragment, make_page, text
from quidnunc.pages.carriers._limits import flaw, record_name
from quidnunc.pages.carriers._reader import Head, Reader, Source
from quidnunc.pages.carriers.ninjs import WITHDRAWN
from quidnunc.records import Page

_ROOTS = frozenset(("newsItem", "newsMessage", "packageItem", "nitf"))
_LINES = frozenset(("p", "hl2", "li", "pre", "td"))
Element = Any
"""An lxml element; lxml ships no types."""


def _recognises(head: Head) -> bool:
    return head.xml_root in _ROOTS


def _read(source: Source) -> Iterator[Page | InputError]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(source.whole(), parser)
    except etree.XMLSyntaxError as error:
        raise flaw(InputError, source.name, f"it is no well-formed XML ({str(error)[:120]}); get it again") from None
    if _tag(root) == "nitf":
        yield _nitf_page(source.name, root)
        return
    items = list(root.iter("{*}newsItem", "{*}packageItem"))
    for number, item in enumerate(items, 1):
        reason = _no_article(item)
        if reason:
            source.skipped[reason] += 1
        else:
            yield _item_page(source.name if len(items) == 1 else record_name(source.name, number), item)


def _no_article(item: Element) -> str | None:
    if _tag(item) == "packageItem":
        return "package"
    kind = _attribute(item, "itemClass", "qcode").rpartition(":")[2]
    if kind not in ("", "text", "composite"):
        return f"NewsML {kind[:20]}"
    status = _attribute(item, "pubStatus", "qcode").rpartition(":")[2]
    return "withdrawn by its provider" if status in WITHDRAWN else None


def _item_page(name: str, item: Element) -> Page | InputError:
    content, form = _content(item)
    meta = item.find("{*}contentMeta")
    meta = item if meta is None else meta
    return make_page(
        name,
        content,
        form,
        url=_attribute(item, "link", "href"),
        headline=_words(meta, "headline") or _words(item, "title"),
        standfirst=_words(meta, "description"),
        authors=_words(meta, "by") or [_named(one) for one in meta.findall("{*}creator")],
        outlet=_named(item.find(".//{*}provider")) or _words(item, "copyrightHolder"),
        published=_words(meta, "contentCreated") or _words(item, "firstCreated") or _words(item, "versionCreated"),
        modified=_words(meta, "contentModified") or _words(item, "versionCreated"),
        language=_attribute(meta, "language", "tag"),
    )


def _content(item: Element) -> tuple[str | None, Form]:
    for inline in item.iter("{*}inlineXML"):
        inner = next((one for one in inline if isinstance(one.tag, str)), None)
        if inner is not None and _tag(inner) == "html":
            return fragment(_inner_html(inner))
        if inner is not None:
            return _paragraphs(inner), "body"
    data = next(item.iter("{*}inlineData"), None)
    return (None if data is None else text(_all_words(data, spaces=False))), "body"


def _inner_html(html: Element) -> str:
    body = html.find("{*}body")
    return str(etree.tostring(html if body is None else body, encoding="unicode", method="html", with_tail=False))


def _paragraphs(root: Element) -> str | None:
    """The lines of an NITF document's body, without its head, its media and its lists of metadata."""
    body = next(root.iter("{*}body.content"), root)
    for media in list(body.iter("{*}media")):
        media.getparent().remove(media)
    lines = [_all_words(one) for one in body.iter() if isinstance(one.tag, str) and _tag(one) in _LINES]
    return text([one for one in lines if one])


def _nitf_page(name: str, root: Element) -> Page | InputError:
    head = next(root.iter("{*}body.head"), root)
    issued = next(root.iter("{*}date.issue"), None)
    return make_page(
        name,
        _paragraphs(root),
        "body",
        headline=_words(head, "hl1") or _words(root, "title"),
        authors=_words(head, "byline"),
        outlet=_words(head, "distributor"),
        published=None if issued is None else issued.get("norm"),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def _tag(element: Element) -> str:
    return str(etree.QName(element).localname)


def _all_words(element: Element, *, spaces: bool = True) -> str:
    words = "".join(one for one in element.itertext() if isinstance(one, str))
    return " ".join(words.split()) if spaces else words


def _words(parent: Element, tag: str) -> str | None:
    found = next(parent.iter(f"{{*}}{tag}"), None)
    return None if found is None else text(_all_words(found))


def _named(element: Element) -> str | None:
    """The name of a provider or creator: its <name>, its literal, or the last part of its code."""
    if element is None:
        return None
    code = element.get("qcode", "").rpartition(":")[2]
    return _words(element, "name") or text(element.get("literal")) or text(code)


def _attribute(parent: Element, tag: str, attribute: str) -> str:
    found = next(parent.iter(f"{{*}}{tag}"), None)
    return "" if found is None else str(found.get(attribute, ""))


READER = Reader("newsml", "NewsML-G2, NITF", _recognises, _read)
