"""Flattens HTML: one line a block, each with what the elements around it say about it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, cast

from lxml import etree, html

from quidnunc.errors import TooLarge
from quidnunc.pages._knowledge import zones
from quidnunc.pages._limits import MAX_TEXT
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


_LOOKUP = etree.ElementDefaultClassLookup(
    element=html.HtmlElement, comment=html.HtmlComment, pi=html.HtmlProcessingInstruction
)
"""One class for all elements: lxml.html's own choice by tag asks Python for each of them."""


def parse(markup: str) -> Element | None:
    """The tree of a page; None if there is none."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_LOOKUP)
    cleaned = markup.replace("\x00", "").lstrip("\ufeff")
    try:
        tree = etree.fromstring(cleaned.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return cast(Element, tree) if tree is not None else None


_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@lru_cache(maxsize=50_000)
def zone_of(tag: str, names: str) -> BlockKind | None:
    """What an element's name and its class and id attributes say that it holds."""
    words = zones()
    for name in names.split()[:12]:
        parts = [part.lower() for part in _PART.findall(name[:80])]
        for first, second in itertools.pairwise(parts):
            if kind := words.pairs.get(f"{first}-{second}"):
                return kind
        for part in parts:
            if kind := words.classes.get(part):
                return kind
    return words.elements.get(tag)


class _Around(NamedTuple):
    """What stands around a text: the block, the zone, the box, the lists and quotes."""

    tag: str = "body"
    zone: BlockKind | None = None
    zone_id: int = 0
    box: tuple[int, int] = (0, 0)
    frame: str = ""
    home: str = ""


_FRAMES = frozenset(("li", "blockquote", "td", "th", "button"))
_INLINE_ZONES = frozenset(("credit", "caption", "byline", "published"))


class _Flattener:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.position = 0
        self.count = 0
        self.size = 0
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
        if tag in _SKIPPED or not isinstance(tag, str):
            return
        if tag in _BLOCKS:
            self.flush(around)
            inner = self.enter_block(element, tag, around)
        elif tag == "br":
            self.line_break(around)
            return
        else:
            self.count += 1
            inner = self.enter_span(element, around) if tag == "span" else around
            if tag == "a":
                link = element.get("href") or link
        if text := element.text:
            self.add(text, link)
        for child in element:
            self.walk(child, inner, link)
            if tail := child.tail:
                self.add(tail, link)
        if self.pieces and inner is not around:
            self.flush(inner)

    def enter_span(self, element: Element, around: _Around) -> _Around:
        names = element.get("class")
        zone = zone_of("span", names) if names else None
        if zone not in _INLINE_ZONES:
            return around
        self.flush(around)
        return _Around(around.tag, zone, self.count, around.box, around.frame, around.home)

    def enter_block(self, element: Element, tag: str, around: _Around) -> _Around:
        self.count += 1
        names, mark = element.get("class") or "", element.get("id")
        zone, zone_id = zone_of(tag, f"{names} {mark}" if mark else names), self.count
        if zone is None:
            zone, zone_id = around.zone, around.zone_id
        box, home = around.box, around.home
        if tag in _BOXES:
            box, home = (self.count, box[0]), f"{tag}.{names}"
        return _Around(tag, zone, zone_id, box, tag if tag in _FRAMES else around.frame, home)

    def add(self, text: str | None, link: str | None) -> None:
        if not text or (not self.pieces and text.isspace()):
            return
        self.pieces.append(text)
        self.size += len(text)
        if self.size > MAX_TEXT:
            raise TooLarge(f"the page has more than {MAX_TEXT:,} characters of text; pass one article at a time")
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
