"""Chooses the blocks of an HTML page that are body: what the library voted for, and what stands as those do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quidnunc.pages._line import Line
from quidnunc.pages._prose import is_prose, weight
from quidnunc.pages._vote import squeeze

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


def is_plain_prose(line: Line) -> bool:
    return is_prose(line) and line.link_share < (0.4 if weight(line) < 25 else 0.6) and weight(line) >= 12


def choose_body(lines: Sequence[Line]) -> list[int]:
    """The lines that are body: voted for and not marked, and their like among their siblings."""
    voted = [i for i, line in enumerate(lines) if line.vote and line.kind is None]
    own = _own_body(lines)
    shared = _prose_in(lines, sorted(set(own) & set(voted)))
    size = _prose_in(lines, voted)
    if not own and not any(is_plain_prose(lines[i]) for i in voted) and (short := _short_text(lines)):
        return _with_headings(lines, short)
    wider = _prose_in(lines, own) > 1.6 * size and (size < 100 or shared > 0.6 * size)
    if wider or not any(is_prose(lines[i]) and lines[i].link_share < 0.6 for i in voted):
        return _with_headings(lines, own)
    if _prose_in(lines, own) > 3 * size:
        return _with_headings(lines, sorted({*own, *voted}))
    prose = [i for i in voted if is_plain_prose(lines[i])] or voted
    frame = _Frame.of([lines[i] for i in voted if is_plain_prose(lines[i])])
    first, last = prose[0], prose[-1]
    loose = _is_loose(lines[first:last], size)
    after = _next_head(lines, last)
    body = []
    for i, line in enumerate(lines):
        if line.kind is not None:
            continue
        inside = first <= i <= last
        home = frame.boxes[line.box] >= 2 or frame.homes[line.home, line.tag] >= 2
        if line.vote:
            chosen = inside or home
        elif inside and line.tag == "li":
            chosen = frame.boxes[line.box] > 0 or (line.link_share < 0.5 and (loose or frame.encloses(line)))
        elif first <= i < after and line.link_share < 0.5:
            chosen = (home and (is_plain_prose(line) or (i < last and _fits(line)))) or (
                inside and (loose or frame.holds(line))
            )
        else:
            chosen = False
        if chosen:
            body.append(i)
    return _with_headings(lines, _with_short_end(lines, _without_strays(lines, body)))


def _short_text(lines: Sequence[Line]) -> list[int]:
    """Where no paragraph is long: the sentences in paragraph elements of one box, the box that holds most of them."""
    free = [i for i, line in enumerate(lines) if line.kind is None and _is_short_sentence(line)]
    boxes = Counter(lines[i].box for i in free)
    return [i for i in free if lines[i].box == boxes.most_common(1)[0][0]]


def _with_short_end(lines: Sequence[Line], body: list[int]) -> list[int]:
    """The body with the short sentences that follow its last paragraph directly, in the same element."""
    while body and body[-1] + 1 < len(lines):
        last, line = lines[body[-1]], lines[body[-1] + 1]
        if line.kind is not None or line.box != last.box or line.tag != last.tag or not _is_short_sentence(line):
            break
        body = [*body, body[-1] + 1]
    return body


def _is_short_sentence(line: Line) -> bool:
    stop = line.text.rstrip("\"'”’»)")[-1:] in (".", "!", "?")
    return line.tag == "p" and weight(line) >= 2 and stop and line.href is None


def _is_loose(stretch: Sequence[Line], size: int) -> bool:
    """Much prose stands unvoted between voted paragraphs: the page is laid out in boxes that the library does not know."""
    return sum(weight(line) for line in stretch if line.kind is None and not line.vote and is_plain_prose(line)) > size


def _next_head(lines: Sequence[Line], last: int) -> int:
    """Where another article begins below the voted text: a byline with a date near it; the end if nowhere."""
    for i in range(last + 3, len(lines)):
        if lines[i].kind == "byline" and any(line.kind == "published" for line in lines[i + 1 : i + 9]):
            return i
    return len(lines)


@dataclass(frozen=True)
class _Frame:
    """The elements in which the voted paragraphs stand."""

    boxes: Counter[tuple[int, int]]
    homes: Counter[tuple[str, str]]
    outer: frozenset[int]
    names: frozenset[str]

    @classmethod
    def of(cls, voted: Sequence[Line]) -> _Frame:
        """The frame of these lines."""
        boxes = Counter(line.box for line in voted)
        homes = Counter((line.home, line.tag) for line in voted)
        return cls(boxes, homes, frozenset(box for box, _ in boxes), frozenset(line.home for line in voted))

    def holds(self, line: Line) -> bool:
        """Prose in a box within a box of the body, or in one that is named as such a box is."""
        return is_plain_prose(line) and self.encloses(line)

    def encloses(self, line: Line) -> bool:
        """It stands in a box within a box of the body, or in one that is named as such a box is."""
        return line.box[1] in self.outer or line.home in self.names


def _with_headings(lines: Sequence[Line], body: list[int]) -> list[int]:
    """The body with the headings that stand directly above one of its paragraphs."""
    chosen = set(body)
    for i in body[1:]:
        above = lines[i - 1]
        heads = above.kind is None and above.tag in HEADINGS and above.words <= 25 and above.link_share < 0.5
        if heads and is_prose(lines[i]) and above.zone is None:
            chosen.add(i - 1)
    return sorted(chosen)


def _without_strays(lines: Sequence[Line], body: list[int]) -> list[int]:
    """The body without what stands far behind it: not voted for, and more lines of furniture than of body before it."""
    kept: list[int] = []
    for n, i in enumerate(body):
        gap = i - body[n - 1] if n else 0
        if gap > 25 and not lines[i].vote and not any(lines[j].vote for j in body[n:]):
            break
        kept.append(i)
    return kept


def without_doubles(lines: Sequence[Line], body: list[int]) -> list[int]:
    """The body without blocks that say again in one piece what several blocks said before, as hidden copies do."""
    long = [i for i in body if weight(lines[i]) >= 12]
    keys = {i: squeeze(lines[i].text) for i in long}
    doubled = set()
    for n, i in enumerate(long):
        if weight(lines[i]) < 100:
            continue
        within = [j for j in long[:n] if j not in doubled and keys[j] in keys[i]]
        if len(within) >= 2 and sum(len(keys[j]) for j in within) > 0.6 * len(keys[i]):
            doubled.add(i)
            lines[i].become("other", "the text again in one piece")
    return [i for i in body if i not in doubled]


def _fits(line: Line) -> bool:
    return is_plain_prose(line) or (line.tag in ("p", "blockquote") and is_prose(line)) or line.tag in HEADINGS


def _own_body(lines: Sequence[Line]) -> list[int]:
    """The body without the library's help: the elements of one kind that hold most running prose."""
    groups: Counter[object] = Counter()
    for line in lines:
        if line.kind is None and is_plain_prose(line):
            groups[line.box] += weight(line)
            groups[line.home, line.tag, line.box[1]] += weight(line)
            groups[line.home, line.tag] += weight(line)
    if not groups:
        return []
    best, size = groups.most_common(1)[0]
    if size < 12:
        return []
    mine = [
        i
        for i, line in enumerate(lines)
        if line.kind is None
        and best in (line.box, (line.home, line.tag, line.box[1]), (line.home, line.tag))
        and line.link_share < 0.6
    ]
    prose = [i for i in mine if is_plain_prose(lines[i])]
    enough = next((i for n, i in enumerate(prose) if sum(weight(lines[j]) for j in prose[: n + 1]) > 80), prose[-1])
    after = _next_head(lines, enough)
    first, last = prose[0], max(i for i in prose if i < after)
    heads = [
        i
        for i in range(first, last)
        if lines[i].kind is None and lines[i].tag in HEADINGS and lines[i].link_share < 0.5
    ]
    return sorted(
        {i for i in mine if first <= i <= last and (is_prose(lines[i]) or lines[i].tag != "div")} | set(heads)
    )


def _prose_in(lines: Sequence[Line], body: Sequence[int]) -> int:
    return sum(weight(lines[i]) for i in body if is_plain_prose(lines[i]))
