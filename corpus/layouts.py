"""Whole flattened pages: the corpus's articles put into site layouts, every line with its kind.

    python corpus/layouts.py [--fillings N]      prints the pages as JSON lines

A layout (sources/layouts/*.txt) is a header and one line a line of the page, ``kind| text`` with slots; FORMAT.md names them. The same
sources give the same pages: every choice is a hash of the page's name.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import quill

HERE = Path(__file__).resolve().parent
KINDS = set(
    """headline standfirst byline dateline published paragraph heading quote caption credit list table related read_more promo comments
    most_read video navigation legal other""".split()
)
BODY = {"paragraph", "heading", "quote", "list"}
_SLOT = re.compile(r"\{([a-z_.]+)(?::([^}]*))?\}")
_NAMES = """Ama Boateng|Luis Cabrera|Ingrid Solheim|Tariq Mansour|Mei Lin Goh|Piotr Zawada|Fatou Diallo|Jonah Whitlock|Sunita Rao|Andrej Kolar|Leila Haddad|Tomás Ferreira
Grace Wanjiru|Minh Tran|Oksana Bilyk|Farid Karimov|Helen Doyle|Sipho Ndlovu|Carla Moretti|Yusuf Demir|Aroha Tane|Dilnoza Saidova|Erik Lund|Paula Quispe|Nadia Benali|Kofi Asante
Joon-ho Seo|Marta Kiss|Abel Tesfaye|Rosa Ibarra|Hamid Noori|Claire Fontaine|Bogdan Iliev|Tala Santos|Samir Khoury|Agnes Mutasa""".replace(
    "\n", "|"
).split("|")
_CAPTIONS = """Police vehicles near the market in {place} on the morning after.|{person} speaks to reporters in {place}.|A view of {place}, in a file picture.
People wait outside the district office in {place}.|The main road into {place} was almost empty.|{person} arrives for the session.|File photo: a street in {place}
A shopkeeper sweeps the pavement in {place} as shutters go up.|Delegates take their seats before the talks.|The building where the meeting took place, {place}.
Residents of {place} look on|{person}, pictured last year|Lorries queue at the crossing near {place}|Flags outside the hall in {place}.|A soldier checks papers at a road block near {place}.
Workers load sacks at the depot in {place}.|{person} (left) greets a visitor in {place}|Smoke over the outskirts of {place}, as seen from the hill.|Candles left at the gate
The harbour at {place}, where the ships were held|A woman walks past a poster in {place}.|Officials at the table in {place}|The court building in {place}|Students gather by the fountain.""".replace(
    "\n", "|"
).split("|")
_AGENCIES = "Reuters|AP|AFP|EPA|Xinhua|Getty Images|Anadolu|dpa|Kyodo|PTI|EFE|ANSA".split("|")
_AGES = (
    "12 minutes ago|38 min ago|1 hour ago|3 hours ago|5h ago|7 hrs ago|Yesterday|1 day ago|2 days ago|4 days ago".split(
        "|"
    )
)


@dataclass
class Layout:
    """A site's page: what stands on it from top to bottom."""

    name: str
    header: dict[str, str]
    rows: list[tuple[str, str]]
    """Kind and text of each line; both empty for an empty line."""


@dataclass
class FilledPage:
    """A layout with an article in it."""

    id: str
    layout: Layout
    article: str
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def flat_text(self) -> str:
        """The page's text."""
        return "\n".join(text for _, text in self.lines)

    @property
    def kinds(self) -> list[str]:
        """The kind of each line of ``flat_text``; empty for an empty line."""
        return [kind for kind, _ in self.lines]


def read_layout(path: Path) -> Layout:
    """A layout's file. Raises quill.Wrong."""
    head, mark, rest = path.read_text(encoding="utf-8").partition("\n---\n")
    header = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    if not mark or not {"outlet", "land", "form"} <= set(header):
        raise quill.Wrong(f"{path.name}: a layout begins with outlet, land, form and a line '---'")
    rows = []
    for line in rest.rstrip().split("\n"):
        kind, bar, text = line.partition("|")
        kind = kind.strip()
        if not line.strip():
            rows.append(("", ""))
        elif not bar or kind not in KINDS:
            raise quill.Wrong(f"{path.name}: {line[:80]!r} does not begin with a kind and '|'")
        else:
            rows.append((kind, text.strip()))
    return Layout(path.stem, header, rows)


class _Filler:
    """Fills the slots of one page."""

    def __init__(self, name: str, layout: Layout, article: dict, others: Sequence[dict]) -> None:
        self.name, self.layout, self.article, self.others = name, layout, article, others
        self.meta = article["meta"]
        self.paragraphs = [part for part in article["text"].split("\n\n") if part.strip()]
        day = datetime.date.fromisoformat(self.meta["published"])
        self.moment = datetime.datetime(
            day.year, day.month, day.day, self.draw("hour", 17) + 6, self.draw("minute", 60)
        )
        self.turn = 0

    def draw(self, what: str, below: int) -> int:
        """A number from 0 that depends on the page and what it is for."""
        return int(hashlib.sha256(f"{self.name}/{what}".encode()).hexdigest(), 16) % below

    def own(self, key: str, otherwise: str = "") -> str:
        """A field of the article's header."""
        value = self.meta.get(key, "-")
        return otherwise if value in ("-", "") else value

    def part(self, which: str) -> list[str]:
        """Paragraphs: all, ``first``, ``rest``, ``2``, ``1-3``, ``4-``."""
        which = {"": "1-", "first": "1-1", "rest": "2-"}.get(which.strip(), which.strip())
        low, dash, high = which.partition("-")
        return self.paragraphs[int(low) - 1 : int(high or len(self.paragraphs)) if dash else int(low)]

    def slot(self, match: re.Match[str]) -> str:
        name, form = match[1], match[2] or ""
        if name.startswith("other."):
            return self.other(name.partition(".")[2])
        self.turn += 1
        person = _NAMES[self.draw(f"person{self.turn}", len(_NAMES))]
        place = self.own("place") or str(self.layout.header["land"])
        place = place.title() if place.isupper() else place
        if name == "date":
            return self.moment.strftime(form or "%d %B %Y")
        if name == "caption":
            text = _CAPTIONS[self.draw(f"caption{self.turn}", len(_CAPTIONS))]
            return text.replace("{place}", place).replace("{person}", person)
        return {
            "headline": self.own("headline"),
            "title_tag": f"{self.own('headline')} - {self.layout.header['outlet']}",
            "standfirst": self.own("standfirst"),
            "byline": self.own("byline", person),
            "person": person,
            "section": self.own("section", "News"),
            "place": place,
            "agency": self.own("agency", _AGENCIES[self.draw("agency", len(_AGENCIES))]),
            "year": str(self.moment.year),
            "age": _AGES[self.draw(f"age{self.turn}", len(_AGES))],
            "number": str(2 + self.draw(f"number{self.turn}", 380)),
        }[name]

    def other(self, what: str) -> str:
        """Something of another article: each headline is another one's, teaser and section belong to the last headline."""
        if what == "headline":
            self.turn += 1
        piece = self.others[self.draw(f"other{self.turn}", len(self.others))]
        first = piece["text"][: piece["sentences"][0][1]]
        return {
            "headline": piece["meta"]["headline"],
            "teaser": first,
            "cut": " ".join(first.split()[:14]) + " ...",
            "section": piece["meta"].get("section", "News").replace("-", "News"),
            "person": _NAMES[self.draw(f"writer{self.turn}", len(_NAMES))],
        }[what]

    def rows(self) -> Iterator[tuple[str, str]]:
        """The lines of the page."""
        waiting: list[tuple[str, str]] = []
        for kind, text in self.layout.rows:
            if body := re.fullmatch(r"\{body(?::([^}]*))?\}.*", text):
                found = self.part(body[1] or "")
                if found:
                    yield from waiting
                    waiting = []
                for number, paragraph in enumerate(found):
                    if number and self.spaced:
                        yield "", ""
                    yield kind, paragraph
                waiting = [row for row in waiting if row[0] != "heading"]
                continue
            filled = _SLOT.sub(self.slot, text).strip()
            if kind == "heading" or (not kind and waiting):
                waiting.append((kind, filled))
            elif filled or not kind:
                yield from waiting
                waiting = []
                yield kind, filled

    @property
    def spaced(self) -> bool:
        """Paragraphs stand apart by an empty line where the layout has empty lines."""
        return any(not kind for kind, _ in self.layout.rows)


def fill(layout: Layout, article: dict, others: Sequence[dict]) -> FilledPage:
    """One page. Raises quill.Wrong for a slot that does not exist."""
    page = FilledPage(f"{layout.name}/{article['id']}", layout, article["id"])
    try:
        page.lines = [row for row in _Filler(page.id, layout, article, others).rows() if row[1] or not row[0]]
    except (KeyError, ValueError) as error:
        raise quill.Wrong(f"{layout.name}: slot {error} is not one of FORMAT.md") from error
    return page


def articles() -> list[dict]:
    """The articles that can stand on a page."""
    paths = sorted((HERE / "sources" / "articles").glob("*.txt"))
    return [piece for path in paths for piece in quill.read(path) if "text" in piece]


FILLINGS = 4
"""How many articles each layout carries in the corpus."""


def pages(fillings: int = FILLINGS) -> Iterator[FilledPage]:
    """Every layout with so many articles; first the nearest in decade, none twice before all were used."""
    pieces = articles()
    used: dict[str, int] = {}
    for path in sorted((HERE / "sources" / "layouts").glob("*.txt")):
        layout = read_layout(path)
        decade = layout.header.get("decade", "2010s")

        def rank(piece: dict, name: str = layout.name, decade: str = decade) -> tuple[int, bool, str]:
            order = hashlib.sha256(f"{name}/{piece['id']}".encode()).hexdigest()
            return used.get(piece["id"], 0), piece["meta"].get("decade") != decade, order

        for _ in range(fillings):
            article = min(pieces, key=rank)
            used[article["id"]] = used.get(article["id"], 0) + 1
            yield fill(layout, article, [piece for piece in pieces if piece is not article])


def main() -> None:
    """Print the pages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fillings", type=int, default=FILLINGS)
    given = parser.parse_args()
    for page in pages(given.fillings):
        record = {"id": page.id, "article": page.article, "flat_text": page.flat_text, "kinds": page.kinds}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
