"""Trains the line models of the page reader: which lines of a flattened page are the article's body, and of which kind the rest are.

    python training/pages.py [--pairs FILE] [--kinds FILE] [--write]

Pairs: JSONL, each with ``flat_text``, ``body`` (gold), ``labels`` (a line: body, mixed, title, other, dup or empty), ``url``, ``form``. Every page is used
in the form given, without its blank lines (as a WET record has it) and as its bare body; scores are of the forms given.
Kinds: benchmarks/block_kinds.tsv. The features are those of quidnunc.pages._features (numbers) and, for the kinds, quidnunc.pages._words
(docs/model-pages.md).
Prints five-fold scores (a site is in one fold only; benchmarks/pages.py --folds and benchmarks/block_kinds.py print more) and, with
--write, fits on all and writes src/quidnunc/pages/data/lines.npz and words.npz.
Needs the extra ``training`` (lightgbm, scikit-learn); seeds and orders are fixed.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent))

from line_kinds import Kinds, fit_kinds, kinds_out_of_fold, read_kinds
from line_pages import FOLDS, INNER_FOLDS, SETTINGS, Array, Page, arrays_of, fit, fold_of, read_pages, split, stack
from line_written import written_pages

from quidnunc.pages._decide import settle_body, settle_kinds
from quidnunc.pages._features import KIND_ORDER, columns, second_features

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT.parent / "shared" / "pages" / "flat_pairs_dev.jsonl"
DATA = ROOT / "src" / "quidnunc" / "pages" / "data"
KINDS = ROOT / "benchmarks" / "block_kinds.tsv"
ROUNDS = 220


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


def out_of_fold(pages: Sequence[Page], written: Sequence[Kinds] = (), rounds: int = ROUNDS) -> list[Array]:
    """Probability of body for each page, by a model that saw no page of its site, but the pages written for training."""
    found: dict[int, Array] = {}
    more = [kinds.page for kinds in written]
    for fold in range(FOLDS):
        unseen = [page for page in pages if page.fold == fold]
        model = train([*(page for page in pages if page.fold != fold), *more], rounds)
        found.update({id(page): p for page, p in zip(unseen, model.chances(unseen), strict=True)})
        print(f"fold {fold}: {len(unseen)} pages", file=sys.stderr, flush=True)
    return [found[id(page)] for page in pages]


def final_kinds(page: Page, p: Array, kinds: Array | None = None) -> list[str]:
    """The kinds that the reader gives a page's lines when its models say what is passed here."""
    lines = [dataclasses.replace(line) for line in page.lines]
    if settle_body(lines, p) and kinds is not None:
        settle_kinds(lines, kinds)
    return [line.kind or "other" for line in lines]


def with_written(
    path: Path, pages: Sequence[Page], chances: Sequence[Array], written: Sequence[Kinds]
) -> tuple[list[Kinds], list[Array]]:
    """Hand-labelled and written pages, and their probabilities of body: of the written ones by a model of the real ones."""
    by_page = {id(page): p for page, p in zip(pages, chances, strict=True)}
    labelled = read_kinds(path, pages)
    of_written = train(pages).chances([kinds.page for kinds in written]) if written else []
    return [*labelled, *written], [*(by_page[id(kinds.page)] for kinds in labelled), *of_written]


def labelled_out_of_fold(path: Path, pages: Sequence[Page]) -> Iterator[tuple[Kinds, list[str]]]:
    """The hand-labelled pages with the kinds that rules and models give them, no model having seen a page of the site."""
    written = written_pages()
    labelled, chances = with_written(path, pages, out_of_fold(pages, written), written)
    for at, found in sorted(kinds_out_of_fold(labelled, chances).items()):
        yield labelled[at], final_kinds(labelled[at].page, chances[at], found)


def trees(models: dict[str, tuple[lightgbm.Booster, int]]) -> dict[str, npt.NDArray[Any]]:
    """Models of trees as the arrays of one file."""
    parts = {
        f"{name}.{key}": array
        for name, (model, classes) in sorted(models.items())
        for key, array in sorted(arrays_of(model, classes).items())
    }
    return parts | {"columns": np.array(len(columns()), np.int32)}


def write(name: str, parts: dict[str, npt.NDArray[Any]]) -> None:
    """Write arrays into the package; the same arrays give the same bytes."""
    with zipfile.ZipFile(DATA / name, "w", zipfile.ZIP_DEFLATED) as file:
        for key, array in parts.items():
            held = io.BytesIO()
            np.save(held, array, allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{key}.npy", (1980, 1, 1, 0, 0, 0)), held.getvalue(), zipfile.ZIP_DEFLATED)
    print(f"{name}: {(DATA / name).stat().st_size:,} bytes")


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
    given = parser.parse_args()
    pages = read_pages(given.pairs)
    written = written_pages()
    chances = out_of_fold(pages, written)
    print(error(pages, chances))
    if given.write:
        kinds = fit_kinds(*with_written(given.kinds, pages, chances, written))
        model = train([*pages, *(kinds.page for kinds in written)])
        parts = {"body": (model.first, 1), "again": (model.second, 1), "kinds": (kinds.trees, len(KIND_ORDER))}
        write("lines.npz", trees(parts))
        write("words.npz", kinds.arrays)


if __name__ == "__main__":
    main()
