"""One actor phrase on its own: "the Iranian foreign minister", "UNICEF", "Sergei Lavrov"."""

from __future__ import annotations

import datetime
import re

from quidnunc.actors._board import Board, Mark
from quidnunc.actors._cast import work_out
from quidnunc.actors._knowledge import TODAY
from quidnunc.actors._where import countries_in
from quidnunc.language import parse
from quidnunc.records import Actor

_LIMIT = 400
"""Characters of a phrase that are read; more is no phrase."""


def resolve(text: str, *, context: str = "", date: datetime.date | str | None = None) -> Actor:
    """The actor that a phrase alone means; country and sectors stay empty where the phrase does not tell.

    ``context``: a country, place or sentence that helps. ``date``: the day on which posts are looked up (default: the day of the knowledge).
    """
    phrase = re.sub(r"\s+", " ", text.replace("’", "'")).strip()[:_LIMIT]
    day = date.isoformat() if isinstance(date, datetime.date) else (date or TODAY)
    lead = context.strip()[:_LIMIT].rstrip(".")
    board = work_out(parse(f"{phrase}."), day, headline=lead or None) if phrase else None
    mark = _main(board) if board else None
    if board is None or mark is None:
        near = countries_in(phrase) if phrase else []
        return Actor(
            id="a1",
            name=phrase,
            kind="generic",
            country=near[-1] if near else None,
            resolved_by="no actor word in the phrase" + (", the place names the country" if near else ""),
        )
    entity = mark.entity
    span = (0, len(phrase))
    guessed = any(reason.startswith("no nationality is given") for reason in entity.because)
    country = entity.country if not guessed or lead or countries_in(phrase) else None
    return Actor(
        id="a1",
        name=entity.name,
        kind=entity.kind,
        country=country,
        sectors=entity.sectors,
        role=entity.role,
        mentions=(span,),
        resolved_by="; ".join(dict.fromkeys(entity.because)),
    )


def _main(board: Board) -> Mark | None:
    """The mark that the phrase as a whole is: a person named in it, else the one nearest its head."""
    marks = [m for m in board.marks if m.form != "pronoun"]
    if not marks:
        return None
    people = [m for m in marks if m.entity.kind == "person"]
    if people:
        return people[-1]
    root = next((t for t in board.tokens if t.dep_ == "ROOT"), board.tokens[0])
    at_root = [m for m in marks if m.head == root.i]
    if at_root:
        return max(at_root, key=lambda m: m.end - m.start)
    return min(marks, key=lambda m: (_depth(board, m.head), m.start - m.end, m.start))


def _depth(board: Board, i: int) -> int:
    return sum(1 for _ in board.tokens[i].ancestors)
