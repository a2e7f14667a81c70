"""Statements against PolNeAR: content at IoU >= 0.5 ("what"), and its source too ("who+what").

python benchmarks/statements.py [FILE]        default ../shared/gold/polnear_dev.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from quidnunc import statements

Spans = list[list[int]]


def characters(spans: Spans) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def iou(a: Spans, b: Spans) -> float:
    x, y = characters(a), characters(b)
    return len(x & y) / len(x | y) if x | y else 0.0


def main(path: Path) -> None:
    if not path.exists():
        print(f"skipped: {path} is not there (the PolNeAR development part)")
        return
    gold_n = found_n = what = who = 0
    for line in path.read_text(encoding="utf8").splitlines():
        article = json.loads(line)
        gold = [a for a in article["attributions"] if a["content"]]
        found = statements.find(article["text"])
        gold_n += len(gold)
        found_n += len(found)
        used: set[int] = set()
        for a in gold:
            scored = [
                (iou(a["content"], [list(s) for s in f.content]), i) for i, f in enumerate(found) if i not in used
            ]
            best, i = max(scored, default=(0.0, -1))
            if best >= 0.5:
                used.add(i)
                what += 1
                source = [list(s) for s in found[i].source]
                who += bool(characters(a["source"]) & characters(source)) if a["source"] else 0
    for name, hits in (("what", what), ("who+what", who)):
        p, r = hits / max(found_n, 1), hits / max(gold_n, 1)
        print(
            f"{name:9} P {p:.3f}  R {r:.3f}  F1 {2 * p * r / (p + r) if p + r else 0:.3f}   (gold {gold_n}, found {found_n})"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "gold/polnear_dev.jsonl")
