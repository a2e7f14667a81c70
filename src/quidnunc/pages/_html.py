"""Reads HTML: the flattened blocks, labelled by elements, classes, words and the extraction library's vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quidnunc.errors import NoArticle, TooLarge
from quidnunc.pages._article import build
from quidnunc.pages._cards import CardLines, find_cards
from quidnunc.pages._credits import looks_like_name, read_byline
from quidnunc.pages._flatten import flatten, parse
from quidnunc.pages._label import Labelled
from quidnunc.pages._limits import MAX_LINES, Clock, shape
from quidnunc.pages._line import Line
from quidnunc.pages._marks import (
    is_section,
    is_time_line,
    mark_bios,
    mark_captions,
    mark_furniture,
    mark_headline,
    mark_signoff,
)
from quidnunc.pages._metadata import Metadata, from_url
from quidnunc.pages._prose import content_words, ends_sentence, is_prose, is_title, weight
from quidnunc.pages._structured import read_structured
from quidnunc.pages._times import Moment
from quidnunc.pages._vote import ask_library, is_small, squeeze, vote
from quidnunc.pages._zones import drop_index, rule_zones, settle_rest
from quidnunc.records import Article, BlockKind

_SOFT: tuple[BlockKind, ...] = ("caption", "credit", "byline", "published", "standfirst")
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


def read_html(markup: str, known: Metadata, now: Moment | None, url: str | None) -> Article:
    """The article of an HTML page. Raises TooDeep, TooLarge, TooSlow or NoArticle."""
    clock = Clock()
    size = shape(markup)
    tree = parse(markup)
    if tree is None:
        raise NoArticle("the markup holds no page; give the HTML of a single story")
    clock.check("parsing")
    read_structured(tree, url, known)
    from_url(known.text("url") or url, known)
    lines = flatten(tree)
    if len(lines) > MAX_LINES:
        raise TooLarge(f"the page has {len(lines):,} blocks, the limit is {MAX_LINES:,}; split it or pass its text")
    clock.check("flattening")
    text = sum(len(line.text) for line in lines)
    if is_small(size, len(lines), text) and clock.spent() < 0.4:
        vote(lines, ask_library(tree))
        clock.check("asking the extraction library")
    found = label_html(lines, known.text("headline") or known.text("title"))
    clock.check("labelling")
    _choose_headline(found, known)
    return build(lines, found, known, now, url)


def _choose_headline(found: Labelled, known: Metadata) -> None:
    """JSON-LD's headline, unless the page shows another that the meta tags share, or the same without the site's name."""
    told, title, shown = known.text("headline"), known.text("title"), found.headline
    if shown is None or told is None or known.sources["headline"] == "caller":
        return
    from_meta = known.sources["headline"] != "json-ld"
    alike = _tells_the_same(shown.text, told)
    key, whole = squeeze(shown.text), squeeze(told)
    if (alike and (from_meta or key == squeeze(title or "") or whole.startswith(key))) or (
        from_meta and shown.tag == "h1" and shown.words > 2
    ):
        known.prefer("headline", shown.text, "text")


def label_html(lines: Sequence[Line], headline: str | None) -> Labelled:
    """Give every block of an HTML page its kind."""
    found = Labelled()
    _drop_wide_zones(lines)
    _mark_headline(lines, headline, found)
    _mark_zones(lines)
    mark_furniture(lines)
    mark_captions(lines)
    body = _without_doubles(lines, _choose_body(lines))
    start, end = (body[0], body[-1] + 1) if body else (0, 0)
    if found.headline is None:
        found.headline = mark_headline(lines, start, headline)
    _mark_standfirst(lines, start, found)
    mark_bios(lines, start, end)
    found.agency = mark_signoff(lines, start, end)
    _settle_body(lines, body)
    drop_index(lines, start, end)
    cards = _cards(lines, start, end)
    rule_zones([line for line in lines[end:] if line.kind not in ("paragraph", "heading", "list", "quote")])
    for card in cards:
        card.settle("related", "a card: a linked title outside the body")
    inside = {id(line) for line in lines[start:end]}
    found.cards = [(card, "article" if id(card.headline) in inside else "elsewhere") for card in cards]
    found.section = next((ln.text for ln in lines[:start] if is_section(ln.text) and ln.kind is None), None)
    settle_rest(lines, start, end)
    for line in lines[start:end]:
        line.become("other", "in the stretch of the body, but not of its kind")
    return found


def _drop_wide_zones(lines: Sequence[Line]) -> None:
    """Zones that hold much of the body are the body's own container, whatever their name says."""
    voted: Counter[int] = Counter()
    prose: Counter[int] = Counter()
    for line in lines:
        if is_prose(line) and line.link_share < 0.5:
            prose[line.zone_id] += weight(line)
            voted[line.zone_id] += weight(line) if line.vote else 0
    all_voted, all_prose = voted.total(), prose.total()
    for line in lines:
        if line.zone in (None, "caption", "credit"):
            continue
        mostly_prose = prose[line.zone_id] > max(80, 0.6 * all_prose) and line.zone not in ("comments", "legal")
        if mostly_prose or voted[line.zone_id] > max(40, 0.3 * all_voted):
            line.zone = None


def _mark_headline(lines: Sequence[Line], headline: str | None, found: Labelled) -> None:
    """The h1, or the line that the metadata call the headline."""
    key = squeeze(headline or "")
    heads = [
        line for line in lines if line.tag == "h1" and line.link_share < 0.5 and (weight(line) > 2 or _opens(line, key))
    ]
    same = [line for line in lines if key and squeeze(line.text) == key]
    best = next((line for line in same if line.tag == "h1"), None)
    best = best or next((line for line in heads if _tells_the_same(line.text, headline)), None)
    best = best or next((line for line in same if line.tag in _HEADINGS or line.link_share < 0.5), None)
    best = best or (heads[0] if len(heads) == 1 else None)
    if best is None:
        return
    best.kind, best.because = "headline", "the page's main heading"
    found.headline = best
    for line in same:
        if line is not best:
            line.become("other", "the headline again")


def _opens(line: Line, key: str) -> bool:
    """A short h1 with which the title of the page begins."""
    return len(line.text) > 3 and key.startswith(squeeze(line.text))


def _tells_the_same(text: str, headline: str | None) -> bool:
    """Two wordings of one headline: most words of the shorter one are in the other."""
    if not headline:
        return False
    a, b = content_words(text), content_words(headline)
    return len(a & b) >= 0.4 * max(1, min(len(a), len(b)))


def _mark_zones(lines: Sequence[Line]) -> None:
    for line in lines:
        if line.kind is not None or line.zone is None:
            continue
        if line.zone in _SOFT:
            _mark_soft_zone(line)
        elif not (line.vote and _outweighs(line)):
            line.become(line.zone, f"inside an element for {line.zone}")


def _outweighs(line: Line) -> bool:
    """The library's vote counts more than the zone: prose where zones are often wrong, and quoted posts."""
    if line.zone in ("navigation", "promo", "related", "video") and line.tag == "blockquote":
        return True
    return line.zone in ("related", "video", "navigation") and _is_plain_prose(line)


def _is_plain_prose(line: Line) -> bool:
    return is_prose(line) and line.link_share < (0.4 if weight(line) < 25 else 0.6) and weight(line) >= 12


def _mark_soft_zone(line: Line) -> None:
    zone = line.zone
    if zone == "caption":
        line.become("caption", "inside an element for captions")
    elif zone == "credit" and weight(line) <= 20:
        line.become("credit", "credits a picture")
    elif zone == "byline" and weight(line) <= 12 and (looks_like_name(line.text) or read_byline(line.text)):
        line.become("byline", "inside an element for writers")
    elif zone == "published" and is_time_line(line.text):
        line.become("published", "inside an element for dates")


def _choose_body(lines: Sequence[Line]) -> list[int]:
    """The lines that are body: voted for and not marked, and their like among their siblings."""
    voted = [i for i, line in enumerate(lines) if line.vote and line.kind is None]
    own = _own_body(lines)
    shared = _prose_in(lines, sorted(set(own) & set(voted)))
    size = _prose_in(lines, voted)
    wider = _prose_in(lines, own) > 1.6 * size and (size < 100 or shared > 0.6 * size)
    if wider or not any(is_prose(lines[i]) and lines[i].link_share < 0.6 for i in voted):
        return _with_headings(lines, own)
    if _prose_in(lines, own) > 3 * size:
        return _with_headings(lines, sorted({*own, *voted}))
    prose = [i for i in voted if _is_plain_prose(lines[i])] or voted
    frame = _Frame.of([lines[i] for i in voted if _is_plain_prose(lines[i])])
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
            chosen = frame.boxes[line.box] > 0
        elif first <= i < after and line.link_share < 0.5:
            chosen = (home and (_is_plain_prose(line) or (i < last and _fits(line)))) or (
                inside and (loose or frame.holds(line))
            )
        else:
            chosen = False
        if chosen:
            body.append(i)
    return _with_headings(lines, _without_strays(lines, body))


def _is_loose(stretch: Sequence[Line], size: int) -> bool:
    """Much prose stands unvoted between voted paragraphs: the page is laid out in boxes that the library does not know."""
    return sum(weight(line) for line in stretch if line.kind is None and not line.vote and _is_plain_prose(line)) > size


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
        return _is_plain_prose(line) and (line.box[1] in self.outer or line.home in self.names)


def _with_headings(lines: Sequence[Line], body: list[int]) -> list[int]:
    """The body with the headings that stand directly above one of its paragraphs."""
    chosen = set(body)
    for i in body[1:]:
        above = lines[i - 1]
        heads = above.kind is None and above.tag in _HEADINGS and above.words <= 25 and above.link_share < 0.5
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


def _without_doubles(lines: Sequence[Line], body: list[int]) -> list[int]:
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
    return _is_plain_prose(line) or (line.tag in ("p", "blockquote") and is_prose(line)) or line.tag in _HEADINGS


def _own_body(lines: Sequence[Line]) -> list[int]:
    """The body without the library's help: the elements of one kind that hold most running prose."""
    groups: Counter[object] = Counter()
    for line in lines:
        if line.kind is None and _is_plain_prose(line):
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
    prose = [i for i in mine if _is_plain_prose(lines[i])]
    enough = next((i for n, i in enumerate(prose) if sum(weight(lines[j]) for j in prose[: n + 1]) > 80), prose[-1])
    after = _next_head(lines, enough)
    first, last = prose[0], max(i for i in prose if i < after)
    heads = [
        i
        for i in range(first, last)
        if lines[i].kind is None and lines[i].tag in _HEADINGS and lines[i].link_share < 0.5
    ]
    return sorted(
        {i for i in mine if first <= i <= last and (is_prose(lines[i]) or lines[i].tag != "div")} | set(heads)
    )


def _prose_in(lines: Sequence[Line], body: Sequence[int]) -> int:
    return sum(weight(lines[i]) for i in body if _is_plain_prose(lines[i]))


def _mark_standfirst(lines: Sequence[Line], start: int, found: Labelled) -> None:
    if found.headline is None:
        return
    top = next((i for i, line in enumerate(lines) if line is found.headline), start)
    for i in range(top + 1, min(start + 1, top + 12, len(lines))):
        line = lines[i]
        if line.kind is None and line.zone == "standfirst" and weight(line) >= 5:
            line.become("standfirst", "inside an element for standfirsts")
            found.standfirst = line
            return
    for i in range(top + 1, min(start, top + 6)):
        line = lines[i]
        if (
            line.kind is None
            and weight(line) >= 8
            and line.link_share < 0.3
            and (ends_sentence(line.text) or line.tag in _HEADINGS)
        ):
            line.become("standfirst", "between headline and text")
            found.standfirst = line
            return


def _settle_body(lines: Sequence[Line], body: Sequence[int]) -> None:
    for i in body:
        line = lines[i]
        if line.kind is not None:
            continue
        if line.tag in _HEADINGS:
            line.become("heading", "a heading in the body")
        elif line.tag == "li":
            line.become("list", "an item of a list in the body")
        elif line.tag == "blockquote":
            line.become("quote", "a block quotation in the body")
        else:
            line.become(
                "paragraph", "the library takes it for body" if line.vote else "stands among paragraphs of the body"
            )


def _cards(lines: Sequence[Line], start: int, end: int) -> list[CardLines]:
    """Cards by their words, and linked titles in elements for related stories."""
    outside = [
        line
        for i, line in enumerate(lines)
        if line.kind is None or (i >= start and line.kind in ("related", "read_more", "published"))
    ]
    held = [(line, line.kind, line.because) for line in outside]
    for line in outside:
        if line.kind in ("related", "read_more"):
            line.kind = None
    cards = find_cards(outside, 0)
    for line, kind, because in held:
        line.kind, line.because = kind, because
    carded = {id(part) for card in cards for part in card.parts}
    for i, line in enumerate(outside):
        if id(line) in carded or line.kind not in ("related", "read_more") or not _is_linked_title(line):
            continue
        card = CardLines(line, parts=[line])
        below = outside[i + 1] if i + 1 < len(outside) else None
        if below is not None and below.kind == line.kind and below.box == line.box and _is_plain_prose(below):
            card.teaser = below
            card.parts.append(below)
        cards.append(card)
    return sorted(cards, key=lambda card: card.parts[0].start)


def _is_linked_title(line: Line) -> bool:
    return line.link_share > 0.7 and is_title(line) and weight(line) >= 4
