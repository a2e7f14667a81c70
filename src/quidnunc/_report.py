"""Where commands tell what they found: data on standard output, all the rest on standard error."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from enum import Enum
from typing import Any

import click
import msgspec
from rich.console import Console

from quidnunc._inputs import Skipped
from quidnunc._terminal import event_table, flat, show_article, tab_separated
from quidnunc.errors import InputError
from quidnunc.records import CodedArticle
from quidnunc.store import Outcome, event_rows

WIDTH = 140
"""Columns of a table that goes into a pipe or file."""

_UNPRINTED = re.compile("[\x7f-\x9f]")
"""Control characters that JSON lets stand and terminals obey."""

Row = dict[str, Any]


class Form(Enum):
    """How data is written to standard output."""

    TABLE = "for a person"
    LINES = "tab-separated, for a program"
    JSON = "one object a line"


def form(as_table: bool) -> Form:
    """A table for a person, or where it was asked for; lines for a program."""
    return Form.TABLE if as_table or sys.stdout.isatty() else Form.LINES


def console() -> Console:
    """Standard output; without colours and with a width of its own where nobody looks on."""
    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=WIDTH, color_system=None)


def show_rows(rows: list[Row], form: Form) -> None:
    """Event rows, as a table or as lines."""
    if form is Form.TABLE:
        to = console()
        to.print(event_table(rows, to.width) if rows else "no events")
    else:
        _write(tab_separated(rows))


class Report:
    """Tells of each input of a run when its turn has come; shows a bar while it is entered."""

    def __init__(self, total: int, form: Form) -> None:
        self._tell = _json_lines() if form is Form.JSON else _sections() if form is Form.TABLE else _tab_separated_lines
        mixed = form is Form.JSON and sys.stdout.isatty()
        self._bar = _bar(total) if total > 1 and sys.stderr.isatty() and not mixed else None

    def __enter__(self) -> Report:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def article(self, name: str, coded: CodedArticle, outcome: Outcome) -> None:
        """An input that became an article."""
        self._tell(coded, outcome)
        if coded.skipped:
            click.echo(flat(f"{name}: read, not coded: {coded.skipped}"), err=True)
        self._advance()

    def failure(self, error: InputError) -> None:
        """An input that did not."""
        click.echo(flat(str(error)), err=True)
        self._advance()

    def skipped(self, skipped: Skipped) -> None:
        """Records of an input that are no articles."""
        click.echo(flat(str(skipped)), err=True)

    def _advance(self) -> None:
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])


def _bar(total: int) -> Any:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("pages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), redirect_stdout=sys.stdout.isatty(), transient=True)
    bar.add_task("", total=total)
    return bar


def _json_lines() -> Callable[[CodedArticle, Outcome], None]:
    out = sys.stdout.buffer

    def tell(coded: CodedArticle, _: Outcome) -> None:
        for line in coded.lines():
            plain = _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", msgspec.json.encode(line).decode())
            out.write(plain.encode() + b"\n")
        out.flush()

    return tell


def _sections() -> Callable[[CodedArticle, Outcome], None]:
    to = console()

    def tell(coded: CodedArticle, outcome: Outcome) -> None:
        for one, what in zip((coded, *coded.related), (outcome, *outcome.cards), strict=True):
            note = "stored already" if what.change == "unchanged" else ""
            show_article(to, one, list(event_rows(one, what.short)), note)

    return tell


def _tab_separated_lines(coded: CodedArticle, outcome: Outcome) -> None:
    for one, what in zip((coded, *coded.related), (outcome, *outcome.cards), strict=True):
        _write(tab_separated(event_rows(one, what.short)))


def _write(lines: str) -> None:
    out = sys.stdout.buffer
    out.write(lines.encode("utf-8", "replace"))
    out.flush()
