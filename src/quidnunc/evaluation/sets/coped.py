"""CoPED (through ConfliBERT): sources and targets in a sentence, and for a given pair the quad class or none.

The authors' cameo_ner/*.txt (a token and its tag a line, B-S I-S B-T I-T B-R I-R O, blank line after a sentence: parties only), or JSON lines (tokens, spans as
[tag, first, last + 1, words], penta: 0 neutral, 1 to 4, null unknown).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from quidnunc.evaluation._levels import prf
from quidnunc.evaluation._result import Result, measured
from quidnunc.evaluation.sets._read import Row, confusion_row, files, joined, jsonl, macro_f1, text

PENTA = ["0", "1", "2", "3", "4"]


def load(path: Path) -> list[Row]:
    """Rows with tokens, spans, penta."""
    if path.suffix == ".jsonl":
        return jsonl(path)
    return [row for file in files(path, ".txt") for row in _tagged(text(file))]


def _tagged(lines: str) -> list[Row]:
    rows = []
    for block in lines.replace("\r\n", "\n").split("\n\n"):
        pairs = [line.rsplit(None, 1) for line in block.splitlines() if len(line.split()) >= 2]
        tokens, tags = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        spans: list[list[object]] = []
        for at, tag in enumerate(tags):
            if tag.startswith("I-") and spans and spans[-1][2] == at and spans[-1][0] == tag[2:]:
                spans[-1][2] = at + 1
            elif tag != "O":
                spans.append([tag[2:], at, at + 1])
        if tokens:
            rows.append({"tokens": tokens, "spans": spans, "penta": None})
    return rows


def score(rows: list[Row], rounds: int) -> Result:
    """Parties: a span counts as found where a found party of the right side overlaps it. Penta: macro-F1 and accuracy, the pair given."""
    lines = []
    cells = len(PENTA) * (len(PENTA) + 1)
    for row, (found, right_found, gold, right_gold) in zip(rows, _parties(rows), strict=True):
        own = _penta(row)
        lines.append(
            [
                *(confusion_row(str(row["penta"]), own, PENTA) if own else [0.0] * cells),
                float(own != ""),
                float(own == str(row["penta"])),
                found,
                right_found,
                gold,
                right_gold,
            ]
        )

    def of_sums(sums: np.ndarray) -> list[float]:
        n, right, found, right_found, gold, right_gold = sums[cells:]
        return [macro_f1(sums[:cells], len(PENTA)), right / max(n, 1), *prf(right_found, right_gold, found, gold)]

    names = ("penta macro-F1", "penta accuracy", "parties P", "parties R", "parties F1")
    known = sum(line[cells] for line in lines)
    return Result(
        set="CoPED", units=len(rows), unit="sentences", measures=measured(lines, names, of_sums, rounds), table=names,
        notes=(f"penta: {known:,.0f} sentences with a source, a target and a known class",),
    )  # fmt: skip


def _spans(row: Row) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    words, places = joined(row["tokens"])
    sides: dict[str, list[tuple[int, int]]] = {"S": [], "T": []}
    for tag, first, last, *_ in row["spans"]:
        for side in ("S", "T") if tag == "R" else (tag,):
            sides[side].append((places[first][0], places[last - 1][1]))
    return words, sides


def _penta(row: Row) -> str:
    """The class of the first source and the first target; empty where the gold has none or one is missing."""
    from quidnunc import events
    from quidnunc.events._codes import QUAD

    words, sides = _spans(row)
    if row["penta"] is None or not sides["S"] or not sides["T"]:
        return ""
    source = sides["S"][0]
    target = next((span for span in sides["T"] if span != source), None)
    if target is None:
        return ""
    chances = events.classify(words, source, target)
    best = max(sorted(chances), key=lambda kind: chances[kind])
    return str(QUAD.get(best, 0))


def _parties(rows: list[Row]) -> list[tuple[int, int, int, int]]:
    """Per sentence: parties found, of them right; parties wanted, of them found."""
    from quidnunc import Page, code_all
    from quidnunc.records import CodedArticle

    pages = [Page(f"sentence {number}", _spans(row)[0], form="body", language="en") for number, row in enumerate(rows)]
    out = []
    for row, coded in zip(rows, code_all(pages), strict=True):
        _, gold = _spans(row)
        found: dict[str, set[tuple[int, int]]] = {"S": set(), "T": set()}
        if isinstance(coded, CodedArticle):
            for event in coded.events:
                found["S"].update(event.spans.sources)
                found["T"].update(event.spans.targets)
        hit = {side: [(g, f) for g in gold[side] for f in found[side] if g[0] < f[1] and f[0] < g[1]] for side in "ST"}
        out.append(
            (
                sum(len(found[side]) for side in "ST"),
                sum(len({f for _, f in hit[side]}) for side in "ST"),
                sum(len(set(gold[side])) for side in "ST"),
                sum(len({g for g, _ in hit[side]}) for side in "ST"),
            )
        )
    return out
