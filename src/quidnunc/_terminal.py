"""Events for the eye (a table in the terminal) and for the pipe (tab-separated lines).

Words of a page are a stranger's: whatever steers a terminal is taken out of them before they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from quidnunc.records import CodedArticle

Row = dict[str, Any]

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, those that turn the direction of writing, and halves of characters."""

STATUS_STYLES = {"occurred": "green", "ongoing": "green", "denied": "red", "refused": "red"}

WIDE = 120
"""Columns of a terminal in which a table has room for all its own."""

COLUMNS = ("event", "date", "who", "what", "to whom", "status", "where", "says who", "confidence", "headline")
"""Of a tab-separated line."""


def clean(text: str) -> str:
    """The text without anything that steers a terminal; a replacement character stands where it was."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def flat(text: str) -> str:
    """The text on one line, clean, without tabs."""
    return clean(" ".join(text.split()))


def interval(start: str | None, end: str | None) -> str:
    """ISO 8601: one day, or first and last with a slash between."""
    if not start:
        return ""
    return start if start == end or not end else f"{start}/{end}"


def cells(row: Row) -> tuple[str, ...]:
    """A flat event row as the texts of COLUMNS."""
    place = ", ".join(part for part in (row["place_name"], row["place_country"]) if part)
    texts = (
        row["id"],
        interval(row["date_start"], row["date_end"]),
        _side(row, "source"),
        row["type"] + (f"/{row['mode']}" if row["mode"] else ""),
        _side(row, "target"),
        row["status"],
        place,
        row["reported_by"] or row["outlet"] or row["agency"] or "",
        f"{row['confidence']:.2f}",
        row["headline"] or "",
    )
    return tuple(flat(text) for text in texts)


def _side(row: Row, side: str) -> str:
    names, countries, sectors = (row[f"{side}_{what}"] for what in ("names", "countries", "sectors"))
    parties = zip(names, countries, sectors, strict=True)
    return "; ".join(name + (f" ({code})" if (code := " ".join(filter(None, rest))) else "") for name, *rest in parties)


def tab_separated(rows: Iterable[Row]) -> str:
    """The rows as lines for other programs, COLUMNS between tabs."""
    return "".join("\t".join(cells(row)) + "\n" for row in rows)


def event_table(rows: Iterable[Row], width: int) -> Table:
    """The rows as a table for a terminal so many columns wide; in a narrow one place and speaker stand under the act."""
    wide = width >= WIDE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False)
    table.add_column("date", no_wrap=True)
    table.add_column("who → what → to whom", overflow="fold", min_width=30, ratio=3 if wide else None)
    table.add_column("status", no_wrap=True)
    if wide:
        table.add_column("where", overflow="fold", ratio=1)
        table.add_column("says who", overflow="fold", ratio=1)
    table.add_column("p", no_wrap=True, justify="right")
    table.add_column("event", no_wrap=True, style="dim")
    for row in rows:
        event_id, when, who, what, whom, status, where, says, confidence, _ = cells(row)
        act = Text.assemble(who or "(somebody)", " → ", (what, "bold"), *((" → ", whom) if whom else ()))
        if not wide:
            act.append("".join([f"\n  in {where}" if where else "", f"\n  says {says}" if says else ""]), "dim")
        around = [Text(where), Text(says)] if wide else []
        styled = Text(status, STATUS_STYLES.get(status, "yellow"))
        table.add_row(Text(when.replace("/", "/\n")), act, styled, *around, Text(confidence), Text(event_id))
    return table


def show_article(console: Console, coded: CodedArticle, rows: list[Row], note: str = "") -> None:
    """One article: a line that says which, then its events."""
    article = coded.article
    title = Text(flat(article.headline or "(no headline)"), style="bold")
    if coded.parent:
        title = Text("related: ", style="dim") + title
    facts = [article.outlet, article.agency, article.published, note]
    console.print(title, Text("  " + " · ".join(flat(fact) for fact in facts if fact), style="dim"))
    if rows:
        console.print(event_table(rows, console.width))
    else:
        console.print(
            Text(f"  read, not coded: {flat(coded.skipped)}" if coded.skipped else "  no events", style="dim")
        )
        console.print()
