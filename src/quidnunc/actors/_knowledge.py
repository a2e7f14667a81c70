"""What the package knows: names of states, people, parties, groups, organisations, with terms and sources.

The file ``data/knowledge.tsv.gz`` is built by ``training/build_actors.py``; a user's own CSV can be laid over it with ``extend``.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import yaml

from quidnunc.actors._fold import fold
from quidnunc.actors._lists import words
from quidnunc.errors import KnowledgeError

TODAY = "2026-11-01"
"""The day that stands for "now" where a text has no date: that of the knowledge, so that the same input gives the same output."""

LONGEST = 9
"""Words in the longest name that is looked for."""

COLUMNS = ("name", "country", "sectors", "kind", "role", "valid_from", "valid_to")


class Fact(NamedTuple):
    """One name of one actor, in one term; empty strings where nothing is known. ``rank``: 0 surest … 9 only with support from the text."""

    key: str
    name: str
    kind: str
    country: str
    sectors: tuple[str, ...]
    role: str
    start: str
    end: str
    rank: int
    source: str

    def holds(self, day: str) -> bool:
        """Whether ``day`` (ISO) lies within the term; open ends hold."""
        last = self.end + "-12-31"[len(self.end) - 4 :] if self.end else ""
        return self.start <= day and (not last or day <= last)

    def over(self, day: str) -> bool:
        """Whether the term had ended before ``day``."""
        return bool(self.end) and self.end + "-12-31"[len(self.end) - 4 :] < day


class _Store:
    def __init__(self) -> None:
        packed = (files("quidnunc.actors") / "data" / "knowledge.tsv.gz").read_bytes()
        lines = gzip.decompress(packed).decode("utf8").splitlines()
        self.version = lines[0].split("\t")[0].lstrip("# ")
        self.lines = lines
        self.first: dict[str, int] = {}
        last = ""
        for number, line in enumerate(lines[1:], 1):
            key = line[: line.index("\t")]
            if key != last:
                self.first[key] = number
                last = key
        self.parsed: dict[str, tuple[Fact, ...]] = {}
        self.added: dict[str, list[Fact]] = {}
        self._surnames: dict[str, list[str]] | None = None
        self._origins: dict[str, Counter[str]] | None = None
        self._persons: Counter[str] = Counter()

    def get(self, key: str) -> tuple[Fact, ...]:
        found = self.parsed.get(key)
        if found is None:
            found = self.parsed[key] = (*self.added.get(key, ()), *self._read(key))
        return found

    def _read(self, key: str) -> Iterable[Fact]:
        number = self.first.get(key)
        while number is not None and number < len(self.lines) and self.lines[number].startswith(key + "\t"):
            k, name, kind, country, sectors, role, start, end, rank, source = self.lines[number].split("\t")
            yield Fact(
                k,
                name,
                kind,
                country,
                tuple(sectors.split("+")) if sectors else (),
                role,
                start,
                end,
                int(rank),
                source,
            )
            number += 1

    def surnames(self, last: str) -> list[str]:
        """Keys of the full names of people that end (or, for family-name-first names, begin) with ``last``."""
        if self._surnames is None:
            table: dict[str, list[str]] = {}
            for line in self.lines[1:]:
                key, _, kind, country, _ = line.split("\t", 4)
                if kind == "person":
                    word = key.split(" ", 1)[0] if country in FAMILY_FIRST else key.rsplit(" ", 1)[-1]
                    listed = table.setdefault(word, [])
                    if not listed or listed[-1] != key:
                        listed.append(key)
            self._surnames = table
        return self._surnames.get(last, [])

    def origins(self, word: str) -> Counter[str]:
        """How many known people of each country have a word in their name."""
        if self._origins is None:
            table: dict[str, Counter[str]] = {}
            for line in self.lines[1:]:
                key, _, kind, country, _ = line.split("\t", 4)
                if kind == "person" and " " in key and country:
                    self._persons[country] += 1
                    for part in key.split():
                        table.setdefault(part, Counter())[country] += 1
            self._origins = table
        return self._origins.get(word, Counter())

    def persons(self, country: str) -> int:
        """How many people of a country are known."""
        self.origins("")
        return self._persons[country]


FAMILY_FIRST = words("knowledge.family_first")
"""States whose people are written family name first in English news."""


@lru_cache(maxsize=1)
def _store() -> _Store:
    return _Store()


def ready() -> str:
    """Load the knowledge now; returns its version."""
    return _store().version


def facts(key: str) -> tuple[Fact, ...]:
    """All that is known under a folded name, the user's own entries first."""
    return _store().get(key)


def known(key: str) -> bool:
    """Whether anything is known under a folded name."""
    store = _store()
    return key in store.first or key in store.added


def surname(last: str) -> list[str]:
    """Folded full names of known people with this family name."""
    return _store().surnames(last)


def name_chance(words: Iterable[str], country: str) -> float:
    """The logarithm of how likely a person of a country is to have these folded words as a name, by the people known."""
    store = _store()
    found = [store.origins(word)[country] for word in words]
    return sum(math.log((count + 0.5) / (store.persons(country) + 200.0)) for count in found)


def is_name_known(words: Iterable[str]) -> bool:
    """Whether anybody known has one of these folded words as a name."""
    return any(_store().origins(word) for word in words)


def given(word: str) -> str | None:
    """ "m" or "f" where the folded word is a first name whose bearers agree, else None."""
    return next((f.sectors[0] for f in facts(word) if f.kind == "given"), None)


def extend(path: str | Path) -> int:
    """Lay a CSV or YAML file of one's own over the knowledge; returns how many rows it gave.

    Columns: name (several separated by "|"), country (ISO alpha-3, IGO, UNO, EUR), sectors (separated by "+" or spaces), kind (a kind of
    ``records.ActorKind``), role, valid_from, valid_to (ISO dates); only name is required. YAML (.yaml, .yml) is a list of mappings with these keys, in which
    names and sectors may be lists. Raises KnowledgeError naming the row that does not fit.
    """
    store, count = _store(), 0
    rows = _yaml_rows(Path(path)) if Path(path).suffix.lower() in (".yaml", ".yml") else _csv_rows(Path(path))
    for number, cells in rows:
        for fact in _own(path, number, cells):
            store.added.setdefault(fact.key, []).append(fact)
            store.parsed.pop(fact.key, None)
            count += 1
    return count


Cells = Mapping[str, str | None]


def _csv_rows(path: Path) -> Iterator[tuple[int, Cells]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if "name" not in (reader.fieldnames or []):
            raise KnowledgeError(f"{path}: no column 'name' (columns: {', '.join(COLUMNS)})")
        yield from enumerate(reader, 2)


def _yaml_rows(path: Path) -> Iterator[tuple[int, Cells]]:
    """The rows of a YAML list, with their place in it; only plain values are read, no tags."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise KnowledgeError(f"{path}: no YAML: {' '.join(str(wrong).split())}") from wrong
    if not isinstance(rows, list):
        raise KnowledgeError(f"{path}: wanted a list of mappings with {', '.join(COLUMNS)}")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not row.get("name"):
            raise KnowledgeError(f"{path}, entry {number}: a mapping with 'name' is wanted")
        yield number, {str(key): _cell(value) for key, value in row.items()}


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "|".join(str(part) for part in value)
    return "" if value is None else str(value)


def _own(path: str | Path, number: int, cells: Mapping[str, str | None]) -> Iterable[Fact]:
    value = {column: (cells.get(column) or "").strip() for column in COLUMNS}
    for column in ("valid_from", "valid_to"):
        try:
            if value[column]:
                datetime.date.fromisoformat(value[column])
        except ValueError as wrong:
            raise KnowledgeError(f"{path}, line {number}: {column} {value[column]!r} is no ISO date") from wrong
    kind = value["kind"] or "organisation"
    if kind not in (
        "state",
        "person",
        "organisation",
        "igo",
        "party",
        "armed_group",
        "company",
        "media",
        "group",
        "generic",
    ):
        raise KnowledgeError(f"{path}, line {number}: unknown kind {kind!r}")
    sectors = tuple(value["sectors"].replace("+", " ").replace("|", " ").split())
    names = [name.strip() for name in value["name"].split("|") if name.strip()]
    for name in names:
        key = fold(name)
        if not key:
            raise KnowledgeError(f"{path}, line {number}: name {name!r} has no letters")
        one = kind == "person" and " " not in key
        yield Fact(
            key,
            names[0],
            "surname" if one else kind,
            value["country"],
            sectors,
            value["role"],
            value["valid_from"],
            value["valid_to"],
            0,
            Path(path).name,
        )


def state_rows() -> Iterable[tuple[str, str, int, str]]:
    """Country, name, rank and source of every name of a state."""
    for line in _store().lines[1:]:
        _, name, kind, country, _, _, _, _, rank, source = line.split("\t")
        if kind == "state":
            yield country, name, int(rank), source
