"""PLOVER's gold standard records: one sentence of the CAMEO manual, its event, and its actors.

The authors' PLOVER_GSR_CAMEO.txt (JSON objects one after another, or a list of them), or JSON lines. The older draft's labels are taken to PLOVER 2.0: DEMAND is REQUEST,
FIGHT ASSAULT, DISAPPROVE and INVESTIGATE ACCUSE; records of what PLOVER 2.0 has not are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import numpy as np

from quidnunc.errors import InputError
from quidnunc.evaluation._result import Result, measured
from quidnunc.evaluation.sets._read import Row, confusion_row, macro_f1, text
from quidnunc.events._codes import QUAD
from quidnunc.records import EventType

OLDER = {"DEMAND": "REQUEST", "FIGHT": "ASSAULT", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE"}
TYPES = sorted(get_args(EventType))
ORGANISATIONS = {"IGO", "UNO", "EUR", "NATO", "INT"}


def load(path: Path) -> list[Row]:
    """Records with text, event (of PLOVER 2.0), source, target."""
    rows = []
    for row in _objects(text(path), path):
        kind = OLDER.get(str(row.get("event")), str(row.get("event")))
        if kind in TYPES and row.get("text"):
            rows.append({**row, "event": kind, "source": _actors(row.get("source")), "target": _actors(row.get("target"))})  # fmt: skip
    return rows


def _objects(content: str, path: Path) -> Iterator[Row]:
    decoder, at = json.JSONDecoder(), 0
    while at < len(content):
        if content[at] in " \t\r\n,[]\ufeff":
            at += 1
            continue
        try:
            found, at = decoder.raw_decode(content, at)
        except (json.JSONDecodeError, RecursionError) as error:
            raise InputError(f"{path}: not JSON from character {at} on: {error}") from error
        if isinstance(found, dict):
            yield found


def _actors(side: object) -> list[dict[str, str]]:
    found = [side] if isinstance(side, dict) else side if isinstance(side, list) else []
    return [one for one in found if isinstance(one, dict) and one.get("actorText")]


def score(rows: list[Row], rounds: int) -> Result:
    """Type and quad class where both actors are given; countries of single actors; and what the coder finds by itself: the type, and the type with both countries."""
    cells = len(TYPES) * (len(TYPES) + 1)
    lines = []
    for row, (kinds, who) in zip(rows, _coded(rows), strict=True):
        own = _classified(row)
        given = own != ""
        lines.append(
            [
                *(confusion_row(row["event"], own, TYPES) if given else [0.0] * cells),
                float(given),
                float(own == row["event"]),
                float(given and QUAD.get(own) == QUAD[row["event"]]),
                1.0,
                float(row["event"] in kinds),
                float(who),
            ]
        )

    def of_sums(sums: np.ndarray) -> list[float]:
        given, right, quad, n, found, who = sums[cells:]
        return [right / max(given, 1), quad / max(given, 1), macro_f1(sums[:cells], len(TYPES)), found / n, who / n]

    names = ("type, pair given", "quad, pair given", "macro-F1, pair given", "type found", "type and countries found")
    both = sum(line[cells] for line in lines)
    return Result(
        set="PLOVER GSR", units=len(rows), unit="records", measures=measured(lines, names, of_sums, rounds), table=names[:2] + names[3:],
        notes=(f"{both:,.0f} records have both actors in the text; labels of the older draft taken to PLOVER 2.0",),
    )  # fmt: skip


def _span(words: str, actor: dict[str, str]) -> tuple[int, int] | None:
    at = words.find(actor["actorText"])
    return (at, at + len(actor["actorText"])) if at >= 0 else None


def _classified(row: Row) -> str:
    from quidnunc import events

    source = next((span for actor in row["source"] if (span := _span(row["text"], actor))), None)
    target = next((span for actor in row["target"] if (span := _span(row["text"], actor)) and span != source), None)
    if source is None or target is None:
        return ""
    chances = events.classify(row["text"], source, target)
    return max(sorted(chances), key=lambda kind: chances[kind])


def _coded(rows: list[Row]) -> Iterator[tuple[set[str], bool]]:
    from quidnunc import Page, code_all
    from quidnunc.records import CodedArticle

    pages = [
        Page(str(row.get("id", number)), row["text"], form="body", language="en") for number, row in enumerate(rows)
    ]
    for row, coded in zip(rows, code_all(pages), strict=True):
        if not isinstance(coded, CodedArticle):
            yield set(), False
            continue
        wanted = [
            {_country(one.get("code") or "") for one in row[side] if one.get("code")} for side in ("source", "target")
        ]
        fitting = (
            all(
                not codes or codes & {_country(party.country or "") for party in side}
                for codes, side in zip(wanted, (event.sources, event.targets), strict=True)
            )
            for event in coded.events
            if event.type == row["event"]
        )
        yield {event.type for event in coded.events}, any(fitting)


def _country(code: str) -> str:
    return "IGO" if code[:3] in ORGANISATIONS or code[:4] in ORGANISATIONS else code[:3]
