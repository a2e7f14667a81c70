"""quidnunc's own objects: the lines of ``quidnunc code --json``."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from quidnunc.formats._format import Format, Options
from quidnunc.store import Selection, Store


def write(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """One object an article; with filters, the articles that hold an event that passes, whole."""
    encode = msgspec.json.Encoder().encode
    lines = 0
    for stored in store.coded(selection):
        file.write(encode(stored.coded.to_dict()) + b"\n")
        lines += 1
    return lines


FORMAT = Format(
    name="jsonl",
    suffix=".jsonl",
    is_for="programs, and quidnunc itself",
    loses="nothing; an article is given whole even if only some of its events were asked for",
    write=write,
)
