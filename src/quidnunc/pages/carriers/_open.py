"""Opens an input, whatever carries its pages."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from quidnunc.errors import EmptyInput, InputError
from quidnunc.pages.carriers import (
    archive,
    feed,
    json_records,
    newsletter,
    newsml,
    page,
    parquet,
    table,
    warc,
)
from quidnunc.pages.carriers._columns import check_mapping
from quidnunc.pages.carriers._limits import flaw
from quidnunc.pages.carriers._reader import Reader, Source, open_source
from quidnunc.records import Page

READERS: tuple[Reader, ...] = (
    archive.READER,
    parquet.READER,
    warc.READER,
    feed.READER,
    newsml.READER,
    json_records.READER,
    newsletter.READER,
    table.READER,
    page.READER,
)
"""In the order in which they are asked; the last takes all that the others do not know."""


class Pages(Iterator[Page | InputError]):
    """The pages and the bad records of one input, in order; an iterator that is used once.

    ``carrier`` is the name of the reader that was chosen, ``skipped`` counts the records met so far that are no articles (a
    picture in a WARC file), by reason: pages + errors + skipped = records.
    """

    def __init__(self, name: str, data: bytes | BinaryIO | Path, mapping: Mapping[str, str] | None) -> None:
        self.carrier: str | None = None
        self.skipped: Counter[str] = Counter()
        self._items = self._open(name, data, mapping)

    def __next__(self) -> Page | InputError:
        return next(self._items)

    def close(self) -> None:
        """Stop early and close the file."""
        self._items.close()

    def _open(
        self, name: str, data: bytes | BinaryIO | Path, mapping: Mapping[str, str] | None
    ) -> Generator[Page | InputError, None, None]:
        try:
            if isinstance(data, Path):
                with _file(name, data) as file:
                    yield from self._read(open_source(name, file, mapping))
            else:
                file = io.BytesIO(data) if isinstance(data, bytes) else data
                yield from self._read(open_source(name, file, mapping))
        except InputError as error:
            yield error

    def _read(self, source: Source) -> Iterator[Page | InputError]:
        if not source.head.data and source.head.packed is None:
            raise flaw(EmptyInput, source.name, "it is empty")
        reader = next(reader for reader in READERS if reader.recognises(source.head))
        self.carrier, self.skipped = reader.name, source.skipped
        yield from reader.read(source)


def open_pages(name: str, data: bytes | BinaryIO | Path, *, mapping: Mapping[str, str] | None = None) -> Pages:
    """The pages that an input holds, one after the other, and an InputError in the place of each bad record.

    What carries them (a feed, a WARC file, a table, JSON, one single page ...) is judged by content; ``name`` is for messages
    and the pages' names. ``mapping`` names the columns of a table or the keys of JSON records: field -> column, with the fields
    text (the body), html, page (a whole page, HTML or flattened) and those of Page. Raises ValueError for a field that there
    is not; nothing else is raised.
    """
    check_mapping(mapping)
    return Pages(name, data, mapping)


def _file(name: str, path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise flaw(InputError, name, f"it cannot be opened: {reason}") from error
