"""GDELT 2.0's event and mention files: tab-separated, without header or quotes, 61 and 16 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO

from quidnunc.formats._dyads import Dyad, Side, dyads, fips, land, line, numbered, quad
from quidnunc.formats._format import Format, Options
from quidnunc.store import Selection, Store

_SIDE = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENTS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _SIDE), *(f"Actor2{name}" for name in _SIDE),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO), *(f"Actor2Geo_{name}" for name in _GEO), *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The 61 columns of the event file, in order."""
MENTIONS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID", "Actor1CharOffset",
    "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
"""The 16 columns of the mention file, in order."""
LEAD = 600
"""Characters from the beginning in which an event counts as a root event."""


def write_events(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """One row a dyad of an event; of a happening only its first report, with how many report it (where the store knows its stories)."""
    reports = Reports(store)
    rows = 0
    for stored in store.coded(selection):
        for dyad in dyads(stored):
            if dyad.day and reports.first(dyad.stored.event_id(dyad.event)):
                file.write(line(event_row(dyad, reports)))
                rows += 1
    return rows


def write_mentions(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """One row a report of an event, under the id of its happening's first report."""
    reports = Reports(store)
    rows = 0
    for stored in store.coded(selection):
        for dyad in dyads(stored):
            if dyad.day:
                file.write(line(mention_row(dyad, reports)))
                rows += 1
    return rows


class Reports:
    """Which events are one happening, as ``quidnunc stories`` found them; an event without a story stands for itself."""

    def __init__(self, store: Store) -> None:
        rows = store.reports()
        self._happening = {event: happening for event, happening, _ in rows}
        self._mentions = Counter(self._happening.values())
        self._origins = Counter(happening for happening, _ in {(happening, origin) for _, happening, origin in rows})

    def of(self, event: str) -> str:
        """The first report's event id."""
        return self._happening.get(event, event)

    def first(self, event: str) -> bool:
        """Whether this report stands for the happening."""
        return self.of(event) == event

    def counts(self, event: str) -> tuple[int, int]:
        """Reports, and independent origins."""
        name = self.of(event)
        return self._mentions.get(name, 1), self._origins.get(name, 1)


def event_row(dyad: Dyad, reports: Reports) -> tuple[str, ...]:
    """A row as the texts of EVENTS."""
    event, article = dyad.event, dyad.stored.coded.article
    day = dyad.day.replace("-", "")
    year, month, number = int(day[:4]), int(day[4:6]), int(day[6:])
    mentions, origins = reports.counts(dyad.stored.event_id(event))
    return (
        str(dyad.key), day, day[:6], day[:4], f"{year + (month * 30 + number) / 365:.4f}",
        *_side(dyad.source), *_side(dyad.target),
        str(int(event.spans.sentence[0] < LEAD)), event.cameo, event.cameo[:3], event.cameo[:2], str(quad(event.cameo)), dyad.goldstein,
        str(mentions), str(origins), str(mentions), "",
        *_nowhere(), *_nowhere(), *_geo(dyad),
        dyad.published.replace("-", "") + "000000", article.url or f"urn:quidnunc:{article.id}",
    )  # fmt: skip


def mention_row(dyad: Dyad, reports: Reports) -> tuple[str, ...]:
    """A row as the texts of MENTIONS."""
    event, article = dyad.event, dyad.stored.coded.article
    key = numbered(reports.of(dyad.stored.event_id(event)), dyad.number)
    sure = min(100, max(10, 10 * round(10 * event.confidence)))
    return (
        str(key), dyad.day.replace("-", "") + "000000", dyad.published.replace("-", "") + "000000", "1",
        article.outlet or "", article.url or f"urn:quidnunc:{article.id}", str(dyad.sentence), str(dyad.source.start), str(dyad.target.start),
        str(event.spans.trigger[0]), "1", str(sure), str(len(article.text)), "", "", "",
    )  # fmt: skip


def _side(side: Side) -> tuple[str, ...]:
    kinds = (*side.agents, "", "", "")[:3]
    return (side.code, side.name.upper(), side.country, "", "", "", "", *kinds)


def _nowhere() -> tuple[str, ...]:
    return ("0", "", "", "", "", "", "", "")


def _geo(dyad: Dyad) -> tuple[str, ...]:
    place = dyad.event.place
    if place is None or place.country is None:
        return _nowhere()
    american = place.country == "USA"
    kind = (
        "1"
        if place.precision == "country"
        else ("2" if american else "5")
        if place.precision == "admin"
        else "3"
        if american
        else "4"
    )
    code = fips(place.country)
    whole = ", ".join(
        part for part in (place.name if kind != "1" else "", place.admin1 or "", land(place.country)) if part
    )
    return (kind, whole, code, code, "", *dyad.point, str(place.geonames or ""))


def _loses(more: str) -> str:
    return f"status, polarity and who says so; events that have not happened; PLOVER types, modes and contexts; words and reasons; {more}"


FORMATS: Iterable[Format] = (
    Format("gdelt", ".export.CSV", "readers of GDELT 2.0's event files", _loses("tone, and where the actors are, which stay empty; districts"), write_events),
    Format("gdelt-mentions", ".mentions.CSV", "readers of GDELT 2.0's mention files", _loses("tone"), write_mentions),
)  # fmt: skip
