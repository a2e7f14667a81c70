"""The tables of the ledger, part of the public contract as those of ``_schema``."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Index, Integer, LargeBinary, Table, Text

from quidnunc.store._schema import _column, metadata

sources = Table(
    "sources",
    metadata,
    Column("url", Text, primary_key=True, comment="of the feed, sitemap or section page, as the list of feeds has it"),
    _column("parent", Text(), "sources.url of the sitemap that names it"),
    _column("kind", Text(), "auto, feed, sitemap or section", null=False),
    _column("etag", Text(), "what the server called its last answer"),
    _column("last_modified", Text(), "when the server said that it had changed"),
    _column("polled", Text(), "UTC, ISO 8601: the last answer"),
    _column("due", Float(), "seconds since 1970: not asked before; null: no longer asked"),
    _column("failures", Integer(), "polls in a row that failed", null=False),
    _column("message", Text(), "what the last poll gave", null=False),
    _column("links", Integer(), "pages that it named first", null=False),
    _column("left_out", Integer(), "entries without a link, too old, too many or of other sites", null=False),
    comment="What `quidnunc watch` polls.",
)

hosts = Table(
    "hosts",
    metadata,
    Column("name", Text, primary_key=True, comment="host, and port where the URL has one"),
    _column("robots", Text(), "its robots.txt; empty: it has none; null: not read yet"),
    _column("robots_read", Float(), "seconds since 1970"),
    _column("until", Float(), "seconds since 1970: it is left alone until then", null=False),
    _column("failures", Integer(), "requests in a row that failed", null=False),
    comment="What `quidnunc watch` knows of the hosts that it asks.",
)

pages = Table(
    "pages",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 ... in the order in which they were found"),
    _column("url", Text(), "canonical: without fragment and tracking parameters", null=False),
    _column("host", Text(), "hosts.name", null=False),
    _column("source", Text(), "sources.url of the first source that named it", null=False),
    _column("found", Text(), "UTC, ISO 8601", null=False),
    _column("published", Text(), "when it was published, as the source says"),
    _column("state", Text(), "queued, fetched, coded, skipped, duplicate, moved or failed", null=False),
    _column("reason", Text(), "of a failure one word: robots, fetch, too_large, no_article, ..."),
    _column("message", Text(), "the same in words"),
    _column("due", Float(), "seconds since 1970: not asked (again) before; null: no longer asked"),
    _column("attempts", Integer(), "requests in a row that failed", null=False),
    _column("hops", Integer(), "redirects that led here", null=False),
    _column("checks", Integer(), "how often it was looked at again after it was coded", null=False),
    _column("etag", Text(), "what the server called its last answer"),
    _column("last_modified", Text(), "when the server said that it had changed"),
    _column("fetched", Text(), "UTC, ISO 8601: the last answer with content"),
    _column("status", Integer(), "HTTP status of the last answer"),
    _column("bytes", Integer(), "of the last content"),
    _column("digest", Text(), "SHA-256 of the last content"),
    _column("words", Text(), "SHA-256 of the article's words"),
    _column("article", Text(), "articles.id"),
    _column("same_as", Integer(), "pages.number of the page that it is a duplicate of or moved to"),
    _column("retracted", Text(), "UTC, ISO 8601: when it was found to be withdrawn"),
    _column("retraction", Text(), "how it was withdrawn: gone, or a notice"),
    _column("body", LargeBinary(), "its content, zlib, until it is coded; of a failed page it is kept"),
    comment="Every page that `quidnunc watch` ever saw, and what became of it. Its articles are kept whatever becomes of the page.",
)  # fmt: skip
Index("pages_url", pages.c.url, unique=True)
Index("pages_state", pages.c.state)
Index("pages_article", pages.c.article)
Index("pages_words", pages.c.words)
Index("pages_digest", pages.c.digest)

alerts = Table(
    "alerts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 ..."),
    _column("rule", Text(), "name of the rule", null=False),
    _column("key", Text(), "what it was raised for; nothing is raised twice", null=False),
    _column("to", Text(), "stdout, a URL or a mail address", null=False),
    _column("made", Text(), "UTC, ISO 8601", null=False),
    _column("message", Text(), "in words", null=False),
    _column("events", JSON(), "list of events.id", null=False),
    _column("attempts", Integer(), "failed deliveries", null=False),
    _column("due", Float(), "seconds since 1970: not sent before; null: sent, or given up"),
    _column("sent", Text(), "UTC, ISO 8601"),
    comment="Alerts of `quidnunc watch`, written down with the events and sent afterwards.",
)
Index("alerts_key", alerts.c.rule, alerts.c.key, alerts.c.to, unique=True)

LEDGER_TABLES = (sources, hosts, pages, alerts)
