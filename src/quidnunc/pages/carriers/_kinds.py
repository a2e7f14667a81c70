"""What bytes are, by how they begin."""

from __future__ import annotations

import re

ARCHIVES = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstandard file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"\x1f\x8b", "gzip inside gzip"),
)
_BINARY = (
    *(magic for magic, _ in ARCHIVES),
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"OggS", b"ID3", b"\x00\x00\x00", b"\x7fELF", b"MZ\x90",
    b"wOF", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
_HTML = re.compile(
    rb"\s*+(?><!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*)*+<(?:!doctype\s+html|html|head|body|article|main|div|meta|title|p|section|table)\b",
    re.I | re.S,
)
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def is_binary(data: bytes) -> bool:
    """A known binary format, or many NULs where no byte order mark explains them."""
    head = data[:4096]
    return head.startswith(_BINARY) or (not head.startswith(_MARKS) and head.count(0) > len(head) // 20 + 3)


def is_html(data: bytes) -> bool:
    """It begins as HTML does."""
    return _HTML.match(data[:8192].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")) is not None
