"""What ``quidnunc code`` is given on the command line: files, folders, ``-``, URLs."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from quidnunc.errors import InputError
from quidnunc.pages import open_pages
from quidnunc.records import Page

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


@dataclass(frozen=True)
class Skipped:
    """Records of an input that are no articles: a picture or a redirect in a WARC file."""

    name: str
    reasons: dict[str, int]

    @property
    def count(self) -> int:
        """How many there were."""
        return sum(self.reasons.values())

    def __str__(self) -> str:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(self.reasons.items()))
        return f"{self.name}: {self.count:,} records that are no articles left out ({reasons})"


Item = Page | InputError | Skipped


def load(
    name: str, *, url: str | None = None, published: str | None = None, allow_private: bool = False
) -> Iterator[Item]:
    """The pages that an input holds (a page, a feed, an archive ...), what of it cannot be read, and what was left out."""
    fetched: str | None = None
    data: bytes | BinaryIO | Path
    try:
        if is_url(name):
            from quidnunc.collect import fetch

            found = fetch(name, allow_private=allow_private)
            fetched, url, data = _today(), url or found.url, found.content
        else:
            data = sys.stdin.buffer if name == STDIN else _file(Path(name))
    except InputError as error:
        yield type(error)(f"{name}: {error}")
        return
    opened = open_pages(name, data)
    for item in opened:
        if isinstance(item, Page):
            item = _with_given(item, url if opened.carrier == "page" else None, published, fetched)
        yield item
    if opened.skipped:
        yield Skipped(name, dict(opened.skipped))


def _with_given(page: Page, url: str | None, published: str | None, fetched: str | None) -> Page:
    """What the caller gives, where the carrier knows nothing."""
    return replace(
        page,
        url=page.url or url,
        published=page.published if page.published is not None else published,
        fetched=page.fetched if page.fetched is not None else fetched,
    )


def _file(path: Path) -> Path:
    try:
        if not S_ISREG(path.stat().st_mode):
            raise InputError("neither a file nor a folder")
    except FileNotFoundError:
        raise InputError("there is no such file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"it cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return path


def _today() -> str:
    return datetime.now(UTC).isoformat(timespec="minutes")
