"""Full-text search over headlines and bodies: FTS5 in SQLite, a GIN index in PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, column, literal, literal_column, text

from quidnunc.errors import StoreError
from quidnunc.store._schema import events

_SQLITE = (
    """CREATE VIRTUAL TABLE article_search USING fts5(
    headline, text, content='articles', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER article_search_add AFTER INSERT ON articles BEGIN
    INSERT INTO article_search(rowid, headline, text) VALUES (new.number, new.headline, new.text); END""",
)
_WORDS = "to_tsvector('english', coalesce(headline, '') || ' ' || text)"
_POSTGRES = (f"CREATE INDEX article_search ON articles USING gin ({_WORDS})",)

_FIND_SQLITE = text("""
WITH best AS (
    SELECT m.number, m.score FROM (
        SELECT rowid AS number, bm25(article_search) AS score FROM article_search
        WHERE article_search MATCH :words ORDER BY rowid DESC LIMIT :ranked) AS m
    JOIN articles a ON a.number = m.number WHERE a.current ORDER BY m.score, m.number LIMIT :limit)
SELECT a.id AS article, a.short, a.headline, a.outlet, a.published,
       (SELECT snippet(article_search, 1, '[', ']', ' ... ', 24) FROM article_search
        WHERE article_search MATCH :words AND article_search.rowid = best.number) AS words,
       (SELECT count(*) FROM events e WHERE e.article = a.number) AS events
FROM best JOIN articles a ON a.number = best.number ORDER BY best.score, best.number
""")
_FIND_POSTGRES = f"""
WITH query AS (SELECT %s AS words), best AS (
    SELECT m.number, ts_rank({_WORDS}, query.words) AS score FROM query, (
        SELECT a.* FROM articles a, query WHERE {_WORDS} @@ query.words AND a.current
        ORDER BY a.number DESC LIMIT :ranked) AS m
    ORDER BY score DESC, m.number LIMIT :limit)
SELECT a.id AS article, a.short, a.headline, a.outlet, a.published,
       ts_headline('english', a.text, query.words, 'StartSel=[, StopSel=], MaxWords=24, MinWords=8') AS words,
       (SELECT count(*) FROM events e WHERE e.article = a.number) AS events
FROM query, best JOIN articles a ON a.number = best.number ORDER BY best.score DESC, best.number
"""

RANKED = 10_000
"""Where more articles hold the words, the best are looked for among so many that were added last: to weigh a million takes a second."""
FEW = 2_000
"""Up to so many articles a search for events begins with them."""
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
    """The current articles that hold all words (stems count; "in quotes": as a phrase), the best first, of the last ``RANKED`` added."""
    terms = _terms(words)
    if connection.dialect.name == "sqlite":
        given: dict[str, Any] = {"words": _match(terms), "limit": limit, "ranked": RANKED}
        return [dict(row) for row in connection.execute(_FIND_SQLITE, given).mappings()]
    query, names = _tsquery(terms)
    found = connection.execute(text(_FIND_POSTGRES % query), {**names, "limit": limit, "ranked": RANKED})
    return [dict(row) for row in found.mappings()]


def holding(connection: Connection, words: str) -> ColumnElement[bool]:
    """Whether an event's article holds all words: a condition on ``events`` and ``articles``, with the same reading of words as ``find``."""
    terms = _terms(words)
    if connection.dialect.name != "sqlite":
        query, names = _tsquery(terms)
        return literal(True) & text(f"{_WORDS} @@ ({query})").bindparams(**names)
    match = text("SELECT rowid FROM article_search WHERE article_search MATCH :words").bindparams(words=_match(terms))
    few = list(connection.scalars(text(f"{match.text} LIMIT {FEW + 1}"), {"words": _match(terms)}))
    if len(few) <= FEW:  # begin with the articles
        return events.c.article.in_(few)
    found = match.columns(
        column("rowid", Integer)
    )  # begin with another filter or the order: + keeps the index of articles out of it
    return literal_column("+events.article", Integer).in_(found)


def _tsquery(terms: Iterable[str]) -> tuple[str, dict[str, str]]:
    """PostgreSQL's question, and the values bound in it."""
    names = {f"term{k}": term for k, term in enumerate(terms)}
    return " && ".join(f"phraseto_tsquery('english', :{name})" for name in names), names


def _match(terms: Iterable[str]) -> str:
    return " ".join(f'"{term}"' for term in terms)


def _terms(words: str) -> list[str]:
    """Words and phrases, as they were given."""
    if len(words) > LONGEST:
        raise StoreError(f"a search has at most {LONGEST} characters, this one has {len(words)}")
    terms = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', words.replace("\0", " "))]
    terms = [term for term in terms if re.search(r"\w", term)]
    if not terms:
        raise StoreError(f"there is no word to search for in {words!r}")
    return terms
