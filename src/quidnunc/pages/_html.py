"""Reads HTML: the flattened blocks, labelled by elements, classes, words and the extraction library's vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quidnunc.errors import NoArticle, TooLarge
from quidnunc.pages._article import build
from quidnunc.pages._body import HEADINGS, choose_body, is_plain_prose, without_doubles
from quidnunc.pages._cards import CardLines, find_cards
from quidnunc.pages._credits import looks_like_name, read_byline
from quidnunc.pages._flatten import flatten, parse
from quidnunc.pages._head import choose_headline, mark_main_headline, mark_standfirst
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
from quidnunc.pages._prose import is_prose, is_title, weight
from quidnunc.pages._structured import read_structured
from quidnunc.pages._times import Moment, find_age
from quidnunc.pages._vote import ask_library, is_small, vote
from quidnunc.pages._zones import drop_index, rule_zones, settle_rest
from quidnunc.records import Article, BlockKind

_SOFT: tuple[BlockKind, ...] = ("caption", "credit", "byline", "published", "standfirst")


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
    found = label_html(lines, known.text("headline") or known.text("title"), known.names("descriptions"))
    clock.check("labelling")
    choose_headline(found, known)
    return build(lines, found, known, now, url)


def label_html(lines: Sequence[Line], headline: str | None, told: Sequence[str] = ()) -> Labelled:
    """Give every block of an HTML page its kind."""
    found = Labelled()
    _drop_wide_zones(lines)
    mark_main_headline(lines, headline, found)
    _mark_zones(lines)
    mark_furniture(lines)
    mark_captions(lines)
    body = without_doubles(lines, choose_body(lines))
    start, end = (body[0], body[-1] + 1) if body else (0, 0)
    if found.headline is None:
        found.headline = mark_headline(lines, start, headline)
    body = mark_standfirst(lines, body, found, told)
    mark_bios(lines, start, end)
    found.agency = mark_signoff(lines, start, end)
    _settle_tables(lines[start:end])
    _settle_live_posts(lines[max(0, start - 2) : end])
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
    return line.zone in ("related", "video", "navigation") and is_plain_prose(line)


def _mark_soft_zone(line: Line) -> None:
    zone = line.zone
    if zone == "caption":
        line.become("caption", "inside an element for captions")
    elif zone == "credit" and weight(line) <= 20:
        line.become("credit", "credits a picture")
    elif zone == "byline" and weight(line) <= 12 and (looks_like_name(line.text) or read_byline(line.text)):
        line.become("byline", "inside an element for writers")
    elif zone == "published" and (is_time_line(line.text) or (line.words <= 6 and find_age(line.text))):
        line.become("published", "inside an element for dates")


def _settle_tables(stretch: Sequence[Line]) -> None:
    """Cells of tables among the paragraphs; running prose in a cell is text that a table only lays out."""
    for line in stretch:
        if line.tag in ("td", "th") and not (is_plain_prose(line) or (line.vote and weight(line) >= 4)):
            line.become("table", "a cell of a table in the text")


def _settle_live_posts(stretch: Sequence[Line]) -> None:
    """Three or more times among the paragraphs are those of the posts of a live blog."""
    stamps = [line for line in stretch if line.kind == "published" and line.words <= 10]
    for line in stamps if len(stamps) >= 3 else ():
        line.because = "live post"


def _settle_body(lines: Sequence[Line], body: Sequence[int]) -> None:
    for i in body:
        line = lines[i]
        if line.kind is not None:
            continue
        if line.tag in HEADINGS:
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
        if below is not None and below.kind == line.kind and below.box == line.box and is_plain_prose(below):
            card.teaser = below
            card.parts.append(below)
        cards.append(card)
    return sorted(cards, key=lambda card: card.parts[0].start)


def _is_linked_title(line: Line) -> bool:
    return line.link_share > 0.7 and is_title(line) and weight(line) >= 4
