"""The layouts of the Phoenix data: the Cline Center's CSV of 25 columns with a header, and the daily files of 26 fields without one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from quidnunc.formats._dyads import Dyad, Side, dyads, land, line
from quidnunc.formats._dyads import quad as cameo_quad
from quidnunc.formats._format import Format, Options
from quidnunc.store import Selection, Store

_CODED = (
    "source", "source_root", "source_agent", "source_others", "target", "target_root", "target_agent", "target_others", "code", "root_code", "quad_class", "goldstein",
)  # fmt: skip
_PLACE = ("lat", "lon", "placename", "statename", "countryname")
COLUMNS = ("eid", "story_date", "year", "month", "day", *_CODED, "joined_issues", *_PLACE, "aid", "process")
"""The Cline Center's 25 columns."""
DAILY = ("id", "story_date", "year", "month", "day", *_CODED, "issues", *_PLACE, "ids", "urls", "sources")
"""The 26 fields of the daily files; names are ours, they have no header."""


def write(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """One row a dyad of an event, as the Cline Center's files have them."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    rows = 0
    for stored in store.coded(selection):
        for dyad in dyads(stored):
            shared = _shared(dyad)
            cells = (dyad.id, *shared, dyad.stored.coded.article.id, f"quidnunc {dyad.stored.coded.quidnunc}")
            lines.writerow([" ".join(cell.split()) for cell in cells])
            rows += 1
    text.flush()
    text.detach()
    return rows


def write_daily(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """One line a dyad of an event, as the daily files have them."""
    rows = 0
    for stored in store.coded(selection):
        for dyad in dyads(stored):
            article = stored.coded.article
            file.write(line((dyad.id, *_shared(dyad), article.id, article.url or "", article.outlet or "")))
            rows += 1
    return rows


def _shared(dyad: Dyad) -> tuple[str, ...]:
    event, place = dyad.event, dyad.event.place
    year, _, rest = dyad.day.partition("-")
    month, _, day = rest.partition("-")
    return (
        dyad.day.replace("-", ""), year, month.lstrip("0"), day.lstrip("0"), *_side(dyad.source), *_side(dyad.target),
        event.cameo, event.cameo[:2], str(quad(event.cameo)), dyad.goldstein, ";".join(event.contexts),
        *dyad.point, place.name if place else "", (place.admin1 or "") if place else "", land(place.country) if place else "",
    )  # fmt: skip


def _side(side: Side) -> tuple[str, str, str, str]:
    return side.code, side.country, side.agents[0] if side.agents else "", ";".join(side.agents[1:])


def quad(code: str) -> int:
    """Phoenix's five classes: 0 statements (01, 02), 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
    return 0 if int(code[:2]) <= 2 else cameo_quad(code)


_LOSES = "status, polarity and who says so; events that have not happened; PLOVER types and modes; words and reasons"
FORMATS: Iterable[Format] = (
    Format("phoenix", ".csv", "scripts made for the Cline Center's Phoenix data", _LOSES, write),
    Format("phoenix-daily", ".txt", "scripts made for the daily Phoenix files", _LOSES, write_daily),
)
