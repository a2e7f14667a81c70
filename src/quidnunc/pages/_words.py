"""What the words of a flattened page's lines say of their kinds: a linear model over words, pairs and ends of lines."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import numpy as np
import numpy.typing as npt

from quidnunc.errors import KnowledgeError
from quidnunc.pages._features import mean_of, shifted
from quidnunc.pages._line import Line

Matrix = npt.NDArray[np.float64]

_PART = re.compile(r"[^\W_]+(?:'[a-z]+)?|[^\w\s]")
_DIGIT = re.compile(r"\d")
_MOST_PARTS = 40
LEAST = 1e-4
"""No kind is held for less likely than this."""


def tokens(text: str) -> list[str]:
    """The words and signs of a line in small letters with digits as 0, their pairs, the first and last two, and a count."""
    parts = _PART.findall(_DIGIT.sub("0", text[:600].lower()))[:_MOST_PARTS]
    out = [f"w:{part}" for part in parts]
    out += [f"b:{a}_{b}" for a, b in itertools.pairwise(parts)]
    out += [f"^{part}" for part in parts[:2]] + [f"${part}" for part in parts[-2:]]
    if len(parts) <= 4:
        out.append("all:" + " ".join(parts))
    out.append(f"n:{min(12, len(parts))}")
    return out


@dataclass(frozen=True)
class WordModel:
    """A linear model: weights of tokens (inverse page frequency) and, a token, one value a kind."""

    index: dict[str, int]
    rarity: npt.NDArray[np.float32]
    values: npt.NDArray[np.float32]
    start: npt.NDArray[np.float32]

    def chances(self, lines: Sequence[Line]) -> Matrix:
        """Logarithms of the kinds' probabilities by the words alone, one row a line in the order of KIND_ORDER."""
        if not lines:
            return np.zeros((0, len(self.start)))
        return np.array([self._line(line.text) for line in lines])

    def _line(self, text: str) -> npt.NDArray[np.float64]:
        counts = Counter(at for token in tokens(text) if (at := self.index.get(token)) is not None)
        sums = self.start.astype(np.float64)
        if counts:
            rows = np.fromiter(sorted(counts), np.int64, len(counts))
            told = (1.0 + np.log([counts[row] for row in rows.tolist()])) * self.rarity[rows]
            sums = sums + (told / np.sqrt((told * told).sum())) @ self.values[rows]
        power = np.exp(sums - sums.max())
        chance: npt.NDArray[np.float64] = np.log(np.maximum(power / power.sum(), LEAST))
        return chance


def word_arrays(
    words: Sequence[str], rarity: Matrix, values: Matrix, start: Matrix
) -> dict[str, npt.NDArray[np.generic]]:
    """The model as arrays for the package's file: tokens parted by newlines, values as half floats."""
    return {
        "tokens": np.frombuffer("\n".join(words).encode(), np.uint8),
        "rarity": rarity.astype(np.float16),
        "values": values.astype(np.float16),
        "start": start.astype(np.float32),
    }


def word_model(arrays: dict[str, npt.NDArray[np.generic]]) -> WordModel:
    """The model from the arrays of ``word_arrays``."""
    words = arrays["tokens"].tobytes().decode().split("\n")
    return WordModel(
        {word: at for at, word in enumerate(words)},
        arrays["rarity"].astype(np.float32),
        arrays["values"].astype(np.float32),
        arrays["start"].astype(np.float32),
    )


@cache
def load_words(name: str) -> WordModel:
    """The model of a file in ``data/``. Raises KnowledgeError if the file is not whole."""
    try:
        with files("quidnunc.pages").joinpath("data").joinpath(name).open("rb") as file:
            return word_model(dict(np.load(cast("str", file), allow_pickle=False)))
    except (OSError, KeyError, ValueError) as error:
        raise KnowledgeError(f"pages/data/{name}: {error}; reinstall the package") from error


def word_features(lines: Sequence[Line], told: Matrix) -> Matrix:
    """What the words of a line, its neighbours, its surroundings and the last short line after a gap above say: one row a line."""
    return np.hstack(
        [told, shifted(told, -1), shifted(told, 1), mean_of(told, 3), mean_of(told, 8), _heads(lines, told)]
    )


def _heads(lines: Sequence[Line], told: Matrix) -> Matrix:
    out = np.full_like(told, -5.0)
    last: int | None = None
    for i, line in enumerate(lines):
        if last is not None:
            out[i] = told[last]
        if line.gap and line.words <= 6:
            last = i
    return out
