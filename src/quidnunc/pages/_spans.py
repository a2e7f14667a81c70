"""Where on the page the value of each metadata field stands, for those that the reader of the page can see."""

from __future__ import annotations

from collections.abc import Sequence

from quidnunc.pages._credits import agency_mentions, read_dateline
from quidnunc.pages._label import BODY, Labelled
from quidnunc.pages._line import Line
from quidnunc.pages._metadata import Metadata
from quidnunc.pages._times import find_dates
from quidnunc.records import Span

_HEAD = ("byline", "published", "dateline", "credit")


def field_spans(lines: Sequence[Line], found: Labelled, known: Metadata) -> dict[str, Span]:
    """Field name to span, in the coordinates of ``Block.page_span``; fields that are not visible are left out."""
    body = [line for line in lines if line.kind in BODY]
    head = [line for line in lines if line.kind in _HEAD]
    spans = {
        "headline": _of_line(found.headline, known.text("headline")) or _whole(lines, known.text("headline")),
        "standfirst": _of_line(found.standfirst, known.text("standfirst")),
        "section": _whole(lines, known.text("section")),
        "authors": _of_names([*head, *body[-1:]], known.names("authors")),
        "published": _of_day([*head, *body[:1]], known, "published"),
        "modified": _of_day(head, known, "modified"),
        "agency": _of_agency([*head, *body[:2], *body[-1:]], known.text("agency")),
        "dateline": _of_dateline([*head, *body[:2]], known.text("dateline")),
    }
    return {name: span for name, span in spans.items() if span is not None}


def _part(line: Line, start: int, end: int) -> Span:
    """A part of a line; the whole line where cleaning changed its length, so that no offset in it is sure."""
    if line.end - line.start != len(line.text):
        return line.start, line.end
    return line.start + start, line.start + end


def _words_in(line: Line, value: str) -> Span | None:
    at = line.text.find(value)
    if at < 0 and len(line.low) == len(line.text):
        at = line.low.find(value.lower())
    return _part(line, at, at + len(value)) if at >= 0 else None


def _of_line(line: Line | None, value: str | None) -> Span | None:
    return _words_in(line, value) if line is not None and value else None


def _whole(lines: Sequence[Line], value: str | None) -> Span | None:
    """The first line that says this and hardly anything else."""
    if not value:
        return None
    low = value.lower()
    for line in lines:
        if low in line.low and len(line.low) <= len(low) + 12 and line.kind not in BODY:
            return _words_in(line, value)
    return None


def _of_names(lines: Sequence[Line], names: Sequence[str]) -> Span | None:
    """From the first to the last of the names, in the first line that has any of them."""
    for line in lines:
        places = sorted((at, at + len(name)) for name in names if name and (at := line.low.find(name.lower())) >= 0)
        if places:
            return _part(line, places[0][0], max(end for _, end in places))
    return None


def _of_day(lines: Sequence[Line], known: Metadata, name: str) -> Span | None:
    value = known.moment(name)
    if value is None:
        return None
    for line in lines:
        for date in find_dates(line.text):
            if date.moment.day == value.day:
                return _part(line, date.start, date.end)
    return None


def _of_agency(lines: Sequence[Line], value: str | None) -> Span | None:
    for line in lines:
        for name, start, end in agency_mentions(line.text):
            if name == value:
                return _part(line, start, end)
    return None


def _of_dateline(lines: Sequence[Line], value: str | None) -> Span | None:
    if not value:
        return None
    for line in lines:
        dateline = read_dateline(line.text)
        if dateline and dateline.text == value:
            return _words_in(line, value) or _part(line, 0, dateline.end)
    return None
