"""The layout of POLECAT's weekly files: 40 columns between tabs, for scripts that read those.

Column names as public readers expect them. Lists are joined with '; ', "None" stands for what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from quidnunc.actors import cow
from quidnunc.formats._format import Format, Options
from quidnunc.records import CodedArticle, Event, Party
from quidnunc.store import Selection, Store, StoredArticle

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip

NONE = "None"
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
SPOKEN = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE"})
"""Types whose act is the speaking: an offer has been made even if what it offers has not been done."""

HAPPENED = frozenset({"occurred", "ongoing"})


def tells(event: Event) -> bool:
    """Whether POLECAT would have the event at all: it cannot say that something was planned, denied or only alleged."""
    if event.type in SPOKEN:
        return event.status not in ("denied", "hypothetical", "not_yet")
    return event.status in HAPPENED and event.polarity == "positive"


def write(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """One event a row, with a header; events that the format would turn into facts are left out (see ``tells``)."""
    file.write(_line(COLUMNS))
    rows = 0
    for stored in store.coded(selection):
        for event in filter(tells, stored.events):
            file.write(_line(row(stored, event)))
            rows += 1
    return rows


def row(stored: StoredArticle, event: Event) -> tuple[str, ...]:
    """An event as the texts of COLUMNS."""
    coded, article = stored.coded, stored.coded.article
    day = event.date.end if event.date else (article.published_window or ("", ""))[1]
    return (
        stored.event_id(event), day, event.type, event.mode or "", f"{event.plover_score:g}", QUADS[event.quad], _list(event.contexts),
        *_side(coded, event.sources), *_side(coded, event.targets), *_place(event),
        article.outlet or "", (article.published or "")[:10], *_story(coded), article.language or "", f"quidnunc {coded.quidnunc}",
    )  # fmt: skip


def _side(coded: CodedArticle, parties: Iterable[Party]) -> tuple[str, ...]:
    cast = {actor.id: actor for actor in coded.actors}
    people = [(party, cast.get(party.actor)) for party in parties]
    sectors = [sector for party, _ in people for sector in party.sectors]
    return (
        _list(actor.name if actor else party.text for party, actor in people),
        _list(party.country for party, _ in people),
        _list(str(number) for party, _ in people if (number := cow(party.country)) is not None),
        sectors[0] if sectors else "",
        _list(sectors),
        _list(actor.role for _, actor in people if actor),
        _list(party.text for party, _ in people),
        "",
    )


def _place(event: Event) -> tuple[str, ...]:
    place = event.place
    if place is None:
        return ("",) * 10
    point = [f"{part:.5f}" if part is not None else "" for part in (place.lat, place.lon)]
    city = place.name if place.precision in ("city", "site") else ""
    geonames = str(place.geonames) if place.geonames is not None else ""
    return (
        place.name,
        city,
        "",
        place.admin1 or "",
        place.country or "",
        *point,
        geonames,
        place.text,
        place.precision,
    )


def _story(coded: CodedArticle) -> tuple[str, str, str]:
    def names(*kinds: str) -> str:
        return _list(actor.name for actor in coded.actors if actor.kind in kinds)

    places = (event.place.name for event in coded.events if event.place)
    return names("person"), names("organisation", "igo", "party", "armed_group", "company", "media"), _list(places)


def _list(values: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(value.replace("; ", ", ") for value in values if value))


def _line(cells: Iterable[str]) -> bytes:
    clean = (" ".join(cell.split()) or NONE for cell in cells)
    return ("\t".join(clean) + "\n").encode("utf-8", "replace")


FORMAT = Format(
    name="polecat",
    suffix=".txt",
    is_for="scripts made for POLECAT's weekly files",
    loses="status, polarity, attribution, confidence, spans and text; events that are planned, denied, alleged or have not "
    "happened, unless the act is the speaking; date ranges (the last day is given); Wikipedia ids, districts",
    write=write,
)
