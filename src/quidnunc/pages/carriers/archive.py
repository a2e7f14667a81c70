"""Archives and packed files that are not opened: told so, rather than read as text."""

from __future__ import annotations

from collections.abc import Iterator

from quidnunc.errors import InputError, NotText
from quidnunc.pages.carriers._kinds import ARCHIVES
from quidnunc.pages.carriers._limits import flaw
from quidnunc.pages.carriers._reader import Head, Reader, Source
from quidnunc.records import Page


def _what(head: Head) -> str | None:
    return next((what for magic, what in ARCHIVES if head.data.startswith(magic)), None)


def _read(source: Source) -> Iterator[Page | InputError]:
    yield flaw(NotText, source.name, f"it is {_what(source.head)}; unpack it and give the files in it")


READER = Reader(
    "archive", "zip, bzip2, xz ...: an error that says to unpack", lambda head: _what(head) is not None, _read
)
