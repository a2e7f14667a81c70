"""The nouns that every room shares.

Records are immutable. A span is ``(start, end)``: code points, end exclusive, into ``Article.text`` unless a field says
otherwise (``Block.page_span`` counts in the page as it was given, after decoding and, for HTML, after flattening).
Field names are the public contract: ``to_dict`` gives the objects that ``quidnunc code --json`` prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime as DateTime
from typing import Any, Literal, TypeVar

import msgspec

Span = tuple[int, int]

BlockKind = Literal[
    "headline", "standfirst", "byline", "dateline", "published", "paragraph", "heading", "quote", "caption", "credit",
    "list", "table", "related", "read_more", "promo", "comments", "most_read", "video", "navigation", "legal", "other",
]  # fmt: skip
"""What a block of a page is. Only paragraph, quote, list and heading blocks can be body, and so have a ``text_span``."""

ActorKind = Literal[
    "state", "person", "organisation", "igo", "party", "armed_group", "company", "media", "group", "generic"
]

Precision = Literal["minute", "hour", "day", "week", "month", "quarter", "season", "year", "decade", "unknown"]

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
"""The 16 event types of PLOVER 2.0."""

Status = Literal[
    "occurred", "ongoing", "planned", "offered", "threatened", "demanded", "denied", "refused", "alleged",
    "hypothetical", "not_yet",
]  # fmt: skip

Polarity = Literal["positive", "negative"]

Stance = Literal["says", "states", "claims", "denies", "warns", "accuses", "promises", "demands", "confirms"]

When = str | Date | DateTime | None
"""A time that a caller gives: ISO 8601 text, a date, a datetime, or nothing."""

R = TypeVar("R", bound="Record")


@dataclass(frozen=True)
class Page:
    """One input as a carrier delivers it: content, a name for messages, and what the carrier knows about it.

    Fields given here win over what the page says of itself; ``None`` leaves it to the page.
    """

    name: str
    content: str | bytes
    url: str | None = None
    published: When = None
    fetched: When = None
    form: Literal["unknown", "html", "text", "body"] = "unknown"
    """What the content is: to be found out, HTML, a whole page as flattened text, or just the body of an article."""
    headline: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] | None = None
    outlet: str | None = None
    agency: str | None = None
    section: str | None = None
    language: str | None = None
    modified: When = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, compared by value, convertible to and from plain JSON types."""

    def to_dict(self) -> dict[str, Any]:
        """The record as dicts, lists, strings, numbers, booleans and None."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return plain

    @classmethod
    def from_dict(cls: type[R], plain: dict[str, Any]) -> R:
        """The record that ``to_dict`` made plain; raises ``msgspec.ValidationError`` naming the field that does not fit."""
        return msgspec.convert(plain, cls)


class Block(Record, frozen=True, kw_only=True):
    """A piece of a page: what it is, its words, where it stands on the page and, if it is body, in the article's text."""

    kind: BlockKind
    text: str
    page_span: Span
    text_span: Span | None = None
    because: str = ""
    """Why the reader gave it this kind, in a few words."""


class Media(Record, frozen=True, kw_only=True):
    """A picture or video of the article."""

    caption: str | None = None
    credit: str | None = None


class Card(Record, frozen=True, kw_only=True):
    """A piece of the page that points to another story: news too, with a date of its own."""

    headline: str
    teaser: str | None = None
    section: str | None = None
    url: str | None = None
    age: str | None = None
    """The words that tell its age or time ("3 weeks ago")."""
    published_window: tuple[str, str] | None = None
    """First and last day (ISO) on which it can have been published."""
    published_precision: Precision | None = None
    page_span: Span
    placement: Literal["article", "read_more", "elsewhere"] = "elsewhere"


class Article(Record, frozen=True, kw_only=True):
    """One piece of news, apart from the furniture of its page, with every block of the page kept."""

    id: str
    """Stable: a hash of the canonical URL, or of headline and text where there is none."""
    url: str | None = None
    outlet: str | None = None
    agency: str | None = None
    """The wire that the text came from, where the page says so."""
    section: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601, as precise as ``published_precision`` says, with an offset only where the page gives one. For a card with
    an age ("3 weeks ago") the last day of its window."""
    published_precision: Precision | None = None
    published_window: tuple[str, str] | None = None
    """First and last day (ISO) on which it can have been published; one day twice where the day is known."""
    modified: str | None = None
    dateline: str | None = None
    """The place (and date) that opens the text ("NAIROBI, June 3"), as written."""
    language: str | None = None
    """ISO 639-1 code."""
    paywalled: bool = False
    text: str = ""
    """The clean body, paragraphs joined by a blank line."""
    blocks: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()
    related: tuple[Card, ...] = ()
    licence: str | None = None
    sources: dict[str, str] = {}
    """Where each metadata field came from: field name to "json-ld", "meta", "byline", "text", "url", "caller" ..."""
    field_spans: dict[str, Span] = {}
    """Where on the page a field's value can be read (as ``Block.page_span`` counts): headline, standfirst, authors, published,
    modified, agency, dateline, section. Fields that only machine-readable parts tell are left out."""

    @property
    def published_day(self) -> Date | None:
        """The last day on which it can have been published."""
        return Date.fromisoformat(self.published_window[1]) if self.published_window else None


class Actor(Record, frozen=True, kw_only=True):
    """Somebody who acts or is acted upon, resolved over the whole article."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    """ISO 3166-1 alpha-3, or "IGO" for organisations of states ("UNO" United Nations, "EUR" European Union)."""
    sectors: tuple[str, ...] = ()
    """PLOVER agent codes: GOV, MIL, COP, LEG, JUD, PTY, OPP, REB, JRN, BUS, CVL ..."""
    role: str | None = None
    mentions: tuple[Span, ...] = ()
    aliases: tuple[str, ...] = ()
    resolved_by: str = ""


class StatementSpans(Record, frozen=True, kw_only=True):
    """Where a statement's speaker and cue stand in the text."""

    speaker: Span | None = None
    cue: Span | None = None


class Statement(Record, frozen=True, kw_only=True):
    """Somebody says something: who, by which word, what, and through whom it reached the reader."""

    id: str
    speaker: str | None = None
    """Actor id, where the speaker is one."""
    speaker_text: str
    cue: str
    stance: Stance
    direct: bool = False
    content: tuple[Span, ...] = ()
    addressee: str | None = None
    chain: tuple[str, ...] = ()
    """Outlet, agency, cited source, speaker: from the reader back to the mouth."""
    spans: StatementSpans = StatementSpans()


class Party(Record, frozen=True, kw_only=True):
    """An actor in an event, in the words of that place."""

    actor: str
    text: str
    country: str | None = None
    sectors: tuple[str, ...] = ()


class EventDate(Record, frozen=True, kw_only=True):
    """When: first and last possible day (ISO), how precise, and the words that say so (None: the article's own date)."""

    start: str
    end: str
    precision: Precision
    text: str | None = None
    because: str = ""


class Place(Record, frozen=True, kw_only=True):
    """Where: a place name resolved to a gazetteer entry (GeoNames, CC BY 4.0)."""

    name: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    precision: Literal["site", "city", "admin", "country", "region"] = "city"
    text: str = ""
    span: Span | None = None
    because: str = ""


class EventSpans(Record, frozen=True, kw_only=True):
    """The words behind each field of an event."""

    sentence: Span
    trigger: Span
    sources: tuple[Span, ...] = ()
    targets: tuple[Span, ...] = ()
    date: Span | None = None
    place: Span | None = None
    also: tuple[Span, ...] = ()
    """Further sentences of the article that tell of the same happening."""


class Event(Record, frozen=True, kw_only=True):
    """Who did what to whom, when, where, in which status, and who says so."""

    id: str
    type: EventType
    mode: str | None = None
    own_type: str | None = None
    """The type in the user's own codebook, where one was given."""
    contexts: tuple[str, ...] = ()
    cameo: str
    """CAMEO code, 2 to 4 digits, as a string: leading zeros count."""
    quad: int
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    goldstein: float | None = None
    plover_score: float
    sources: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    date: EventDate | None = None
    place: Place | None = None
    status: Status
    polarity: Polarity = "positive"
    attribution: str | None = None
    """Id of the statement that reports it; None: the outlet itself."""
    confidence: float
    decided_by: str
    reasons: dict[str, str] = {}
    """Field name to the reason for its value, in words."""
    spans: EventSpans


class CodedArticle(Record, frozen=True, kw_only=True):
    """An article with its actors, statements and events; what one line of ``quidnunc code --json`` holds."""

    quidnunc: str
    """Version of the coder."""
    parent: str | None = None
    """For a related card: the id of the article on whose page it stood."""
    article: Article
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    skipped: str | None = None
    """Why the article was read but not coded (its language, say)."""
    related: tuple[CodedArticle, ...] = ()
    """The page's cards that carry news of their own, coded; ``to_dict`` leaves them out, ``lines`` gives them."""

    def to_dict(self) -> dict[str, Any]:
        """The object of OUTPUT: one article, without its related cards."""
        plain = super().to_dict()
        del plain["related"]
        return plain

    def lines(self) -> list[dict[str, Any]]:
        """The article's object, then one for each related card, in page order."""
        return [self.to_dict(), *(card.to_dict() for card in self.related)]
