"""Cards: the pieces of a page that point to other stories, found as groups of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from quidnunc.pages._knowledge import furniture
from quidnunc.pages._line import Line, strip_bullet
from quidnunc.pages._marks import is_section, is_time_line
from quidnunc.pages._prose import is_cut, is_prose, is_title, weight
from quidnunc.pages._times import Age, Moment, find_age, find_dates
from quidnunc.records import BlockKind, Card

Placement = Literal["article", "read_more", "elsewhere"]


@dataclass
class CardLines:
    """The lines of one card, by their part in it."""

    headline: Line
    teaser: Line | None = None
    section: str | None = None
    age: Age | None = None
    day: Moment | None = None
    parts: list[Line] = field(default_factory=list)

    def settle(self, kind: BlockKind, because: str) -> None:
        """Give all its lines their kind."""
        for line in self.parts:
            if line.kind not in ("related", "read_more") or line.kind != kind:
                line.kind, line.because = kind, because

    def record(self, now: Moment | None, placement: Placement) -> Card:
        """The card as a record, its window worked out from the time of the page."""
        window = precision = None
        if self.age and now:
            window, precision = self.age.window(now), self.age.unit
        elif self.day:
            window, precision = self.day.window, self.day.precision
        return Card(
            headline=_without_label(strip_bullet(self.headline.text)),
            teaser=self.teaser.text if self.teaser else None,
            section=self.section,
            url=self.headline.href,
            age=self.age.words if self.age else None,
            published_window=window,
            published_precision=precision,  # type: ignore[arg-type]
            page_span=(min(p.start for p in self.parts), max(p.end for p in self.parts)),
            placement=placement,
        )


_LABEL = re.compile(r"[^\W\d_][^:|»>]{2,24}(?: ?[:|»>]) ?(?=\S)")


def _without_label(text: str) -> str:
    """A headline without the words that point to it ("Read also: ...")."""
    match = _LABEL.match(text)
    known = match is not None and any(
        match[0].lower().startswith(word.rstrip(":| ")) for word in furniture()["read_more"].start
    )
    return text[match.end() :] if match and known else text


_AROUND = re.compile(r"^[\s|·•,\-–—/]+|[\s|·•,\-–—/]+$")


@dataclass(frozen=True)
class Stamp:
    """A line that tells age or day of a card, perhaps with its section ("News | 3 weeks ago")."""

    age: Age | None
    day: Moment | None
    rest: str


def read_stamp(line: Line) -> Stamp | None:
    """The age or day that a short line tells, and what else stands in it."""
    if line.words > 12 or len(line.text) > 90:
        return None
    age = find_age(line.text)
    if age:
        rest = _AROUND.sub("", line.text[: age.start] + " " + line.text[age.end :])
        return Stamp(age, None, rest) if len(rest.split()) <= 5 else None
    if is_time_line(line.text):
        found = find_dates(line.text)[0]
        rest = _AROUND.sub("", line.text[: found.start] + " " + line.text[found.end :])
        return Stamp(None, found.moment, rest)
    return None


def find_cards(lines: Sequence[Line], first: int) -> list[CardLines]:
    """The cards among the lines from ``first`` on: around an age, or a title with a cut-off teaser under it."""
    taken: set[int] = set()
    cards: list[CardLines] = []
    for i in range(first, len(lines)):
        stamp = read_stamp(lines[i]) if lines[i].kind in (None, "published", "read_more") else None
        if stamp and (stamp.age or lines[i].kind == "published"):
            card = _card_above(lines, i, stamp, taken, first) or _card_below(lines, i, stamp, taken)
            if card:
                cards.append(card)
    for i in range(first, len(lines)):
        if i not in taken and lines[i].kind is None and is_cut(lines[i].text) and weight(lines[i]) >= 8:
            card = _card_of_teaser(lines, i, taken, first)
            if card:
                cards.append(card)
    return sorted(cards, key=lambda card: card.parts[0].start)


def _free(lines: Sequence[Line], i: int, taken: set[int], low: int = 0) -> bool:
    return low <= i < len(lines) and i not in taken and lines[i].kind is None


def _card_above(lines: Sequence[Line], i: int, stamp: Stamp, taken: set[int], first: int) -> CardLines | None:
    """Headline, teaser, section, age: the common order."""
    at = i - 1
    section = stamp.rest or None
    parts = [i]
    if _free(lines, at, taken, first) and _is_card_section(lines[at]) and not section:
        section = lines[at].text
        parts.append(at)
        at -= 1
    teaser = None
    if _free(lines, at, taken, first) and _is_teaser(lines[at]):
        above = at - 1
        if _free(lines, above, taken, first) and is_title(lines[above]) and not is_cut(lines[above].text):
            teaser = lines[at]
            parts.append(at)
            at = above
    if not _free(lines, at, taken, first) or not is_title(lines[at]) or weight(lines[at]) < 3:
        return None
    if is_prose(lines[at]) and weight(lines[at]) > 25:
        return None
    parts.append(at)
    above = at - 1
    if section is None and _free(lines, above, taken, first) and is_section(lines[above].text):
        section = lines[above].text
        parts.append(above)
    taken.update(parts)
    return CardLines(lines[at], teaser, section, stamp.age, stamp.day, [lines[p] for p in sorted(parts)])


def _card_below(lines: Sequence[Line], i: int, stamp: Stamp, taken: set[int]) -> CardLines | None:
    """Age first, then headline and teaser; only after something that is not the head of the article."""
    at = i + 1
    if stamp.age is None or not _free(lines, at, taken) or not is_title(lines[at]) or weight(lines[at]) < 4:
        return None
    parts, teaser = [i, at], None
    if _free(lines, at + 1, taken) and is_cut(lines[at + 1].text):
        teaser = lines[at + 1]
        parts.append(at + 1)
    section = stamp.rest or None
    if section is None and _free(lines, i - 1, taken) and is_section(lines[i - 1].text):
        section = lines[i - 1].text
        parts.append(i - 1)
    taken.update(parts)
    return CardLines(lines[at], teaser, section, stamp.age, stamp.day, [lines[p] for p in sorted(parts)])


def _card_of_teaser(lines: Sequence[Line], i: int, taken: set[int], first: int) -> CardLines | None:
    if not _free(lines, i - 1, taken, first) or not is_title(lines[i - 1]) or weight(lines[i - 1]) < 4:
        return None
    parts = [i - 1, i]
    section = None
    for near in (i + 1, i - 2):
        if section is None and _free(lines, near, taken, first) and is_section(lines[near].text):
            section = lines[near].text
            parts.append(near)
    taken.update(parts)
    return CardLines(lines[i - 1], lines[i], section, None, None, [lines[p] for p in sorted(parts)])


def _is_card_section(line: Line) -> bool:
    return is_section(line.text) or (line.words <= 4 and len(line.text) <= 32 and not is_prose(line))


def _is_teaser(line: Line) -> bool:
    return is_cut(line.text) or (is_prose(line) and weight(line) <= 60)
