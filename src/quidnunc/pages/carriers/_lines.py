"""Lines of an input of any size, one at a time."""

from __future__ import annotations

from collections.abc import Iterator


def lines(chunks: Iterator[bytes], longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Number (from 1) and bytes of each line with its ending; None in place of a line that is too long."""
    number, parts, size = 1, list[bytes](), 0
    for chunk in chunks:
        for piece in _at_newlines(chunk):
            size += len(piece)
            if size <= longest:
                parts.append(piece)
            else:
                parts.clear()
            if piece.endswith(b"\n"):
                yield number, b"".join(parts) if size <= longest else None
                number, size = number + 1, 0
                parts.clear()
    if size:
        yield number, b"".join(parts) if size <= longest else None


def _at_newlines(chunk: bytes) -> list[bytes]:
    pieces = [piece + b"\n" for piece in chunk.split(b"\n")]
    last = pieces.pop()[:-1]
    return [*pieces, last] if last else pieces
