"""Flattens HTML: one line a block, each with what the elements around it say about it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Protocol, cast

from lxml import etree, html

from quidnunc.pages._knowledge import zones
from quidnunc.pages._line import Line, clean
from quidnunc.records import BlockKind


class Element(Protocol):
    """The part of an lxml element that is used here (lxml has no type hints of its own)."""

    tag: Any
    text: str | None
    tail: str | None

    def get(self, name: str) -> str | None:
        """An attribute."""

    def __iter__(self) -> Any:
        """Its children."""

    def xpath(self, path: str) -> list[Any]:
        """What an XPath finds."""

    def iter(self, *tags: str) -> Iterable[Any]:
        """Itself and its descendants, those of the given tags."""


_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
        "button",
    ]
)
_BOXES = frozenset(
    ["div", "section", "article", "main", "td", "body", "aside", "header", "footer", "form", "dialog", "nav"]
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "select",
        "option",
        "input",
        "textarea",
        "object",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
        "datalist",
        "math",
        "embed",
        "picture",
        "source",
        "param",
        "track",
    ]
)


def parse(markup: str) -> Element | None:
    """The tree of a page; None if there is none."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    cleaned = markup.replace("\x00", "").lstrip("\ufeff")
    try:
        tree = html.document_fromstring(cleaned.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return cast(Element, tree)


_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@cache
def zone_of(tag: str, names: str) -> BlockKind | None:
    """What an element's name and its class and id attributes say that it holds."""
    for name in names.split()[:12]:
        parts = [part.lower() for part in _PART.findall(name[:80])]
        for first, second in itertools.pairwise(parts):
            if kind := zones().pairs.get(f"{first}-{second}"):
                return kind
        for part in parts:
            if kind := zones().classes.get(part):
                return kind
    return zones().elements.get(tag)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a text: the block, the zone, the box, the lists and quotes."""

    tag: str = "body"
    zone: BlockKind | None = None
    zone_id: int = 0
    box: tuple[int, int] = (0, 0)
    frame: str = ""
    home: str = ""


class _Flattener:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.position = 0
        self.count = 0
        self.pieces: list[str] = []
        self.linked = 0
        self.href: str | None = None

    def flush(self, around: _Around) -> None:
        if not self.pieces:
            return
        text = clean("".join(self.pieces))
        share = min(1.0, self.linked / len(text)) if text else 0.0
        href = self.href
        self.pieces.clear()
        self.linked, self.href = 0, None
        if not text:
            return
        tag = (
            around.tag if around.tag in ("p", "button", "time") or around.tag[0] == "h" else around.frame or around.tag
        )
        line = Line(text, self.position, self.position + len(text), gap=True, tag=tag, zone=around.zone)
        line.zone_id, line.box, line.link_share, line.href = around.zone_id, around.box, share, href
        line.home = around.home
        self.lines.append(line)
        self.position += len(text) + 1

    def walk(self, element: Element, around: _Around, link: str | None = None) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        block = tag in _BLOCKS
        if tag == "br":
            self.line_break(around)
            return
        inner = self.enter(element, tag, around, block)
        if block:
            self.flush(around)
        if tag == "a":
            link = element.get("href") or link
        self.add(element.text, link)
        for child in element:
            self.walk(child, inner, link)
            if child.tail:
                self.add(child.tail, link)
        if block or inner.zone_id != around.zone_id:
            self.flush(inner)

    def enter(self, element: Element, tag: str, around: _Around, block: bool) -> _Around:
        self.count += 1
        names = f"{element.get('class') or ''} {element.get('id') or ''}" if block or tag == "span" else " "
        zone = zone_of(tag, names.strip()) if block or len(names) > 1 else None
        inner = around
        if zone is not None and (block or zone in ("credit", "caption", "byline", "published")):
            if not block:
                self.flush(around)
            inner = replace(inner, zone=zone, zone_id=self.count)
        if not block:
            return inner
        box = (self.count, around.box[0]) if tag in _BOXES else around.box
        frame = {"li": "li", "blockquote": "blockquote", "td": "td", "th": "td", "button": "button"}.get(
            tag, around.frame
        )
        home = f"{tag}.{element.get('class') or ''}" if tag in _BOXES else around.home
        return replace(inner, tag=tag, box=box, frame=frame, home=home)

    def add(self, text: str | None, link: str | None) -> None:
        if not text or (not self.pieces and text.isspace()):
            return
        self.pieces.append(text)
        if link is not None:
            self.linked += len(text.strip())
            self.href = self.href or link

    def line_break(self, around: _Around) -> None:
        if self.pieces and self.pieces[-1] == "\n":
            self.flush(around)
        elif self.pieces:
            written = "".join(self.pieces[-3:]).rstrip()
            if len(written) > 80 and written.endswith((".", "!", "?", '"', "”")):
                self.flush(around)
            else:
                self.pieces.append("\n")


def flatten(tree: Element) -> list[Line]:
    """The blocks of a page in order; spans count in the blocks' texts joined by newlines."""
    flattener = _Flattener()
    bodies = tree.xpath("//body") or [tree]
    for body in bodies[:1]:
        flattener.walk(body, _Around())
        flattener.flush(_Around())
    return flattener.lines
