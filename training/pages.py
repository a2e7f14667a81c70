"""Trains the line models of the page reader: which lines of a flattened page are the article's body, and of which kind the rest are.

    python training/pages.py [--pairs FILE] [--kinds FILE] [--write] [--no-scores]

Pairs: JSONL, each with ``flat_text``, ``body`` (gold), ``labels`` (a line: body, mixed, title, other, dup or empty), ``url``, ``form``. Every page is used
in the form given, without its blank lines (as a WET record has it) and as its bare body; scores are of the forms given.
Kinds: benchmarks/block_kinds.tsv. The features are those of quidnunc.pages._features (docs/model-pages.md): no words.
Prints five-fold scores (a site is in one fold only; benchmarks/pages.py --folds and benchmarks/block_kinds.py print more) and, with
--write, fits on all and writes src/quidnunc/pages/data/lines.npz.
Needs the extra ``training`` (lightgbm); seeds and orders are fixed.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
import numpy.typing as npt

from quidnunc.pages._decide import settle_body, settle_kinds
from quidnunc.pages._features import KIND_ORDER, columns, kind_features, page_features, second_features
from quidnunc.pages._label import rule_kinds
from quidnunc.pages._line import Line, split_lines, unwrap

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT.parent / "shared" / "pages" / "flat_pairs_dev.jsonl"
MODEL = ROOT / "src" / "quidnunc" / "pages" / "data" / "lines.npz"
KINDS = ROOT / "benchmarks" / "block_kinds.tsv"
ROUNDS = 220
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
        pages.append(_page(row, row["form"], row["flat_text"], labels))
        if row["form"] == "htmltext":
            kept = [(t, lb) for t, lb in zip(row["flat_text"].split("\n"), labels, strict=True) if t.strip()]
            pages.append(_page(row, "wet", "\n".join(t for t, _ in kept), [lb for _, lb in kept]))
        else:
            body = [t for t in row["body"].split("\n") if t.strip()]
            head = [str(row["title"])] if row.get("title") else []
            pages.append(
                _page(row, "bare", "\n\n".join(head + body), _spread(["other"] * len(head) + ["body"] * len(body)))
            )
            pages.append(_page(row, "text", "\n".join(body), ["body"] * len(body)))
    return [page for page in pages if page.lines]


def _spread(labels: Sequence[str]) -> list[str]:
    return [part for label in labels for part in (label, "")][:-1]


def _page(row: dict[str, Any], form: str, text: str, labels: Sequence[str]) -> Page:
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


@dataclass
class TwoPass:
    """A model that judges lines, and one that judges them again with what the first said of their neighbours."""

    first: lightgbm.Booster
    second: lightgbm.Booster

    def chances(self, pages: Sequence[Page]) -> list[Array]:
        """Probability of body, page by page."""
        chances = split(pages, np.asarray(self.first.predict(stack(pages, "features").astype(np.float32))))
        rows = np.concatenate([second_features(page.features, p) for page, p in zip(pages, chances, strict=True)])
        return split(pages, np.asarray(self.second.predict(rows.astype(np.float32))))


def train(pages: Sequence[Page], rounds: int = ROUNDS) -> TwoPass:
    """Both passes; the second learns from what the first says of sites that it has not seen."""
    inner: dict[int, Array] = {}
    for fold in range(INNER_FOLDS):
        seen = [page for page in pages if fold_of(page.site + "/inner", INNER_FOLDS) != fold]
        unseen = [page for page in pages if fold_of(page.site + "/inner", INNER_FOLDS) == fold]
        model = _fit_first(seen, rounds)
        chances = split(unseen, np.asarray(model.predict(stack(unseen, "features").astype(np.float32))))
        inner.update({id(page): p for page, p in zip(unseen, chances, strict=True)})
    rows = np.concatenate([second_features(page.features, inner[id(page)]) for page in pages])
    second = fit(rows, stack(pages, "want"), stack(pages, "weight"), rounds // 2, SETTINGS)
    return TwoPass(_fit_first(pages, rounds), second)


def _fit_first(pages: Sequence[Page], rounds: int) -> lightgbm.Booster:
    return fit(stack(pages, "features"), stack(pages, "want"), stack(pages, "weight"), rounds, SETTINGS)


def out_of_fold(pages: Sequence[Page], rounds: int = ROUNDS) -> list[Array]:
    """Probability of body for each page, by a model that saw no page of its site."""
    found: dict[int, Array] = {}
    for fold in range(FOLDS):
        unseen = [page for page in pages if page.fold == fold]
        model = train([page for page in pages if page.fold != fold], rounds)
        found.update({id(page): p for page, p in zip(unseen, model.chances(unseen), strict=True)})
        print(f"fold {fold}: {len(unseen)} pages", file=sys.stderr, flush=True)
    return [found[id(page)] for page in pages]


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


def write(models: dict[str, tuple[lightgbm.Booster, int]]) -> None:
    """Write the models into the package; the same models give the same bytes."""
    parts = {
        f"{name}.{key}": array
        for name, (model, classes) in sorted(models.items())
        for key, array in sorted(arrays_of(model, classes).items())
    }
    parts["columns"] = np.array(len(columns()), np.int32)
    with zipfile.ZipFile(MODEL, "w", zipfile.ZIP_DEFLATED) as file:
        for name, array in parts.items():
            held = io.BytesIO()
            np.save(held, array, allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), held.getvalue(), zipfile.ZIP_DEFLATED)
    print(f"{MODEL.name}: {MODEL.stat().st_size:,} bytes")


@dataclass
class Kinds:
    """The hand-labelled lines of a page: their kind's number in KIND_ORDER, -1 where a line has none."""

    page: Page
    gold: npt.NDArray[np.int64]


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


KIND_SETTINGS = SETTINGS | {
    "objective": "multiclass",
    "num_class": len(KIND_ORDER),
    "num_leaves": 12,
    "max_depth": 6,
    "min_data_in_leaf": 12,
    "feature_fraction": 0.3,
    "learning_rate": 0.08,
}
KIND_ROUNDS = 60


def fit_kinds(labelled: Sequence[Kinds], chances: Sequence[Array]) -> lightgbm.Booster:
    """The model of kinds; a page's kind counts for less the more lines of it the page has."""
    rows, want, weight = [], [], []
    for kinds, p in zip(labelled, chances, strict=True):
        known = kinds.gold >= 0
        counts = np.bincount(kinds.gold[known], minlength=len(KIND_ORDER))
        rows.append(kind_features(kinds.page.features, p)[known])
        want.append(kinds.gold[known])
        weight.append(1.0 / np.sqrt(counts[kinds.gold[known]]))
    return fit(np.concatenate(rows), np.concatenate(want), np.concatenate(weight), KIND_ROUNDS, KIND_SETTINGS)


def kinds_out_of_fold(labelled: Sequence[Kinds], chances: Sequence[Array]) -> list[Array]:
    """Probabilities of the kinds for each page, by a model that saw no page of its site."""
    found: dict[int, Array] = {}
    pairs = list(zip(labelled, chances, strict=True))
    for fold in range(FOLDS):
        seen = [pair for pair in pairs if pair[0].page.fold != fold]
        model = fit_kinds([kinds for kinds, _ in seen], [p for _, p in seen])
        for kinds, p in pairs:
            if kinds.page.fold == fold:
                rows = kind_features(kinds.page.features, p).astype(np.float32)
                found[id(kinds)] = np.asarray(model.predict(rows))
    return [found[id(kinds)] for kinds in labelled]


def final_kinds(page: Page, p: Array, kinds: Array | None = None) -> list[str]:
    """The kinds that the reader gives a page's lines when its models say what is passed here."""
    lines = [dataclasses.replace(line) for line in page.lines]
    if settle_body(lines, p) and kinds is not None:
        settle_kinds(lines, kinds)
    return [line.kind or "other" for line in lines]


def labelled_out_of_fold(path: Path, pages: Sequence[Page]) -> Iterator[tuple[Kinds, list[str]]]:
    """The hand-labelled pages with the kinds that rules and models give them, no model having seen a page of the site."""
    chances = {id(page): p for page, p in zip(pages, out_of_fold(pages), strict=True)}
    labelled = read_kinds(path, pages)
    unseen = [chances[id(kinds.page)] for kinds in labelled]
    for kinds, p, found in zip(labelled, unseen, kinds_out_of_fold(labelled, unseen), strict=True):
        yield kinds, final_kinds(kinds.page, p, found)


def error(pages: Sequence[Page], chances: Sequence[Array]) -> str:
    """How well body and the rest are told apart, line by line, weighted as in training."""
    rows = [(page, p) for page, p in zip(pages, chances, strict=True) if page.given]
    right = sum(float(page.weight[(p >= 0.4) == (page.want >= 0.5)].sum()) for page, p in rows)
    return f"{len(rows)} pages, words told rightly: {right / sum(float(page.weight.sum()) for page, _ in rows):.4f}"


def main() -> None:
    """Score and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--kinds", type=Path, default=KINDS)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--no-scores", action="store_true")
    given = parser.parse_args()
    pages = read_pages(given.pairs)
    chances = out_of_fold(pages)
    if not given.no_scores:
        print(error(pages, chances))
    model = train(pages)
    models = {"body": (model.first, 1), "again": (model.second, 1)}
    if given.kinds.exists():
        labelled = read_kinds(given.kinds, pages)
        unseen = {id(page): p for page, p in zip(pages, chances, strict=True)}
        models["kinds"] = (fit_kinds(labelled, [unseen[id(kinds.page)] for kinds in labelled]), len(KIND_ORDER))
    if given.write:
        write(models)


if __name__ == "__main__":
    main()
