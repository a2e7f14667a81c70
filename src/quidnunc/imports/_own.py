"""quidnunc's own formats back, PLOVER JSON, and hand-coded tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from quidnunc.errors import InputError
from quidnunc.imports._coded import Row, Who, day_of, plover_of
from quidnunc.imports._files import Tally, comma, lines
from quidnunc.records import CodedArticle, Place

Rows = Iterator[tuple[int, Row | None]]
NAMES = {
    "id": ("id", "event_id", "eventid", "event", "nr", "number"), "start": ("date_start", "start", "date", "event_date", "day"), "end": ("date_end", "end", "enddate", "end_date"),
    "type": ("type", "event_type", "plover", "plover_type", "code_type"), "mode": ("mode", "event_mode"), "cameo": ("cameo", "cameo_code", "code", "eventcode"),
    "source": ("source", "source_names", "source_name", "actor", "actor1", "who"), "source_country": ("source_country", "source_countries", "actor_country", "actor1_country"),
    "source_sector": ("source_sector", "source_sectors", "actor_sector"), "target": ("target", "target_names", "target_name", "recipient", "actor2", "whom", "to_whom"),
    "target_country": ("target_country", "target_countries", "recipient_country", "actor2_country"), "target_sector": ("target_sector", "target_sectors", "recipient_sector"),
    "status": ("status",), "place": ("place", "place_name", "location", "where"), "place_country": ("place_country", "country"), "lat": ("lat", "latitude", "place_lat"),
    "lon": ("lon", "lng", "longitude", "place_lon"), "text": ("sentence", "text", "event_text", "quote"), "trigger": ("trigger", "words"), "outlet": ("outlet", "publisher", "newspaper", "publication"),
    "url": ("url", "link"), "published": ("published", "publication_date", "pub_date"), "confidence": ("confidence",), "goldstein": ("goldstein",), "contexts": ("contexts", "context"),
    "notes": ("notes", "note", "comment"),
}  # fmt: skip
"""Our field and the column names that are taken for it, in any case of letters, blanks as underscores."""


def read_table(path: Path, tally: Tally) -> Rows:
    """A CSV or TSV that people coded by hand, or that ``export --format csv`` wrote: columns by NAMES; a type or a CAMEO code is needed, and a source or target."""
    header: dict[str, int] | None = None
    for number, cells in comma(path, tally):
        if header is None:
            header = _header(cells, path)
            continue
        tally.rows += 1
        row = {name: cells[at].strip() for name, at in header.items() if at < len(cells)}
        if not any(row.values()):
            tally.without += 1
            continue
        try:
            yield number, _hand(row, number)
        except ValueError as error:
            tally.refuse(number, str(error))


def _header(cells: list[str], path: Path) -> dict[str, int]:
    plain = [re.sub(r"[\s.-]+", "_", name.strip().lower()) for name in cells]
    found = {field: plain.index(name) for field, names in NAMES.items() for name in reversed(names) if name in plain}
    if not {"type", "cameo"} & set(found) or not {"source", "target", "source_country", "target_country"} & set(found):
        raise InputError(
            f"{path}: the first line must name the columns: type (or cameo), source, target, date; found {', '.join(cells[:12])}"
        )
    return found


def _hand(row: dict[str, str], number: int) -> Row | None:
    kind, mode = row.get("type", "").upper(), row.get("mode") or None
    cameo = row.get("cameo") or None
    if "-" in kind or "." in kind:
        kind, mode = re.split(r"[-.]", kind, maxsplit=1)[0], re.split(r"[-.]", kind, maxsplit=1)[1].lower()
    if not kind:
        found = plover_of(cameo or "")
        if found is None:
            return None
        kind, mode = found
    sources, targets = _people(row, "source"), _people(row, "target")
    if not sources and not targets:
        raise ValueError("neither a source nor a target")
    place = row.get("place") or row.get("place_country")
    return Row(
        id=row.get("id") or f"row {number}",
        type=kind,
        mode=mode,
        label=row.get("trigger") or kind,
        cameo=cameo,
        goldstein=_float(row.get("goldstein")),
        contexts=tuple(part for part in re.split(r"[;|]\s*", row.get("contexts", "")) if part),
        sources=sources,
        targets=targets,
        start=day_of(row["start"]) if row.get("start") else None,
        end=day_of(row["end"]) if row.get("end") else None,
        status=row["status"].lower() if row.get("status") else None,
        place=Place(name=place, country=row.get("place_country") or None, lat=_float(row.get("lat")), lon=_float(row.get("lon")), precision="city", text=place, because="as the row has it") if place else None,
        url=row.get("url") or None,
        outlet=row.get("outlet") or None,
        published=day_of(row["published"]) if row.get("published") else None,
        confidence=_float(row.get("confidence")) or 1.0,
        text=row.get("text") or None,
        notes={"type": row["notes"]} if row.get("notes") else {},
    )  # fmt: skip


def _people(row: dict[str, str], side: str) -> tuple[Who, ...]:
    lands = [land.strip().upper() for land in row.get(f"{side}_country", "").split(";")]
    names = [name.strip() for name in row.get(side, "").split(";") if name.strip()] or [land for land in lands if land]
    sectors = [tuple(re.findall("[A-Z]{3}", part.upper())) for part in row.get(f"{side}_sector", "").split(";")]
    return tuple(
        Who(
            name,
            (lands[k] if k < len(lands) else lands[0]) or None,
            sectors[k] if k < len(sectors) else sectors[0] if sectors else (),
        )
        for k, name in enumerate(names)
    )


def _float(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def read_plover(path: Path, tally: Tally) -> Rows:
    """PLOVER JSON: one record a line, or one array."""
    for number, record in _records(path, tally):
        try:
            yield number, _plover(record, number)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            tally.refuse(number, f"no PLOVER record: {error}")


def _records(path: Path, tally: Tally) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in lines(path, tally):
        text = line.strip().strip(",")
        if text in ("", "[", "]"):
            continue
        tally.rows += 1
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            tally.refuse(number, f"no JSON: {error}")
            continue
        if not isinstance(found, dict):
            tally.refuse(number, "no JSON object")
            continue
        yield number, found


def _plover(record: dict[str, Any], number: int) -> Row | None:
    kinds = record.get("event") or []
    if not kinds or record.get("has_event") is False:
        return None
    location, cite = record.get("event_loc") or {}, record.get("cite_info") or {}
    place = location.get("resolved_place") or location.get("extracted_place")
    date = str(record["date"]) if record.get("date") else None
    return Row(
        id=str(record.get("id") or number),
        type=str(kinds[0] if isinstance(kinds, list) else kinds),
        mode=next(iter(record.get("mode") or []), None),
        label=str(record.get("event_text") or kinds[0]),
        cameo=record.get("cameo"),
        goldstein=record.get("goldstein"),
        contexts=tuple(record.get("context") or ()),
        sources=tuple(map(_entity, record.get("actor") or ())),
        targets=tuple(map(_entity, record.get("recipient") or ())),
        start=day_of(date) if date else None,
        end=day_of(str(record["enddate"])) if record.get("enddate") else None,
        status=record.get("status"),
        place=Place(name=place, country=location.get("country_code"), admin1=location.get("province"), lat=location.get("lat"), lon=location.get("lon"), geonames=location.get("geonameid"), precision={5: "site", 4: "city", 3: "admin", 2: "region", 1: "country"}.get(location.get("resolution"), "city"), text=location.get("extracted_place") or place, because="as the record has it") if place else None,  # type: ignore[arg-type]
        url=cite.get("url"),
        outlet=cite.get("publication"),
        published=day_of(str(cite["published"])) if cite.get("published") else None,
        confidence=float(record.get("confidence", 1.0)),
        text=record.get("text"),
    )  # fmt: skip


def _entity(found: dict[str, Any]) -> Who:
    sectors = found.get("sector") or ()
    sectors = re.findall("[A-Z]{3}", sectors) if isinstance(sectors, str) else sectors
    return Who(str(found.get("identifier_text") or found.get("entity_text") or found.get("code") or ""), found.get("code"), tuple(sectors))  # fmt: skip


def read_jsonl(path: Path, tally: Tally) -> Iterator[tuple[int, CodedArticle]]:
    """What ``code --json`` and ``export --format jsonl`` write: whole articles, kept as they are."""
    for number, line in lines(path, tally):
        if not line.strip():
            continue
        tally.rows += 1
        try:
            yield number, msgspec.json.decode(line.encode(), type=CodedArticle)
        except (msgspec.ValidationError, msgspec.DecodeError, RecursionError) as error:
            tally.refuse(number, f"no coded article: {error}")
