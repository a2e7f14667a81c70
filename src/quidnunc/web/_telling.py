"""Stories as the desk shows them: what each report says of each happening, and where they differ."""

from __future__ import annotations

import re
import threading
from typing import Any

from sqlalchemy import Connection, func, select

from quidnunc.errors import StoreError
from quidnunc.store import Store, _stories
from quidnunc.store._schema import articles, stories
from quidnunc.web._database import Database
from quidnunc.web._reading import event_fields
from quidnunc.web._search import Row

MANY = 5_000
"""Articles without a story that the desk places by itself; beyond, `quidnunc stories` is the better way."""
REPORTS = 40
"""Reports of a story that are shown side by side."""
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


class Finder:
    """Finds stories in the background: at the start, and after each page that was handed in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._wanted = threading.Event()
        self._stop = False
        self._thread = threading.Thread(target=self._work, name="stories", daemon=True)
        self._thread.start()
        self.ask()

    def ask(self) -> None:
        """There is something new."""
        self._wanted.set()

    def close(self) -> None:
        """Stop after the batch in hand."""
        self._stop = True
        self._wanted.set()
        self._thread.join(10)

    def _work(self) -> None:
        while self._wanted.wait() and not self._stop:
            self._wanted.clear()
            try:
                with self._database.read() as connection:
                    few = 0 < unplaced(connection) <= MANY
                if few:
                    with Store(self._database.path) as store:
                        store.find_stories()
            except StoreError:
                continue  # the view says how many are not placed


def unplaced(connection: Connection) -> int:
    """Articles that have no story yet, up to MANY and one."""
    query = select(articles.c.number).outerjoin(stories, stories.c.article == articles.c.number)
    query = query.where(articles.c.current.is_(True), articles.c.parent.is_(None), stories.c.article.is_(None))
    return connection.scalar(select(func.count()).select_from(query.limit(MANY + 1).subquery())) or 0


def recent(connection: Connection, limit: int) -> Row:
    """The stories with the latest reports, and how many articles wait to be placed."""
    return {"unplaced": unplaced(connection), "items": _stories.listed(connection, 2, limit, latest=True)}


def story(connection: Connection, article: str) -> Row:
    """The reports of a story and its happenings, each as every report tells it; one report where the article stands alone."""
    name, members = _stories.members(connection, article)
    if not members:
        raise StoreError(f"there is no article with a story that begins with {article!r}" if not name else f"{article!r} fits several stories: give more letters")  # fmt: skip
    of = {row["id"]: (row, coded) for row, coded in members}
    found = _stories.told(connection, members)
    told: list[Row] = []
    for one in found:
        reports: list[Row] = []
        for report in one.reports:
            row, coded = of[report.article]
            event = next(event for event in coded.events if event.id == report.event)
            reports.append({"article": row["short"], "origin": report.origin, **event_fields(coded, event)})
        told.append({"type": one.type, "sources": one.sources, "targets": one.targets, "date": one.date, "origins": one.origins, "differs": _differs(reports), "reports": reports})  # fmt: skip
    told.sort(key=lambda one: (-len(one["reports"]), -one["origins"]))
    texts = {row["copies"] for row, _ in members}
    shown = [{name: row[name] for name in ("short", "headline", "outlet", "agency", "published", "url", "copies")} for row, _ in members[:REPORTS]]  # fmt: skip
    return {"story": name, "headline": members[0][0]["headline"], "articles": len(members), "texts": len(texts), "reports": shown, "happenings": told[:200]}  # fmt: skip


def _differs(reports: list[Row]) -> list[str]:
    """In what the reports of one happening do not agree: status, who says so, numbers, place, date."""
    if len(reports) < 2:
        return []
    read: dict[str, list[Any]] = {
        "status": [one["status"] for one in reports],
        "says": [(one["says"] or "").lower() for one in reports],
        "place": [one["place"] for one in reports if one["place"]],
        "date": [one["date"] for one in reports if one["date"]],
    }
    numbers = [frozenset(_NUMBER.findall(one["sentence"])) for one in reports]
    for one, own in zip(reports, numbers, strict=True):
        one["numbers"] = sorted(own)
    read["numbers"] = [own for own in numbers if own]
    return [name for name, values in read.items() if len(set(values)) > 1]
