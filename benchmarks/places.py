"""Score the places room: hard names, the places of events, and speed.

    python benchmarks/places.py [GOLD_FOLDER] [-v]

The hard names are in hard_places.tsv beside this file. GOLD_FOLDER, where given, holds articles_dev.jsonl.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path
from typing import Any

from dates import rows, trigger_of

from quidnunc import language, places
from quidnunc.records import Place

NEAR = 161.0
"""Kilometres (100 miles) within which a place counts as found."""


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def hard(verbose: bool) -> None:
    """Country right, and within 161 km; for wide regions 600 km."""
    lines = Path(__file__).with_name("hard_places.tsv").read_text(encoding="utf-8").splitlines()
    cases = [line.split("\t") for line in lines if not line.startswith("#")]
    country = near = 0
    for text, name, wanted, lat, lon in cases:
        found = next((place for place in places.find(text) if place.text.removeprefix("the ") == name), None)
        right = found is not None and (found.country or "") == wanted
        limit = NEAR if found is None or found.precision in ("city", "site") else 600
        close = (
            bool(found) and kilometres((found.lat or 0, found.lon or 0), (float(lat), float(lon))) <= limit
            if found
            else False
        )
        country += right
        near += close
        if verbose and not (right and close):
            print("HARD", text, found)
    print(f"hard places: country {country}/{len(cases)}, near {near}/{len(cases)}")


def events(texts: list[dict[str, Any]], verbose: bool) -> None:
    """The place of each coded event against the gold's words."""
    hits = found = gold = 0
    for row, doc in zip(texts, language.parse_all(row["text"] for row in texts), strict=True):
        index = places.in_doc(doc)
        for event in row["events"]:
            token = trigger_of(doc, row["text"], event)
            if token is None:
                continue
            place, wanted = index.event_place(token.i), (event.get("place") or "").lower()
            hit = same(place, wanted)
            hits, found, gold = hits + hit, found + (place is not None), gold + bool(wanted)
            if verbose and not hit and (place or wanted):
                print(
                    f"EVENT {wanted!r} [{event['trigger']}] got {place and (place.text, place.because)} | {event['sentence']}"
                )
    print(
        f"places of events: right {hits}, given {found}, gold {gold}: P {hits / max(found, 1):.3f} R {hits / max(gold, 1):.3f}"
    )


def same(place: Place | None, wanted: str) -> bool:
    """Is one name part of the other?"""
    return bool(place and wanted) and (place.text.lower() in wanted or wanted in place.text.lower()) if place else False


def main() -> int:
    """Run all that is there."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("gold", type=Path, nargs="?")
    options.add_argument("-v", "--verbose", action="store_true")
    given = options.parse_args()
    hard(given.verbose)
    if given.gold and (given.gold / "articles_dev.jsonl").exists():
        texts = rows(given.gold / "articles_dev.jsonl")
        events(texts, given.verbose)
        text = "\n\n".join(row["text"] for row in texts)
        begun = time.perf_counter()
        places.find(text)
        print(f"find: {len(text) / (time.perf_counter() - begun) / 1000:.0f} kB/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
