"""JSON from strangers: values within limits, and the elements of an array of any size, one at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from quidnunc.errors import InputError, TooDeep, TooLarge
from quidnunc.pages.carriers._limits import MAX_DEPTH, MAX_RECORD, flaw, megabytes

_MARK = re.compile(rb'[\[\]{},"]')
_IN_STRING = re.compile(rb'["\\]')


def decode(name: str, data: bytes) -> object:
    """The value. Raises TooDeep, or InputError for what is no JSON."""
    try:
        value: object = json.loads(data)
    except RecursionError:
        raise _too_deep(name) from None
    except json.JSONDecodeError as error:
        raise flaw(
            InputError,
            name,
            f"it is no JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1:,}; repair it",
        ) from None
    except ValueError as error:
        raise flaw(InputError, name, f"it is no JSON: {str(error)[:120]}; repair it") from None
    if _deeper(value, MAX_DEPTH):
        raise _too_deep(name)
    return value


def _too_deep(name: str) -> TooDeep:
    return flaw(TooDeep, name, f"the JSON is nested more than {MAX_DEPTH} deep; flatten it")


def _deeper(value: object, limit: int) -> bool:
    if isinstance(value, dict):
        return limit == 0 or any(_deeper(one, limit - 1) for one in value.values() if isinstance(one, dict | list))
    if isinstance(value, list):
        return limit == 0 or any(_deeper(one, limit - 1) for one in value if isinstance(one, dict | list))
    return False


def elements(chunks: Iterator[bytes], name: str) -> Iterator[bytes | InputError]:
    """The elements of the array that the input is, undecoded; raises InputError where the array ends too early.

    Only brackets, commas and quotation marks are looked at, so an element that is no JSON does not end the others.
    """
    splitter = _Splitter(name)
    for chunk in chunks:
        yield from splitter.feed(chunk)
        if splitter.done:
            return
    raise flaw(InputError, name, f"the array ends early, in element {splitter.count + 1}: the file is cut short")


class _Splitter:
    """Where in an array we are, between two chunks."""

    def __init__(self, name: str) -> None:
        self.name, self.count, self.done = name, 0, False
        self._parts: list[bytes] = []
        self._size = self._depth = self._skip = 0
        self._in_string = False

    def feed(self, chunk: bytes) -> Iterator[bytes | InputError]:
        """The elements that end in this chunk."""
        start, position, self._skip = 0, self._skip, 0
        while match := (_IN_STRING if self._in_string else _MARK).search(chunk, position):
            mark, position = match[0], match.end()
            if mark == b'"':
                self._in_string = not self._in_string
            elif mark == b"\\":
                position += 1
            elif mark in b"[{":
                self._depth += 1
                start = position if self._depth == 1 else start
            elif mark in b"]}":
                self._depth -= 1
            ends = self._depth == 0 or (mark == b"," and self._depth == 1)
            if ends and not self._in_string:
                yield from self._element(chunk[start : match.start()])
                start = position
                self.done = self._depth == 0
                if self.done:
                    return
        self._skip = max(0, position - len(chunk))
        self._keep(chunk[start:])

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= MAX_RECORD:
            self._parts.append(part)

    def _element(self, end: bytes) -> Iterator[bytes | InputError]:
        self._keep(end)
        whole, size = b"".join(self._parts).strip(), self._size
        self._parts, self._size = [], 0
        if not whole and size <= MAX_RECORD:
            return
        self.count += 1
        if size > MAX_RECORD:
            yield flaw(TooLarge, f"{self.name}#{self.count}", f"it has {size:,} bytes, the limit is {megabytes(MAX_RECORD)}; split it")  # fmt: skip
        else:
            yield whole
