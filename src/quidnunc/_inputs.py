"""What ``quidnunc code`` is given on the command line: files, folders, ``-``, URLs."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from quidnunc.errors import InputError, TooLarge
from quidnunc.records import Page

MAX_BYTES = 20_000_000
"""Of a file: no news page comes near; a corpus does, and is to be given as its pages."""

STDIN = "-"

_SCHEME = re.compile("[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_url(given: str) -> bool:
    """Whether an input is to be fetched; addresses that nobody fetches (ftp://) are told so there."""
    return _SCHEME.match(given) is not None


def expand(given: Iterable[str]) -> Iterator[str]:
    """The single inputs: folders become their files, sorted, hidden ones left out; links to folders are not followed."""
    for one in given:
        if one == STDIN or is_url(one) or not os.path.isdir(one):
            yield one
            continue
        for folder, folders, files in os.walk(one):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (os.path.join(folder, name) for name in sorted(files) if not name.startswith("."))


def load(name: str, *, url: str | None = None, published: str | None = None, allow_private: bool = False) -> Page:
    """An input's content; raises an InputError that names it."""
    try:
        if is_url(name):
            from quidnunc.collect import fetch

            fetched = fetch(name, allow_private=allow_private)
            return Page(
                name=name, content=fetched.content, url=url or fetched.url, published=published, fetched=_today()
            )
        content = _limited(sys.stdin.buffer) if name == STDIN else _read_file(Path(name))
    except InputError as error:
        raise type(error)(f"{name}: {error}") from error
    return Page(name=name, content=content, url=url, published=published)


def _read_file(path: Path) -> bytes:
    try:
        facts = path.stat()
        if not S_ISREG(facts.st_mode):
            raise InputError("neither a file nor a folder")
        if facts.st_size > MAX_BYTES:
            raise TooLarge(_over_limit(f"{facts.st_size / 1e6:,.0f} MB"))
        with path.open("rb") as file:
            return _limited(file)
    except FileNotFoundError:
        raise InputError("there is no such file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"it cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _limited(file: BinaryIO) -> bytes:
    """What is in it, for the size that the system gives is not always the truth."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TooLarge(_over_limit(f"over {MAX_BYTES // 1_000_000} MB"))
    return content


def _over_limit(size: str) -> str:
    return f"it has {size}, and the limit is {MAX_BYTES // 1_000_000} MB: give each page as a file of its own"


def _today() -> str:
    return datetime.now(UTC).isoformat(timespec="minutes")
