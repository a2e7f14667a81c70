"""The rollup of current events by pair of countries, month, type and status."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Select, bindparam, or_, select, text

from quidnunc.store._schema import dyads

_CHUNK = 500

_ADD = text("""
INSERT INTO dyads (source, target, month, type, status, events, score)
SELECT s.country, t.country, substr(e.date_start, 1, 7), e.type, e.status, :sign * count(*), :sign * sum(e.plover_score)
FROM events e
JOIN (SELECT DISTINCT article, event, country FROM parties WHERE side = 'source' AND country IS NOT NULL AND article IN :numbers) s
  ON s.article = e.article AND s.event = e.id
JOIN (SELECT DISTINCT article, event, country FROM parties WHERE side = 'target' AND country IS NOT NULL AND article IN :numbers) t
  ON t.article = e.article AND t.event = e.id
WHERE e.article IN :numbers AND e.date_start IS NOT NULL
GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (source, target, month, type, status)
DO UPDATE SET events = dyads.events + excluded.events, score = dyads.score + excluded.score
""").bindparams(bindparam("numbers", expanding=True))


def count(connection: Connection, numbers: Iterable[int], sign: int) -> None:
    """Add the events of these articles to the rollup (``sign`` 1), or take them off (-1)."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), _CHUNK):
        connection.execute(_ADD, {"numbers": wanted[start : start + _CHUNK], "sign": sign})


def count_all(connection: Connection) -> None:
    """Make the rollup anew from all current events."""
    connection.execute(text("DELETE FROM dyads"))
    numbers = connection.execute(text("SELECT number FROM articles WHERE current ORDER BY number")).scalars().all()
    count(connection, numbers, 1)


def series(source: str, target: str, *, both: bool) -> Select[tuple[object, ...]]:
    """Events and scores of a pair by month, direction, type and status; ``both``: also what the target does to the source."""
    one, other = source.upper(), target.upper()
    forward = (dyads.c.source == one) & (dyads.c.target == other)
    backward = (dyads.c.source == other) & (dyads.c.target == one)
    columns = [dyads.c[name] for name in ("month", "source", "target", "type", "status", "events")]
    return (
        select(*columns, dyads.c.score)
        .where(or_(forward, backward) if both else forward)
        .where(dyads.c.events > 0)
        .order_by(dyads.c.month, dyads.c.source, dyads.c.target, dyads.c.type, dyads.c.status)
    )
