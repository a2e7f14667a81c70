"""The second opinion on HTML: which blocks an extraction library (trafilatura) takes for body."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any, cast

import trafilatura
from trafilatura.settings import use_config

from quidnunc.pages._flatten import Element
from quidnunc.pages._limits import Shape
from quidnunc.pages._line import Line

MOST_ELEMENTS, MOST_PARAGRAPHS, MOST_BLOCKS, MOST_TEXT = 25_000, 3_000, 4_000, 1_000_000
"""Above these the library is not asked: its time grows with the square of the number of paragraphs."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "120")
_BUDGET = 1_000_000_000
"""Characters that may be searched on one page; above it only whole blocks are compared."""
_NOT_WORD = re.compile(r"[\W_]+")


def is_small(size: Shape, blocks: int, characters: int) -> bool:
    """Whether the library reads such a page in less than a second."""
    few = size.elements <= MOST_ELEMENTS and size.paragraphs <= MOST_PARAGRAPHS and blocks <= MOST_BLOCKS
    return few and characters <= MOST_TEXT


def squeeze(text: str) -> str:
    """The letters and digits of a text, in lower case and without space: for comparing texts of two extractors."""
    return _NOT_WORD.sub("", text.lower())


_UNREAD = (
    "applet", "area", "aside", "audio", "blink", "button", "canvas", "datalist", "dialog", "embed", "fencedframe", "fieldset",
    "figure", "footer", "frame", "frameset", "iframe", "img", "input", "label", "legend", "link", "map", "marquee", "math", "menu",
    "menuitem", "nav", "noindex", "noscript", "object", "optgroup", "option", "output", "param", "picture", "progress", "rp", "rt",
    "rtc", "script", "select", "source", "style", "svg", "template", "textarea", "time", "track", "use", "video",
)  # fmt: skip
"""Elements that the library throws away in the end: dropped before it searches the tree many times over."""


def ask_library(tree: Element, fast: bool = True) -> str | None:
    """The library's body of a page, one block a line; None where it finds none. The tree is used up."""
    _thin_out(tree)
    try:
        document: Any = trafilatura.bare_extraction(
            cast(Any, tree),
            include_comments=False,
            include_tables=True,
            with_metadata=False,
            fast=fast,
            config=_CONFIG,
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None  # a page that the library stumbles over is read by our own means
    text: str | None = getattr(document, "text", None)
    return text or None


def _thin_out(tree: Element) -> None:
    for element in list(tree.iter(*_UNREAD)):
        told = element.tag == "script" and "ld+json" in (element.get("type") or "")
        holds = element.tag == "figure" and element.find(".//table") is not None
        if not told and not holds and element.getparent() is not None:
            element.drop_tree()


def vote(lines: Sequence[Line], body: str | None) -> None:
    """Mark each line by whether the library's body holds it; short lines must be whole lines of it, in its order."""
    if not body:
        return
    pieces = [squeeze(piece) for piece in body.split("\n")]
    whole = set(pieces)
    joined = "\n".join(pieces)
    if len(joined) * len(lines) > _BUDGET:
        joined = ""
    for line in lines:
        key = squeeze(line.text)
        if not key:
            line.vote = False
        elif len(key) >= 40:
            line.vote = key in whole or key in joined or _mostly_in(line.text, joined)
        else:
            line.vote = key in whole or (len(key) >= 20 and line.link_share < 0.5 and key in joined)


def _mostly_in(text: str, joined: str) -> bool:
    """Most of a block's sentences are in the library's body (inline furniture kept it from being found whole)."""
    parts = [squeeze(part) for part in re.split(r"(?<=[.!?])\s", text)]
    parts = [part for part in parts if len(part) >= 15]
    inside = sum(len(part) for part in parts if part in joined)
    return len(parts) >= 2 and inside >= 0.6 * sum(map(len, parts))
