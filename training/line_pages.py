"""Labelled flattened pages as rows for models of lines, and what all such models share: folds, trees, arrays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
import numpy.typing as npt

from quidnunc.pages._features import page_features
from quidnunc.pages._label import rule_kinds
from quidnunc.pages._line import Line, split_lines, unwrap

FOLDS, INNER_FOLDS = 5, 4
Array = npt.NDArray[np.float64]
SETTINGS = {
    "objective": "cross_entropy",
    "learning_rate": 0.05,
    "num_leaves": 28,
    "max_depth": 7,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "seed": 7,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 2,
    "verbose": -1,
}


@dataclass
class Page:
    """A labelled page: its lines after the rules, features, the wanted share of body and the weight of each line."""

    id: str
    form: str
    site: str
    lines: list[Line]
    features: Array
    want: Array
    weight: Array
    body: str
    numbers: Sequence[int] = ()
    """The number of each line in the flat text that was given, blank lines counted."""

    @property
    def given(self) -> bool:
        """It is in a form that the pairs hold."""
        return self.form in ("htmltext", "seed")

    @property
    def fold(self) -> int:
        """The fold of its site."""
        return fold_of(self.site)


def fold_of(site: str, folds: int = FOLDS) -> int:
    """The fold of a site, by a hash of its name."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds


def site_of(row: dict[str, Any]) -> str:
    """The page's host without www; its identifier where it has no address."""
    host = urlsplit(row.get("url") or "").netloc.lower().removeprefix("www.")
    return host or str(row["id"]).partition("#")[0]


def read_pages(path: Path) -> list[Page]:
    """The pages in every form, in the order of their identifiers."""
    rows = sorted((json.loads(line) for line in path.open(encoding="utf-8")), key=lambda row: str(row["id"]))
    pages = []
    for row in rows:
        labels = row["labels"]
        pages.append(make_page(row, row["form"], row["flat_text"], labels))
        if row["form"] == "htmltext":
            kept = [(t, lb) for t, lb in zip(row["flat_text"].split("\n"), labels, strict=True) if t.strip()]
            pages.append(make_page(row, "wet", "\n".join(t for t, _ in kept), [lb for _, lb in kept]))
        else:
            body = [t for t in row["body"].split("\n") if t.strip()]
            head = [str(row["title"])] if row.get("title") else []
            pages.append(
                make_page(row, "bare", "\n\n".join(head + body), _spread(["other"] * len(head) + ["body"] * len(body)))
            )
            pages.append(make_page(row, "text", "\n".join(body), ["body"] * len(body)))
    return [page for page in pages if page.lines]


def _spread(labels: Sequence[str]) -> list[str]:
    return [part for label in labels for part in (label, "")][:-1]


def make_page(row: dict[str, Any], form: str, text: str, labels: Sequence[str]) -> Page:
    """A page's lines with their features and what is wanted of them."""
    lines = unwrap(split_lines(text))
    if lines:
        rule_kinds(lines)
    starts = np.cumsum([0, *(len(part) + 1 for part in text.split("\n"))])
    want, weight, numbers = [], [], []
    for line in lines:
        low, high = np.searchsorted(starts, [line.start, max(line.start, line.end - 1)], side="right") - 1
        found = [labels[at] for at in range(int(low), int(high) + 1) if labels[at]]
        want.append(sum({"body": 1.0, "mixed": 0.6}.get(label, 0.0) for label in found) / max(1, len(found)))
        numbers.append(int(low))
        weight.append(min(120.0, line.words + 2.0) ** 0.8)
    weights = np.array(weight) / max(1e-9, sum(weight)) * (100.0 if form in ("htmltext", "seed") else 40.0)
    features = page_features(lines) if lines else np.zeros((0, 0))
    return Page(str(row["id"]), form, site_of(row), lines, features, np.array(want), weights, row["body"], numbers)


def fit(rows: Array, want: Array, weight: Array, rounds: int, settings: dict[str, Any]) -> lightgbm.Booster:
    """A model of trees."""
    data = lightgbm.Dataset(rows.astype(np.float32), want, weight=weight, free_raw_data=True)
    return lightgbm.train(settings, data, num_boost_round=rounds)


def stack(pages: Sequence[Page], attribute: str) -> Array:
    """An attribute of all pages, one under the other."""
    return np.concatenate([getattr(page, attribute) for page in pages])


def split(pages: Sequence[Page], values: Array) -> list[Array]:
    """The rows of each page."""
    return np.split(values, np.cumsum([len(page.lines) for page in pages])[:-1])


def arrays_of(model: lightgbm.Booster, classes: int) -> dict[str, npt.NDArray[Any]]:
    """The trees of a model as flat arrays (quidnunc.pages._trees)."""
    nodes: list[tuple[int, float, int, int, float]] = []

    def add(node: dict[str, Any]) -> tuple[int, int]:
        at = len(nodes)
        nodes.append((0, 0.0, at, at, float(node.get("leaf_value", 0.0))))
        if "leaf_value" in node:
            return at, 0
        left, deep = add(node["left_child"])
        right, deeper = add(node["right_child"])
        nodes[at] = (int(node["split_feature"]), float(node["threshold"]), left, right, 0.0)
        return at, 1 + max(deep, deeper)

    roots = [add(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    feature, threshold, left, right, value = (np.array(column) for column in zip(*nodes, strict=True))
    single = threshold.astype(np.float32)
    single = np.where(single > threshold, np.nextafter(single, np.float32(-np.inf)), single)
    return {
        "roots": np.array([root for root, _ in roots], np.int32),
        "feature": feature.astype(np.int16),
        "threshold": single.astype(np.float32),
        "left": left.astype(np.int32),
        "right": right.astype(np.int32),
        "value": value.astype(np.float32),
        "depth": np.array(max(depth for _, depth in roots), np.int32),
        "classes": np.array(classes, np.int32),
    }
