"""What the loaders of several sets share: JSON lines, tables, folders, macro-averages."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from quidnunc.errors import InputError
from quidnunc.evaluation._codings import json_lines

Row = dict[str, Any]


def jsonl(path: Path) -> list[Row]:
    """The objects of a JSON-lines file."""
    return [row for _, row in json_lines(path)]


def table(path: Path) -> list[Row]:
    """The rows of a tab-separated file with a header; quotes are not special."""
    return list(csv.DictReader(text(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def text(path: Path) -> str:
    """A file as UTF-8 text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: it cannot be read as text: {error}") from error


def files(path: Path, *endings: str) -> list[Path]:
    """The file itself, or the files below a folder with these endings, sorted, hidden ones left out."""
    if path.is_file():
        return [path]
    return sorted(p for end in endings for p in path.rglob(f"*{end}") if p.is_file() and not p.name.startswith("."))


def confusion_row(gold: str, found: str, labels: Sequence[str]) -> list[float]:
    """One item as a flat confusion table; a found label that is none of them counts as a miss only."""
    row = [0.0] * (len(labels) * (len(labels) + 1))
    column = labels.index(found) if found in labels else len(labels)
    row[labels.index(gold) * (len(labels) + 1) + column] = 1.0
    return row


def macro_f1(flat: np.ndarray, labels: int) -> float:
    """Macro-averaged F1 of a flat confusion table; a label that neither occurs nor is found counts 0, as in scikit-learn."""
    counts = np.asarray(flat, dtype=float).reshape(labels, labels + 1)
    hit = counts.diagonal()
    both = counts.sum(axis=1) + counts[:, :labels].sum(axis=0)
    return float(np.mean(np.divide(2 * hit, both, out=np.zeros(labels), where=both > 0)))


def joined(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens as text with spaces between, and where each stands."""
    at, spans = 0, []
    for token in tokens:
        spans.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(tokens), spans
