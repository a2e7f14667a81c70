"""Boosted trees, read from a file of plain arrays and summed up by numpy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import numpy as np
import numpy.typing as npt

from quidnunc.errors import KnowledgeError

Array = npt.NDArray[np.float64]
_CHUNK = 512


@dataclass(frozen=True)
class Trees:
    """Trees as one flat list of nodes: a node is a leaf if both of its branches lead to itself."""

    roots: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int16]
    threshold: npt.NDArray[np.float32]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]
    depth: int
    classes: int
    """1 for a yes-no model; trees take turns by class."""

    def raw(self, rows: Array) -> Array:
        """Sums of the trees' leaves, one row a line and one column a class."""
        out = np.zeros((len(rows), self.classes))
        values = rows.astype(np.float32)
        for at in range(0, len(rows), _CHUNK):
            out[at : at + _CHUNK] = self._chunk(values[at : at + _CHUNK])
        return out

    def _chunk(self, values: npt.NDArray[np.float32]) -> Array:
        node = np.broadcast_to(self.roots, (len(values), len(self.roots)))
        offset = (np.arange(len(values), dtype=np.int64) * values.shape[1])[:, None]
        flat = values.ravel()
        for _ in range(self.depth):
            goes_left = flat[offset + self.feature[node]] <= self.threshold[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        leaves = self.value[node].astype(np.float64)
        sums: Array = leaves.reshape(len(values), -1, self.classes).sum(axis=1)
        return sums

    def probability(self, rows: Array) -> Array:
        """Of yes, one a row."""
        chance: Array = 1.0 / (1.0 + np.exp(-self.raw(rows)[:, 0]))
        return chance

    def probabilities(self, rows: Array) -> Array:
        """Of each class, one row a line."""
        raw = self.raw(rows)
        power = np.exp(raw - raw.max(axis=1, keepdims=True))
        share: Array = power / power.sum(axis=1, keepdims=True)
        return share


@cache
def load_trees(name: str, columns: int) -> dict[str, Trees]:
    """The models of a file in ``data/`` by their names. Raises KnowledgeError if it is not whole or made for other columns."""
    try:
        with files("quidnunc.pages").joinpath("data").joinpath(name).open("rb") as file:
            arrays = dict(np.load(cast("str", file), allow_pickle=False))
        if int(arrays.pop("columns")[()]) != columns:
            raise ValueError(f"made for other features than the {columns} of this version")
        names = sorted({key.partition(".")[0] for key in arrays})
        return {model: _trees(arrays, model) for model in names}
    except (OSError, KeyError, ValueError) as error:
        raise KnowledgeError(f"pages/data/{name}: {error}; reinstall the package") from error


def _trees(arrays: dict[str, npt.NDArray[np.generic]], model: str) -> Trees:
    def part(key: str) -> npt.NDArray[np.generic]:
        return arrays[f"{model}.{key}"]

    return Trees(
        part("roots").astype(np.int32),
        part("feature").astype(np.int16),
        part("threshold").astype(np.float32),
        part("left").astype(np.int32),
        part("right").astype(np.int32),
        part("value").astype(np.float32),
        int(part("depth")[()]),
        int(part("classes")[()]),
    )
