"""Rows of a table, or JSON objects without a known shape, by the names of their columns."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from quidnunc.errors import InputError, KnowledgeError
from quidnunc.pages.carriers._fields import Form, fragment, line, make_page, teaser, text, url
from quidnunc.pages.carriers._limits import flaw
from quidnunc.records import Page

CONTENT: dict[str, Form] = {"text": "body", "html": "html", "page": "unknown"}
"""The fields that hold a page, and its form."""


@cache
def known_columns() -> dict[str, tuple[str, ...]]:
    """Field -> the columns that can hold it, the likeliest first."""
    raw = files("quidnunc.pages.carriers").joinpath("data/columns.toml").read_text(encoding="utf-8")
    try:
        return {field: tuple(columns) for field, columns in tomllib.loads(raw).items()}
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"carriers/data/columns.toml: {error}") from error


def fold(column: str) -> str:
    """A column's name for comparison."""
    return column.strip().lower().replace(" ", "_").replace("-", "_").replace(".", "_")


def check_mapping(mapping: Mapping[str, str] | None) -> None:
    """Raises ValueError for a field that there is not."""
    unknown = sorted(set(mapping or ()) - set(known_columns()))
    if unknown:
        raise ValueError(
            f"mapping: there is no field {unknown[0]!r}; the fields are {', '.join(sorted(known_columns()))}"
        )


def fields_of(columns: Iterable[str], mapping: Mapping[str, str] | None = None) -> dict[str, tuple[str, ...]]:
    """Field -> those of the columns that hold it: what the user named, else by the known names."""
    named = mapping or {}
    present = {fold(column): column for column in reversed(list(columns))}
    found: dict[str, tuple[str, ...]] = {}
    for field, names in known_columns().items():
        wanted = (fold(named[field]),) if field in named else names
        if not (field in CONTENT and field not in named and CONTENT.keys() & named.keys()):
            found[field] = tuple(present[name] for name in wanted if name in present)
    return {field: names for field, names in found.items() if names}


def missing_columns(name: str, columns: Iterable[str], mapping: Mapping[str, str] | None) -> InputError | None:
    """The error of a table that lacks what is needed to read it."""
    present = list(columns)
    folded = {fold(column) for column in present}
    absent = [column for column in (mapping or {}).values() if fold(column) not in folded]
    shown = ", ".join(column[:40] for column in present[:30])
    if absent:
        return flaw(InputError, name, f"it has no column {absent[0]!r}; it has {shown}")
    if not (fields_of(present, mapping).keys() & {*CONTENT, "standfirst", "headline", "url"}):
        return flaw(InputError, name, f"no column is known to hold a text; name it in the mapping; it has {shown}")
    return None


def row_page(
    name: str, row: Mapping[str, Any], fields: Mapping[str, tuple[str, ...]], **defaults: Any
) -> Page | InputError:
    """The page of a row. A text wins over HTML, HTML over a whole page; where there is none, the teaser is the text."""
    facts: dict[str, Any] = dict(defaults)
    for field, columns in fields.items():
        if field not in CONTENT:
            value = _first(field, [row.get(column) for column in columns])
            facts[field] = facts.get(field) if value is None else value
    for field, form in CONTENT.items():
        for column in fields.get(field, ()):
            if isinstance(row.get(column), bytes):
                return make_page(name, row[column], "unknown", **facts)
            if (found := text(row.get(column))) is not None:
                return make_page(name, *_content(found, form), **facts)
    short = text(row.get(fields["standfirst"][0])) if "standfirst" in fields else None
    return make_page(name, teaser(short) if short else None, "body", **facts)


def _content(found: str, form: Form) -> tuple[str, Form]:
    """HTML that is no whole page is wrapped to be read as HTML."""
    if form == "html" and "<body" not in found[:200_000].lower() and "<html" not in found[:5000].lower():
        return fragment(found)
    return found, form


def _first(field: str, values: list[object]) -> object:
    """The first value that says something; of "source", which is a name here and an address there, what fits the field."""
    for value in values:
        if field == "url" and url(value) is None:
            continue
        if field == "outlet" and url(value) is not None:
            continue
        if value is not None and (not isinstance(value, str) or line(value) is not None):
            return value
    return None
