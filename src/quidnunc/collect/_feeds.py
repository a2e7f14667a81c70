"""The user's list: what to watch, how politely, and what to be told of (feeds.toml)."""

from __future__ import annotations

import re
import tomllib
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

import msgspec

from quidnunc.collect._web import AGENT, Network, check_url
from quidnunc.errors import FeedsError, FetchError
from quidnunc.pages import canonical_url
from quidnunc.records import EventType, Status

HOSTILE = ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
"""The types of conflict, the mildest first, by PLOVER's scores: what "COERCE or worse" means."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
_LONGEST_PATTERN = 200


class Feed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source of pages: a feed, a sitemap, or a page of a section."""

    url: str
    kind: Literal["auto", "feed", "sitemap", "section"] = "auto"
    every: str | None = None
    links: str | None = None
    """Regular expression that the path of a page must match, somewhere."""
    hosts: tuple[str, ...] = ()
    """Other hosts whose pages are taken from a sitemap or a section page; a feed may name any."""


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to be told of. All that is given must fit."""

    name: str
    types: tuple[EventType, ...] = ()
    worse_than: str | None = None
    """This type or a more hostile one."""
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    status: tuple[Status, ...] = ("occurred", "ongoing")
    confidence: float = 0.0
    new_dyad: bool = False
    """Only the first event between two countries."""
    times_usual: float | None = None
    """Instead of single events: a day with so many times the events of a usual day of the four weeks before."""
    least: int = 5
    """Of ``times_usual``: fewer events than this are no news."""
    to: tuple[str, ...] = ("stdout",)

    @property
    def wanted_types(self) -> tuple[str, ...]:
        """The types that fit; empty: all."""
        if self.worse_than is None:
            return self.types
        worse = HOSTILE[HOSTILE.index(self.worse_than) :]
        return tuple(one for one in worse if not self.types or one in self.types)


class Mail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The server that takes mail."""

    host: str
    port: int = 587
    sender: str = "quidnunc@localhost"
    starttls: bool = True
    user: str | None = None
    password_env: str | None = None
    """Environment variable that holds the password: no password stands in a file."""


class Manners(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to behave."""

    every: str = "15m"
    delay: str = "2s"
    """Between two requests to one host; its robots.txt may want more."""
    at_once: int = 8
    """Requests at a time, one to a host."""
    contact: str | None = None
    """Address or URL that the hosts can read in their logs."""
    newest: str = "3d"
    """Entries older than this, as a sitemap dates them, are left out."""
    most: int = 1000
    """Entries of one source at a time."""
    recheck: tuple[str, ...] = ("1h", "6h", "1d", "7d")
    """When a coded page is looked at again, for corrections and withdrawals."""
    attempts: int = 6
    backoff: str = "1m"
    """After the first failure; doubled with each."""
    allow_private: tuple[str, ...] = ()
    """Networks of this machine or of private ones that may be asked."""


class Feeds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole list."""

    watch: Manners = Manners()
    feed: tuple[Feed, ...] = ()
    alert: tuple[Rule, ...] = ()
    mail: Mail | None = None

    @property
    def networks(self) -> tuple[Network, ...]:
        """The private networks that may be asked."""
        return tuple(ip_network(one, strict=False) for one in self.watch.allow_private)

    @property
    def agent(self) -> str:
        """What the hosts read in their logs."""
        return f"{AGENT} {self.watch.contact}" if self.watch.contact else AGENT


def seconds(duration: str) -> float:
    """How long "15m", "2.5s", "1d" is, in seconds."""
    match = _DURATION.fullmatch(duration.strip())
    if match is None:
        raise ValueError(f"{duration!r} is no duration: write 30s, 15m, 6h, 1d or 2w")
    return float(match[1]) * _UNITS[match[2]]


def read_feeds(path: Path) -> Feeds:
    """The list in a file. Raises FeedsError, which names the place."""
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
        feeds = msgspec.convert(plain, Feeds)
        check(feeds)
    except OSError as error:
        raise FeedsError(f"{path}: it cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FeedsError(f"{path}: it is no TOML: {error}") from error
    except (msgspec.ValidationError, ValueError, FetchError) as error:
        raise FeedsError(f"{path}: {error}; docs/collect.md shows a whole list") from error
    return feeds


def check(feeds: Feeds) -> None:
    """Raises ValueError or FetchError for what the types do not tell."""
    if not feeds.feed:
        raise ValueError('there is no [[feed]] with a url = "https://..."')
    manners = feeds.watch
    for duration in (manners.every, manners.delay, manners.newest, manners.backoff, *manners.recheck):
        seconds(duration)
    if manners.at_once < 1 or manners.at_once > 64 or manners.attempts < 1 or manners.most < 1:
        raise ValueError("[watch]: at_once is 1 to 64, attempts and most are at least 1")
    for one in manners.allow_private:
        ip_network(one, strict=False)
    seen = set()
    for feed in feeds.feed:
        _check_feed(feed)
        if feed.url in seen:
            raise ValueError(f"[[feed]] {feed.url} stands there twice")
        seen.add(feed.url)
    names = [rule.name for rule in feeds.alert]
    for rule in feeds.alert:
        if names.count(rule.name) > 1:
            raise ValueError(f"[[alert]] {rule.name!r} stands there twice")
        _check_rule(rule, feeds.mail)


def _check_feed(feed: Feed) -> None:
    check_url(feed.url)
    if canonical_url(feed.url) is None:
        raise ValueError(f"[[feed]] {feed.url!r} is no http(s) address")
    if feed.every is not None:
        seconds(feed.every)
    if feed.links is not None:
        if len(feed.links) > _LONGEST_PATTERN:
            raise ValueError(f"[[feed]] {feed.url}: links has over {_LONGEST_PATTERN} characters")
        try:
            re.compile(feed.links)
        except re.error as error:
            raise ValueError(f"[[feed]] {feed.url}: links is no regular expression: {error}") from error


def _check_rule(rule: Rule, mail: Mail | None) -> None:
    where = f"[[alert]] {rule.name!r}"
    if rule.worse_than is not None and rule.worse_than not in HOSTILE:
        known = rule.worse_than in get_args(EventType)
        raise ValueError(f"{where}: worse_than = {rule.worse_than!r} is {'not hostile' if known else 'no type'}: choose from {', '.join(HOSTILE)}")  # fmt: skip
    if rule.times_usual is not None and (rule.new_dyad or rule.times_usual <= 1):
        raise ValueError(f"{where}: times_usual is over 1, and goes without new_dyad")
    if not rule.to:
        raise ValueError(f"{where}: to is empty: stdout, a webhook's URL or mailto:somebody@example.org")
    for to in rule.to:
        if to.startswith("mailto:"):
            if mail is None:
                raise ValueError(f"{where}: mail needs a [mail] section with host")
            if "@" not in to or any(sign in to for sign in "\r\n,; "):
                raise ValueError(f"{where}: {to!r} is no mail address")
        elif to != "stdout":
            check_url(to)


def host_of(url: str) -> str:
    """Host, and port where the URL has one: what the manners go by."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()
