"""Mail (.eml): a newsletter is one page, its HTML part if it has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from quidnunc.errors import InputError, TooDeep, TooLarge
from quidnunc.pages.carriers._fields import Form, make_page
from quidnunc.pages.carriers._limits import MAX_PARTS, MAX_RECORD, flaw
from quidnunc.pages.carriers._reader import Head, Reader, Source
from quidnunc.records import Page

_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|\r?\n[ \t]|\r?$)", re.M)
_USUAL = frozenset(("from", "to", "date", "subject", "message-id", "mime-version", "received", "return-path", "content-type", "delivered-to", "reply-to", "list-unsubscribe", "x-mailer"))  # fmt: skip
_LONG = re.compile(rb"^content-[a-z-]{1,40}:(?:[^\n]|\n[ \t]){5000}", re.I | re.M)
"""Headers of which the mail parser takes apart each parameter, in quadratic time."""
LONGEST = 2000
"""Characters of a header that are read."""
_FAILURES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, MessageError)
"""What the standard library's mail parser has raised on malformed headers and parts."""


def _recognises(head: Head) -> bool:
    """The text begins with header lines of mail, at least three of the usual ones, then an empty line."""
    block = re.split(r"\r?\n\r?\n", head.text, maxsplit=1)[0]
    if _HEADER.match(block) is None:
        return False
    return len({match[1].lower() for match in _HEADER.finditer(block)} & _USUAL) >= 3


def _read(source: Source) -> Iterator[Page | InputError]:
    data = source.whole(3 * MAX_RECORD)
    if data.lower().count(b"boundary") > MAX_PARTS:
        raise flaw(
            TooDeep, source.name, f"the message has more than {MAX_PARTS} multiparts; save the newsletter as HTML"
        )
    if _LONG.search(data):
        raise flaw(
            TooLarge, source.name, "the message has a Content header of over 5,000 bytes; save the newsletter as HTML"
        )
    try:
        yield _page(source.name, data.lstrip())
    except RecursionError:
        raise flaw(
            TooDeep, source.name, "the message's parts are nested too deep; save the newsletter as HTML"
        ) from None
    except _FAILURES as error:
        raise flaw(
            InputError, source.name, f"the message cannot be parsed ({error}); save the newsletter as HTML"
        ) from error


def _page(name: str, data: bytes) -> Page | InputError:
    message = message_from_bytes(data)
    part, form = _part(message)
    sender, address = parseaddr(_header(message, "From"))
    return make_page(
        name,
        None if part is None else _decoded(part),
        form,
        url=_header(message, "Archived-At").strip("<>"),
        headline=_header(message, "Subject"),
        outlet=sender or address.rpartition("@")[2],
        published=_header(message, "Date"),
        language=_header(message, "Content-Language"),
    )


def _header(message: Message, name: str) -> str:
    """A header's text, its encoded words decoded."""
    return " ".join(str(make_header(decode_header(str(message.get(name, ""))[:LONGEST]))).split())


def _part(message: Message) -> tuple[Message | None, Form]:
    """The first HTML part that is no attachment, else the first of plain text."""
    kinds: tuple[tuple[str, Form], ...] = (("text/html", "html"), ("text/plain", "text"))
    parts = [
        part for part in message.walk() if not part.is_multipart() and part.get_content_disposition() != "attachment"
    ]
    for kind, form in kinds:
        for part in parts:
            if part.get_content_type() == kind and isinstance(part, Message):
                return part, form
    return None, "text"


def _decoded(part: Message) -> str | bytes:
    """The part's text if its charset is right, else its bytes."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        return raw.decode(part.get_content_charset("utf-8"))
    except (LookupError, ValueError):
        return raw


READER = Reader("newsletter", "mail (.eml)", _recognises, _read)
