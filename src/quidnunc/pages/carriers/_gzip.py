"""Gzip data, inflated piece by piece within limits."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from quidnunc.errors import InputError, TooLarge
from quidnunc.pages.carriers._limits import CHUNK, MAX_RATIO, RATIO_FROM, flaw

MAGIC = b"\x1f\x8b"
GZIP = 31
"""zlib's window bits for data with a gzip header."""


def is_bomb(given: int, taken: int) -> bool:
    """Whether data has grown more than text does."""
    return given > RATIO_FROM and given > MAX_RATIO * max(taken, 1)


def gunzip(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The data of all members, in pieces of at most 64 kB.

    Raises an InputError at the place where the data is corrupt, cut short or a bomb: what came before it is good.
    """
    taken = given = 0
    inflate = zlib.decompressobj(GZIP)
    for chunk in chunks:
        data = chunk
        while data or not inflate.eof:
            if inflate.eof:
                inflate = zlib.decompressobj(GZIP)
            before = len(data)
            try:
                piece = inflate.decompress(data, CHUNK)
            except zlib.error as error:
                raise flaw(InputError, name, f"the gzip data is corrupt near byte {taken:,} ({error}); what follows is lost: get the file again") from None  # fmt: skip
            data = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
            taken, given = taken + before - len(data), given + len(piece)
            if is_bomb(given, taken):
                raise flaw(TooLarge, name, f"the gzip data grows more than {MAX_RATIO} times, as no text does; unpack it yourself if you trust it")  # fmt: skip
            if piece:
                yield piece
            elif not data:
                break
    if not inflate.eof:
        raise flaw(InputError, name, f"the gzip data ends early, after {taken:,} bytes: the file is cut short; get it again")  # fmt: skip


def first_bytes(data: bytes, most: int) -> bytes:
    """As much of the beginning as can be inflated from the beginning of the data."""
    try:
        return zlib.decompressobj(GZIP).decompress(data, most)
    except zlib.error:
        return b""
