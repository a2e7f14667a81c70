"""Reading pages: body, headline, day and authors.

The authors' folder of scrapinghub's article-extraction-benchmark (ground-truth.json beside html/*.html.gz), or JSON lines with ``html`` (a gzipped file
beside it), ``body``, and title, date, authors where known.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from quidnunc.errors import InputError, QuidnuncError
from quidnunc.evaluation._result import Result, measured
from quidnunc.evaluation.sets._read import Row, jsonl, text

TOKEN = re.compile(r"\w+")
LARGEST = 20_000_000
FIELDS = ("headline", "date", "authors")
PUBLISHED: tuple[tuple[str, tuple[float | None, ...]], ...] = (
    ("trafilatura 2 (precision)", (0.964, 0.337)), ("readability-lxml", (0.955, 0.315)), ("newspaper4k", (0.943, 0.315)), ("resiliparse", (0.917, 0.033)),
    ("goose3", (0.875, 0.149)), ("jusText", (0.848, 0.083)),
)  # fmt: skip
"""F1 and exact bodies on the 181 pages of scrapinghub."""


def load(path: Path) -> list[Row]:
    """Rows with id, page (bytes), body, url, title, date, authors."""
    truth = path / "ground-truth.json" if path.is_dir() else path
    if truth.suffix == ".jsonl":
        return [{**row, "page": unpacked(path.parent / _inside(row["html"]))} for row in jsonl(path)]
    gold = json.loads(text(truth))
    return [
        {"id": name, "page": unpacked(truth.parent / "html" / f"{_inside(name)}.html.gz"), "body": one["articleBody"], "url": one.get("url")}
        for name, one in sorted(gold.items())
    ]  # fmt: skip


def _inside(name: str) -> str:
    """A name of a file below the set's folder."""
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise InputError(f"{name}: the file of a page must stand below the set's folder")
    return name


def unpacked(path: Path) -> bytes:
    """A gzipped page; raises InputError where it is missing, broken or too large."""
    try:
        with gzip.open(path) as file:
            content = file.read(LARGEST + 1)
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: it cannot be read as gzip: {error}") from error
    if len(content) > LARGEST:
        raise InputError(f"{path}: over {LARGEST:,} bytes unpacked")
    return content


def shingles(words: str) -> Counter[tuple[str, ...]]:
    """The 4-grams of a text's tokens (the whole text where it is shorter)."""
    tokens = TOKEN.findall(words)
    if len(tokens) < 4:
        return Counter([tuple(tokens)]) if tokens else Counter()
    return Counter(tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3))


def body_scores(gold: str, found: str) -> tuple[float | None, float | None, bool]:
    """Precision (None: nothing found), recall (None: nothing to find) of shingles, and whether all tokens are the same."""
    true, got = shingles(gold), shingles(found)
    both = sum((true & got).values())
    p, r = both / sum(got.values()) if got else None, both / sum(true.values()) if true else None
    return p, r, TOKEN.findall(gold) == TOKEN.findall(found)


def norm(words: str | None) -> str:
    """A headline or name for comparison: tokens in lower case."""
    return " ".join(TOKEN.findall((words or "").lower()))


def field_scores(gold: Row, found: Row) -> dict[str, bool]:
    """Of each field that the gold knows, whether it is exact."""
    out = {}
    if gold.get("title"):
        out["headline"] = norm(gold["title"]) == norm(found.get("title"))
    if gold.get("date"):
        out["date"] = str(gold["date"])[:10] == str(found.get("date") or "")[:10]
    if gold.get("authors"):
        out["authors"] = {norm(a) for a in gold["authors"]} == {norm(a) for a in found.get("authors") or []}
    return out


def read(page: str | bytes, url: str | None, *, standfirst: bool = False) -> Row:
    """Body, headline, day and authors by quidnunc; ``standfirst``: it counts as body."""
    from quidnunc import pages

    try:
        article = pages.read(page, url=url)
    except QuidnuncError as error:
        return {"body": "", "error": str(error)}
    body = "\n".join([article.standfirst or "", article.text]) if standfirst else article.text
    return {"blocks": article.blocks, "body": body, "title": article.headline, "date": article.published, "authors": list(article.authors)}  # fmt: skip


def score(rows: list[Row], rounds: int) -> Result:
    """Body: precision and recall averaged over pages, F1 of the averages; exact bodies; fields exact where the gold has them."""
    lines = []
    for row in rows:
        found = read(row["page"], row.get("url"), standfirst="summary" in row)
        p, r, exact = body_scores(row["body"], found["body"])
        fields = field_scores(row, found)
        line: list[Any] = [p or 0.0, p is not None, r or 0.0, r is not None, exact, 1.0]
        lines.append([float(x) for x in line] + [float(x) for name in FIELDS for x in (fields.get(name, False), name in fields)])  # fmt: skip

    def of_sums(sums: np.ndarray) -> list[float]:
        p, r = sums[0] / max(sums[1], 1), sums[2] / max(sums[3], 1)
        fields = [sums[6 + 2 * at] / sums[7 + 2 * at] if sums[7 + 2 * at] else 0.0 for at in range(3) if known[at]]
        return [2 * p * r / (p + r) if p + r else 0.0, p, r, sums[4] / max(sums[5], 1), *fields]

    known = [any(line[7 + 2 * at] for line in lines) for at in range(3)]
    names = ("F1", "P", "R", "exact", *(name for at, name in enumerate(FIELDS) if known[at]))
    return Result(
        set="pages", units=len(rows), unit="pages", measures=measured(lines, names, of_sums, rounds), table=("F1", "exact"), published=PUBLISHED,
        notes=("published rows: the 181 pages of scrapinghub; the line models that ship have learned from flattened forms of half of them (docs/model-pages.md)",),
    )  # fmt: skip
