"""What the CAMEO layouts share: one row a pair of source and target, codes and countries as those data sets write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from quidnunc.actors import cameo
from quidnunc.formats.polecat import tells
from quidnunc.records import Actor, CodedArticle, Event, Party
from quidnunc.store import StoredArticle

ROOTS = (
    "Make public statement", "Appeal", "Express intent to cooperate", "Consult", "Engage in diplomatic cooperation", "Engage in material cooperation", "Provide aid", "Yield",
    "Investigate", "Demand", "Disapprove", "Reject", "Threaten", "Protest", "Exhibit force posture", "Reduce relations", "Coerce", "Assault", "Fight",
    "Use unconventional mass violence",
)  # fmt: skip
"""CAMEO's twenty root classes, 01 to 20."""
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT", "RETREAT", "ASSAULT"})
"""Types of which two on one side and none on the other did it to each other."""
CELL = 2000
"""Characters of a cell."""


@dataclass(frozen=True)
class Side:
    """A source or target: its actor as CAMEO writes it."""

    name: str = ""
    code: str = ""
    """CHNGOV"""
    country: str = ""
    """Three letters as CAMEO writes them, "" where there are none."""
    agents: tuple[str, ...] = ()
    iso: str | None = None
    sectors: tuple[str, ...] = ()
    start: int = -1
    """Where the words stand in the article's text."""


@dataclass(frozen=True)
class Dyad:
    """A row: an event between two."""

    stored: StoredArticle
    event: Event
    source: Side
    target: Side
    number: int

    @property
    def id(self) -> str:
        """The event's id, with a number behind it where it gives several rows."""
        return _row_id(self.stored.event_id(self.event), self.number)

    @property
    def key(self) -> int:
        """The id as a whole number below 2**53, for layouts that want one."""
        return numbered(self.stored.event_id(self.event), self.number)

    @property
    def day(self) -> str:
        """The last possible day of the event, else of the article; "" where neither is known."""
        article = self.stored.coded.article
        return self.event.date.end if self.event.date else (article.published_window or ("", ""))[1]

    @property
    def published(self) -> str:
        """The last day on which the article can have been published, else the event's."""
        return (self.stored.coded.article.published_window or ("", self.day))[1]

    @property
    def goldstein(self) -> str:
        """With one decimal, "" where CAMEO gives none."""
        return "" if self.event.goldstein is None else f"{self.event.goldstein:.1f}"

    @property
    def point(self) -> tuple[str, str]:
        """Latitude and longitude with four decimals, "" where they are not known."""
        place = self.event.place
        lat, lon = (
            f"{part:.4f}" if part is not None else "" for part in ((place.lat, place.lon) if place else (None, None))
        )
        return lat, lon

    @property
    def sentence(self) -> int:
        """Number of the event's sentence in the article, from 1."""
        text, start = self.stored.coded.article.text, self.event.spans.sentence[0]
        return 1 + text[:start].count(". ") + text[:start].count("\n\n")


def _row_id(event: str, number: int) -> str:
    return event if number == 0 else f"{event}.{number}"


def numbered(event: str, number: int) -> int:
    """A whole number below 2**53 for a row of an event: R and JavaScript hold it exactly."""
    return int(sha256(_row_id(event, number).encode()).hexdigest()[:13], 16)


def dyads(stored: StoredArticle) -> Iterator[Dyad]:
    """The rows of an article; events that such layouts would turn into facts are left out."""
    cast = {actor.id: actor for actor in stored.coded.actors}
    for event in filter(tells, stored.events):
        for number, (source, target) in enumerate(_pairs(event, stored.coded, cast)):
            yield Dyad(stored, event, source, target, number)


def _pairs(event: Event, coded: CodedArticle, cast: dict[str, Actor]) -> Iterator[tuple[Side, Side]]:
    sources = [_side(p, cast, _start(event.spans.sources, k)) for k, p in enumerate(event.sources)]
    targets = [_side(p, cast, _start(event.spans.targets, k)) for k, p in enumerate(event.targets)]
    if not targets and len(sources) > 1 and event.type in MUTUAL:
        yield from ((a, b) for a in sources for b in sources if a is not b)
        return
    for source in sources or [Side()]:
        for target in targets or [Side()]:
            yield source, target


def _start(spans: tuple[tuple[int, int], ...], number: int) -> int:
    return spans[number][0] if number < len(spans) else -1


def _side(party: Party, cast: dict[str, Actor], start: int) -> Side:
    actor = cast.get(party.actor)
    named = actor or Actor(id="", name=party.text, kind="generic", country=party.country, sectors=party.sectors)
    whole = cameo(named)
    land = cameo(Actor(id="", name="", kind="generic", country=named.country))
    rest = whole[len(land) :]
    agents = tuple(rest[k : k + 3] for k in range(0, len(rest), 3))
    return Side(named.name, whole, land[:3], agents, named.country, named.sectors, start)


def quad(code: str) -> int:
    """GDELT's QuadClass of a CAMEO code: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


@cache
def _countries() -> dict[str, tuple[str, str]]:
    lines = (files("quidnunc.formats") / "data" / "countries.tsv").read_text(encoding="utf-8").splitlines()
    parts = (line.split("\t") for line in lines if not line.startswith("#"))
    return {iso: (fips, name) for iso, fips, name in parts}


def fips(iso: str | None) -> str:
    """FIPS 10-4 of a state, "" where there is none."""
    return _countries().get(iso or "", ("", ""))[0]


def land(iso: str | None) -> str:
    """The English name of a state, "" where there is none."""
    return _countries().get(iso or "", ("", ""))[1]


@cache
def _back() -> tuple[dict[str, str], dict[str, str]]:
    by_fips = {code: iso for iso, (code, _) in _countries().items() if code}
    return by_fips, {name.lower(): iso for iso, (_, name) in _countries().items()}


def iso_of(fips: str = "", name: str = "") -> str | None:
    """ISO 3166-1 alpha-3 of a FIPS code or an English name."""
    by_fips, by_name = _back()
    return by_fips.get(fips.upper()) if fips else by_name.get(name.strip().lower())


def line(cells: tuple[str, ...]) -> bytes:
    """Cells between tabs, nothing quoted: tabs and line breaks in them become spaces."""
    return ("\t".join(" ".join(cell.split())[:CELL] for cell in cells) + "\n").encode("utf-8", "replace")
