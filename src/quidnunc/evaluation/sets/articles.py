"""Whole articles with events: JSON lines (id, text, published, events as docs/evaluation.md describes them)."""

from __future__ import annotations

from pathlib import Path

from quidnunc.evaluation._agree import level_measures
from quidnunc.evaluation._codings import Coding, of_article, of_gold
from quidnunc.evaluation._levels import Tally, tally
from quidnunc.evaluation._result import Result
from quidnunc.evaluation.sets._read import Row, jsonl

BASE = "https://articles.example/"


def load(path: Path) -> list[Row]:
    """The annotated articles."""
    rows = jsonl(path)
    for row in rows:
        of_gold(row)
    return rows


def code_rows(rows: list[Row]) -> list[Coding | None]:
    """The articles by quidnunc; None for one that it could not code."""
    from quidnunc import Page, code_all
    from quidnunc.records import CodedArticle

    pages = [Page(row["id"], row["text"], f"{BASE}{row['id']}", row.get("published")) for row in rows]
    return [of_article(coded) if isinstance(coded, CodedArticle) else None for coded in code_all(pages)]


def tallies(rows: list[Row]) -> list[Tally]:
    """Each article's counts."""
    return [tally(of_gold(row), coded) for row, coded in zip(rows, code_rows(rows), strict=True)]


def score(rows: list[Row], rounds: int) -> Result:
    """Precision, recall and F1 at four levels."""
    counted = tallies(rows)
    total = sum(counted, Tally())
    names = tuple(f"{level} F1" for level in ("where", "what", "who", "full"))
    return Result(set="articles", units=len(rows), unit="articles", measures=level_measures(counted, rounds), table=names, notes=(f"{total.core:,} core events, {total.found:,} found",))  # fmt: skip
