"""A line of a page: the unit that is labelled, whatever carrier it came from."""

from __future__ import annotations

import html
import itertools
import re
from dataclasses import dataclass, field

from quidnunc.records import BlockKind

_INVISIBLE = dict.fromkeys(
    [
        *range(0, 9),
        *range(14, 32),
        127,
        173,
        8203,
        8204,
        8206,
        8207,
        8288,
        65279,
        65534,
        65535,
        *list(range(8234, 8239)),
        *list(range(8294, 8298)),
    ]
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_BULLET = re.compile(r"(?:[•‣▪●◦·∙■□►▶*–-]|\(?\d{1,2}[.)]|#\d{1,2}\b)\s+(?=\S)")


@dataclass(slots=True)
class Line:
    """One line: its clean text, where it stands on the page, and what is known about it so far."""

    text: str
    start: int
    end: int
    gap: bool = False
    """A blank line stands before it."""
    bullet: bool = False
    """It began with a bullet or a number (still part of ``text``)."""
    kind: BlockKind | None = None
    because: str = ""
    tag: str = ""
    """HTML only: the element that made the block."""
    zone: BlockKind | None = None
    """HTML only: what the elements around it say it is."""
    zone_id: int = 0
    """HTML only: number of the element that says so."""
    box: tuple[int, int] = (0, 0)
    """HTML only: numbers of the element that holds it and its siblings, and of the one around that."""
    home: str = ""
    """HTML only: name and class of the element that holds it."""
    link_share: float = 0.0
    vote: bool | None = None
    """HTML only: whether the extraction library takes it for body."""
    href: str | None = None
    low: str = field(init=False)
    words: int = field(init=False)

    def __post_init__(self) -> None:
        self.low = self.text.lower()
        self.words = len(self.text.split())

    def become(self, kind: BlockKind, because: str) -> None:
        """Give it a kind, if it has none yet."""
        if self.kind is None:
            self.kind, self.because = kind, because


def clean(text: str) -> str:
    """The text with odd spaces, control characters and entities made plain and runs of white space made one space."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
    return " ".join(text.translate(_INVISIBLE).split())


def split_lines(page: str) -> list[Line]:
    """The lines of a flattened page that are not blank, with spans into ``page``."""
    lines: list[Line] = []
    gap, position = True, 0
    for end, after in _line_ends(page):
        raw = page[position:end]
        text = clean(raw)
        if text:
            left = len(raw) - len(raw.lstrip())
            lines.append(_line(text, position + left, position + len(raw.rstrip()), gap))
        gap = not text
        position = after
    return lines


def _line_ends(page: str) -> list[tuple[int, int]]:
    ends = [(match.start(), match.end()) for match in _BREAKS.finditer(page)]
    return [*ends, (len(page), len(page))]


def _line(text: str, start: int, end: int, gap: bool) -> Line:
    return Line(text, start, max(end, start), gap, bullet=_BULLET.match(text) is not None)


def strip_bullet(text: str) -> str:
    """The text without the bullet or number that opens it."""
    return _BULLET.sub("", text, count=1) if _BULLET.match(text) else text


_WRAP_LOW, _WRAP_HIGH = 40, 100


def unwrap(lines: list[Line]) -> list[Line]:
    """Lines of text that was broken at a fixed width, joined to paragraphs again; other pages as they are."""
    if not _is_wrapped(lines):
        return lines
    width = max(len(line.text) for line in lines)
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and not line.gap and not line.bullet and _runs_on(last, line, width):
            joined[-1] = Line(f"{last.text} {line.text}", last.start, line.end, last.gap, last.bullet, tag=line.text)
        else:
            joined.append(Line(line.text, line.start, line.end, line.gap, line.bullet, tag=line.text))
    for line in joined:
        line.tag = ""
    return joined


def _runs_on(last: Line, line: Line, width: int) -> bool:
    room = width - len(last.tag)
    return room <= len(line.text.split(" ", 1)[0]) + 8


def _is_wrapped(lines: list[Line]) -> bool:
    """Half of the pairs of neighbours stop near one width without ending a sentence, and the next goes on in lower case."""
    if len(lines) < 6:
        return False
    width = max(len(line.text) for line in lines)
    if not _WRAP_LOW <= width <= _WRAP_HIGH:
        return False
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.gap]
    run_on = sum(1 for a, b in pairs if len(a.text) > 0.7 * width and a.text[-1].isalnum() and b.text[0].islower())
    return len(pairs) >= 4 and run_on >= 0.3 * len(lines)
