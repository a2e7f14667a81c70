"""What is known of an article beside its text, each field with the source that it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from quidnunc.pages._knowledge import outlets
from quidnunc.pages._times import Moment, parse

Value = str | Moment | bool | tuple[str, ...]


@dataclass
class Metadata:
    """Fields and their sources; the first source that gives a field keeps it."""

    values: dict[str, Value] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def give(self, name: str, value: Value | None, source: str) -> None:
        """Set a field that is not yet set."""
        if name not in self.values and value not in (None, "", ()):
            assert value is not None
            self.values[name] = value
            self.sources[name] = source

    def prefer(self, name: str, value: str, source: str) -> None:
        """Replace a field by the words that the reader of the page sees."""
        if self.values.get(name) != value:
            self.values[name], self.sources[name] = value, source

    def text(self, name: str) -> str | None:
        """A field that is a string."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def moment(self, name: str) -> Moment | None:
        """A field that is a point in time."""
        value = self.values.get(name)
        return value if isinstance(value, Moment) else None

    def names(self, name: str) -> tuple[str, ...]:
        """A field that is a list of names."""
        value = self.values.get(name)
        return value if isinstance(value, tuple) else ()


_TRACKING = re.compile(
    r"(?:utm_\w{1,20}|fbclid|gclid|mc_cid|mc_eid|at_\w{1,20}|ref|cmpid|ito|ns_\w{1,20}|src|xtor|igshid)", re.I
)


def canonical_url(url: str | None) -> str | None:
    """The URL without fragment and tracking parameters, scheme and host in lower case; None if it is no http(s) URL."""
    if not url or len(url) > 2000:
        return None
    try:
        parts = urlsplit(url.strip())
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    except ValueError:
        return None
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", urlencode(query), ""))


_URL_DAY_STRICT = re.compile(r"(?<!\d)(20\d\d|19[89]\d)([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")


def from_url(url: str | None, known: Metadata) -> None:
    """Outlet (of a known host) and day of publication as a URL tells them."""
    canonical = canonical_url(url)
    if canonical is None:
        return
    parts = urlsplit(canonical)
    labels = (parts.hostname or "").removeprefix("www.").split(".")
    for i in range(len(labels) - 1):
        name = outlets().get(".".join(labels[i:]))
        if name:
            known.give("outlet", name, "url")
            break
    match = _URL_DAY_STRICT.search(parts.path)
    if match:
        known.give("published", parse(f"{match[1]}-{int(match[3]):02d}-{int(match[4]):02d}"), "url")


def from_caller(published: object, known: Metadata) -> None:
    """The publication time that the caller gives: ISO text, a date or a datetime."""
    if published is None:
        return
    stamp = parse(published.isoformat() if hasattr(published, "isoformat") else str(published))
    if stamp is None:
        raise ValueError(
            f"published={published!r} is no date that can be read; give ISO 8601, such as 2024-02-19T08:30"
        )
    known.give("published", stamp, "caller")
