"""CSV and TSV with a header: each row a page."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

from quidnunc.errors import InputError, TooLarge
from quidnunc.pages.carriers._columns import fields_of, fold, known_columns, missing_columns, row_page
from quidnunc.pages.carriers._limits import MAX_RECORD, flaw, megabytes, record_name
from quidnunc.pages.carriers._lines import lines
from quidnunc.pages.carriers._reader import Head, Reader, Source
from quidnunc.records import Page

DELIMITERS = ",\t;|"


def _recognises(head: Head) -> bool:
    return _delimiter(head) is not None


def _delimiter(head: Head) -> str | None:
    """What separates the columns, if the first line is a header: short cells, two of them known columns."""
    first = head.text.split("\n", 1)[0].rstrip("\r")
    if not first or len(first) > 10_000:
        return None
    for delimiter in DELIMITERS:
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            return None
        if len(cells) > 1 and all(len(cell) < 60 for cell in cells) and _is_header(cells, head):
            return delimiter
    return None


def _is_header(cells: list[str], head: Head) -> bool:
    names = {fold(cell) for cell in cells}
    if head.mapping and names.issuperset(fold(column) for column in head.mapping.values()):
        return True
    columns = known_columns()
    known = [names.intersection(one) for one in columns.values()]
    holds = names.intersection(
        columns["text"] + columns["html"] + columns["page"] + columns["headline"] + columns["url"]
    )
    return bool(holds) and sum(map(bool, known)) >= 2


def _read(source: Source) -> Iterator[Page | InputError]:
    csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD))
    rows = _Rows(source, _delimiter(source.head) or ",")
    header: list[str] | None = None
    fields: dict[str, tuple[str, ...]] = {}
    for line, cells in rows:
        if header is None:
            if isinstance(cells, InputError):
                raise cells
            header, fields = cells, fields_of(cells, source.mapping)
            rows.width = len(header)
            missing = missing_columns(source.name, header, source.mapping)
            if missing is not None:
                raise missing
        elif isinstance(cells, InputError):
            yield cells
        else:
            yield row_page(record_name(source.name, f"line {line}"), dict(zip(header, cells, strict=False)), fields)


class _TooLong(csv.Error):
    """A row over the limit."""


class _Rows:
    """The rows of a table, each with the number of its first line.

    A row that is malformed or has another number of cells than the header is an error; if it went over several lines, as it
    does after a quotation mark that is never closed, the lines after its first are read again as rows of their own.
    """

    def __init__(self, source: Source, delimiter: str) -> None:
        self.width: int | None = None
        self._name, self._delimiter = source.name, delimiter
        self._lines = lines(source.text_chunks(), MAX_RECORD)
        self._again: deque[tuple[int, bytes | None]] = deque()
        self._taken: list[tuple[int, bytes | None]] = []
        self._size = 0

    def __iter__(self) -> Iterator[tuple[int, list[str] | InputError]]:
        rows = self._reader()
        while True:
            self._taken, self._size = [], 0
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._failed(str(error), TooLarge if isinstance(error, _TooLong) else InputError)
                rows = self._reader()
                continue
            if self.width is not None and cells and not self._fits(cells):
                yield self._failed(f"it has {len(cells)} columns, and the header {self.width}")
                rows = self._reader()
            elif cells:
                yield self._taken[0][0], cells

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), delimiter=self._delimiter, strict=True)

    def _feed(self) -> Iterator[str]:
        while True:
            number, line = self._again.popleft() if self._again else next(self._lines, (0, b""))
            if number == 0:
                return
            self._taken.append((number, line))
            if line is None:
                raise _TooLong(f"the line has over {megabytes(MAX_RECORD)}, the limit")
            self._size += len(line)
            if self._size > MAX_RECORD:
                raise _TooLong(
                    f"it has over {megabytes(MAX_RECORD)}, the limit; is there a quotation mark that is not closed?"
                )
            yield _decode(line)

    def _fits(self, cells: list[str]) -> bool:
        return len(cells) == self.width or (len(cells) > (self.width or 0) and not any(cells[self.width :]))

    def _failed(self, why: str, kind: type[InputError] = InputError) -> tuple[int, InputError]:
        first = self._taken[0][0] if self._taken else 0
        self._again.extendleft(reversed(self._taken[1:]))
        return first, flaw(kind, record_name(self._name, f"line {first}"), f"the row is malformed: {why}; repair it")


def _decode(line: bytes) -> str:
    """A line of UTF-8 or, in a file that is not, of windows-1252."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("windows-1252", errors="replace")


READER = Reader("table", "CSV, TSV", _recognises, _read)
