"""Limits on what a carrier may hold, and the errors that tell of them."""

from __future__ import annotations

from typing import TypeVar

from quidnunc.errors import InputError

MAX_RECORD = 10_000_000
"""Bytes or characters of one page, after decompression."""
MAX_DOCUMENT = 32_000_000
"""Bytes of a carrier that can only be read whole (a feed, a JSON object, NewsML), after decompression."""
MAX_RATIO = 100
"""How many times its size compressed data may grow: text grows 3 to 20 times, a bomb 1,000."""
RATIO_FROM = 1_000_000
"""Bytes below which the ratio is not looked at: little repeats can grow much and do no harm."""
MAX_DEPTH = 64
"""Deepest nesting of JSON. Articles nest under 10 deep."""
MAX_PARTS = 100
"""Most parts of a MIME message."""
CHUNK = 65_536
"""Bytes read at a time."""

E = TypeVar("E", bound=InputError)


def flaw(kind: type[E], name: str, message: str) -> E:
    """The error of one record: which one, what is wrong with it, and what can be done; in one line."""
    return kind(f"{name}: {' '.join(message.split())}")


def megabytes(size: int) -> str:
    """A size for messages ("10 MB")."""
    return f"{size / 1e6:,.0f} MB"


def record_name(carrier: str, part: object) -> str:
    """The name of a record within its carrier ("feed.xml#3"); what a stranger chose is cut and made printable."""
    return f"{carrier}#{''.join(c if c.isprintable() else '?' for c in str(part)[:120])}"
