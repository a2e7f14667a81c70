"""What a checked sheet says of the whole store: precision, recall and the number of events, with intervals."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path

import msgspec
import numpy as np

from quidnunc.errors import InputError
from quidnunc.evaluation._intervals import SEED, wilson
from quidnunc.evaluation._result import Measure

YES, NO = frozenset({"y", "yes", "1", "true"}), frozenset({"n", "no", "0", "false"})
ROUNDS = 20_000
MOST_MISSED = 1000


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """Of a store, from what was checked of it. ``recall`` is None without checked passages."""

    checked: int
    of: int
    """Events checked, and events in the store."""
    open: int
    """Lines of the sheet that nobody has filled in."""
    precision: Measure
    strata: tuple[Measure, ...]
    """Precision of each stratum, Wilson's interval."""
    recall: Measure | None
    passages: int


def estimate(sheet: str | Path, *, seed: int = SEED) -> Estimate:
    """Read a checked sheet.

    Each stratum counts by its size in the store. Precision: Wilson's interval at the effective number of draws (Korn and Graubard); recall: right
    events by right and missed ones, by simulation from the posterior (Jeffreys priors, a Poisson number of missed events a passage), with a fixed
    seed. Raises InputError naming the line where a cell does not fit, or if nothing is filled in.
    """
    events, passages, left = _read(Path(sheet))
    if not any(events.rows.values()):
        raise InputError(f"{sheet}: no event has y or n under 'right': there is nothing to estimate from")
    draws = {name: (sum(rows), len(rows)) for name, rows in events.rows.items() if rows}
    total = sum(events.sizes[name] for name in draws)
    share = sum(events.sizes[name] * right / n for name, (right, n) in draws.items()) / total
    low, high = _interval(share, _effective(draws, events.sizes, total, share))
    strata = tuple(
        Measure(name=name, value=right / n, low=wilson(right / n, n)[0], high=wilson(right / n, n)[1])
        for name, (right, n) in sorted(draws.items())
    )
    return Estimate(
        checked=sum(n for _, n in draws.values()),
        of=sum(events.sizes.values()),
        open=left,
        precision=Measure(name="precision", value=share, low=low, high=high),
        strata=strata,
        recall=_recall(draws, events.sizes, passages, seed),
        passages=sum(len(rows) for rows in passages.rows.values()),
    )


class _Strata(msgspec.Struct):
    """What was filled in, and the sizes, by stratum."""

    rows: defaultdict[str, list[int]]
    sizes: dict[str, int]


def _read(path: Path) -> tuple[_Strata, _Strata, int]:
    events, passages, left = _Strata(defaultdict(list), {}), _Strata(defaultdict(list), {}), 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                at = f"{path}, line {number}"
                kind, stratum = (row.get("kind") or "").strip(), (row.get("stratum") or "").strip()
                if kind not in ("event", "passage"):
                    raise InputError(f"{at}: kind is {kind!r}: is this a sheet of `quidnunc sample`?")
                strata = events if kind == "event" else passages
                strata.sizes[stratum] = _count(row.get("stratum_size"), f"{at}, stratum_size", 10**12)
                filled = (row.get("right" if kind == "event" else "missed") or "").strip().lower()
                if not filled:
                    left += 1
                elif kind == "passage":
                    strata.rows[stratum].append(_count(filled, f"{at}, missed", MOST_MISSED))
                elif filled in YES | NO:
                    strata.rows[stratum].append(int(filled in YES))
                else:
                    raise InputError(f"{at}, right: {filled!r} is neither y nor n")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: it cannot be read as CSV: {error}") from error
    return events, passages, left


def _count(text: str | None, where: str, most: int) -> int:
    try:
        number = int(text or "")
    except ValueError:
        raise InputError(f"{where}: {text!r} is no whole number") from None
    if not 0 <= number <= most:
        raise InputError(f"{where}: {number} does not lie between 0 and {most}")
    return number


def _effective(draws: dict[str, tuple[int, int]], sizes: dict[str, int], total: int, share: float) -> float:
    """The simple random draws that would be as sure; a store checked whole is taken as very many."""
    variance = 0.0
    for name, (right, n) in draws.items():
        p = (right + 0.5) / (n + 1)
        variance += (sizes[name] / total) ** 2 * p * (1 - p) / n * max(0.0, 1 - n / max(sizes[name], n))
    spread = max(share * (1 - share), 0.25 / (sum(n for _, n in draws.values()) + 1))
    return math.inf if variance <= 0 else spread / variance


def _recall(draws: dict[str, tuple[int, int]], sizes: dict[str, int], passages: _Strata, seed: int) -> Measure | None:
    counted = {name: rows for name, rows in passages.rows.items() if rows}
    if not counted or any(not passages.rows[name] for name, size in passages.sizes.items() if size):
        return None
    right = sum(sizes[name] * hits / n for name, (hits, n) in draws.items())
    missed = sum(passages.sizes[name] * sum(rows) / len(rows) for name, rows in counted.items())
    generator = np.random.default_rng(seed)
    all_right, all_missed = np.zeros(ROUNDS), np.zeros(ROUNDS)
    for name, (hits, n) in sorted(draws.items()):
        all_right += sizes[name] * generator.beta(hits + 0.5, n - hits + 0.5, ROUNDS)
    for name, rows in sorted(counted.items()):
        all_missed += passages.sizes[name] * generator.gamma(sum(rows) + 0.5, 1 / len(rows), ROUNDS)
    low, high = np.percentile(all_right / (all_right + all_missed), [2.5, 97.5])
    value = right / (right + missed) if right + missed else 0.0
    return Measure(name="recall", value=value, low=float(low), high=float(high))


def _interval(share: float, n: float) -> tuple[float, float]:
    return (share, share) if math.isinf(n) else wilson(share, n)
