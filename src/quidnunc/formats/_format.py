"""What a format is, and how one is written safely."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from quidnunc.errors import StoreError
from quidnunc.store import Selection, Store


@dataclass(frozen=True)
class Options:
    """What a user may set for an export."""

    spreadsheet: bool = False
    """Put ' before cells that a spreadsheet would take for a formula."""


Write = Callable[[Store, Selection, BinaryIO, Options], int]
"""Writes the events selected to an open file; returns how many rows or lines there are."""


@dataclass(frozen=True)
class Format:
    """An export format.

    A new one is a file in this folder with a ``Write`` function and a ``Format``, a line in ``_registry.py`` and a section in
    docs/formats.md. ``tests/formats/test_contract.py`` then says what is missing.
    """

    name: str
    suffix: str
    is_for: str
    """Who reads it, in a few words."""
    loses: str
    """What quidnunc knows and the format cannot say."""
    write: Write


def export(
    store: Store, format: Format, path: str | Path, selection: Selection | None = None, *, spreadsheet: bool = False
) -> int:
    """Write the events selected to a file, ``-`` for standard output; returns how many rows or lines there are.

    The file appears under its name when it is complete. Raises StoreError if it cannot be written.
    """
    chosen, options = selection or Selection(), Options(spreadsheet=spreadsheet)
    if str(path) == "-":
        return format.write(store, chosen, sys.stdout.buffer, options)
    path = Path(path)
    try:
        with _complete_or_absent(path) as file:
            return format.write(store, chosen, file, options)
    except OSError as error:
        raise StoreError(f"{path}: it cannot be written: {error.strerror or error}") from error


@contextmanager
def _complete_or_absent(path: Path) -> Iterator[BinaryIO]:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    with unfinished.open("xb") as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
