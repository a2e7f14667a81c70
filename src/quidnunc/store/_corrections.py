"""What people say of the codes: accept, reject, change a field, add an event. Rows are added, never overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Literal, get_args

import msgspec
from sqlalchemy import JSON, Connection, Float, Integer, func, insert, select

from quidnunc.errors import StoreError
from quidnunc.records import EventType, Status
from quidnunc.store._rows import Row
from quidnunc.store._schema import EVENT_COLUMNS, corrections

Action = Literal["accept", "reject", "change", "add"]
View = Literal["coded", "corrected", "both"]
COLUMNS = {column.name: column for column in EVENT_COLUMNS}
FIXED = frozenset({"quad", "plover_score", "goldstein", "decided_by", "confidence", "trigger", "sentence"})
"""Columns that follow from others or say what the coder did."""
LONGEST = 10_000
"""Characters of an author, a note or a value."""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody said of an event."""

    number: int
    event: str
    coder: str | None
    author: str
    made: str
    """UTC, ISO 8601."""
    action: Action
    field: str | None = None
    value: Any = None
    note: str | None = None


def write(connection: Connection, **given: Any) -> Correction:
    """Check and add one; raises StoreError for an action, a field or a value that does not fit."""
    if given["action"] not in get_args(Action):
        raise StoreError(f"there is no action {given['action']!r}: choose from {', '.join(get_args(Action))}")
    if not str(given["author"] or "").strip():
        raise StoreError("a correction needs an author: who says so?")
    if given["action"] == "change":
        given["value"] = fitting(given["field"], given["value"])
    elif given["action"] == "add":
        given["value"] = added(given["value"])
    if max(len(str(given.get(name) or "")) for name in ("author", "note", "value")) > LONGEST:
        raise StoreError(f"author, note and value of a correction have at most {LONGEST:,} characters")
    number = (connection.scalar(select(func.max(corrections.c.number))) or 0) + 1
    made = given.pop("made", None) or datetime.now(UTC).isoformat(timespec="seconds")
    row = {"number": number, "made": made, **given}
    connection.execute(insert(corrections).values(row))
    return msgspec.convert(row, Correction)


def fitting(field: str | None, value: Any) -> Any:
    """The value as the column holds it."""
    if field not in COLUMNS or field in FIXED:
        allowed = ", ".join(name for name in COLUMNS if name not in FIXED)
        raise StoreError(f"{field!r} is no field that can be changed: choose from {allowed}")
    if value is None:
        if not COLUMNS[field].nullable:
            raise StoreError(f"{field} cannot be empty")
        return None
    for name, choices in (
        ("type", get_args(EventType)),
        ("status", get_args(Status)),
        ("polarity", ("positive", "negative")),
    ):
        if field == name and value not in choices:
            raise StoreError(f"there is no {name} {value!r}: choose from {', '.join(choices)}")
    kind = COLUMNS[field].type
    try:
        if isinstance(kind, JSON):
            parts = [part.strip() for part in value.split("|")] if isinstance(value, str) else list(value)
            return [None if part in ("", None) else str(part) for part in parts]
        if isinstance(kind, Integer):
            return int(value)
        return float(value) if isinstance(kind, Float) else str(value)
    except (TypeError, ValueError):
        raise StoreError(f"{field}: {value!r} does not fit") from None


def added(value: Any) -> dict[str, Any]:
    """The columns of an event that a person adds: type and a source at least."""
    if not isinstance(value, dict):
        raise StoreError("an added event is a mapping of columns to values")
    row = {name: fitting(name, one) for name, one in value.items()}
    if not row.get("type") or not row.get("source_names"):
        raise StoreError("an added event needs at least a type and source_names")
    return row


def read(connection: Connection, events: Iterable[str] | None = None) -> list[Correction]:
    """All corrections in order, or those of some events."""
    query = select(corrections).order_by(corrections.c.number)
    if events is not None:
        query = query.where(corrections.c.event.in_(sorted(events)))
    return [
        msgspec.convert({str(name): row[name] for name in row}, Correction)
        for row in connection.execute(query).mappings()
    ]


def by_event(connection: Connection, events: Iterable[str] | None = None) -> dict[str, list[Correction]]:
    """The same by event, each event's in order."""
    said: dict[str, list[Correction]] = {}
    for one in read(connection, events):
        said.setdefault(one.event, []).append(one)
    return said


def apply(row: Row, said: Iterable[Correction]) -> tuple[Row | None, str | None]:
    """A flat row after what was said of its event, and what that is: accepted, rejected (then no row) or changed."""
    changed, verdict = dict(row), None
    for one in said:
        if one.action == "change" and one.field is not None:
            changed[one.field] = one.value
            verdict = "changed"
        elif one.action in ("accept", "reject"):
            verdict = "accepted" if one.action == "accept" else "rejected"
    return (None if verdict == "rejected" else changed), verdict


def of_added(said: Correction, empty: Row) -> Row:
    """The flat row of an event that a person added."""
    defaults: dict[str, Any] = {name: [] if isinstance(column.type, JSON) else None for name, column in COLUMNS.items()}
    defaults |= {
        "cameo": "",
        "quad": 0,
        "plover_score": 0.0,
        "status": "occurred",
        "polarity": "positive",
        "confidence": 1.0,
    }
    row = {**empty, **defaults, **said.value, "id": said.event, "decided_by": f"added by {said.author}"}
    for side in ("source", "target"):
        names = len(row[f"{side}_names"])
        for column in ("countries", "sectors"):
            have = row[f"{side}_{column}"]
            row[f"{side}_{column}"] = [*have, *([None if column == "countries" else ""] * (names - len(have)))]
    row["trigger"], row["sentence"] = row["trigger"] or "", row["sentence"] or ""
    return row
