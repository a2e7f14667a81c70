"""From what a carrier says of a page (strings, lists, objects, numbers) to the fields of a Page."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Literal

import lxml.html
from lxml import etree

from quidnunc.errors import EmptyInput, InputError, TooLarge
from quidnunc.pages._credits import split_names
from quidnunc.pages._times import parse
from quidnunc.pages.carriers._limits import MAX_RECORD, flaw, megabytes
from quidnunc.records import Page, When

Form = Literal["unknown", "html", "text", "body"]

MISSING = frozenset(("", "None", "nan", "NaN", "null", "NULL", "N/A", "NaT", "<NA>", "undefined"))
"""What tables and dumps write where they know nothing."""

_BY = re.compile(r"\s*by\s+", re.I)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_BLOCK = re.compile(r"<(?:p|div|ul|ol|h[1-6]|blockquote|figure|table|section|article)\b", re.I)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/blockquote)\b[^<>]{0,200}>", re.I)
_SIGNED = re.compile(r"The post .{1,300}? (?:appeared first|first appeared) on .{1,200}$", re.S)
_SIGNED_HTML = re.compile(r"<p>The post .{1,900}? (?:appeared first|first appeared) on .{1,600}$", re.S)
_SHORT = 1000


def text(value: object) -> str | None:
    """A string without lone surrogates, or a list of strings as paragraphs; None where there is nothing."""
    if isinstance(value, list | tuple):
        value = "\n\n".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str) or value.strip() in MISSING:
        return None
    return value if value.isascii() else value.encode("utf-8", errors="replace").decode("utf-8")


def line(value: object) -> str | None:
    """A short text in one line, without markup; an object is known by its name."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", "title", "literal", "value") if value.get(key)), None)
    if isinstance(value, list | tuple):
        value = next((one for one in value if isinstance(one, str | Mapping)), None)
        return line(value) if isinstance(value, Mapping) else line(str(value)) if value is not None else None
    found = text(value)
    if found is None:
        return None
    found = plain(found[: 20 * _SHORT]) if _TAG.search(found[:_SHORT]) or _ENTITY.search(found[:_SHORT]) else found
    return " ".join(found.split())[:_SHORT] or None


def plain(markup: str) -> str:
    """The words of a piece of HTML, a line for each paragraph."""
    broken = _BREAK.sub("\n", markup.replace("\x00", ""))
    try:
        tree = lxml.html.document_fromstring(f"<div>{broken}</div>".encode(), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    for element in tree.iter("script", "style"):
        element.text = None
    lines = (" ".join(one.split()) for one in str(tree.text_content()).split("\n"))
    return "\n\n".join(one for one in lines if one)


def _parser() -> etree.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)


def teaser(markup: str) -> str:
    """The words of a feed's summary, without the line that names the blog it comes from."""
    words = plain(markup) if _TAG.search(markup) or _ENTITY.search(markup) else markup
    return _SIGNED.sub("", words).strip()


def fragment(markup: str) -> tuple[str, Form]:
    """The HTML of a body, as a page that holds nothing else; plain words where it is short, for then all of it is body."""
    if len(markup) < 10 * _SHORT or _BLOCK.search(markup) is None:
        words = teaser(markup)
        if len(words) < _SHORT and "<figure" not in markup:
            return words, "body"
    return f"<html><body><article>{_SIGNED_HTML.sub('', markup)}</article></body></html>", "html"


def url(value: object) -> str | None:
    """An address of the web."""
    found = text(value)
    if found is None or len(found) > 2 * _SHORT:
        return None
    found = found.strip()
    return found if found.lower().startswith(("http://", "https://")) and not re.search(r"\s", found) else None


def when(value: object) -> When:
    """A time: what says one is kept as it is; numbers are taken as seconds, milliseconds, micro- or nanoseconds since 1970."""
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _since_1970(float(value))
    found = line(value)
    if found is None:
        return None
    if re.fullmatch(r"\d{10}(?:\d{3}|\d{6}|\d{9})?(?:\.\d{1,9})?", found):
        return _since_1970(float(found))
    stamp = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)Z?)?", found)
    return _packed(stamp) if stamp else found[:100]


def _packed(stamp: re.Match[str]) -> When:
    """20240219 and, as GDELT and GKG write it, 20240219083000 in UTC."""
    year, month, day, *clock = (int(part) for part in stamp.groups() if part)
    try:
        if not clock:
            return date(year, month, day)
        hour, minute, second = clock
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _since_1970(number: float) -> datetime | None:
    for unit in (1, 1e3, 1e6, 1e9):
        if 1e8 < number / unit < 5e9:
            return datetime.fromtimestamp(number / unit, UTC)
    return None


def readable(value: When) -> bool:
    """Whether the pages room can read it as a date."""
    return value is not None and parse(value if isinstance(value, str) else value.isoformat()) is not None


def names(value: object) -> tuple[str, ...] | None:
    """The people of a byline: a list of names or of objects with a name, a list written as text, or the words of a byline."""
    if isinstance(value, str) and value.startswith("[") and value.endswith("]") and len(value) < 2 * _SHORT:
        value = _written_list(value)
    if isinstance(value, list | tuple):
        parts = [found for one in value[:50] if (found := line(one))]
    else:
        found = line(value)
        parts = [] if found is None else found.split(";")
    people: list[str] = []
    for part in parts:
        bare = _BY.sub("", part, count=1) if _BY.match(part) else part
        people.extend(split_names(bare) or ((bare.strip(),) if bare.strip() and len(bare) < 100 else ()))
    return tuple(dict.fromkeys(people)) or None


def _written_list(value: str) -> object:
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return value.strip("[]")


def language(value: object) -> str | None:
    """The two letters of a language ("en" of "en-GB"); None for other ways of naming it."""
    if isinstance(value, list | tuple) and len(value) != 1:
        return None
    code = re.split("[-_]", line(value) or "")[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def make_page(name: str, content: str | bytes | None, form: Form, **facts: object) -> Page | InputError:
    """A Page of what a carrier knows, or the error of a record without text or with too much of it.

    ``facts`` are the carrier's values as they stand there; each is read by the kind of its field.
    """
    known = {key: kind(facts[key]) for key, kind in _KINDS.items() if facts.get(key) is not None}
    if content is None or not content.strip():
        where = known.get("url")
        what = "a headline but no text" if known.get("headline") else "no text"
        return flaw(EmptyInput, name, f"it has {what}; " + (f"fetch {where}" if where else "give it a body"))
    if len(content) > MAX_RECORD:
        unit = "bytes" if isinstance(content, bytes) else "characters"
        return flaw(TooLarge, name, f"it has {len(content):,} {unit}, the limit of a page is {megabytes(MAX_RECORD)}; pass the article alone")  # fmt: skip
    return Page(name, content, form=form, **known)  # type: ignore[arg-type]


_KINDS = {
    "url": url, "published": when, "fetched": when, "modified": when, "headline": line, "standfirst": line,
    "authors": names, "outlet": line, "agency": line, "section": line, "language": language,
}  # fmt: skip
