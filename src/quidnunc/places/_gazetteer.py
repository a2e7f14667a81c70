"""The gazetteer on disk: two sorted text files, searched by bisection, nothing loaded before it is asked for."""

from __future__ import annotations

import mmap
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, cast

Kind = Literal["site", "city", "admin", "country", "region"]

_DASHES = re.compile(r"[\s\-‐‑–’‘'`.]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer; ``population`` ranks namesakes and is a rough weight for regions and sites."""

    name: str
    kind: Kind
    country: str
    admin1: str
    lat: float
    lon: float
    geonames: int | None
    population: int
    capital: bool = False


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """The form under which a name is looked up: no accents, no case; hyphens, dots and apostrophes as blanks."""
    plain = name if name.isascii() else _folded(name)
    return _DASHES.sub(" ", plain.casefold()).strip()


def _folded(name: str) -> str:
    name = name.translate(
        {0x131: "i", 0xF8: "o", 0xD8: "O", 0x142: "l", 0x141: "L", 0xE6: "ae", 0x111: "d", 0x110: "D"}
    )
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


@cache
def _mapped(name: str) -> mmap.mmap | bytes:
    path = files("quidnunc.places").joinpath("data", name)
    if isinstance(path, Path):
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return path.read_bytes()


def _line_at(text: mmap.mmap | bytes, at: int) -> bytes:
    end = text.find(b"\n", at)
    return text[at : end if end >= 0 else len(text)]


@lru_cache(maxsize=50_000)
def look_up(key: str) -> tuple[Entry, ...]:
    """All places of a name, given by its key (``key_of``)."""
    wanted = key.encode("utf-8", "surrogatepass")
    text = _mapped("names.tsv")
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        start = text.rfind(b"\n", low, middle) + 1 or low
        line = _line_at(text, start)
        found = line[: line.index(b"\t")]
        if found == wanted:
            return tuple(_entry(int(at)) for at in line[len(found) + 1 :].split())
        # The files are sorted by whole lines; a tab sorts before any letter, so keys compare as they stand.
        if found < wanted:
            low = start + len(line) + 1
        else:
            high = start
    return ()


@lru_cache(maxsize=50_000)
def _entry(at: int) -> Entry:
    name, kind, country, admin1, lat, lon, number, population, capital = (
        _line_at(_mapped("gazetteer.tsv"), at).decode().split("\t")
    )
    return Entry(
        name,
        cast(Kind, kind),
        country,
        admin1,
        float(lat),
        float(lon),
        int(number) if number else None,
        int(population),
        bool(capital),
    )
