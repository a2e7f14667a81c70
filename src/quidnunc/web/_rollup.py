"""Who acts on whom, counted by month and type, and the words of sentences: kept beside the events, so that views are quick."""

from __future__ import annotations

import threading

from sqlalchemy import Connection, text

from quidnunc.web._database import Database

STEP = 20_000
"""Articles a transaction: writers wait no longer than one."""

_COUNT = """
INSERT INTO desk_dyads (source, target, month, type, quad, n, score)
SELECT s.country, t.country, substr(e.date_start, 1, 7), e.type, e.quad, count(DISTINCT e.id), sum(e.plover_score)
FROM events e JOIN articles a ON a.number = e.article
JOIN (SELECT DISTINCT article, event, country FROM parties
      WHERE side = 'source' AND country IS NOT NULL AND article > :low AND article <= :high) s
  ON s.article = e.article AND s.event = e.id
JOIN (SELECT DISTINCT article, event, country FROM parties
      WHERE side = 'target' AND country IS NOT NULL AND article > :low AND article <= :high) t
  ON t.article = e.article AND t.event = e.id
WHERE a.current AND e.date_start IS NOT NULL AND e.article > :low AND e.article <= :high AND s.country <> t.country
GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (source, target, month, type) DO UPDATE SET n = desk_dyads.n + excluded.n, score = desk_dyads.score + excluded.score
"""
_WORDS = """
INSERT INTO desk_words (rowid, sentence)
SELECT e.rowid, coalesce(a.headline, '') || ' ' || e.sentence FROM events e JOIN articles a ON a.number = e.article
WHERE e.article > :low AND e.article <= :high
"""


class Rollup:
    """Brings the counts up to date, in the background and before a view that needs them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._lock = threading.Lock()

    def fresh(self) -> bool:
        """Whether all articles are counted."""
        with self.database.read() as connection:
            return self._state(connection)[0] >= self._last(connection)

    def update(self) -> None:
        """Count what is new; count again from the start where an article was coded again."""
        with self._lock:
            while self._step():
                pass

    def _step(self) -> bool:
        with self.database.read() as connection:
            (through, old), last = self._state(connection), self._last(connection)
        if through >= last:
            return False
        with self.database.write() as connection:
            replaced = (
                connection.scalar(text("SELECT count(*) FROM articles WHERE NOT current AND number <= :n"), {"n": last})
                or 0
            )
            if replaced != old and through:
                connection.execute(text("DELETE FROM desk_dyads"))
                if self.database.sqlite:
                    connection.execute(text("INSERT INTO desk_words (desk_words) VALUES ('delete-all')"))
                through = 0
            bounds = {"low": through, "high": min(last, through + STEP)}
            connection.execute(text(_COUNT), bounds)
            if self.database.sqlite:
                connection.execute(text(_WORDS), bounds)
            for key, value in (("through", bounds["high"]), ("replaced", replaced)):
                connection.execute(
                    text("INSERT INTO desk_facts (key, value) VALUES (:k, :v) ON CONFLICT (key) DO UPDATE SET value = :v"),
                    {"k": key, "v": str(value)},
                )  # fmt: skip
        return True

    @staticmethod
    def _last(connection: Connection) -> int:
        return int(connection.scalar(text("SELECT max(number) FROM articles")) or 0)

    @staticmethod
    def _state(connection: Connection) -> tuple[int, int]:
        found = {str(key): int(value) for key, value in connection.execute(text("SELECT key, value FROM desk_facts"))}
        return found.get("through", 0), found.get("replaced", 0)
