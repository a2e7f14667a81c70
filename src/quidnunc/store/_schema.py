"""The tables. They are a public contract: ``docs/schema.md`` is made from the comments here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
)
from sqlalchemy.types import TypeEngine

SCHEMA_VERSION = 4
"""Raised by one with each change of the tables."""

metadata = MetaData()


def _column(name: str, type_: TypeEngine[Any], comment: str, *, null: bool = True) -> Column[Any]:
    return Column(name, type_, nullable=null, comment=comment)


def _article_key() -> Column[int]:
    return Column("article", ForeignKey("articles.number"), primary_key=True, comment="articles.number")


meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True, comment="`schema_version`"),
    _column("value", Text(), "its value", null=False),
    comment="Facts about the database itself.",
)

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 ..."),
    _column("coder", Text(), "version of quidnunc", null=False),
    _column("started", Text(), "UTC, ISO 8601", null=False),
    _column("finished", Text(), "UTC, ISO 8601; null: the run was cut short"),
    _column("inputs", Integer(), "pages given; always the sum of the next four"),
    _column("articles", Integer(), "pages that became articles and were coded"),
    _column("duplicates", Integer(), "pages that were stored already, with the same codes"),
    _column("skipped", Integer(), "articles kept but not coded (not in English)"),
    _column("failed", Integer(), "pages that could not become articles: see failures"),
    comment="One row for each run of `quidnunc code`: nothing goes missing unseen.",
)

failures = Table(
    "failures",
    metadata,
    Column("run", ForeignKey("runs.number"), primary_key=True, comment="runs.number"),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="0, 1, 2 ..."),
    _column("input", Text(), "file, URL or `-`, as given", null=False),
    _column("reason", Text(), "one word: empty, not_text, too_large, no_article, fetch ...", null=False),
    _column("message", Text(), "the line that was printed", null=False),
    comment="Inputs that could not become articles.",
)

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 ... in order of arrival"),
    _column("id", Text(), "stable id of the article: a hash of its canonical URL or of its words", null=False),
    _column("parent", Text(), "for a related card: the id of the article on whose page it stood"),
    _column("short", Text(), "the first letters of `id`, enough to be unique; event ids begin with it", null=False),
    _column("coder", Text(), "version of quidnunc that coded it", null=False),
    _column("digest", Text(), "SHA-256 of the coded article: same digest, same codes", null=False),
    _column("current", Boolean(), "true for one row of each article: the newest coder's latest codes", null=False),
    Column("run", ForeignKey("runs.number"), nullable=True, comment="runs.number, where a run added it"),
    _column("url", Text(), "where it stands"),
    _column("outlet", Text(), "who published it"),
    _column("agency", Text(), "the wire the text came from"),
    _column("section", Text(), "section of the outlet"),
    _column("headline", Text(), "headline"),
    _column("standfirst", Text(), "the lines under the headline"),
    _column("authors", JSON(), "list of names", null=False),
    _column("published", Text(), "ISO 8601, as precise as known"),
    _column("published_precision", Text(), "minute, hour, day, week, month ..."),
    _column("published_from", Text(), "first day on which it can have been published"),
    _column("published_to", Text(), "last day on which it can have been published"),
    _column("modified", Text(), "ISO 8601"),
    _column("dateline", Text(), "the place that opens the text, as written"),
    _column("language", Text(), "ISO 639-1"),
    _column("paywalled", Boolean(), "true where the page shows only part of it", null=False),
    _column("licence", Text(), "licence note of the page"),
    _column("skipped", Text(), "why it was read but not coded"),
    _column("text", Text(), "the clean body; all spans count code points in it", null=False),
    _column("coded", LargeBinary(), "the whole CodedArticle: JSON, zlib", null=False),
    comment="One row for each article and version of its codes. Nothing is overwritten.",
)
Index("articles_revision", articles.c.id, func.coalesce(articles.c.parent, ""), articles.c.coder, articles.c.digest, unique=True)  # fmt: skip
Index("articles_short", articles.c.short)
Index("articles_published", articles.c.published_to)

blocks = Table(
    "blocks",
    metadata,
    _article_key(),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="0, 1, 2 ... in page order"),
    _column("kind", Text(), "headline, paragraph, promo ...", null=False),
    _column("text", Text(), "its words", null=False),
    _column("page_start", Integer(), "first code point on the page", null=False),
    _column("page_end", Integer(), "one past its last", null=False),
    _column("text_start", Integer(), "first code point in articles.text; null: not body"),
    _column("text_end", Integer(), "one past its last"),
    _column("because", Text(), "why it was given this kind", null=False),
    comment="Every block of the page, furniture included.",
)

actors = Table(
    "actors",
    metadata,
    _article_key(),
    Column("id", Text, primary_key=True, comment="a1, a2 ... within the article"),
    _column("name", Text(), "fullest name", null=False),
    _column("kind", Text(), "state, person, organisation, igo ...", null=False),
    _column("country", Text(), "ISO 3166-1 alpha-3, or IGO, UNO, EUR"),
    _column("sectors", JSON(), "list of PLOVER sector codes", null=False),
    _column("role", Text(), "the office held, in the article's words"),
    _column("aliases", JSON(), "list of other names used", null=False),
    _column("resolved_by", Text(), "the evidence", null=False),
    comment="Who appears in the article.",
)
Index("actors_name", actors.c.name)

mentions = Table(
    "mentions",
    metadata,
    _article_key(),
    Column("actor", Text, primary_key=True, comment="actors.id"),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="0, 1, 2 ..."),
    _column("start", Integer(), "first code point in articles.text", null=False),
    _column("end", Integer(), "one past its last", null=False),
    comment="Where each actor is named.",
)

statements = Table(
    "statements",
    metadata,
    _article_key(),
    Column("id", Text, primary_key=True, comment="s1, s2 ... within the article"),
    _column("speaker", Text(), "actors.id, where the speaker is one"),
    _column("speaker_text", Text(), "the speaker, in the words of that place", null=False),
    _column("cue", Text(), "the reporting word", null=False),
    _column("stance", Text(), "says, states, claims, denies, warns ...", null=False),
    _column("direct", Boolean(), "true for words in quotation marks", null=False),
    _column("addressee", Text(), "actors.id"),
    _column("chain", JSON(), "list: outlet, agency, cited source, speaker", null=False),
    _column("content", JSON(), "list of [start, end) in articles.text", null=False),
    comment="Who says what.",
)

EVENT_COLUMNS: tuple[Column[Any], ...] = (
    _column("type", Text(), "one of the 16 PLOVER types", null=False),
    _column("mode", Text(), "PLOVER mode"),
    _column("own_type", Text(), "type in the user's own codebook"),
    _column("contexts", JSON(), "list of PLOVER contexts", null=False),
    _column("cameo", Text(), "CAMEO code, text: leading zeros count", null=False),
    _column("quad", Integer(), "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict", null=False),
    _column("goldstein", Float(), "Goldstein value, -10 ... 10"),
    _column("plover_score", Float(), "PLOVER score, -10 ... 10", null=False),
    _column("source_names", JSON(), "list: who did it", null=False),
    _column("source_countries", JSON(), "list, one for each name; null: unknown", null=False),
    _column("source_sectors", JSON(), "list, one for each name: codes with spaces between", null=False),
    _column("target_names", JSON(), "list: to whom", null=False),
    _column("target_countries", JSON(), "as for the source", null=False),
    _column("target_sectors", JSON(), "as for the source", null=False),
    _column("date_start", Text(), "first possible day, ISO"),
    _column("date_end", Text(), "last possible day, ISO"),
    _column("date_precision", Text(), "day, week, month ..."),
    _column("date_text", Text(), "the words that say when"),
    _column("place_name", Text(), "where"),
    _column("place_country", Text(), "ISO 3166-1 alpha-3"),
    _column("place_admin1", Text(), "province or state"),
    _column("place_lat", Float(), "degrees north"),
    _column("place_lon", Float(), "degrees east"),
    _column("place_geonames", Integer(), "GeoNames id"),
    _column("place_precision", Text(), "site, city, admin, country, region"),
    _column("status", Text(), "occurred, planned, denied ...", null=False),
    _column("polarity", Text(), "positive or negative", null=False),
    _column("reported_by", Text(), "who says so, in the article's words; null: the outlet itself"),
    _column("stance", Text(), "how the reporter says it: says, claims, denies ..."),
    _column("chain", JSON(), "list: from the outlet back to the mouth", null=False),
    _column("confidence", Float(), "probability, 0 ... 1", null=False),
    _column("decided_by", Text(), "rule or model that decided", null=False),
    _column("trigger", Text(), "the words that name the act", null=False),
    _column("sentence", Text(), "the sentence it was read from", null=False),
)
"""What the store says of an event itself; ARTICLE_COLUMNS says what it adds of the article."""

events = Table(
    "events",
    metadata,
    _article_key(),
    Column("id", Text, primary_key=True, comment="unique among current events: articles.short, a colon, the event's own id"),
    *EVENT_COLUMNS,
    comment="Who did what to whom, when, where, in which status. Join with articles where `current`.",
)  # fmt: skip
Index("events_id", events.c.id)
Index("events_type", events.c.type, events.c.date_start)
EVENTS_DATE = Index("events_date", events.c.date_start.is_(None), events.c.date_start, events.c.article, events.c.id, events.c.date_end)  # fmt: skip
"""In the order of the flat table, so that its first rows are found without sorting."""

ARTICLE_COLUMNS: tuple[Column[Any], ...] = (
    articles.c.headline,
    articles.c.outlet,
    articles.c.agency,
    articles.c.section,
    articles.c.url,
    articles.c.published,
    articles.c.parent,
    articles.c.coder,
)
"""What the flat table of events adds of the article."""

parties = Table(
    "parties",
    metadata,
    _article_key(),
    Column("event", Text, primary_key=True, comment="events.id"),
    Column("side", Text, primary_key=True, comment="source or target"),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="0, 1, 2 ..."),
    _column("actor", Text(), "actors.id", null=False),
    _column("name", Text(), "the actor's fullest name", null=False),
    _column("text", Text(), "the words of that place", null=False),
    _column("country", Text(), "ISO 3166-1 alpha-3, or IGO, UNO, EUR"),
    _column("sectors", JSON(), "list of PLOVER sector codes", null=False),
    _column("start", Integer(), "first code point in articles.text; null: not in the sentence"),
    _column("end", Integer(), "one past its last"),
    comment="The sides of each event: one row an actor.",
)
PARTIES_INDEXES = (
    Index("parties_country", parties.c.country, parties.c.side, parties.c.article, parties.c.event),
    Index("parties_name", func.lower(parties.c.name), parties.c.side, parties.c.article, parties.c.event),
    Index("parties_text", func.lower(parties.c.text), parties.c.side, parties.c.article, parties.c.event),
)

stories = Table(
    "stories",
    metadata,
    _article_key(),
    _column("story", Text(), "articles.id of the story's article with the smallest id", null=False),
    _column("copies", Text(), "the same of its group of copies: one text, however many outlets", null=False),
    comment="Which articles tell the same story; filled by `quidnunc stories` and `Store.find_stories`.",
)
Index("stories_story", stories.c.story)
Index("stories_copies", stories.c.copies)

story_keys = Table(
    "story_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False, comment="of a telling stem and day, or of a run of words"),
    _article_key(),
    comment="By what an article is looked up for stories.",
)  # fmt: skip
Index("story_keys_article", story_keys.c.article)

story_features = Table(
    "story_features",
    metadata,
    _article_key(),
    _column("data", LargeBinary(), "hashes of runs of words and weighed stems", null=False),
    comment="By what articles are compared for stories.",
)

reports = Table(
    "reports",
    metadata,
    _article_key(),
    Column("event", Text, primary_key=True, comment="events.id"),
    _column("happening", Text(), "events.id of its first report: events with the same are one happening", null=False),
    _column("origin", Text(), "the wire or outlet it goes back to; copies of a text share one", null=False),
    comment="Events of one story that are the same happening. Count happenings, not events, and distinct origins, not articles.",
)
Index("reports_happening", reports.c.happening)
Index("reports_event", reports.c.event)

STORY_TABLES = (stories, story_keys, story_features, reports)

corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 ... in order"),
    _column(
        "event",
        Text(),
        "events.id; for an added event a new id with the article's short id before the colon",
        null=False,
    ),
    _column("coder", Text(), "version of quidnunc whose codes were read"),
    _column("author", Text(), "who says so", null=False),
    _column("made", Text(), "UTC, ISO 8601", null=False),
    _column("action", Text(), "accept, reject, change or add", null=False),
    _column("field", Text(), "of a change: the column of events"),
    _column("value", JSON(), "of a change: the new value; of an added event: its columns"),
    _column("note", Text(), "why"),
    comment="What people say of the codes. Nothing is overwritten: the latest word on an event or a field counts.",
)
Index("corrections_event", corrections.c.event)

dyads = Table(
    "dyads",
    metadata,
    Column("source", Text, primary_key=True, comment="country or organisation code of a source"),
    Column("target", Text, primary_key=True, comment="and of a target"),
    Column("month", Text, primary_key=True, comment="YYYY-MM of the event's first possible day"),
    Column("type", Text, primary_key=True, comment="PLOVER type"),
    Column("status", Text, primary_key=True, comment="status"),
    _column("events", Integer(), "how many current events", null=False),
    _column("score", Float(), "sum of their PLOVER scores", null=False),
    comment="Current events by pair of countries and month, kept up to date with every article; an event of several countries counts for each pair.",
)
Index("dyads_target", dyads.c.target, dyads.c.month)
