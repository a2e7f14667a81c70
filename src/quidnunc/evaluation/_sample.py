"""A stratified sample of a store, drawn to be checked by hand: events for precision, passages for what was missed."""

from __future__ import annotations

import csv
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal, get_args

import msgspec

from quidnunc.errors import InputError, StoreError
from quidnunc.evaluation._intervals import SEED, needed
from quidnunc.formats.csv import cell
from quidnunc.records import Event
from quidnunc.store import Store, StoredArticle

By = Literal["type", "status", "confidence", "outlet", "year", "none"]

COLUMNS = (
    "kind", "stratum", "stratum_size", "id", "date", "who", "type", "to_whom", "status", "confidence", "words", "coded", "right", "missed", "note",
)  # fmt: skip
"""Of the sheet. The checker fills ``right`` (y or n) for events, ``missed`` (a number) for passages, and ``note`` at will."""

LEAST = 5
"""Of each stratum, as far as it has so many."""

LONGEST = 5000
"""Characters of a passage; longer ones are cut with a mark."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the sheet."""

    kind: Literal["event", "passage"]
    stratum: str
    id: str
    date: str = ""
    who: str = ""
    type: str = ""
    to_whom: str = ""
    status: str = ""
    confidence: float | None = None
    words: str
    coded: str = ""


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """What was drawn: of how many, by stratum."""

    events: dict[str, tuple[int, int]]
    """Stratum to drawn and size."""
    passages: dict[str, tuple[int, int]]


def size_for(store: Store, half_width: float, *, expected: float = 0.5) -> int:
    """How many events must be checked for a 95 % interval of ``± half_width`` around the store's precision."""
    count = sum(len(stored.events) for stored in store.coded())
    return needed(half_width, expected=expected, population=count or None)


def draw(
    store: Store, sheet: str | Path, *, events: int, passages: int = 0, by: By = "type", seed: int = SEED
) -> Drawn:
    """Write a sheet (CSV) with so many events, by strata in proportion to their size but at least five of each, and passages.

    Passages are paragraphs: two thirds with events in them, one third without. The same store, seed and numbers give the same sheet.
    Raises StoreError if the store has no events, InputError if the sheet is there already.
    """
    if by not in get_args(By):
        raise InputError(f"there are no strata by {by!r}: choose from {', '.join(get_args(By))}")
    path = Path(sheet)
    if path.exists():
        raise InputError(
            f"{path}: it is there already and may hold somebody's work: take another name, or estimate from it"
        )
    counts = {"event": Counter[str](), "passage": Counter[str]()}
    for row in _rows(store, by):
        counts[row.kind][row.stratum] += 1
    if not counts["event"]:
        raise StoreError(f"{store.name}: it holds no events to draw from")
    wanted = {
        "event": allocate(counts["event"], events),
        "passage": _passage_shares(counts["passage"], passages),
    }
    chosen = _choose(_rows(store, by), wanted, seed)
    _write(path, chosen, counts)
    return Drawn(
        events={name: (wanted["event"][name], size) for name, size in sorted(counts["event"].items())},
        passages={name: (wanted["passage"].get(name, 0), size) for name, size in sorted(counts["passage"].items())},
    )


def allocate(sizes: dict[str, int], total: int) -> dict[str, int]:
    """How many of each stratum: in proportion, at least five (or all); the sum may go over ``total`` for that."""
    everything = sum(sizes.values())
    return {
        name: min(size, max(min(LEAST, size), round(total * size / everything))) for name, size in sorted(sizes.items())
    }


def _passage_shares(sizes: dict[str, int], total: int) -> dict[str, int]:
    with_events = min(sizes.get("with events", 0), -(-2 * total // 3))
    return {
        "with events": with_events,
        "without events": min(sizes.get("without events", 0), total - with_events),
    }


def _choose(rows: Iterable[Row], wanted: dict[str, dict[str, int]], seed: int) -> list[Row]:
    """The rows whose hash with the seed is lowest in their stratum: a simple random sample that no order can change."""
    heaps: dict[tuple[str, str], list[tuple[int, str, Row]]] = defaultdict(list)
    for row in rows:
        room = wanted[row.kind].get(row.stratum, 0)
        if not room:
            continue
        rank = int.from_bytes(sha256(f"{seed}\n{row.kind}\n{row.id}".encode()).digest()[:8], "big")
        heap = heaps[row.kind, row.stratum]
        entry = (-rank, row.id, row)
        if len(heap) < room:
            heapq.heappush(heap, entry)
        elif entry[:2] > heap[0][:2]:
            heapq.heapreplace(heap, entry)
    return [row for _, heap in sorted(heaps.items()) for _, _, row in sorted(heap, key=lambda e: e[:2], reverse=True)]


def _rows(store: Store, by: By) -> Iterator[Row]:
    for stored in store.coded():
        coded = stored.coded
        for event in stored.events:
            yield _event_row(stored, event, by)
        if coded.skipped is None:
            yield from _passages(stored)


def _event_row(stored: StoredArticle, event: Event, by: By) -> Row:
    article = stored.coded.article
    strata = {
        "type": event.type,
        "status": event.status,
        "confidence": f"{int(min(event.confidence, 0.999) * 5) * 20:02d}–{int(min(event.confidence, 0.999) * 5) * 20 + 20} %",
        "outlet": article.outlet or "(unknown)",
        "year": (article.published or "(unknown)")[:4] if article.published else "(unknown)",
        "none": "all",
    }
    return Row(
        kind="event",
        stratum=strata[by],
        id=stored.event_id(event),
        date="" if event.date is None else f"{event.date.start}/{event.date.end}",
        who=_parties(event, "sources"),
        type=event.type + (f"/{event.mode}" if event.mode else ""),
        to_whom=_parties(event, "targets"),
        status=event.status,
        confidence=event.confidence,
        words=article.text[slice(*event.spans.sentence)],
    )


def _passages(stored: StoredArticle) -> Iterator[Row]:
    text, at = stored.coded.article.text, 0
    for number, words in enumerate(text.split("\n\n")):
        end = at + len(words)
        here = [event for event in stored.events if at <= event.spans.trigger[0] < end]
        told = "; ".join(
            f"{_parties(one, 'sources')} {one.type} {_parties(one, 'targets')} ({one.status})" for one in here
        )
        at = end + 2
        if words.strip():
            shown = words if len(words) <= LONGEST else words[:LONGEST] + " […]"
            yield Row(kind="passage", stratum="with events" if here else "without events", id=f"{stored.short}:¶{number + 1}", words=shown, coded=told)  # fmt: skip


def _parties(event: Event, side: Literal["sources", "targets"]) -> str:
    parties = event.sources if side == "sources" else event.targets
    return "; ".join(f"{one.text} ({one.country})" if one.country else one.text for one in parties)


def _write(path: Path, rows: Sequence[Row], counts: dict[str, Counter[str]]) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(COLUMNS)
            for row in rows:
                plain = {**msgspec.structs.asdict(row), "stratum_size": counts[row.kind][row.stratum]}
                lines.writerow(cell(plain.get(name), spreadsheet=True) for name in COLUMNS)
    except OSError as error:
        raise InputError(f"{path}: it cannot be written: {error.strerror or error}") from error
