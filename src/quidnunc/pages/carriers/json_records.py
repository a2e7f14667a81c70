"""JSON: an object a line, an array of objects, or one object; each object read by its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice

from quidnunc.errors import InputError, TooLarge
from quidnunc.pages.carriers import fundus, json_feed, news_please, ninjs, trafilatura
from quidnunc.pages.carriers._columns import CONTENT, fields_of, missing_columns, row_page
from quidnunc.pages.carriers._json_values import decode, elements
from quidnunc.pages.carriers._limits import MAX_DOCUMENT, flaw, megabytes, record_name
from quidnunc.pages.carriers._lines import lines
from quidnunc.pages.carriers._reader import Head, Reader, Source
from quidnunc.pages.carriers._shape import Shape
from quidnunc.records import Page

SHAPES: tuple[Shape, ...] = (json_feed.SHAPE, ninjs.SHAPE, news_please.SHAPE, trafilatura.SHAPE, fundus.SHAPE)
"""In the order in which they are asked; what none of them claims is read by the names of its keys."""

_BEGINS = re.compile(r'\{\s*["}]|\[\s*[\[{\]]|\{\s*$')


def _recognises(head: Head) -> bool:
    return _BEGINS.match(head.text) is not None


def _read(source: Source) -> Iterator[Page | InputError]:
    if source.head.text.startswith("["):
        yield from _array(source)
    elif _one_a_line(source.head.text):
        yield from _lines(source)
    else:
        yield from _records(decode(source.name, source.whole()), source.name, source)


def _one_a_line(start: str) -> bool:
    """Whether the first line is an object, or the second begins another; else the object goes over several lines."""
    first, _, rest = start.partition("\n")
    if len(first) == len(start):
        return True
    try:
        return isinstance(decode("", first.encode()), dict)
    except InputError:
        return rest.lstrip()[:1] == "{" and len(first.strip()) > 1


def _array(source: Source) -> Iterator[Page | InputError]:
    for number, element in enumerate(elements(source.text_chunks(), source.name), 1):
        if isinstance(element, InputError):
            yield element
        else:
            yield from _decoded(element, record_name(source.name, number), source)


def _lines(source: Source) -> Iterator[Page | InputError]:
    found = lines(source.text_chunks(), MAX_DOCUMENT)
    start = list(islice(found, 2))
    for number, line in chain(start, found):
        name = record_name(source.name, f"line {number}") if len(start) > 1 else source.name
        if line is None:
            yield flaw(TooLarge, name, f"the line has over {megabytes(MAX_DOCUMENT)}, the limit; split it")
        elif line.strip():
            yield from _decoded(line.strip(), name, source)


def _decoded(data: bytes, name: str, source: Source) -> Iterator[Page | InputError]:
    try:
        value = decode(name, data)
    except InputError as error:
        yield error
        return
    yield from _records(value, name, source)


def _records(value: object, name: str, source: Source) -> Iterator[Page | InputError]:
    """The pages of one value: one, or those that a shape or a list in it holds."""
    if not isinstance(value, dict):
        yield flaw(InputError, name, "it is no JSON object; give objects with a text")
        return
    value = value["_source"] if isinstance(value.get("_source"), dict) else value
    shape = None if source.mapping else next((one for one in SHAPES if one.claims(value)), None)
    if shape is not None:
        yield from shape.pages(value, name, source)
    elif not (held := _held(value, source.mapping)):
        yield _row(value, name, source)
    else:
        yield from _held_records(held, name, source)


def _held(value: Mapping[str, object], mapping: Mapping[str, str] | None) -> dict[str, list[object]]:
    """The lists of objects in a wrapper ({"articles": [...]}, Fundus's {publisher: [...]}), if it is one."""
    if CONTENT.keys() & fields_of(value, mapping).keys() and not all(isinstance(one, list) for one in value.values()):
        return {}
    return {key: one for key, one in value.items() if isinstance(one, list) and one and isinstance(one[0], dict)}


def _held_records(held: Mapping[str, list[object]], name: str, source: Source) -> Iterator[Page | InputError]:
    number = 0
    for key, values in held.items():
        for value in values:
            number += 1
            if isinstance(value, dict) and not _held(value, source.mapping):
                for item in _records(value, _part(name, number), source):
                    of_fundus = isinstance(item, Page) and item.outlet is None and fundus.SHAPE.claims(value)
                    yield replace(item, outlet=key[:200]) if of_fundus and isinstance(item, Page) else item
            else:
                yield _row(value, _part(name, number), source)


def _part(name: str, number: int) -> str:
    return f"{name}.{number}" if "#" in name else record_name(name, number)


def _row(value: object, name: str, source: Source) -> Page | InputError:
    if not isinstance(value, dict):
        return flaw(InputError, name, "it is no JSON object; give objects with a text")
    missing = missing_columns(name, value, source.mapping)
    return missing or row_page(name, value, fields_of(value, source.mapping))


READER = Reader("json", "JSON lines, arrays and objects", _recognises, _read)
