"""How well the lines of flattened pages get their kinds, against hand labels.

    python benchmarks/block_kinds.py [--pairs FILE] [--kinds FILE] [--least LINES] [--confused]

Prints precision, recall and F1 of each kind for the rules alone and for rules and line models, where each page is labelled by
models that saw no page of its site (five folds; needs the extra ``training``), and their means over kinds with enough lines.
block_kinds.tsv holds page, lines (first-last, from 0, of ``flat_text`` split at newlines) and kind; no text of the pages.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent


def training() -> ModuleType:
    """training/pages.py as a module."""
    spec = importlib.util.spec_from_file_location("training_pages", ROOT / "training" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


Pairs = Counter[tuple[str, str]]


def scores(pairs: Pairs, kind: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of a kind, from counts of (gold, found)."""
    both = pairs[kind, kind]
    found = sum(count for (_, name), count in pairs.items() if name == kind)
    gold = sum(count for (name, _), count in pairs.items() if name == kind)
    p, r = both / max(1, found), both / max(1, gold)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def table(rules: Pairs, models: Pairs, least: int) -> None:
    """Print a row a kind, the most frequent first, and the means over kinds with at least ``least`` lines."""
    lines: Counter[str] = Counter()
    for (gold, _), count in rules.items():
        lines[gold] += count
    print(f"{'kind':<12} lines   rules P    R    F1     rules+model P    R    F1")
    means: list[tuple[float, float]] = []
    for kind, count in sorted(lines.items(), key=lambda item: (-item[1], item[0])):
        a, b = scores(rules, kind), scores(models, kind)
        print(f"{kind:<12} {count:>5}   {a[0]:.3f} {a[1]:.3f} {a[2]:.3f}           {b[0]:.3f} {b[1]:.3f} {b[2]:.3f}")
        if count >= least:
            means.append((a[2], b[2]))
    for name, pairs, at in (("rules", rules, 0), ("rules+model", models, 1)):
        macro = sum(mean[at] for mean in means) / max(1, len(means))
        right = sum(count for (gold, found), count in pairs.items() if gold == found) / max(1, pairs.total())
        print(
            f"{name}: macro F1 {macro:.3f} over {len(means)} kinds with {least} lines or more; {right:.3f} of lines right"
        )


def confusions(pairs: Pairs, most: int = 25) -> None:
    """Print the commonest mistakes."""
    wrong = Counter({pair: count for pair, count in pairs.items() if pair[0] != pair[1]})
    for (gold, found), count in wrong.most_common(most):
        print(f"  {count:>5} {gold} taken for {found}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, default=ROOT.parent / "shared" / "pages" / "flat_pairs_dev.jsonl")
    parser.add_argument("--kinds", type=Path, default=ROOT / "benchmarks" / "block_kinds.tsv")
    parser.add_argument("--least", type=int, default=30)
    parser.add_argument("--confused", action="store_true")
    given = parser.parse_args(arguments)
    if not given.pairs.is_file():
        print(f"skipped: no labelled pages at {given.pairs}; give them with --pairs")
        return
    train = training()
    pages = train.read_pages(given.pairs)
    rules: Pairs = Counter()
    models: Pairs = Counter()
    for kinds, found in train.labelled_out_of_fold(given.kinds, pages):
        for gold, line, kind in zip(kinds.gold, kinds.page.lines, found, strict=True):
            if gold >= 0:
                rules[train.KIND_ORDER[gold], line.kind] += 1
                models[train.KIND_ORDER[gold], kind] += 1
    table(rules, models, given.least)
    if given.confused:
        confusions(models)


if __name__ == "__main__":
    main()
