"""Events of two codings, matched and scored at four levels, each on top of the one before.

    where   the same sentence and quad class
    what    an accepted type
    who     the countries of sources and targets
    full    the status and the date

A found event that meets no wanted one costs precision, core or not; recall counts the core ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from quidnunc.evaluation._codings import CodedEvent, Coding, Days
from quidnunc.events._codes import QUAD

LEVELS = ("where", "what", "who", "full")

TWO_SIDED = frozenset({"CONSULT", "COOPERATE"})
"""Acts of both sides: either may be named first."""

Match = tuple[int, int]
"""The level (1 to 4), and the place of the found event."""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one document; tallies add up."""

    core: int = 0
    found: int = 0
    core_hit: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Core events met at least at each level."""
    found_hit: tuple[int, int, int, int] = (0, 0, 0, 0)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            core=self.core + other.core,
            found=self.found + other.found,
            core_hit=tuple(a + b for a, b in zip(self.core_hit, other.core_hit, strict=True)),  # type: ignore[arg-type]
            found_hit=tuple(a + b for a, b in zip(self.found_hit, other.found_hit, strict=True)),  # type: ignore[arg-type]
        )

    def scores(self, level: int) -> tuple[float, float, float]:
        """Precision, recall and F1 at a level, 0 (where) to 3 (full)."""
        return prf(self.found_hit[level], self.core_hit[level], self.found, self.core)


def prf(found_hit: float, core_hit: float, found: float, core: float) -> tuple[float, float, float]:
    """Precision, recall, F1; nothing found or wanted gives 0."""
    p, r = found_hit / max(found, 1), core_hit / max(core, 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def same_sentence(wanted: CodedEvent, found: CodedEvent) -> bool:
    """Whether the found event stands in a sentence of the wanted one; sentence splitters differ, so one may hold the other."""
    own = found.where
    return any(key and (key in own or (len(own) > 20 and own in key) or key[:60] in own) for key in (wanted.where, *wanted.also))  # fmt: skip


def overlap(wanted: Days | None, found: Days | None) -> bool:
    """Whether the found days meet the wanted; nothing wanted is met by anything."""
    if not wanted or not wanted[0]:
        return True
    return found is not None and bool(found[0]) and wanted[0] <= found[1][:10] and found[0][:10] <= wanted[1]


def level(wanted: CodedEvent, found: CodedEvent) -> int:
    """The highest level at which two events meet, 0 (not at all) to 4 (full)."""
    if not same_sentence(wanted, found) or QUAD.get(found.type) not in {QUAD.get(kind) for kind in wanted.types}:
        return 0
    if found.type not in wanted.types:
        return 1
    if not same_parties(wanted, found):
        return 2
    return 4 if found.status in wanted.statuses and overlap(wanted.date, found.date) else 3


def same_parties(wanted: CodedEvent, found: CodedEvent) -> bool:
    """Whether sources and targets share their countries, in either direction for acts of both sides."""

    def fits(sources: frozenset[str], targets: frozenset[str]) -> bool:
        ok = bool(sources & wanted.sources) if wanted.sources else not sources
        if wanted.targets:
            return ok and bool(targets & wanted.targets)
        return ok and (not targets or not wanted.has_target)

    if fits(found.sources, found.targets):
        return True
    every = found.sources | found.targets
    turned = fits(found.targets, found.sources) or (wanted.sources | wanted.targets) <= every
    return wanted.type in TWO_SIDED and turned


def match(wanted: Sequence[CodedEvent], found: Sequence[CodedEvent]) -> dict[int, Match]:
    """One to one, the best pairs first: place of the wanted event to its level and the place of the found one."""
    pairs = [(level(w, f), i, k) for i, w in enumerate(wanted) for k, f in enumerate(found)]
    pairs.sort(key=lambda pair: -pair[0])
    taken: set[int] = set()
    got: dict[int, Match] = {}
    for reached, i, k in pairs:
        if reached and i not in got and k not in taken:
            got[i] = (reached, k)
            taken.add(k)
    return got


def tally(wanted: Coding, found: Coding | None) -> Tally:
    """The counts of one document; ``found`` is None where it was not coded."""
    events = found.events if found is not None else ()
    core_hit, found_hit = [0] * 4, [0] * 4
    for at, (reached, _) in match(wanted.events, events).items():
        for step in range(reached):
            core_hit[step] += wanted.events[at].core
            found_hit[step] += 1
    return Tally(core=sum(event.core for event in wanted.events), found=len(events), core_hit=tuple(core_hit), found_hit=tuple(found_hit))  # type: ignore[arg-type]  # fmt: skip


def pair_up(wanted: Iterable[Coding], found: Iterable[Coding]) -> list[tuple[Coding, Coding | None]]:
    """Each wanted document with its coding: by the end of the id or URL, else by the first words of the text."""
    by_end: dict[str, Coding] = {}
    rest = [one for one in found if not one.parent]
    for one in reversed(rest):
        by_end[one.id] = one
        by_end[one.url] = one
        by_end[one.url.rsplit("/", 1)[-1]] = one
    by_end.pop("", None)
    return [(gold, by_end.get(gold.id) or _by_text(gold, rest)) for gold in wanted]


def _by_text(wanted: Coding, found: Sequence[Coding]) -> Coding | None:
    first = wanted.text[:60]
    for one in found:
        if one.url.endswith(wanted.id) or one.id.endswith(wanted.id) or (first and first in one.text[:4000]):
            return one
    return None
