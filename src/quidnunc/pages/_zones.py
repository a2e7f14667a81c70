"""Stretches of a page: what a heading such as "READ MORE" rules over, and where the body begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from quidnunc.pages._line import Line
from quidnunc.pages._prose import ends_sentence, is_cut, is_prose, is_title, weight
from quidnunc.records import BlockKind

_RULING: tuple[BlockKind, ...] = ("read_more", "most_read", "video", "comments")

_SPREADING: tuple[BlockKind, ...] = ("promo", "comments", "most_read", "video")


def body_run(lines: Sequence[Line]) -> tuple[int, int]:
    """First and past-last line of the stretch that holds most running prose; (0, 0) if there is none."""
    best, best_span = 0.0, (0, 0)
    total, start = 0.0, 0
    for i, line in enumerate(lines):
        gain = _gain(line)
        if total <= 0:
            total, start = 0.0, i
        total += gain
        if gain > 0 and total > best:
            best, best_span = total, (start, i + 1)
    first, last = best_span
    while last < len(lines) and lines[last].kind is None and _is_short_sentence(lines[last]):
        last += 1
    while first < last and not (lines[first].kind is None and _gain(lines[first]) > 0):
        first += 1
    return first, last


def _is_short_sentence(line: Line) -> bool:
    return weight(line) >= 3 and line.text.rstrip("\"'”’»").endswith((".", "!", "?", "。")) and not is_cut(line.text)


def _gain(line: Line) -> float:
    if line.kind is None:
        return min(weight(line), 80) if is_prose(line) else -6.0
    if line.kind in ("caption", "credit", "dateline", "related", "heading", "paragraph", "list", "quote"):
        return -1.0
    return -8.0 if line.kind in ("navigation", "legal", "most_read", "comments") else -4.0


def rule_zones(lines: Sequence[Line]) -> None:
    """Let the heading of a list ("READ MORE:", "Most read", "Latest videos") give its kind to the lines under it."""
    i = 0
    while i < len(lines):
        kind = lines[i].kind
        if kind in _RULING and _is_heading(lines[i]):
            i = _rule(lines, i + 1, kind)
        else:
            i += 1
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if line.kind is None and line.words <= 8 and above.kind == below.kind and above.kind in _SPREADING:
            line.become(above.kind, f"between two lines of kind {above.kind}")


def _is_heading(line: Line) -> bool:
    return line.words <= 6 and not ends_sentence(line.text.rstrip(" :!?"))


def _rule(lines: Sequence[Line], i: int, kind: BlockKind) -> int:
    start = i
    while i < len(lines):
        line = lines[i]
        if line.kind in ("comments", "legal") or (line.kind in _RULING and _is_heading(line)):
            return i
        if line.kind is None and _returns(lines, start, i, kind):
            return i
        if line.kind is None and kind == "video" and i - start >= 6:
            return i
        if line.kind in (None, "related", "published"):
            line.kind, line.because = kind, f"under a heading of kind {kind}"
        i += 1
    return i


def _returns(lines: Sequence[Line], start: int, i: int, kind: BlockKind) -> bool:
    """The article's own prose goes on here."""
    line = lines[i]
    if not is_prose(line) or line.bullet or weight(line) < 10:
        return False
    coming = [other for other in lines[i + 1 : i + 4] if other.kind is None]
    follow = bool(coming) and coming[0] is lines[min(i + 1, len(lines) - 1)] and is_prose(coming[0])
    if kind in ("most_read", "comments"):
        return follow and sum(is_prose(other) for other in coming) >= 2
    if follow:
        return True
    if i == start:
        return kind == "read_more" and any(is_prose(other) and not is_title(other) for other in coming)
    item_above = lines[i - 1].kind == kind and is_title(lines[i - 1])
    later = any(is_prose(other) for other in lines[i + 1 : i + 40] if other.kind is None)
    return weight(line) >= 28 or (i - start <= 2 and later and not (item_above and i - start > 1))


def settle_run(lines: Sequence[Line], start: int, end: int) -> None:
    """Give their kinds to the lines of the body's stretch that are still without one."""
    for i in range(start, end):
        line = lines[i]
        if line.kind is not None:
            continue
        if line.bullet and not (is_prose(line) and line.text[0] in "-–—"):
            line.become("list", "an item of a list in the text")
        elif is_prose(line) or ends_sentence(line.text):
            line.become("paragraph", "running prose in the stretch of the body")
        elif _in_menu(lines, i):
            line.become("other", "one of many short lines in a row")
        elif line.words <= 20:
            line.become("heading", "a short line between paragraphs")
        else:
            line.become("paragraph", "a long line in the stretch of the body")


def _in_menu(lines: Sequence[Line], i: int) -> bool:
    def short(j: int) -> bool:
        line = lines[j]
        return line.words <= 8 and not ends_sentence(line.text) and not line.bullet

    low, high = i, i
    while low > 0 and i - low < 6 and short(low - 1):
        low -= 1
    while high + 1 < len(lines) and high - i < 6 and short(high + 1):
        high += 1
    return high - low + 1 >= 5


def drop_index(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether the stretch is a list of titles with a short text under each, as a section's front page has it.

    Its lines then become related, so that no body is left.
    """
    stretch = [line for line in lines[start:end] if line.kind in ("paragraph", "heading", "list", "quote")]
    pairs, linked, i = 0, 0, 0
    while i + 1 < len(stretch):
        title, under = stretch[i], stretch[i + 1]
        after = stretch[i + 2] if i + 2 < len(stretch) else None
        if _is_item(title) and is_prose(under) and weight(under) <= 45 and (after is None or _is_item(after)):
            pairs += 1
            linked += title.link_share > 0.7
            i += 1
        i += 1
    signed = any(line.kind in ("byline", "dateline") for line in lines)
    if pairs < 4 or 2 * pairs < 0.8 * len(stretch) or (signed and linked < pairs):
        return False
    for line in stretch:
        line.kind, line.because = "related", "one of a list of titles with a short text under each"
    return True


def _is_item(line: Line) -> bool:
    return is_title(line) and weight(line) >= 4 and line.kind in ("heading", "paragraph", "list") and not is_prose(line)


def settle_rest(lines: Sequence[Line], start: int, end: int) -> None:
    """Give their kinds to the lines above and below the body."""
    for i, line in enumerate(lines):
        if line.kind is not None or start <= i < end:
            continue
        if i < start:
            line.become("other", "above the body")
        else:
            line.become("navigation" if line.words <= 4 else "other", "below the body")
