"""How sure a measured figure is: bootstrap over documents, Wilson's interval, the sample for a wanted width."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np

SEED = 20_260_101
ROUNDS = 1000
Z = NormalDist().inv_cdf(0.975)

Interval = tuple[float, float]


def bootstrap(table: Sequence[Sequence[float]], measure: Callable[[np.ndarray], Sequence[float]], *, rounds: int = ROUNDS, seed: int = SEED) -> list[Interval]:  # fmt: skip
    """The 95 % percentile interval of each value of ``measure``, units drawn with replacement; the same seed gives the same intervals.

    ``table`` holds a row of counts a unit, ``measure`` takes a sum of rows. Units are what is independent: documents, not sentences of one
    document. Fewer than two units or rounds give no interval (nan).
    """
    rows = np.array(table, dtype=float)
    if len(rows) < 2 or rounds < 2:
        return [(math.nan, math.nan)] * len(measure(rows.sum(axis=0)))
    generator = np.random.default_rng(seed)
    weights = generator.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=rounds)
    drawn = np.array([measure(sums) for sums in weights @ rows], dtype=float)
    low, high = np.nanpercentile(drawn, [2.5, 97.5], axis=0)
    return [(float(a), float(b)) for a, b in zip(low, high, strict=True)]


def wilson(share: float, n: float) -> Interval:
    """Wilson's 95 % interval of a share seen in ``n`` draws (which may be an effective number)."""
    if n <= 0:
        return 0.0, 1.0
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def needed(half_width: float, *, expected: float = 0.5, population: int | None = None) -> int:
    """How many must be checked for a 95 % interval of ``± half_width`` around a share that is ``expected``; of a small population fewer."""
    if not 0 < half_width < 0.5:
        raise ValueError(f"half the width of an interval lies between 0 and 0.5, not {half_width}")
    n = Z * Z * expected * (1 - expected) / half_width**2
    if population:
        n = n / (1 + (n - 1) / population)
    return max(1, math.ceil(n))
