"""Full-text search over headlines and bodies: FTS5 in SQLite, a GIN index in PostgreSQL."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, text

from quidnunc.errors import StoreError

_SQLITE = (
    """CREATE VIRTUAL TABLE article_search USING fts5(
    headline, text, content='articles', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER article_search_add AFTER INSERT ON articles BEGIN
    INSERT INTO article_search(rowid, headline, text) VALUES (new.number, new.headline, new.text); END""",
)
_WORDS = "to_tsvector('english', coalesce(headline, '') || ' ' || text)"
_POSTGRES = (f"CREATE INDEX article_search ON articles USING gin ({_WORDS})",)

_FIND_SQLITE = text("""
SELECT a.id AS article, a.short, a.headline, a.outlet, a.published,
       snippet(article_search, 1, '[', ']', ' ... ', 24) AS words,
       (SELECT count(*) FROM events e WHERE e.article = a.number) AS events
FROM article_search JOIN articles a ON a.number = article_search.rowid
WHERE article_search MATCH :words AND a.current ORDER BY rank, a.number LIMIT :limit
""")
_FIND_POSTGRES = f"""
SELECT a.id AS article, a.short, a.headline, a.outlet, a.published,
       ts_headline('english', a.text, q.query, 'StartSel=[, StopSel=], MaxWords=24, MinWords=8') AS words,
       (SELECT count(*) FROM events e WHERE e.article = a.number) AS events
FROM articles a, (SELECT %s AS query) AS q
WHERE {_WORDS} @@ q.query AND a.current ORDER BY ts_rank({_WORDS}, q.query) DESC, a.number LIMIT :limit
"""

LONGEST = 500
"""Characters of a query."""


def prepare(connection: Connection) -> None:
    """Make the index in a database that has none."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.exec_driver_sql(statement)


def rebuild(connection: Connection) -> None:
    """Fill the index from the articles that are there; PostgreSQL has done so already."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO article_search(article_search) VALUES ('rebuild')")


def find(connection: Connection, words: str, limit: int) -> list[dict[str, Any]]:
    """The current articles that hold all words (stems count; "in quotes": as a phrase), the best first."""
    if len(words) > LONGEST:
        raise StoreError(f"a search has at most {LONGEST} characters, this one has {len(words)}")
    terms = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', words)]
    terms = [term for term in terms if re.search(r"\w", term)]
    if not terms:
        raise StoreError(f"there is no word to search for in {words!r}")
    if connection.dialect.name == "sqlite":
        given: dict[str, Any] = {"words": " ".join(f'"{term}"' for term in terms), "limit": limit}
        return [dict(row) for row in connection.execute(_FIND_SQLITE, given).mappings()]
    given = {f"term{k}": term for k, term in enumerate(terms)}
    query = " && ".join(f"phraseto_tsquery('english', :{name})" for name in given)
    found = connection.execute(text(_FIND_POSTGRES % query), {**given, "limit": limit})
    return [dict(row) for row in found.mappings()]
