"""How well one sentence and a given pair of parties are classified: the PLV set of Zero-Shot-PLOVER (Hu et al., ACL 2024).

    python benchmarks/plv.py [--verbose]

Macro-averaged F1 over the 15 labels of the first PLOVER (CAMEO's roots) and over the four quad classes, beside the published rows on the set's test part, the
accuracy, how often an answer turns with the parties (the direction), and sentences a second on one core. The set is kept beside the checkout and is not
shipped; no weight of the package was fitted to it, but errors on it were read when the lexicon of acts was extended.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from sklearn.metrics import f1_score

ROOT = Path(__file__).parents[1]
SET = ROOT.parent / "shared" / "gold" / "plv_train.jsonl"
QUAD = {
    **dict.fromkeys(["AGREE", "CONSULT", "SUPPORT"], 1), **dict.fromkeys(["COOPERATE", "AID", "YIELD"], 2),
    **dict.fromkeys(["ACCUSE", "REQUEST", "REJECT", "THREATEN"], 3), **dict.fromkeys(["PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"], 4),
}  # fmt: skip
PUBLISHED = (
    ("UniversalPetrarch", 46.3, 51.8), ("GPT-4, zero-shot", 61.5, 76.7), ("ZSP (RoBERTa-large NLI, GPU)", 82.4, 89.6), ("ConfliBERT, trained on the set", 86.7, 96.3),
)  # fmt: skip
DIRECTED = {"ACCUSE", "AID", "ASSAULT", "COERCE", "REQUEST", "REJECT", "THREATEN"}


def label_of(chances: dict[str, float]) -> str:
    """The likeliest of the 15 labels; "no event" is none of them."""
    return max(sorted(QUAD), key=lambda kind: chances[kind])


def main() -> int:
    """Print the table."""
    if not SET.exists():
        print(f"{SET.name}: skipped, the set is not there")
        return 0
    from quidnunc import events

    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    gold, found, turned, directed = [], [], 0, 0
    start = time.process_time()
    for row in rows:
        source, target = pair(row)
        found.append(label_of(events.classify(row["sentence"], source, target, scheme="plover1")))
        gold.append(row["root"])
    spent = time.process_time() - start
    for row, own in zip(rows, found, strict=True):
        if row["root"] in DIRECTED:
            source, target = pair(row)
            back = events.classify(row["sentence"], target, source, scheme="plover1")
            directed += 1
            turned += max(back, key=lambda kind: back[kind]) == "NONE" or label_of(back) != own
    names = sorted(QUAD)
    root = 100 * f1_score(gold, found, labels=names, average="macro", zero_division=0)
    quad = 100 * f1_score([QUAD[g] for g in gold], [QUAD[f] for f in found], average="macro")
    print(f"{'':34}root  quad   (macro-F1)")
    for name, one, other in PUBLISHED:
        print(f"{name:34}{one:4.1f}  {other:4.1f}   published, test part")
    right = sum(g == f for g, f in zip(gold, found, strict=True)) / len(gold)
    print(
        f"{'quidnunc, not trained on the set':34}{root:4.1f}  {quad:4.1f}   {len(rows)} sentences; accuracy {right:.3f}"
    )
    print(
        f"direction: with the parties swapped another answer or none in {turned / directed:.3f} of {directed}; {len(rows) / spent:.0f} sentences/s on one core"
    )
    if "--verbose" in sys.argv[1:]:
        each = f1_score(gold, found, labels=names, average=None, zero_division=0)
        print("  ".join(f"{name} {value:.2f}" for name, value in zip(names, each, strict=True)))
        for (g, f), n in Counter((g, f) for g, f in zip(gold, found, strict=True) if g != f).most_common(25):
            print(f"{n:4} {g} taken for {f}")
    return 0


def pair(row: dict) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where source and target stand in the sentence, from the marked copy."""
    at, where, text = 0, {}, row["marked"]
    plain = 0
    while at < len(text):
        for mark in ("<s>", "</s>", "<t>", "</t>"):
            if text.startswith(mark, at):
                where[mark] = plain
                at += len(mark)
                break
        else:
            at += 1
            plain += 1
    return (where.get("<s>", 0), where.get("</s>", 0)), (where.get("<t>", 0), where.get("</t>", 0))


if __name__ == "__main__":
    sys.exit(main())
