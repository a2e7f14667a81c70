"""The models of kinds: what the words of a line say, and trees that weigh it with shape, place and neighbours.

The trees learn from what word models say that have not seen the site.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np
import numpy.typing as npt
from line_pages import FOLDS, INNER_FOLDS, SETTINGS, Array, Page, fit, fold_of
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from quidnunc.pages._features import KIND_ORDER, kind_features
from quidnunc.pages._words import WordModel, tokens, word_arrays, word_features, word_model

LEAST_PAGES = 3
"""A token counts if so many sites have it."""
SETTINGS_OF_KINDS = SETTINGS | {
    "objective": "multiclass",
    "num_class": len(KIND_ORDER),
    "num_leaves": 12,
    "max_depth": 6,
    "min_data_in_leaf": 10,
    "feature_fraction": 0.25,
    "learning_rate": 0.08,
}
ROUNDS = 80


@dataclass
class Kinds:
    """The hand-labelled lines of a page: their kind's number in KIND_ORDER, -1 where a line has none."""

    page: Page
    gold: npt.NDArray[np.int64]
    written: bool = False
    """Written for training: never scored."""
    share: float = 1.0
    """What its lines count for in training."""


def read_kinds(path: Path, pages: Sequence[Page]) -> list[Kinds]:
    """Pages with their hand-labelled kinds; rows are page, first-last line of the flat text (from 0), kind."""
    spans: dict[str, list[tuple[int, int, int]]] = {}
    for row in path.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            name, *_, span, kind = row.split("\t")
            first, _, last = span.partition("-")
            spans.setdefault(name, []).append((int(first), int(last or first), KIND_ORDER.index(kind)))
    return [Kinds(page, _kinds_of(page, spans[page.id])) for page in pages if page.id in spans and page.given]


def _kinds_of(page: Page, spans: Sequence[tuple[int, int, int]]) -> npt.NDArray[np.int64]:
    gold = np.full(len(page.lines), -1)
    for i, number in enumerate(page.numbers):
        gold[i] = next((kind for first, last, kind in spans if first <= number <= last), -1)
    return gold


def _weight(kinds: Kinds) -> Array:
    """A page's kind counts for less the more lines of it the page has."""
    known = kinds.gold >= 0
    counts = np.bincount(kinds.gold[known], minlength=len(KIND_ORDER))
    weight: Array = np.where(known, 1.0 / np.sqrt(np.maximum(1, counts[kinds.gold])), 0.0) * kinds.share
    return weight


def fit_words(labelled: Sequence[Kinds]) -> dict[str, npt.NDArray[np.generic]]:
    """The word model of labelled pages, as arrays."""
    sites: dict[str, set[str]] = {}
    for kinds in labelled:
        for line, kind in zip(kinds.page.lines, kinds.gold, strict=True):
            if kind >= 0:
                for token in tokens(line.text):
                    sites.setdefault(token, set()).add(kinds.page.site)
    vocabulary = sorted(token for token, seen in sites.items() if len(seen) >= LEAST_PAGES)
    rows = [
        (tokens(line.text), kind, weight)
        for kinds in labelled
        for line, kind, weight in zip(kinds.page.lines, kinds.gold, _weight(kinds), strict=True)
        if kind >= 0
    ]
    vector = TfidfVectorizer(analyzer=_same, vocabulary=vocabulary, sublinear_tf=True)
    matrix = vector.fit_transform([row[0] for row in rows])
    model = LogisticRegression(C=8, max_iter=300)
    model.fit(matrix, [row[1] for row in rows], sample_weight=np.array([row[2] for row in rows]) * 3)
    values = np.zeros((len(vocabulary), len(KIND_ORDER)))
    start = np.full(len(KIND_ORDER), -20.0)
    values[:, model.classes_] = model.coef_.T
    start[model.classes_] = model.intercept_
    return word_arrays(vocabulary, vector.idf_, values, start)


def _same(words: list[str]) -> list[str]:
    return words


@dataclass
class KindModels:
    """Words and trees."""

    words: WordModel
    arrays: dict[str, npt.NDArray[np.generic]]
    trees: lightgbm.Booster

    def probabilities(self, page: Page, p: Array) -> Array:
        """Of each kind, one row a line of a page that was not learned from."""
        rows = kind_features(page.features, p, word_features(page.lines, self.words.chances(page.lines)))
        return np.asarray(self.trees.predict(rows.astype(np.float32)))


def fit_kinds(labelled: Sequence[Kinds], chances: Sequence[Array]) -> KindModels:
    """Both models; ``chances`` are the pages' probabilities of body."""
    told: dict[int, Array] = {}
    for fold in range(INNER_FOLDS):
        seen = [kinds for kinds in labelled if _inner(kinds) != fold]
        model = word_model(fit_words(seen))
        told.update({id(kinds): model.chances(kinds.page.lines) for kinds in labelled if _inner(kinds) == fold})
    rows, want, weight = [], [], []
    for kinds, p in zip(labelled, chances, strict=True):
        known = kinds.gold >= 0
        rows.append(kind_features(kinds.page.features, p, word_features(kinds.page.lines, told[id(kinds)]))[known])
        want.append(kinds.gold[known])
        weight.append(_weight(kinds)[known])
    trees = fit(np.concatenate(rows), np.concatenate(want), np.concatenate(weight), ROUNDS, SETTINGS_OF_KINDS)
    arrays = fit_words(labelled)
    return KindModels(word_model(arrays), arrays, trees)


def _inner(kinds: Kinds) -> int:
    return fold_of(kinds.page.site + "/kinds", INNER_FOLDS)


def kinds_out_of_fold(labelled: Sequence[Kinds], chances: Sequence[Array]) -> dict[int, Array]:
    """Probabilities of the kinds for each real page (by its place in ``labelled``), by models that saw no page of its site."""
    found: dict[int, Array] = {}
    pairs = list(zip(labelled, chances, strict=True))
    for fold in range(FOLDS):
        seen = [pair for pair in pairs if pair[0].written or pair[0].page.fold != fold]
        model = fit_kinds([kinds for kinds, _ in seen], [p for _, p in seen])
        for at, (kinds, p) in enumerate(pairs):
            if kinds.page.fold == fold and not kinds.written:
                found[at] = model.probabilities(kinds.page, p)
    return found
