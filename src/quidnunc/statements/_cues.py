"""Words that report, read from data/cues.txt: the stance that they give the speaker, and where their content stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import get_args

from quidnunc.errors import KnowledgeError
from quidnunc.records import Stance

FEELS = "feels"
"""The class of attitudes: they are found, but are no statements of an article."""


@dataclass(frozen=True)
class Cue:
    """One reading of a reporting word; ``frames``: what may hold the content, in order (data/cues.txt names them)."""

    stance: Stance
    frames: tuple[str, ...]
    speech: bool


@lru_cache(maxsize=1)
def cues() -> dict[tuple[str, str], tuple[Cue, ...]]:
    """(lemma, "V" or "N") to the readings of the reporting word, in the file's order. Raises KnowledgeError naming a line that does not fit."""
    table: dict[tuple[str, str], tuple[Cue, ...]] = {}
    text = (files("quidnunc.statements") / "data" / "cues.txt").read_text(encoding="utf8")
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            head, _, words = line.partition(" : ")
            stance, pos, frames = head.split()
            if stance != FEELS and stance not in get_args(Stance):
                raise ValueError(f"stance {stance}")
        except ValueError as error:
            raise KnowledgeError(f"cues.txt line {number} does not hold together ({error}): {line}") from error
        cue = Cue("says" if stance == FEELS else stance, tuple(frames.split(",")), stance != FEELS)  # type: ignore[arg-type]
        for word in dict.fromkeys(words.split()):
            table[word, pos] = (*table.get((word, pos), ()), cue)
    return table


GENERIC = Cue("says", ("c",), False)
"""Of a verb that is no reporting word, with a clause that begins with "that"."""
