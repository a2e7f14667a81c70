"""A single page, HTML or flattened text: what is left when no other reader knows the input."""

from __future__ import annotations

from collections.abc import Iterator

from quidnunc.errors import InputError
from quidnunc.pages.carriers._fields import make_page
from quidnunc.pages.carriers._limits import MAX_RECORD
from quidnunc.pages.carriers._reader import Reader, Source
from quidnunc.records import Page


def _read(source: Source) -> Iterator[Page | InputError]:
    yield make_page(source.name, source.whole(MAX_RECORD), "unknown")


READER = Reader("page", "one page, HTML or flattened text", lambda head: True, _read)
