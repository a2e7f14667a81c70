"""The events after what people said of them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from quidnunc.store import _corrections
from quidnunc.store._rows import Row
from quidnunc.store._schema import ARTICLE_COLUMNS, articles, events
from quidnunc.store._selection import Selection


def rows(connection: Connection, wanted: Selection, view: _corrections.View) -> list[Row]:
    """The rows of a selection in the view "corrected" or "both", by date, then by id."""
    said = _corrections.by_event(connection)
    unlimited = Selection(
        **{name: getattr(wanted, name) for name in ("source", "target", "type", "status", "since", "until")}
    )
    found = [dict(row) for row in connection.execute(unlimited.query()).mappings() if row["id"] not in said]
    for row in found:
        row["correction"] = None
    touched = Selection().query().where(events.c.id.in_(sorted(said)))
    for coded in connection.execute(touched).mappings():
        after, verdict = _corrections.apply(dict(coded), said[coded["id"]])
        shown = dict(coded) if view == "both" else after
        if shown is not None and unlimited.holds(shown):
            found.append({**shown, "correction": verdict})
    found += [row for own in said.values() for row in _added(connection, own, unlimited)]
    found.sort(key=lambda row: (row["date_start"] is None, row["date_start"] or "", row["article"], row["id"]))
    return found[: wanted.limit] if wanted.limit is not None else found


def _added(connection: Connection, own: list[_corrections.Correction], wanted: Selection) -> list[Row]:
    """An event that a person added, unless it was rejected again."""
    first = own[0]
    if first.action != "add":
        return []
    query = select(articles.c.id.label("article"), *ARTICLE_COLUMNS).where(
        articles.c.short == first.event.split(":")[0]
    )
    around = connection.execute(query.where(articles.c.current.is_(True))).mappings().first()
    if around is None:
        return []
    row, verdict = _corrections.apply(_corrections.of_added(first, dict(around)), own[1:])
    if row is None or not wanted.holds(row):
        return []
    return [{**row, "correction": verdict or "added"}]
