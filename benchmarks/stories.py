"""How well ``stories.compare`` tells copies and retellings apart, on real pairs that people have read.

    python benchmarks/stories.py [PAIRS.jsonl]

Pairs are labelled near_copy, same_story, related or different; a related pair is about the same affair but not the same
happening, and so counts as different. Prints a table of answers, F1 for copies and for the same story (copies included).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from quidnunc.stories import compare

PAIRS = Path(__file__).parents[2] / "shared" / "gold" / "dup_pairs_dev.jsonl"
LABELS = ("near_copy", "same_story", "related", "different")
ANSWERS = ("copy", "same_story", "different")


def f1(table: Counter[tuple[str, str]], labels: set[str], answers: set[str]) -> float:
    right = sum(count for (label, answer), count in table.items() if label in labels and answer in answers)
    said = sum(count for (_, answer), count in table.items() if answer in answers)
    there = sum(count for (label, _), count in table.items() if label in labels)
    return 2 * right / (said + there) if said + there else 0.0


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    if not path.exists():
        print(f"stories: skipped, {path} is not there")
        return
    table: Counter[tuple[str, str]] = Counter()
    with path.open(encoding="utf-8") as lines:
        for pair in map(json.loads, lines):
            table[pair["label"], compare(pair["a"], pair["b"])] += 1
    print(f"{'label':12}" + "".join(f"{answer:>12}" for answer in ANSWERS))
    for label in LABELS:
        print(f"{label:12}" + "".join(f"{table[label, answer]:12}" for answer in ANSWERS))
    print(f"copies      F1 {f1(table, {'near_copy'}, {'copy'}):.3f}")
    print(f"same story  F1 {f1(table, {'near_copy', 'same_story'}, {'copy', 'same_story'}):.3f}  (copies included)")


if __name__ == "__main__":
    main()
