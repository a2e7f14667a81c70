"""From what the caller gives to text: size, binary files, encodings; and whether it is HTML."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from quidnunc.errors import EmptyInput, NotText, TooLarge

LIMIT = 20_000_000
"""The largest page, in bytes or characters."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "a database"),
    (b"RIFF", "a media file"),
    (b"OggS", "a media file"),
    (b"ID3", "a media file"),
    (b"{\\rtf", "an RTF document"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_:.-]{2,30})""", re.I)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def as_text(page: str | bytes) -> str:
    """The page as text. Raises EmptyInput, NotText or TooLarge."""
    if len(page) > LIMIT:
        unit = "bytes" if isinstance(page, bytes) else "characters"
        raise TooLarge(
            f"the page has {len(page):,} {unit}, the limit is {LIMIT:,}; split it or pass one article at a time"
        )
    text = page if isinstance(page, str) else _decode(page)
    if not text.strip("\x00\ufeff \t\r\n\f\v"):
        raise EmptyInput("the page is empty or holds nothing but white space; pass the text or HTML of an article")
    if text.startswith("%PDF-"):
        raise NotText("the page is a PDF file, not text; extract its text first")
    sample = text[:200_000]
    strange = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    if strange > 8 and strange > 0.02 * len(sample):
        raise NotText("the page is binary: too many control or undecodable characters; pass text or HTML")
    return text


def _decode(raw: bytes) -> str:
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise NotText(f"the page is {what}, not text; extract its text first")
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw.decode(encoding, errors="replace")
    wide = _wide_encoding(raw)
    if wide:
        return raw.decode(wide, errors="replace")
    if raw[:4096].count(0) > 0.05 * min(len(raw), 4096) + 3:
        raise NotText("the page is binary: it is full of NUL bytes; pass text or HTML")
    for guess in ("utf-8", _declared(raw)):
        if guess:
            try:
                return raw.decode(guess)
            except (UnicodeDecodeError, LookupError):
                continue
    return _detect(raw)


def _declared(raw: bytes) -> str | None:
    match = _DECLARED.search(raw[:4096]) if b"<" in raw[:1024] else None
    if not match:
        return None
    name = match[1].decode("ascii").lower()
    try:
        name = codecs.lookup(name).name
    except LookupError:
        return None
    if name.startswith(("utf-16", "utf-32")) or not getattr(codecs.lookup(name), "_is_text_encoding", True):
        return None
    if name in ("iso8859-1", "ascii"):
        return "windows-1252"
    return name


def _wide_encoding(raw: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of Latin text is zero."""
    head = raw[:2000]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even < 0.05 * len(head):
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head) / 2 and odd < 0.05 * len(head) else None


def _detect(raw: bytes) -> str:
    """Bytes that are neither what they declare nor UTF-8: nearly UTF-8, what a detector finds, or windows-1252."""
    nearly = raw.decode("utf-8", errors="replace")
    if nearly.count("\ufffd") <= max(1, sum(byte > 0x7F for byte in raw[:100_000]) // 20):
        return nearly
    sample = b"\n".join(line for line in raw[:60_000].splitlines() if any(byte > 0x7F for byte in line))[:20_000]
    best = from_bytes(sample or raw[:20_000], threshold=0.2).best()
    for encoding in (best.encoding if best else None, "windows-1252"):
        if encoding:
            try:
                return raw.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
    return raw.decode("windows-1252", errors="replace")


_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|main|p|section|table|meta|title)\b", re.I)
_HTML_TAG = re.compile(
    r"</?(?:p|div|span|a|html|head|body|article|section|h[1-6]|ul|li|table|meta|script|br)\b[^<>]{0,2000}>", re.I
)


def is_html(text: str) -> bool:
    """HTML rather than flattened text, judged by the content alone."""
    head = text[:20_000].lstrip("\ufeff\x00 \t\r\n")
    while head.startswith(("<!--", "<?xml")):
        _, _, head = head.partition("-->" if head.startswith("<!--") else "?>")
        head = head.lstrip()
    if _HTML_START.match(head):
        return True
    sample = text[:50_000]
    if sample.count("<") < 4:
        return False
    tags = sum(1 for _ in _HTML_TAG.finditer(sample))
    return tags >= 4 and tags >= len(sample) / 1500
