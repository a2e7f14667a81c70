"""How well one sentence and a given pair of parties are classified: the PLV set of Zero-Shot-PLOVER (Hu et al., ACL 2024).

    python benchmarks/plv.py [--verbose]

Prints what ``quidnunc evaluate plv`` prints (macro-F1 over the 15 labels of the first PLOVER and over the four quad classes, beside the published rows on the
set's test part, accuracy, and how often an answer turns with the parties), and sentences a second on one core. The set is kept beside the checkout and is not
shipped; no weight of the package was fitted to it, but errors on it were read when the lexicon of acts was extended.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
SET = ROOT.parent / "shared" / "gold" / "plv_train.jsonl"


def main() -> int:
    """Print the table."""
    if not SET.exists():
        print(f"{SET.name}: skipped, the set is not there")
        return 0
    from quidnunc.evaluation import evaluate
    from quidnunc.evaluation.sets import plv

    print("\n".join(evaluate("plv", SET).lines("quidnunc, not trained on the set")))
    rows = plv.load(SET)
    start = time.process_time()
    found = [plv.predict(row) for row in rows]
    print(f"{len(rows) / (time.process_time() - start):.0f} sentences/s on one core")
    if "--verbose" in sys.argv[1:]:
        wrong = Counter((row["root"], own) for row, own in zip(rows, found, strict=True) if row["root"] != own)
        for (gold, own), n in wrong.most_common(25):
            print(f"{n:4} {gold} taken for {own}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
