"""Which of several namesakes a text means: what follows the name, what else the text names, and size."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from quidnunc.places._gazetteer import Entry, key_of, look_up
from quidnunc.places._names import Name
from quidnunc.records import Place

_KIND_WEIGHT = {"country": 3.0, "region": 2.5, "admin": 0.5, "site": 1.5, "city": 1.0}
MOST_NEIGHBOURS = 40
"""Towns of a text that are looked at as neighbours."""

_ADMIN_WORD = re.compile(
    r"[ \n](?:[Pp]rovince|[Rr]egion|[Ss]tate|[Oo]blast|[Gg]overnorate|[Pp]refecture|[Cc]ounty|[Dd]epartment)\b"
)
_AFTER = re.compile(r",[ \n]((?:[^\W\d_]\.){2,4}|[A-Z][\w’'-]+\.?(?:[ \n](?:[A-Z][\w’'-]+|of|and|the)\b){0,3})")
_STATE_ADJECTIVES = re.compile(r"\b(?:US|U\.S\.|American) state of $|\bstate of $")


def resolve(text: str, found: Sequence[Name], *, country_hint: str | None, dateline: str | None = None) -> list[Place]:
    """One place for each name, in order."""
    countries, admins = _mentioned(found)
    if dateline:
        for entry in look_up(key_of(dateline.split(",")[-1])):
            countries[entry.country] += 1
    chosen = _pass(text, found, countries, admins, country_hint, ())
    around = tuple(entry for entry, _ in chosen if entry.kind == "city")[:MOST_NEIGHBOURS]
    if around and any(len(name.entries) > 1 for name in found):
        chosen = _pass(text, found, countries, admins, country_hint, around)
    return [_place(entry, name, because) for name, (entry, because) in zip(found, chosen, strict=True)]


def _pass(
    text: str,
    found: Sequence[Name],
    countries: Counter[str],
    admins: Counter[tuple[str, str]],
    hint: str | None,
    around: tuple[Entry, ...],
) -> list[tuple[Entry, str]]:
    """One choice for each name; the second pass knows the towns ``around`` that the first one chose."""
    chosen: list[tuple[Entry, str]] = []
    settled: dict[str, Entry] = {}
    last: tuple[int, Entry] | None = None
    for name in found:
        container = _container(text, name.end)
        before = last[1] if last and text[last[0] : name.start] == ", " else None
        entry, because = _best(text, name, container, countries, admins, hint, settled, before, around)
        last = (name.end, entry)
        settled.setdefault(key_of(name.text), entry)
        chosen.append((entry, because))
    return chosen


def _neighbourly(entry: Entry, around: tuple[Entry, ...]) -> float:
    """Weight for a town near other towns of the text, and for a country or region that holds some of them."""
    if entry.kind == "city":
        return 3.0 if any(_near(entry, town) for town in around) else 0.0
    held = sum(
        town.country == entry.country and (entry.kind == "country" or town.admin1 == entry.admin1) for town in around
    )
    return min(4.0, 2.0 * held) + (0.8 if held and entry.kind == "admin" else 0.0)


def _near(a: Entry, b: Entry) -> bool:
    """Within about 80 km."""
    north, east = (a.lat - b.lat) * 111, (a.lon - b.lon) * 111 * math.cos(math.radians(a.lat))
    return a.country == b.country and north * north + east * east < 6400


def _mentioned(found: Sequence[Name]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Countries named outright (ambiguous names apart), and regions."""
    countries: Counter[str] = Counter()
    admins: Counter[tuple[str, str]] = Counter()
    for name in found:
        nations = {entry.country for entry in name.entries if entry.kind == "country"}
        states = [entry for entry in name.entries if entry.kind in ("admin", "region") and entry.country]
        if nations and not states:
            countries[nations.pop()] += 2
        elif len(name.entries) == 1 and name.entries[0].country:
            countries[name.entries[0].country] += 1
        for state in states:
            admins[state.country, state.admin1] += 1
            if len({entry.country for entry in name.entries}) == 1 and not nations:
                countries[state.country] += 1
    return countries, admins


def _container(text: str, end: int) -> tuple[Entry, ...]:
    """Countries and regions named after a comma: "Paris, Texas"."""
    found = _AFTER.match(text, end)
    if not found:
        return ()
    words = found[1]
    for size in range(len(words.split()), 0, -1):
        key = key_of(" ".join(words.split()[:size]))
        inside = tuple(entry for entry in look_up(key) if entry.kind in ("country", "admin", "region"))
        if inside:
            return inside
    return ()


def _best(
    text: str,
    name: Name,
    container: tuple[Entry, ...],
    countries: Counter[str],
    admins: Counter[tuple[str, str]],
    hint: str | None,
    settled: dict[str, Entry],
    before: Entry | None,
    around: tuple[Entry, ...],
) -> tuple[Entry, str]:
    if len(name.entries) == 1:
        return name.entries[0], "the only place of that name"
    admin_word = bool(_ADMIN_WORD.match(text, name.end)) or bool(
        _STATE_ADJECTIVES.search(text[max(0, name.start - 20) : name.start])
    )
    best: tuple[float, int] | None = None
    chosen, because = name.entries[0], ""
    around = tuple(town for town in around if town not in name.entries)
    known = settled.get(key_of(name.text))
    for number, entry in enumerate(name.entries):
        score, reason = math.log10(entry.population + 10) + _KIND_WEIGHT[entry.kind], "the largest of that name"
        if key_of(entry.name) == key_of(name.text):
            score += 1.0
        if entry.capital:
            score, reason = score + 2.0, "a capital"
        if before and _inside(before, entry):
            score, reason = score + 20, f"the region or country of {before.name}, named right before it"
        if container and any(_inside(entry, outer) for outer in container):
            score, reason = score + 20, "in the region or country named after it"
        if admin_word and entry.kind == "admin":
            score, reason = score + 8, "called a region"
        named = countries[entry.country] - (2 if entry.kind == "country" else 0)
        if named > 0 and entry.kind != "country":
            score, reason = score + min(3.0, 1.2 + 0.3 * named), "in a country that the text names"
        own = any(other.kind == "admin" and other.admin1 == entry.admin1 for other in name.entries)
        if entry.admin1 and admins[entry.country, entry.admin1] > own:
            score, reason = score + 2.0, "in a region that the text names"
        if entry.kind == "admin" and any(c == entry.country and a != entry.admin1 for c, a in admins):
            score += 2.5
        if hint and entry.country == hint:
            score, reason = score + 2.5, "in the country hinted at"
        twin = entry.kind == "admin" and any(e.kind == "city" and e.admin1 == entry.admin1 for e in name.entries)
        if around and not twin and (weight := _neighbourly(entry, around)):
            score, reason = score + weight, "beside other places of the text"
        if known is entry:
            score, reason = score + 6, "named so before"
        if best is None or (score, -number) > best:
            best, chosen, because = (score, -number), entry, reason
    return chosen, because


def _inside(entry: Entry, outer: Entry) -> bool:
    if entry is outer or entry.country != outer.country:
        return False
    return (outer.kind in ("country", "region") and entry.kind != "country") or (
        outer.kind == "admin" and entry.admin1 == outer.admin1
    )


def _place(entry: Entry, name: Name, because: str) -> Place:
    return Place(
        name=entry.name,
        country=entry.country or None,
        admin1=entry.admin1 or None,
        lat=entry.lat,
        lon=entry.lon,
        geonames=entry.geonames,
        precision=entry.kind,
        text=name.text,
        span=(name.start, name.end),
        because=because,
    )
