"""How far two codings of the same articles agree: coder and coder, coder and machine, version and version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np

from quidnunc.errors import InputError
from quidnunc.evaluation._codings import CodedEvent, Coding
from quidnunc.evaluation._intervals import ROUNDS
from quidnunc.evaluation._levels import LEVELS, Tally, match, overlap, prf, same_sentence, tally
from quidnunc.evaluation._reliability import Field, fields
from quidnunc.evaluation._result import Measure, measured

NONE = "(none)"
Pair = tuple[CodedEvent | None, CodedEvent | None]


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """An event that only one has, or that both have with other codes."""

    article: str
    sentence: str
    fields: tuple[str, ...]
    """What differs; empty where one of them has no such event."""
    first: str | None
    """What the first coding says, in words."""
    second: str | None


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """What two codings share. Precision and recall take the first as the measure of the second."""

    articles: int
    only_first: int
    only_second: int
    """Articles that one of them lacks; they are left out."""
    total: Tally
    measures: tuple[Measure, ...]
    """Precision, recall and F1 at the four levels ("where P" ...)."""
    fields: tuple[Field, ...]
    """Over events of both: the same sentence, and the same trigger or a match of the levels."""
    confusion: dict[tuple[str, str], int]
    """Types of the first and of the second; "(none)" where one has no such event."""
    disagreements: tuple[Disagreement, ...]


def agree(first: Sequence[Coding], second: Sequence[Coding], *, rounds: int = ROUNDS) -> Agreement:
    """Compare two codings of the same articles (by id, URL or text).

    Raises InputError if they share no article.
    """
    pairs, only_first, only_second = shared(first, second)
    if not pairs:
        raise InputError("the two codings have no article in common: ids, URLs and texts were compared")
    tallies = [tally(a, b) for a, b in pairs]
    joined = [(a.id, _joined(a.events, b.events)) for a, b in pairs]
    both = [(a, b) for _, events in joined for a, b in events if a is not None and b is not None]
    confusion = Counter((a.type if a else NONE, b.type if b else NONE) for _, events in joined for a, b in events)
    return Agreement(
        articles=len(pairs),
        only_first=only_first,
        only_second=only_second,
        total=sum(tallies, Tally()),
        measures=level_measures(tallies, rounds),
        fields=fields(both),
        confusion=dict(sorted(confusion.items())),
        disagreements=tuple(_disagreements(joined)),
    )


def shared(first: Sequence[Coding], second: Sequence[Coding]) -> tuple[list[tuple[Coding, Coding]], int, int]:
    """The articles that both have, in the order of the first, and how many each has alone."""
    by_key: dict[tuple[bool, str], int] = {}
    for at, one in enumerate(second):
        for key in (one.id, one.url, one.text):
            if key:
                by_key.setdefault((one.parent, key), at)
    pairs, taken = [], set()
    for one in first:
        places = (by_key.get((one.parent, key)) for key in (one.id, one.url, one.text) if key)
        place = next((at for at in places if at is not None and at not in taken), None)
        if place is not None:
            taken.add(place)
            pairs.append((one, second[place]))
    return pairs, len(first) - len(pairs), len(second) - len(pairs)


def level_measures(tallies: Sequence[Tally], rounds: int) -> tuple[Measure, ...]:
    """Precision, recall and F1 at each level with intervals over documents."""
    table = [(one.core, one.found, *one.core_hit, *one.found_hit) for one in tallies]
    names = [f"{name} {what}" for name in LEVELS for what in ("P", "R", "F1")]

    def of_sums(sums: np.ndarray) -> list[float]:
        core, found = sums[0], sums[1]
        return [value for step in range(4) for value in prf(sums[6 + step], sums[2 + step], found, core)]

    return measured(table, names, of_sums, rounds)


def _joined(first: Sequence[CodedEvent], second: Sequence[CodedEvent]) -> list[Pair]:
    """Events side by side: those that match at a level, then those with one trigger in one sentence, then the rest alone."""
    got = match(first, second)
    pairs: list[Pair] = [(first[i], second[k]) for i, (_, k) in sorted(got.items())]
    left = [event for i, event in enumerate(first) if i not in got]
    taken = {k for _, k in got.values()}
    right = [event for k, event in enumerate(second) if k not in taken]
    for event in left:
        other = next((one for one in right if _same_word(event, one)), None)
        if other is not None:
            right = [one for one in right if one is not other]
        pairs.append((event, other))
    return pairs + [(None, event) for event in right]


def _same_word(a: CodedEvent, b: CodedEvent) -> bool:
    words, others = a.trigger.lower(), b.trigger.lower()
    return bool(words and others) and (words in others or others in words) and same_sentence(a, b)


def _disagreements(joined: Sequence[tuple[str, Sequence[Pair]]]) -> list[Disagreement]:
    found = []
    for article, events in joined:
        for a, b in events:
            different = _different(a, b) if a and b else ()
            if a and b and not different:
                continue
            sentence = (a or b).sentence  # type: ignore[union-attr]
            found.append(Disagreement(article=article, sentence=sentence, fields=different, first=_told(a), second=_told(b)))  # fmt: skip
    return found


def _different(a: CodedEvent, b: CodedEvent) -> tuple[str, ...]:
    tests = {
        "type": not (a.types & b.types),
        "mode": a.mode != b.mode,
        "sources": a.sources != b.sources,
        "targets": a.targets != b.targets,
        "status": not (a.statuses & b.statuses),
        "date": not overlap(a.date, b.date),
    }
    return tuple(name for name, differs in tests.items() if differs)


def _told(event: CodedEvent | None) -> str | None:
    if event is None:
        return None
    kind = event.type + (f"/{event.mode}" if event.mode else "")
    day = "" if event.date is None else f", {event.date[0] if event.date[0] == event.date[1] else '/'.join(event.date)}"
    who, whom = _side(event.source_names, event.sources), _side(event.target_names, event.targets)
    return f"{who or '(somebody)'} → {kind}{f' → {whom}' if whom else ''}, {event.status}{day}"


def _side(names: tuple[str, ...], codes: frozenset[str]) -> str:
    return "; ".join(names) + (f" ({' '.join(sorted(codes))})" if codes else "")
