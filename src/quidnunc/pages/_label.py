"""Labels the lines of a flattened page: the rules in the order in which they know most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quidnunc.pages._cards import CardLines, Placement, find_cards
from quidnunc.pages._decide import BODY, decide
from quidnunc.pages._line import Line
from quidnunc.pages._marks import (
    is_section,
    mark_bios,
    mark_captions,
    mark_furniture,
    mark_headline,
    mark_names,
    mark_signoff,
)
from quidnunc.pages._prose import is_cut, is_prose, is_title, weight
from quidnunc.pages._times import find_age
from quidnunc.pages._zones import body_run, drop_index, rule_zones, settle_rest, settle_run

__all__ = ["BODY", "Labelled", "label", "rule_kinds"]


@dataclass
class Labelled:
    """What labelling found beside the kinds of the lines."""

    headline: Line | None = None
    standfirst: Line | None = None
    section: str | None = None
    agency: str | None = None
    cards: list[tuple[CardLines, Placement]] = field(default_factory=list)


def label(lines: Sequence[Line], known_headline: str | None = None) -> Labelled:
    """Give every line of a flattened page its kind: by the rules, then by the line model where they are not sure."""
    found = rule_kinds(lines, known_headline)
    decide(lines)
    return found


def rule_kinds(lines: Sequence[Line], known_headline: str | None = None) -> Labelled:
    """Give every line its kind by the rules alone."""
    found = Labelled()
    mark_furniture(lines)
    head = _head_end(lines)
    cards = find_cards(lines, head)
    for card in cards:
        card.settle("related", "a card: title with teaser, section or age")
    mark_captions(lines)
    rule_zones(lines)
    start, end = body_run(lines)
    if start == end:
        start, end = _lone_text(lines)
    mark_names(lines, start)
    start = _label_head(lines, start, found, known_headline)
    mark_bios(lines, start, end)
    found.agency = mark_signoff(lines, start, end)
    settle_run(lines, start, end)
    drop_index(lines, start, end)
    settle_rest(lines, start, end)
    places = {id(line): i for i, line in enumerate(lines)}
    found.cards = [(card, _placement(card, places, start, end)) for card in cards]
    for card, placement in found.cards:
        card.settle("read_more" if placement == "read_more" else "related", "a card: title with teaser, section or age")
    carded = {id(line) for card in cards for line in card.parts}
    found.cards += [(card, "read_more") for card in _bare_cards(lines, carded)]
    return found


def _head_end(lines: Sequence[Line]) -> int:
    """The line after the article's head: cards are looked for from here on."""
    for i, line in enumerate(lines[:80]):
        if line.kind == "byline":
            return i + 1
    for i, line in enumerate(lines[:80]):
        if line.kind is None and is_prose(line) and not is_cut(line.text) and weight(line) >= 12:
            return i + 1
    return 0


def _lone_text(lines: Sequence[Line]) -> tuple[int, int]:
    """Where nothing is running prose: the text is what is left, if it is a line or two."""
    free = [i for i, line in enumerate(lines) if line.kind is None]
    free = [i for i in free if weight(lines[i]) >= 3 and not is_section(lines[i].text)]
    if len(lines) <= 3 and free:
        return free[-1], free[-1] + 1
    return 0, 0


def _label_head(lines: Sequence[Line], start: int, found: Labelled, known: str | None) -> int:
    """Headline, standfirst and section above the body; gives back where the body begins."""
    found.headline = mark_headline(lines, start, known)
    if found.headline is None:
        return start
    top = _index(lines, found.headline)
    last_meta = max((i for i in range(top, start) if lines[i].kind in ("byline", "published")), default=None)
    for i in range(top + 1, start):
        line = lines[i]
        if line.kind is None and weight(line) >= 6 and found.standfirst is None and not line.bullet:
            line.become("standfirst", "between headline and text")
            found.standfirst = line
    if found.standfirst is None and last_meta is None:
        start = _standfirst_in_run(lines, top, start, found)
    for line in lines[max(0, top - 3) : start]:
        if line.kind is None and find_age(line.text) and weight(line) <= 6:
            line.become("published", "an age by the headline")
    section = next((ln for ln in reversed(lines[:top]) if ln.kind is None and is_section(ln.text)), None)
    if section is None:
        section = next((ln for ln in lines[top + 1 : start] if ln.kind is None and is_section(ln.text)), None)
    if section is not None:
        section.become("navigation", "the section's name by the headline")
        found.section = section.text.strip(" .:")
    return start


def _standfirst_in_run(lines: Sequence[Line], top: int, start: int, found: Labelled) -> int:
    """A sentence between headline and byline is the standfirst, not the first paragraph."""
    for i in range(start + 1, min(start + 4, len(lines))):
        if lines[i].kind in ("byline", "published") and start - top <= 2 and weight(lines[start]) <= 60:
            lines[start].become("standfirst", "between headline and byline")
            found.standfirst = lines[start]
            return start + 1
        if lines[i].kind is None and is_prose(lines[i]):
            break
    return start


def _index(lines: Sequence[Line], line: Line) -> int:
    return next(i for i, other in enumerate(lines) if other is line)


def _placement(card: CardLines, places: dict[int, int], start: int, end: int) -> Placement:
    if card.headline.kind == "read_more":
        return "read_more"
    at = places[id(card.headline)]
    return "article" if start <= at < end else "elsewhere"


def _bare_cards(lines: Sequence[Line], carded: set[int]) -> list[CardLines]:
    """Titles in a READ MORE list that have neither teaser nor age."""
    cards = []
    for line in lines:
        listed = line.kind == "read_more" and line.because.startswith("under a heading")
        pointed = line.kind == "read_more" and line.because.startswith("read more words") and ":" in line.text[:30]
        if (pointed and len(line.text.partition(":")[2].split()) >= 4) or (
            listed and id(line) not in carded and is_title(line) and weight(line) >= 4 and not is_section(line.text)
        ):
            cards.append(CardLines(line, parts=[line]))
    return cards
