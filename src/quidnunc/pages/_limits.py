"""Limits on markup, checked by one scan of the text before any parser sees it."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass

from quidnunc.errors import TooDeep, TooLarge, TooSlow

MAX_DEPTH = 250
"""Deepest nesting of elements. Parsers cut or hang on deeper trees; news pages stay under 60."""
MAX_ELEMENTS = 60_000
"""Most elements on a page. News pages stay under 20,000."""
MAX_LINES = 10_000
"""Most lines of a flattened page, or blocks of an HTML page."""
MAX_TEXT = 3_000_000
"""Most characters of visible text on an HTML page. Long live blogs stay under 500,000."""
MAX_ATTRIBUTES = 10_000
"""Most attributes of one element: parsers compare each with all that came before."""
SECONDS = 2.0
"""What reading one page may cost: processor time of its thread, so that a busy machine fails no page."""


class Clock:
    """Counts the time that a page costs; asked between the steps, each of which the other limits keep short."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._begin = time.thread_time()

    def check(self, step: str) -> None:
        """Raise TooSlow where the page has cost more than it may."""
        if self.spent() > 1:
            raise TooSlow(f"reading the page took more than {self._seconds:g} s (stopped after {step}); pass its text")

    def spent(self) -> float:
        """The share of the time that is used up."""
        return (time.thread_time() - self._begin) / self._seconds


_TAG = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})|!--)")
_NEVER_NEST = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "option",
        "optgroup",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "rt",
        "rp",
        "html",
        "head",
        "body",
        "path",
        "rect",
        "circle",
        "line",
        "polygon",
        "polyline",
        "use",
        "stop",
        "g",
    ]
)
_OPAQUE = frozenset(("script", "style", "textarea", "title", "noscript", "template", "svg"))
_CLOSING = {name: re.compile(f"</{name}", re.I) for name in _OPAQUE}


@dataclass(frozen=True)
class Shape:
    """How many elements a page has, how many of them paragraphs, and how deep they nest."""

    elements: int
    paragraphs: int
    depth: int


def shape(markup: str) -> Shape:
    """Count a page's elements in one pass. Raises TooDeep or TooLarge."""
    elements = paragraphs = depth = deepest = position = 0
    open_names: Counter[str] = Counter()
    unclosed: set[str] = set()
    while match := _TAG.search(markup, position):
        if match.start() - position > _LONG_TAG:
            _count_attributes(markup, position, match.start())
        position = match.end()
        if match[2] is None:
            position = _after(markup, "-->", position)
            continue
        name = match[2].lower()
        if match[1]:
            if open_names[name]:
                open_names[name] -= 1
                depth -= 1
            continue
        elements += 1
        paragraphs += name == "p"
        if elements > MAX_ELEMENTS:
            raise TooLarge(f"the page has more than {MAX_ELEMENTS:,} elements; split it or pass its text")
        if name in _OPAQUE:
            position = _skip(markup, name, position, unclosed)
        elif name not in _NEVER_NEST and not _self_closed(markup, position):
            open_names[name] += 1
            depth += 1
            deepest = max(deepest, depth)
            if depth > MAX_DEPTH:
                raise TooDeep(f"the markup is nested more than {MAX_DEPTH} deep; pass the text of the page instead")
    if len(markup) - position > _LONG_TAG:
        _count_attributes(markup, position, len(markup))
    return Shape(elements, paragraphs, deepest)


_LONG_TAG = 3 * MAX_ATTRIBUTES


def _count_attributes(markup: str, start: int, end: int) -> None:
    """Between two tags stand the rest of the first and text; attributes end at the last ">" (it may be quoted before)."""
    close = markup.rfind(">", start, end)
    if close - start > _LONG_TAG and len(markup[start:close].split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES:
        raise TooLarge(f"an element has more than {MAX_ATTRIBUTES:,} attributes; pass the text of the page instead")


def _after(markup: str, mark: str, position: int) -> int:
    end = markup.find(mark, position)
    return len(markup) if end < 0 else end + len(mark)


def _skip(markup: str, name: str, position: int, unclosed: set[str]) -> int:
    """The position of the closing tag of an element whose content is no markup of ours; a miss is searched only once."""
    if name in unclosed:
        return position
    match = _CLOSING[name].search(markup, position)
    if match:
        return match.start()
    unclosed.add(name)
    return position


def _self_closed(markup: str, position: int) -> bool:
    end = markup.find(">", position, position + 2000)
    return end > 0 and markup[end - 1] == "/"
