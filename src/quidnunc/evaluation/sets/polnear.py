"""Attributions in news: PolNeAR 1.0 (Newell, Margolin and Ruths, 2018).

The authors' data folder (or one part of it): brat files attributions/*.ann beside text/*.txt; or JSON lines (text, attributions as source, cue, content: lists of [start, end)).
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from quidnunc.evaluation._levels import prf
from quidnunc.evaluation._result import Result, measured
from quidnunc.evaluation.sets._read import Row, files, jsonl, text

PUBLISHED = (
    ("textacy, direct quotes", (0.225, 0.195)), ("Gender Gap Tracker's rules", (0.500, 0.421)), ("a page of parse rules", (0.609, 0.528)),
    ("a CRF trained on it", (0.647, 0.515)), ("a second human", (0.794, 0.754)),
)  # fmt: skip
"""F1 of what and who+what on the test part."""

Spans = list[list[int]]
_ENTITY = re.compile(r"(T\d+)\t(\w+) ([\d ;]+)\t")
_EVENT = re.compile(r"(E\d+)\t(.+)")


def load(path: Path) -> list[Row]:
    """Rows with id, text, attributions."""
    if path.suffix == ".jsonl":
        return jsonl(path)
    rows, seen = [], set()
    for file in files(path, ".ann"):
        source = text_of(file)
        if source is None or source in seen:  # several annotators of one article: the first by name
            continue
        seen.add(source)
        rows.append({"id": file.stem, "text": text(source), "attributions": attributions(text(file))})
    return rows


def text_of(annotation: Path) -> Path | None:
    """The text of a brat file: beside it, or in the folder ``text``; annotators add four letters to the name."""
    stem = annotation.stem
    names = (stem, re.sub(r"_[0-9a-f]{4}$", "", stem))
    folders = (annotation.parent, annotation.parent.parent / "text")
    return next((place for name in names for folder in folders if (place := folder / f"{name}.txt").is_file()), None)


def attributions(lines: str) -> list[Row]:
    """The attributions in a brat file: events whose arguments are Source, Cue and Content."""
    spans: dict[str, Spans] = {}
    found = []
    for line in lines.splitlines():
        if entity := _ENTITY.match(line):
            spans[entity[1]] = [[int(n) for n in part.split()] for part in entity[3].split(";")]
        elif event := _EVENT.match(line):
            one: dict[str, Spans] = {"source": [], "cue": [], "content": []}
            for argument in event[2].split():
                role, _, target = argument.partition(":")
                role = re.sub(r"\d+$", "", role).lower()
                if role in one:
                    one[role] += spans.get(target, [])
            found.append(one)
    return [one for one in found if any(one.values())]


def characters(spans: Spans) -> set[int]:
    """Every position in the spans."""
    return {i for start, end in spans for i in range(start, end)}


def iou(a: Spans, b: Spans) -> float:
    """Shared characters by all characters of two lists of spans."""
    x, y = characters(a), characters(b)
    return len(x & y) / len(x | y) if x | y else 0.0


def counts(article: Row) -> tuple[int, int, int, int, int, int]:
    """One article: wanted, found, content right, its source right too, wanted in quotation marks, of them right."""
    from quidnunc import statements

    gold = [a for a in article["attributions"] if a["content"]]
    found = statements.find(article["text"])
    used: set[int] = set()
    what = who = direct = direct_found = 0
    for a in gold:
        scored = [(iou(a["content"], [list(s) for s in f.content]), i) for i, f in enumerate(found) if i not in used]
        best, i = max(scored, default=(0.0, -1))
        quoted = article["text"][a["content"][0][0]] in '"“'
        direct += quoted
        if best < 0.5:
            continue
        used.add(i)
        what += 1
        direct_found += quoted
        source = a["source"] or []
        source = [[source["start"], source["end"]]] if isinstance(source, dict) else source
        who += bool(characters(source) & characters([list(s) for s in found[i].source]))
    return len(gold), len(found), what, who, direct, direct_found


def score(rows: list[Row], rounds: int) -> Result:
    """Content at IoU of 0.5 or more ("what"), and its source too ("who+what"); recall of contents in quotation marks."""
    lines = [counts(row) for row in rows]

    def of_sums(sums: np.ndarray) -> list[float]:
        gold, found, what, who, direct, direct_found = sums
        return [*prf(what, what, found, gold), *prf(who, who, found, gold), direct_found / max(direct, 1)]

    names = ("what P", "what R", "what F1", "who+what P", "who+what R", "who+what F1", "recall of what is quoted")
    return Result(
        set="PolNeAR", units=len(rows), unit="articles", measures=measured(lines, names, of_sums, rounds), table=("what F1", "who+what F1"), published=PUBLISHED,
        notes=(f"{sum(line[0] for line in lines):,} attributions; published rows: on the test part",),
    )  # fmt: skip
