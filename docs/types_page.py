"""Fills the last column of docs/types.md with what the coder makes of each sentence: part of ``make docs``."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).with_name("types.md")
ROW = re.compile(
    r"\| `(?P<first>[\w-]+)` \| (?:`(?P<second>[\w-]+)`)? ?\| (?P<sentence>[^|]+?) \| ?(?P<mark>[^|]*?) ?\|"
)
Row = tuple[str, str | None, str, str]


def rows() -> list[Row]:
    """First and second column, sentence and mark of every example."""
    found = (ROW.fullmatch(line) for line in PAGE.read_text(encoding="utf-8").splitlines())
    return [(row["first"], row["second"], row["sentence"], row["mark"]) for row in found if row]


def marks(examples: list[Row]) -> list[str]:
    """What the coder says of each: a tick, its own types, or a dash."""
    from quidnunc import Page, code_all

    pages = [Page(str(number), sentence, published="2024-03-06", form="body", language="en") for number, (_, _, sentence, _) in enumerate(examples)]  # fmt: skip
    out = []
    for (first, second, _, _), coded in zip(examples, code_all(pages), strict=True):
        if isinstance(coded, Exception):
            raise coded
        by_type = first.isupper()
        said = [(event.type, event.mode if by_type else event.status) for event in coded.events]
        wanted = (first, second) if by_type else (second, first)
        told = ", ".join(f"{kind} {more}" if more else kind for kind, more in dict.fromkeys(said))
        out.append("✓" if wanted in said else told or "–")
    return out


def page() -> str:
    """The page with fresh marks."""
    fresh = iter(marks(rows()))
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        if row := ROW.fullmatch(line):
            second = f"`{row['second']}` " if row["second"] else ""
            lines[at] = f"| `{row['first']}` | {second}| {row['sentence']} | {next(fresh)} |"
    return "\n".join(lines) + "\n"
