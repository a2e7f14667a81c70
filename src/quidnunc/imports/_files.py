"""Opening what strangers send: plain, gzip or a zip with one file in it, with limits; rows with their numbers; what was refused."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quidnunc.errors import InputError, NotText, TooLarge

LARGEST = 4_000_000_000
"""Bytes of a file after unpacking."""
LONGEST = 1_000_000
"""Characters of one line."""
KEPT = 1000
"""Refusals that are remembered with their reason; more are only counted."""


@dataclass(frozen=True)
class Refused:
    """A row that could not be read: its number from 1 (0: the file itself), and why."""

    row: int
    why: str


@dataclass
class Tally:
    """What became of the rows: ``rows == events + without + len(refused)`` where nothing is wrong with us."""

    rows: int = 0
    events: int = 0
    without: int = 0
    """Rows that are right but hold nothing that PLOVER has a type for (CAMEO's bare statements), or no event."""
    refused_count: int = 0
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, row: int, why: str) -> None:
        """Count a row as unreadable."""
        self.refused_count += 1
        if len(self.refused) < KEPT:
            self.refused.append(Refused(row, why))


def lines(path: Path, tally: Tally) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, decoded as UTF-8, else Latin-1; a line that is too long is refused."""
    number, total = 0, 0
    with _opened(path) as raw:
        while True:
            try:
                line = raw.readline(LONGEST * 4)
            except (OSError, EOFError, zipfile.BadZipFile) as error:
                raise InputError(f"{path}: broken off after line {number}: {error}") from error
            if not line:
                return
            number += 1
            total += len(line)
            if total > LARGEST:
                raise TooLarge(f"{path}: more than {LARGEST:,} bytes: split it")
            if number == 1 and b"\0" in line:
                raise NotText(f"{path}: this is no text: give the unpacked file, a .gz, or a .zip with one file in it")
            if len(line) >= LONGEST * 4 and not line.endswith(b"\n"):
                tally.rows += 1
                tally.refuse(number, f"a line of more than {LONGEST:,} characters")
                while (rest := raw.readline(LONGEST)) and not rest.endswith(b"\n"):
                    total += len(rest)
                continue
            yield number, _decoded(line).rstrip("\r\n")


def _decoded(line: bytes) -> str:
    line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _opened(path: Path) -> io.BufferedReader:
    try:
        if path.suffix.lower() == ".gz":
            return io.BufferedReader(gzip.open(path, "rb"))
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as packed:
                names = [name for name in packed.namelist() if not name.endswith("/")]
                if len(names) != 1:
                    raise InputError(f"{path}: {len(names)} files in the zip, one is expected: unpack it and give each")
                if packed.getinfo(names[0]).file_size > LARGEST:
                    raise TooLarge(f"{path}: more than {LARGEST:,} bytes unpacked")
                return io.BufferedReader(packed.open(names[0]))  # type: ignore[arg-type]
        return path.open("rb")
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{path}: it cannot be opened: {getattr(error, 'strerror', None) or error}") from error


def tabbed(path: Path, tally: Tally) -> Iterator[tuple[int, list[str]]]:
    """Cells between tabs, nothing quoted."""
    for number, line in lines(path, tally):
        if line.strip():
            yield number, line.split("\t")


def comma(path: Path, tally: Tally) -> Iterator[tuple[int, list[str]]]:
    """Cells of a CSV file with quotes; the separator is told from the first line (comma, semicolon or tab)."""
    numbered = lines(path, tally)
    first = next(numbered, None)
    if first is None:
        return
    separator = max(",;\t", key=first[1].count)

    def texts() -> Iterator[str]:
        yield first[1] + "\n"
        yield from (line + "\n" for _, line in numbered)

    csv.field_size_limit(LONGEST)
    reader = csv.reader(texts(), delimiter=separator)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            tally.rows += 1
            tally.refuse(reader.line_num, str(error))
            continue
        if cells:
            yield reader.line_num, cells
