"""The layout of ICEWS's yearly files: 20 columns between tabs, with a header, nothing quoted."""

from __future__ import annotations

from typing import BinaryIO

from quidnunc.formats._dyads import ROOTS, Dyad, Side, dyads, land, line
from quidnunc.formats._format import Format, Options
from quidnunc.store import Selection, Store

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name", "Target Sectors",
    "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
SECTORS = {
    "GOV": "Government", "MIL": "Military", "COP": "Police", "LEG": "Legislative / Parliamentary", "JUD": "Judicial", "PTY": "Parties", "OPP": "Major Party (Out of Government)",
    "REB": "Rebel", "UAF": "Unidentified Forces", "PRM": "Unidentified Forces", "CRM": "Criminals / Gangs", "CVL": "Civilian", "JRN": "News", "MED": "Medical / Health",
    "BUS": "Business", "LAB": "Labor", "AGR": "Agricultural", "EDU": "Education", "REF": "Refugees", "REL": "Religious", "NGO": "Nongovernmental Organization (International)",
    "ELI": "Elite", "SPY": "State Owned Agencies", "IGO": "International Government Organization", "UNO": "International Government Organization", "SOC": "Social",
}  # fmt: skip
"""PLOVER sectors in ICEWS's words."""
UNKNOWN = "Unknown"


def write(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """One row a dyad of an event; what two did to each other gives a row each way."""
    file.write(line(COLUMNS))
    rows = 0
    for stored in store.coded(selection):
        for dyad in dyads(stored):
            file.write(line(row(dyad)))
            rows += 1
    return rows


def row(dyad: Dyad) -> tuple[str, ...]:
    """A row as the texts of COLUMNS."""
    event, article, place = dyad.event, dyad.stored.coded.article, dyad.event.place
    city = place.name if place and place.precision in ("city", "site") else ""
    return (
        str(dyad.key), dyad.day, *_side(dyad.source), ROOTS[int(event.cameo[:2]) - 1], event.cameo, dyad.goldstein, *_side(dyad.target),
        str(int(article.id[:12], 16) if _hexadecimal(article.id[:12]) else 0), str(dyad.sentence), article.outlet or "",
        city, "", (place.admin1 or "") if place else "", land(place.country) if place else "", *dyad.point,
    )  # fmt: skip


def _hexadecimal(text: str) -> bool:
    return bool(text) and all(letter in "0123456789abcdef" for letter in text)


def _side(side: Side) -> tuple[str, str, str]:
    words = dict.fromkeys(SECTORS[sector] for sector in side.sectors if sector in SECTORS)
    return side.name or UNKNOWN, ",".join(words), land(side.iso) or (side.iso or "")


FORMAT = Format(
    name="icews",
    suffix=".tab",
    is_for="scripts made for ICEWS's yearly files",
    loses="status, polarity and who says so; events that have not happened; modes and contexts; the fine CAMEO label (the root's is given); districts; words and reasons",
    write=write,
)
