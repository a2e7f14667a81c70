"""Stories and happenings over the stored articles: found when asked for, each article once, kept in tables of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from quidnunc.records import CodedArticle, Event
from quidnunc.store._rows import Row, unpack
from quidnunc.store._schema import articles, reports, stories, story_features, story_keys
from quidnunc.stories import Happening, happenings
from quidnunc.stories import _features as features
from quidnunc.stories import _keys as keys
from quidnunc.stories._compare import relate


@dataclass(frozen=True)
class StoredStory:
    """A story: its name (the smallest id of its articles), its articles by day, and what happened, each with its reports."""

    name: str
    articles: tuple[tuple[Row, CodedArticle], ...]
    """id, short, headline, outlet, agency, published, url and ``copies`` (the group of copies), with the codes."""
    happenings: tuple[Happening, ...]


CHUNK = 500
"""Values of one question."""


def find(connection: Connection, most: int) -> tuple[int, set[str]]:
    """Place up to ``most`` articles that have no story yet; how many there were, and the stories that they changed."""
    _forget(connection)
    new = (
        select(articles.c.number, articles.c.id, articles.c.headline, articles.c.text, articles.c.published_to, articles.c.outlet)
        .outerjoin(stories, stories.c.article == articles.c.number)
        .where(articles.c.current.is_(True), articles.c.parent.is_(None), stories.c.article.is_(None))
        .order_by(articles.c.number)
        .limit(most)
    )  # fmt: skip
    placed = [_place(connection, row) for row in connection.execute(new).all()]
    touched = set(placed)
    if placed:
        renamed = select(stories.c.story).where(stories.c.story.in_(touched)).distinct()
        touched = set(connection.scalars(renamed))
    for story in sorted(touched):
        _report(connection, story)
    return len(placed), touched


def _forget(connection: Connection) -> None:
    """Articles whose codes are no longer current make room for the newer ones; what they joined stays joined."""
    old = (
        select(stories.c.article)
        .join(articles, articles.c.number == stories.c.article)
        .where(articles.c.current.is_(False))
    )
    numbers = list(connection.scalars(old))
    for chunk in _chunks(numbers):
        for table in (stories, story_keys, story_features, reports):
            connection.execute(delete(table).where(table.c.article.in_(chunk)))


def _place(connection: Connection, row: Any) -> str:
    """Give an article its story and its group of copies; the name of the story."""
    told = features.Told(
        title=row.headline or "", text=row.text, date=row.published_to or None, source=row.outlet or ""
    )
    read = features.features(told)
    own = keys.own(read)
    near = keys.candidates(_behind(connection, keys.asked(read, own)))
    joined: dict[str, set[str]] = {"story": {row.id}, "copies": {row.id}}
    earlier = select(stories.c.article, stories.c.story, stories.c.copies, story_features.c.data)
    earlier = earlier.join(story_features, story_features.c.article == stories.c.article)
    for chunk in _chunks(near):
        for other in connection.execute(earlier.where(stories.c.article.in_(chunk))):
            verdict = relate(read, features.unpack(other.data))
            if verdict != "different":
                joined["story"].add(other.story)
            if verdict == "copy":
                joined["copies"].add(other.copies)
    names = {column: min(found) for column, found in joined.items()}
    for column, found in joined.items():
        if len(found) > 1:
            renamed = sorted(found - {names[column]})
            connection.execute(update(stories).where(stories.c[column].in_(renamed)).values({column: names[column]}))
    connection.execute(insert(stories), {"article": row.number, **names})
    connection.execute(insert(story_features), {"article": row.number, "data": features.pack(read)})
    if own:
        connection.execute(insert(story_keys), [{"key": key, "article": row.number} for key in sorted(set(own))])
    return names["story"]


def _behind(connection: Connection, asked: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(key, article) of the keys that are not crowded."""
    for chunk in _chunks(asked):
        counted = select(story_keys.c.key).where(story_keys.c.key.in_(chunk)).group_by(story_keys.c.key)
        telling = list(connection.scalars(counted.having(func.count() <= keys.CROWDED)))
        if telling:
            found = select(story_keys.c.key, story_keys.c.article).where(story_keys.c.key.in_(telling))
            yield from ((row.key, row.article) for row in connection.execute(found))


def _report(connection: Connection, story: str) -> None:
    """Find the happenings of a story anew."""
    members = connection.execute(
        select(articles.c.number, articles.c.id, articles.c.short, articles.c.coded, stories.c.copies)
        .join(stories, stories.c.article == articles.c.number)
        .where(stories.c.story == story)
        .order_by(articles.c.published_to.is_(None), articles.c.published_to, articles.c.id)
    ).all()
    for chunk in _chunks([row.number for row in members]):
        connection.execute(delete(reports).where(reports.c.article.in_(chunk)))
    of = {row.id: row for row in members}
    rows = []
    for one in happenings((unpack(row.coded) for row in members), {row.id: row.copies for row in members}):
        name = f"{of[one.reports[0].article].short}:{one.reports[0].event}"
        for report in one.reports:
            row = of[report.article]
            rows.append({"article": row.number, "event": f"{row.short}:{report.event}", "happening": name, "origin": report.origin})  # fmt: skip
    if rows:
        connection.execute(insert(reports), rows)


def listed(connection: Connection, least: int, limit: int, *, latest: bool = False) -> list[Row]:
    """Stories by how many independent texts tell them (``latest``: by their last day), then how many articles, then name.

    Each with the earliest headline and both days.
    """
    texts = func.count(stories.c.copies.distinct())
    query = (
        select(
            stories.c.story,
            func.count().label("articles"),
            texts.label("texts"),
            func.count(articles.c.outlet.distinct()).label("outlets"),
            func.min(articles.c.published_to).label("first"),
            func.max(articles.c.published_to).label("last"),
        )
        .join(articles, articles.c.number == stories.c.article)
        .group_by(stories.c.story)
        .having(func.count() >= least)
        .order_by(
            *([func.max(articles.c.published_to).desc()] if latest else []),
            texts.desc(),
            func.count().desc(),
            stories.c.story,
        )
        .limit(limit)
    )
    found = [dict(row) for row in connection.execute(query).mappings()]
    for row in found:
        first = (
            select(articles.c.headline)
            .join(stories, stories.c.article == articles.c.number)
            .where(stories.c.story == row["story"])
            .order_by(articles.c.published_to.is_(None), articles.c.published_to, articles.c.id)
        )
        row["headline"] = connection.scalar(first.limit(1))
        row["happenings"] = connection.scalar(
            select(func.count(reports.c.happening.distinct()))
            .join(stories, stories.c.article == reports.c.article)
            .where(stories.c.story == row["story"])
        )
    return found


def members(connection: Connection, name: str) -> tuple[str, list[tuple[Row, CodedArticle]]]:
    """The story of an article (or of that name; beginnings do), its articles by day with their group of copies and their codes."""
    begins = select(stories.c.story).join(articles, articles.c.number == stories.c.article)
    begins = begins.where(articles.c.id.startswith(name, autoescape=True)).distinct().order_by(stories.c.story).limit(2)
    found = list(connection.scalars(begins))
    if len(found) != 1:
        return ("several" if found else ""), []
    query = (
        select(articles.c.id, articles.c.short, articles.c.headline, articles.c.outlet, articles.c.agency, articles.c.published, articles.c.url, stories.c.copies, articles.c.coded)
        .join(stories, stories.c.article == articles.c.number)
        .where(stories.c.story == found[0])
        .order_by(articles.c.published_to.is_(None), articles.c.published_to, articles.c.id)
    )  # fmt: skip
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return found[0], [(row, unpack(row.pop("coded"))) for row in rows]


def told(connection: Connection, articles_of: Iterable[tuple[Row, CodedArticle]]) -> list[Happening]:
    """The happenings of a story's articles, as they were found when the last of them was placed; by first report."""
    of = {f"{row['short']}:{event.id}": (coded, event) for row, coded in articles_of for event in coded.events}
    found: dict[str, list[tuple[CodedArticle, Event, str]]] = {}
    joined: dict[str, tuple[str, str]] = {}
    for chunk in _chunks(list(of)):
        query = select(reports.c.event, reports.c.happening, reports.c.origin).where(reports.c.event.in_(chunk))
        joined |= {row.event: (row.happening, row.origin) for row in connection.execute(query)}
    for name, (coded, event) in of.items():
        if name in joined:
            happening, origin = joined[name]
            found.setdefault(happening, []).append((coded, event, origin))
    return [Happening.of(each) for each in found.values()]


def reported(connection: Connection) -> list[tuple[str, str, str]]:
    """Event, happening and origin of all reports, by event."""
    query = select(reports.c.event, reports.c.happening, reports.c.origin).order_by(reports.c.event)
    return [(row.event, row.happening, row.origin) for row in connection.execute(query)]


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
