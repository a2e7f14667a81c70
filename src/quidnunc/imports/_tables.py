"""GDELT, ICEWS, POLECAT and Phoenix, a row at a time. A row function raises ValueError for what it cannot read and gives None for a row without a PLOVER event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from quidnunc.actors import country_of_cameo, sectors_of_cameo
from quidnunc.formats import gdelt, icews, phoenix, polecat
from quidnunc.formats._dyads import iso_of
from quidnunc.imports._coded import Row, Who, day_of, plover_of
from quidnunc.imports._files import Tally, comma, tabbed
from quidnunc.records import Place

Rows = Iterator[tuple[int, Row | None]]
GDELT_1 = tuple(name for name in gdelt.EVENTS if not name.endswith("ADM2Code"))
"""GDELT 1.0's 58 columns: those of 2.0 without the districts."""
_ICEWS_BACK = {words.lower(): sector for sector, words in reversed(icews.SECTORS.items())}
_PLOVER = re.compile(r"[A-Z]{3}")


def read_gdelt(path: Path, tally: Tally) -> Rows:
    """Event files of GDELT 2.0 (61 columns) and 1.0 (58, or 57 without the address), with or without a header."""
    for number, cells in tabbed(path, tally):
        if cells[0] == "GLOBALEVENTID":
            continue
        tally.rows += 1
        names = gdelt.EVENTS if len(cells) == len(gdelt.EVENTS) else GDELT_1
        if len(cells) not in (len(gdelt.EVENTS), len(GDELT_1), len(GDELT_1) - 1):
            tally.refuse(number, f"{len(cells)} columns, where GDELT has 61 (version 1.0: 58)")
            continue
        try:
            yield number, _gdelt(dict(zip(names, cells, strict=False)))
        except ValueError as error:
            tally.refuse(number, str(error))


def _gdelt(row: dict[str, str]) -> Row | None:
    found = plover_of(row["EventCode"])
    if found is None:
        return None
    added = row.get("DATEADDED", "")
    return Row(
        id=row["GLOBALEVENTID"],
        type=found[0],
        mode=found[1],
        label=f"CAMEO {row['EventCode']}",
        cameo=row["EventCode"],
        goldstein=_number(row["GoldsteinScale"]),
        sources=_gdelt_side(row, "Actor1"),
        targets=_gdelt_side(row, "Actor2"),
        start=day_of(row["SQLDATE"]),
        published=day_of(added) if len(added) >= 8 else None,
        place=_place(row["ActionGeo_FullName"].split(",")[0], iso_of(fips=row["ActionGeo_CountryCode"]), row["ActionGeo_Lat"], row["ActionGeo_Long"], "country" if row["ActionGeo_Type"] == "1" else "admin" if row["ActionGeo_Type"] in ("2", "5") else "city"),
        url=row.get("SOURCEURL") or None,
    )  # fmt: skip


def _gdelt_side(row: dict[str, str], side: str) -> tuple[Who, ...]:
    name, land = row[f"{side}Name"], row[f"{side}CountryCode"]
    agents = "".join(row[f"{side}Type{k}Code"] for k in (1, 2, 3))
    if not (name or row[f"{side}Code"]):
        return ()
    return (
        Who(
            name.title() if name.isupper() else name or row[f"{side}Code"],
            country_of_cameo(land),
            sectors_of_cameo(agents),
        ),
    )


def read_icews(path: Path, tally: Tally) -> Rows:
    """Yearly files of ICEWS, by their header."""
    yield from _headed(path, tally, icews.COLUMNS[:7], _icews)


def _icews(row: dict[str, str]) -> Row | None:
    found = plover_of(row["CAMEO Code"].strip())
    if found is None:
        return None
    return Row(
        id=f"{row['Event ID']} {row['Event Date']}",
        type=found[0],
        mode=found[1],
        label=row["Event Text"] or f"CAMEO {row['CAMEO Code']}",
        cameo=row["CAMEO Code"].strip(),
        goldstein=_number(row.get("Intensity", "")),
        sources=_icews_side(row, "Source"),
        targets=_icews_side(row, "Target"),
        start=day_of(row["Event Date"]),
        place=_place(row.get("City") or row.get("Province") or row.get("Country") or "", iso_of(name=row.get("Country", "")), row.get("Latitude", ""), row.get("Longitude", ""), "city" if row.get("City") else "admin" if row.get("Province") else "country", row.get("Province")),
        outlet=row.get("Publisher") or None,
    )  # fmt: skip


def _icews_side(row: dict[str, str], side: str) -> tuple[Who, ...]:
    name = row[f"{side} Name"].strip()
    if not name or name == icews.UNKNOWN:
        return ()
    words = (part.strip().lower() for part in row[f"{side} Sectors"].split(","))
    sectors = tuple(dict.fromkeys(_ICEWS_BACK[word] for word in words if word in _ICEWS_BACK))
    land = row[f"{side} Country"].strip()
    return (Who(name, iso_of(name=land) or (land if re.fullmatch("[A-Z]{3}", land) else None), sectors),)


def read_polecat(path: Path, tally: Tally) -> Rows:
    """Weekly files of POLECAT, by their header; a file with further or missing columns is read by the names that are there."""
    yield from _headed(path, tally, ("Event ID", "Event Date", "Event Type", "Actor Name"), _polecat)


def _polecat(row: dict[str, str]) -> Row | None:
    row = {name: "" if cell == polecat.NONE else cell for name, cell in row.items()}
    place = row.get("Placename") or row.get("City") or row.get("Country") or ""
    return Row(
        id=row["Event ID"],
        type=row["Event Type"].strip(),
        mode=row.get("Event Mode", "").strip() or None,
        label=" ".join(part for part in (row["Event Type"], row.get("Event Mode", "")) if part),
        contexts=tuple(part for part in re.split(r"[;,]\s*", row.get("Contexts", "")) if part),
        sources=_polecat_side(row, "Actor"),
        targets=_polecat_side(row, "Recipient"),
        start=day_of(row["Event Date"]),
        published=day_of(row["Publication Date"]) if row.get("Publication Date") else None,
        place=_place(place, row.get("Country") or None, row.get("Latitude", ""), row.get("Longitude", ""), "city" if row.get("City") else "country", row.get("Province"), row.get("GeoNames ID")),
        outlet=row.get("Source") or None,
    )  # fmt: skip


def _polecat_side(row: dict[str, str], side: str) -> tuple[Who, ...]:
    names, lands = _cells(row.get(f"{side} Name", "")), _cells(row.get(f"{side} Country", ""))
    sectors = tuple(_PLOVER.findall(row.get(f"{side} Sectors", "") or row.get(f"Primary {side} Sector", "")))
    return tuple(Who(name, _land(lands, k), sectors) for k, name in enumerate(names))


def _land(lands: Sequence[str], number: int) -> str | None:
    land = lands[number] if number < len(lands) else lands[0] if lands else ""
    return land if re.fullmatch("[A-Z]{3}", land) else iso_of(name=land)


def _cells(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def read_phoenix(path: Path, tally: Tally) -> Rows:
    """The Cline Center's files, by their header."""
    for number, row in _named(comma(path, tally), tally, ("eid", "source", "target", "code")):
        try:
            yield number, _phoenix(row, "eid")
        except (ValueError, KeyError) as error:
            tally.refuse(number, str(error))


def read_phoenix_daily(path: Path, tally: Tally) -> Rows:
    """The daily files of 26 fields without a header."""
    for number, cells in tabbed(path, tally):
        tally.rows += 1
        if len(cells) != len(phoenix.DAILY):
            tally.refuse(number, f"{len(cells)} fields, where the daily files have {len(phoenix.DAILY)}")
            continue
        try:
            yield number, _phoenix(dict(zip(phoenix.DAILY, cells, strict=True)), "id")
        except ValueError as error:
            tally.refuse(number, str(error))


def _phoenix(row: dict[str, str], name: str) -> Row | None:
    found = plover_of(row["code"].strip())
    if found is None:
        return None
    land = row.get("countryname", "")
    place = row.get("placename") or row.get("statename") or land
    day = row.get("story_date") or f"{row['year']}-{int(row['month']):02}-{int(row['day']):02}"
    return Row(
        id=row[name],
        type=found[0],
        mode=found[1],
        label=f"CAMEO {row['code'].strip()}",
        cameo=row["code"].strip(),
        goldstein=_number(row.get("goldstein", "")),
        contexts=tuple(part.split(",")[0].strip() for part in re.split(";", row.get("joined_issues", row.get("issues", ""))) if part.strip()),
        sources=_phoenix_side(row, "source"),
        targets=_phoenix_side(row, "target"),
        start=day_of(day),
        place=_place(place, iso_of(name=land) or (land if re.fullmatch("[A-Z]{3}", land) else None), row.get("lat", ""), row.get("lon", ""), "city" if row.get("placename") else "country", row.get("statename")),
        url=row.get("urls", "").split(";")[0] or None,
        outlet=row.get("sources", "").split(";")[0] or None,
    )  # fmt: skip


def _phoenix_side(row: dict[str, str], side: str) -> tuple[Who, ...]:
    code = row[side].strip()
    if not code or code == "---":
        return ()
    agents = row.get(f"{side}_agent", "") + row.get(f"{side}_others", "").replace(";", "")
    land = row.get(f"{side}_root", "") or code[:3]
    return (Who(code, country_of_cameo(land), sectors_of_cameo(agents or code[3:])),)


def _headed(path: Path, tally: Tally, needed: Sequence[str], read) -> Rows:  # type: ignore[no-untyped-def]
    for number, row in _named(tabbed(path, tally), tally, needed):
        try:
            yield number, read(row)
        except (ValueError, KeyError) as error:
            tally.refuse(number, str(error))


def _named(
    rows: Iterator[tuple[int, list[str]]], tally: Tally, needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows as dicts by the header; a row with too few cells is refused."""
    header: list[str] | None = None
    for number, cells in rows:
        if header is None:
            header = [name.strip().strip('"') for name in cells]
            missing = [name for name in needed if name not in header]
            if missing:
                from quidnunc.errors import InputError

                raise InputError(f"the header has no column {', '.join(missing)}: is the format right?")
            continue
        tally.rows += 1
        if len(cells) < len(header) and len(header) - len(cells) > 3:
            tally.refuse(number, f"{len(cells)} cells under a header of {len(header)}")
            continue
        yield number, dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=False))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _place(
    name: str, country: str | None, lat: str, lon: str, precision: str, admin: str | None = None, geonames: str | None = None
) -> Place | None:  # fmt: skip
    if not name and not country:
        return None
    number = int(geonames) if geonames and geonames.isdigit() else None
    return Place(
        name=name.strip() or country or "", country=country, admin1=admin or None, lat=_number(lat), lon=_number(lon), geonames=number,
        precision=precision, text=name.strip(), because="as the row has it",  # type: ignore[arg-type]
    )  # fmt: skip
