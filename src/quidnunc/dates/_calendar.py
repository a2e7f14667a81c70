"""The dates of an article: its time expressions, resolved over the parse, and the date of each event."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from quidnunc.dates import _tense
from quidnunc.dates._clock import Direction
from quidnunc.dates._find import Published, TimeExpression, day_of, read, resolve
from quidnunc.dates._governs import Attached, Default, attach, governing
from quidnunc.dates._pointing import direction_at
from quidnunc.language import Doc
from quidnunc.records import EventDate

Window = tuple[Published, Published]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Time expressions of an article and the rule that gives each event its date."""

    doc: Doc
    expressions: tuple[TimeExpression, ...]
    published: tuple[date, date] | None
    """First and last day of publication; None: unknown."""
    attached: tuple[Attached, ...] = field(repr=False)

    def event_date(self, trigger: int, *, status: str) -> EventDate | None:
        """The date of the event that the token at index ``trigger`` names; None where the text lets nobody know.

        ``status`` is one of ``records.Status``. ``EventDate.because`` says the rule in words; ``text`` is None where the
        date is the article's own.
        """
        return governing(self.doc[trigger], self.attached, self.published, Default(status))[0]

    def event_expression(self, trigger: int, *, status: str) -> TimeExpression | None:
        """The time expression behind ``event_date``, for its offsets; None where the date is the article's own."""
        return governing(self.doc[trigger], self.attached, self.published, Default(status))[1]


def in_doc(
    doc: Doc,
    *,
    published: Published,
    window: Window | None = None,
    dateline_date: Published = None,
) -> Calendar:
    """Resolve the time expressions of a parsed article.

    ``published`` as in ``find``; ``window`` gives the first and last day of publication where only those are known;
    ``dateline_date`` is the day on which the dateline says that the text was written, which weekdays then count from.
    """
    last = day_of(published)
    first = last
    if window:
        first, last = day_of(window[0]), day_of(window[1])
    written = day_of(dateline_date)
    starts = [token.idx for token in doc]

    def pointing(start: int, end: int) -> Direction | None:
        sure = _tense.certain(reading.low, start, end)
        return sure or direction_at(doc[_head_index(doc, starts, start, end)])

    reading = read(doc.text)
    found = tuple(resolve(reading, written or last, pointing))
    if first and last and first != last and not written:
        found = _widened(found, tuple(resolve(reading, first, pointing)))
    spans = None if last is None else (first or last, last)
    heads = [_head_index(doc, starts, each.start, each.end) for each in found]
    return Calendar(doc, found, spans, attach(doc, found, heads, spans))


def _head_index(doc: Doc, starts: Sequence[int], start: int, end: int) -> int:
    """The token of a span whose head stands outside it."""
    first = max(0, bisect_right(starts, start) - 1)
    last = max(first + 1, bisect_right(starts, end - 1))
    for index in range(first, last):
        token = doc[index]
        if not first <= token.head.i < last or token.head.i == token.i:
            return index
    return first


def _widened(late: tuple[TimeExpression, ...], early: tuple[TimeExpression, ...]) -> tuple[TimeExpression, ...]:
    """For a publication window: each expression may mean any day that it means on the first or the last day."""
    days = {each.start: each.span_of_days for each in early}
    widened = []
    for each in late:
        other = days.get(each.start)
        if other and each.span_of_days and other != each.span_of_days:
            span = (min(other[0], each.span_of_days[0]), max(other[1], each.span_of_days[1]))
            each = TimeExpression.from_dict({**each.to_dict(), "span_of_days": span})
        widened.append(each)
    return tuple(widened)
