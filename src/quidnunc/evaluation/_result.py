"""What a set's evaluation gives: measures with intervals, beside what others have published."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from quidnunc.evaluation._intervals import bootstrap


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure and its 95 % interval (nan where there is none)."""

    name: str
    value: float
    low: float = math.nan
    high: float = math.nan

    def __str__(self) -> str:
        inside = "" if math.isnan(self.low) else f" [{self.low:.3f}, {self.high:.3f}]"
        return f"{self.name} {self.value:.3f}{inside}"


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A set's figures: ``row`` is what enters the published table, ``measures`` are all, ``published`` are others' rows."""

    set: str
    units: int
    unit: str
    """What was counted and drawn again for the intervals: sentences, articles, pages ..."""
    measures: tuple[Measure, ...]
    table: tuple[str, ...]
    """Names of the measures in the published table."""
    published: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    """System, and its values for ``table``."""
    notes: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Measure:
        return next(measure for measure in self.measures if measure.name == name)

    def lines(self, system: str) -> list[str]:
        """The result as text: the published table with the row of ``system``, then every measure with its interval."""
        wide = max([len(name) for name, _ in self.published] + [len(system)]) + 2
        columns = [max(len(name), 5) for name in self.table]
        head = " " * wide + "  ".join(name.rjust(column) for name, column in zip(self.table, columns, strict=True))
        rows: list[tuple[str, Sequence[float | None]]] = [*self.published, (system, [self[name].value for name in self.table])]  # fmt: skip
        out = [f"{self.set}: {self.units:,} {self.unit}", head]
        for name, values in rows:
            cells = ["–" if value is None else f"{value:.3f}" for value in values]
            out.append(name.ljust(wide) + "  ".join(cell.rjust(column) for cell, column in zip(cells, columns, strict=True)))  # fmt: skip
        out += ["", *(f"  {measure}" for measure in self.measures)]
        return [*out, *(f"  {note}" for note in self.notes)]


def measured(table: Sequence[Sequence[float]], names: Sequence[str], of_sums: Callable[[np.ndarray], Sequence[float]], rounds: int) -> tuple[Measure, ...]:  # fmt: skip
    """The measures of the summed table, each with its bootstrap interval."""
    values = of_sums(np.array(table, dtype=float).sum(axis=0))
    intervals = bootstrap(table, of_sums, rounds=rounds)
    return tuple(
        Measure(name=name, value=float(value), low=low, high=high)
        for name, value, (low, high) in zip(names, values, intervals, strict=True)
    )
