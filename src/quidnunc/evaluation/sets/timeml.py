"""Time expressions in news: TimeBank and AQUAINT as in TempEval-3.

The authors' .tml files (a file or a folder of them), or JSON lines (text, created, timexes as start, end, type, value).
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from quidnunc.errors import InputError
from quidnunc.evaluation._levels import prf
from quidnunc.evaluation._result import Result, measured
from quidnunc.evaluation.sets._read import Row, files, jsonl

Days = tuple[date, date]
PUBLISHED: tuple[tuple[str, tuple[float | None, ...]], ...] = (
    ("HeidelTime with tagger", (0.855, None)), ("nineteen regular expressions", (0.791, None)), ("dateparser.search", (0.307, None)),
)  # fmt: skip
"""On TimeBank, measured with the same interval measure."""
LARGEST = 5_000_000


def load(path: Path) -> list[Row]:
    """Rows with id, text, created, timexes."""
    if path.suffix == ".jsonl":
        return jsonl(path)
    return [_document(file) for file in files(path, ".tml")]


def _document(path: Path) -> Row:
    from lxml import etree

    if path.stat().st_size > LARGEST:
        raise InputError(f"{path}: over {LARGEST:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}: not TimeML: {error}") from error
    created = next((t.get("value") for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME"), None)  # fmt: skip
    body = root.find("TEXT")
    if body is None or not created:
        raise InputError(f"{path}: not TimeML: it has no TEXT or no creation time")
    text, timexes = _flattened(body)
    return {"id": path.stem, "text": text, "created": created[:10], "timexes": timexes}


def _flattened(body: Any) -> tuple[str, list[Row]]:
    """The text of an element without its tags, and where its time expressions stand in it."""
    parts: list[str] = []
    found: list[Row] = []
    length = 0

    def add(words: str | None) -> None:
        nonlocal length
        parts.append(words or "")
        length += len(words or "")

    def walk(element: Any) -> None:
        start = length
        add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                walk(child)
            add(child.tail)
        if element.tag == "TIMEX3":
            found.append({"start": start, "end": length, "type": element.get("type") or "", "value": element.get("value") or ""})  # fmt: skip

    walk(body)
    return "".join(parts), found


def gold_days(timex: Row) -> Days | None:
    """The interval of a gold DATE or TIME."""
    from quidnunc.dates import days_of

    if timex["type"] not in ("DATE", "TIME"):
        return None
    attributes = timex.get("attrs") or {}
    if timex["value"]:
        if "WXX" in timex["value"] or "XX" in timex["value"][:4]:
            return None
        return days_of(re.sub(r"-XX-XX$|T.*$", "", timex["value"]))
    first = attributes.get("from") or attributes.get("notBefore")
    last = attributes.get("to") or attributes.get("notAfter")
    a, b = (days_of(side) if side else None for side in (first, last))
    return (a[0], b[1]) if a and b else None


def overlaps(a: Any, b: Any) -> bool:
    """Do two spans share a character?"""
    return bool(a[0] < b[1] and b[0] < a[1])


def counts(row: Row) -> tuple[int, int, int, int, int, int]:
    """One text: calendar values right, found and wanted; exact values right, found and wanted."""
    from quidnunc import dates

    found = dates.find(row["text"], published=(row.get("created") or row["dct"])[:10])
    gold = [(t["start"], t["end"], days) for t in row["timexes"] if (days := gold_days(t))]
    mine = [(e.start, e.end, e.span_of_days) for e in found if e.type in ("DATE", "TIME") and e.span_of_days]
    hit = sum(any(overlaps(one, (s, e)) and one[2] == days for one in mine) for s, e, days in gold)
    exact = sum(
        any(overlaps((e.start, e.end), (t["start"], t["end"])) and e.value == t["value"] for e in found)
        for t in row["timexes"]
    )
    return hit, len(mine), len(gold), exact, len(found), len(row["timexes"])


def score(rows: list[Row], rounds: int) -> Result:
    """CAL: DATE and TIME with a calendar value, compared as day intervals; ALL: exact TIMEX3 value strings of any type."""
    lines = [counts(row) for row in rows]

    def of_sums(sums: np.ndarray) -> list[float]:
        return [*prf(sums[0], sums[0], sums[1], sums[2]), *prf(sums[3], sums[3], sums[4], sums[5])]

    names = ("CAL P", "CAL R", "CAL F1", "ALL P", "ALL R", "ALL F1")
    return Result(set="TimeML", units=len(rows), unit="texts", measures=measured(lines, names, of_sums, rounds), table=("CAL F1", "ALL F1"), published=PUBLISHED)  # fmt: skip
