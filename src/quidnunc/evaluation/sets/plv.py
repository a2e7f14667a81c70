"""PLV (Hu et al., ACL 2024): one sentence, a given pair of parties, the 15 labels of the first PLOVER.

The authors' PLV_train.tsv or PLV_test.tsv (columns sentence, marked_sentence, gold_root, gold_penta), or JSON lines (sentence, marked, root).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from quidnunc.evaluation._result import Result, measured
from quidnunc.evaluation.sets._read import Row, confusion_row, jsonl, macro_f1, table

QUAD = {
    **dict.fromkeys(["AGREE", "CONSULT", "SUPPORT"], 1), **dict.fromkeys(["COOPERATE", "AID", "YIELD"], 2),
    **dict.fromkeys(["ACCUSE", "REQUEST", "REJECT", "THREATEN"], 3), **dict.fromkeys(["PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"], 4),
}  # fmt: skip
LABELS = sorted(QUAD)
QUADS = ["1", "2", "3", "4"]
DIRECTED = {"ACCUSE", "AID", "ASSAULT", "COERCE", "REQUEST", "REJECT", "THREATEN"}
PUBLISHED = (
    ("UniversalPetrarch", (0.463, 0.518)), ("GPT-4, zero-shot", (0.615, 0.767)), ("ZSP (RoBERTa-large NLI, GPU)", (0.824, 0.896)),
    ("ConfliBERT, trained on the set", (0.867, 0.963)),
)  # fmt: skip
"""Macro-F1 of root and quad on the test part, as its authors print them."""

Span = tuple[int, int]


def load(path: Path) -> list[Row]:
    """Rows with sentence, marked, root."""
    if path.suffix == ".tsv":
        rows = table(path)
        return [{"sentence": row["sentence"], "marked": row["marked_sentence"], "root": row["gold_root"]} for row in rows if row["gold_root"] in QUAD]  # fmt: skip
    return [row for row in jsonl(path) if row["root"] in QUAD]


def pair(row: Row) -> tuple[Span, Span]:
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


def label_of(chances: dict[str, float]) -> str:
    """The likeliest of the 15 labels; "no event" is none of them."""
    return max(LABELS, key=lambda kind: chances[kind])


def predict(row: Row) -> str:
    """The label of a row."""
    from quidnunc import events

    return label_of(events.classify(row["sentence"], *pair(row), scheme="plover1"))


def turns(row: Row, own: str) -> bool:
    """Whether the answer is another, or none, once the parties change places."""
    from quidnunc import events

    source, target = pair(row)
    back = events.classify(row["sentence"], target, source, scheme="plover1")
    return max(back, key=lambda kind: back[kind]) == "NONE" or label_of(back) != own


def score(rows: list[Row], rounds: int) -> Result:
    """Macro-F1 of root and quad, accuracy, and how often the answer turns with the parties."""
    lines = []
    roots, quads = len(LABELS) * (len(LABELS) + 1), len(QUADS) * (len(QUADS) + 1)
    for row in rows:
        own = predict(row)
        directed = row["root"] in DIRECTED
        lines.append(
            [
                *confusion_row(row["root"], own, LABELS),
                *confusion_row(str(QUAD[row["root"]]), str(QUAD[own]), QUADS),
                1.0,
                float(own == row["root"]),
                float(directed),
                float(directed and turns(row, own)),
            ]
        )

    def of_sums(sums: np.ndarray) -> list[float]:
        n, right, directed, turned = sums[roots + quads :]
        return [
            macro_f1(sums[:roots], len(LABELS)),
            macro_f1(sums[roots : roots + quads], len(QUADS)),
            right / n,
            turned / max(directed, 1),
        ]

    names = ("root macro-F1", "quad macro-F1", "accuracy", "answer turns with the parties")
    return Result(
        set="PLV", units=len(rows), unit="sentences", measures=measured(lines, names, of_sums, rounds), table=("root macro-F1", "quad macro-F1"), published=PUBLISHED,
        notes=("published rows: on the test part",),
    )  # fmt: skip
