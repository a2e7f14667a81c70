"""What the views ask of the store: an article, a dyad, the world."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, text

from quidnunc._why import fields
from quidnunc.errors import StoreError
from quidnunc.events._codes import QUAD
from quidnunc.records import CodedArticle, Event
from quidnunc.store import _corrections
from quidnunc.store._dyads import series
from quidnunc.store._rows import unpack
from quidnunc.store._schema import articles, corrections, events, stories
from quidnunc.web._search import Filters, Row, newest

LATEST = 200
"""Events of a dyad, newest first, among which statements and stories are looked for."""
NEWEST = 2000
"""Articles whose places are shown."""
FAIR = 0.05
"""Share of all events that the year shown first holds."""
SAID = 12
"""Statements that a dyad shows."""


def article(connection: Connection, short: str) -> Row:
    """An article with all its codes, the reasons for each field, its corrections, the events that people added, and its story."""
    query = select(articles.c.number, articles.c.id, articles.c.parent, articles.c.coded).where(
        articles.c.short == short, articles.c.current.is_(True)
    )
    found = connection.execute(query).first()
    if found is None:
        raise StoreError(f"there is no article {short!r}")
    coded = unpack(bytes(found.coded))
    plain = coded.to_dict()
    ids = [f"{short}:{event.id}" for event in coded.events]
    own = select(corrections.c.event).where(corrections.c.event.startswith(f"{short}:p", autoescape=True)).distinct()
    added = sorted(connection.scalars(own))
    told = _corrections.by_event(connection, [*ids, *added])
    said = {event: [correction(one) for one in words] for event, words in told.items()}
    for event, shown in zip(coded.events, plain["events"], strict=True):
        shown["event"] = f"{short}:{event.id}"
        shown["why"] = [{"field": name, "value": value, "because": because} for name, value, because in fields(coded, event)]  # fmt: skip
        shown["corrections"] = said.get(shown["event"], [])
    story = select(stories.c.story).where(stories.c.article == found.number)
    others = 0
    if (name := connection.scalar(story)) is not None:
        others = (connection.scalar(select(func.count()).where(stories.c.story == name)) or 1) - 1
    events_of = select(func.count()).where(events.c.article == articles.c.number).scalar_subquery().label("events")
    near = select(articles.c.short, articles.c.headline, articles.c.published, events_of).where(articles.c.current.is_(True))  # fmt: skip
    cards = [] if found.parent else [dict(row) for row in connection.execute(near.where(articles.c.parent == found.id).order_by(articles.c.number)).mappings()]  # fmt: skip
    page = connection.execute(near.where(articles.c.id == found.parent, articles.c.parent.is_(None)).limit(1)).mappings().first() if found.parent else None  # fmt: skip
    return {"short": short, "cards": cards, "page": dict(page) if page else None, **plain, "added": [{"event": one, "corrections": said[one]} for one in added if said[one][0]["action"] == "add"], "told_elsewhere": others}  # fmt: skip


def correction(one: _corrections.Correction) -> Row:
    """A correction as the API shows it."""
    return {name: getattr(one, name) for name in one.__struct_fields__}


def dyad(connection: Connection, a: str, b: str) -> Row:
    """Both directions of a pair by month, type and quad; the latest statements behind it; its stories."""
    sums: dict[tuple[str, str, str, str], list[float]] = {}
    for row in connection.execute(series(a, b, both=True)).mappings():
        one = sums.setdefault((row["month"], row["source"], row["target"], row["type"]), [0, 0.0])
        one[0] += row["events"]
        one[1] += row["score"]
    counted = [{"month": month, "source": source, "target": target, "type": kind, "quad": QUAD[kind], "n": int(n), "score": score} for (month, source, target, kind), (n, score) in sums.items()]  # fmt: skip
    numbers = _latest(connection, a, b) if counted else []
    return {"a": a, "b": b, "series": counted, "statements": _said(connection, numbers), "stories": _stories(connection, [one[0] for one in numbers])}  # fmt: skip


def _latest(connection: Connection, a: str, b: str) -> list[tuple[int, str]]:
    """(article number, event id) of the newest events between two, in both directions."""
    return [key for source, target in sorted({(a, b), (b, a)}) for key in newest(connection, Filters(source=source, target=target), LATEST)]  # fmt: skip


def _said(connection: Connection, keys: list[tuple[int, str]]) -> list[Row]:
    """Who said what in the newest of these events that name a speaker; each statement once."""
    if not keys:
        return []
    query = select(events.c.article, events.c.id, events.c.date_start, articles.c.short, articles.c.outlet)
    query = query.join_from(events, articles, events.c.article == articles.c.number)
    query = query.where(events.c.id.in_([name for _, name in keys]), events.c.reported_by.is_not(None), articles.c.current.is_(True))  # fmt: skip
    named = connection.execute(query.order_by(events.c.date_start.desc(), events.c.id).limit(3 * SAID)).mappings().all()
    coded: dict[int, CodedArticle] = {}
    shown: dict[tuple[int, str], Row] = {}
    for row in named:
        number = row["article"]
        if number not in coded:
            coded[number] = unpack(bytes(connection.scalar(select(articles.c.coded).where(articles.c.number == number)) or b""))  # fmt: skip
        one = coded[number]
        event = next((event for event in one.events if row["id"].endswith(f":{event.id}")), None)
        said = next((said for said in one.statements if event is not None and said.id == event.attribution), None)
        if said is not None and (number, said.id) not in shown:
            words = " … ".join(one.article.text[start:end] for start, end in said.content)
            shown[number, said.id] = {"short": row["short"], "event": row["id"], "day": row["date_start"], "outlet": row["outlet"], "speaker": said.speaker_text, "stance": said.stance, "direct": said.direct, "words": words[:400]}  # fmt: skip
    return list(shown.values())[:SAID]


def _stories(connection: Connection, numbers: list[int]) -> list[Row]:
    """The stories of these articles that have several, the latest first."""
    if not numbers:
        return []
    of = select(stories.c.story).where(stories.c.article.in_(sorted(set(numbers))))
    query = (
        select(stories.c.story, func.count().label("articles"), func.count(stories.c.copies.distinct()).label("texts"), func.max(articles.c.published_to).label("last"), func.min(articles.c.short).label("short"))
        .join(articles, articles.c.number == stories.c.article).where(stories.c.story.in_(of))
        .group_by(stories.c.story).having(func.count() > 1).order_by(func.max(articles.c.published_to).desc(), stories.c.story).limit(10)
    )  # fmt: skip
    found = [dict(row) for row in connection.execute(query).mappings()]
    for row in found:
        row["headline"] = connection.scalar(select(articles.c.headline).where(articles.c.short == row["short"], articles.c.current.is_(True)))  # fmt: skip
    return found


_CALM = ", ".join(f"'{kind}'" for kind, quad in sorted(QUAD.items()) if quad <= 2)


def world(connection: Connection, since: str | None, until: str | None) -> Row:
    """Pairs, countries and movers of a period; a mover is held to its own mean over the year before."""
    months = [(str(month), int(n)) for month, n in connection.execute(text("SELECT month, sum(events) FROM dyads WHERE events > 0 AND source <> target GROUP BY month ORDER BY month"))]  # fmt: skip
    if not months:
        return {"since": since, "until": until, "first": None, "last": None, "pairs": [], "movers": [], "places": []}
    last = f"{until}-12"[:7] if until else _latest_year(months)
    first = f"{since}-01"[:7] if since else _months_before(last, 11)
    pairs = [dict(row) for row in connection.execute(text(
        "SELECT source, target, sum(events) n, sum(score) / sum(events) score, "
        f"sum(CASE WHEN type IN ({_CALM}) THEN events ELSE 0 END) cooperation FROM dyads "
        "WHERE month BETWEEN :a AND :b AND events > 0 AND source <> target "
        "GROUP BY source, target ORDER BY sum(events) DESC, source, target LIMIT 600"
    ), {"a": first, "b": last}).mappings()]  # fmt: skip
    before = _months_before(last, 12)
    movers = [dict(row) for row in connection.execute(text(
        "SELECT source, target, sum(CASE WHEN month = :last THEN events ELSE 0 END) now, "
        "sum(CASE WHEN month < :last THEN events ELSE 0 END) / 12.0 usual FROM dyads "
        "WHERE month BETWEEN :before AND :last AND events > 0 AND source <> target "
        "GROUP BY source, target HAVING sum(events) >= 3"
    ), {"last": last, "before": before}).mappings()]  # fmt: skip
    for one in movers:
        one["change"] = (one["now"] - one["usual"]) / (one["usual"] + 1) ** 0.5
    movers.sort(key=lambda one: (-abs(one["change"]), one["source"], one["target"]))
    return {"since": first, "until": last, "first": months[0][0], "last": months[-1][0], "pairs": pairs, "movers": movers[:12], "places": _places(connection)}  # fmt: skip


def _latest_year(months: list[tuple[str, int]]) -> str:
    """The last month, up to now, that has a fair share of its year's events, as that year has of all: a plan for 2050 is no news."""
    counts = dict(months)
    fair = FAIR * sum(counts.values())
    now = f"{datetime.now(UTC):%Y-%m}"
    for last in sorted((month for month in counts if month <= now), reverse=True):
        year = sum(n for month, n in months if _months_before(last, 11) <= month <= last)
        if year >= fair and counts[last] >= FAIR * year:
            return last
    return months[-1][0]


def _places(connection: Connection) -> list[Row]:
    """Where the newest events took place: towns and sites with how many of them, most first."""
    last = select(events.c.place_name, events.c.place_country, events.c.place_lat, events.c.place_lon, events.c.place_precision)  # fmt: skip
    last = last.join(articles, articles.c.number == events.c.article).where(articles.c.current.is_(True), events.c.article > (connection.scalar(select(func.max(articles.c.number))) or 0) - NEWEST)  # fmt: skip
    few = last.subquery()
    point = (few.c.place_name, few.c.place_country, few.c.place_lat, few.c.place_lon)
    query = select(*point, func.count().label("n")).where(few.c.place_precision.in_(("site", "city")), few.c.place_lat.is_not(None))  # fmt: skip
    return [dict(row) for row in connection.execute(query.group_by(*point).order_by(func.count().desc(), few.c.place_name).limit(60)).mappings()]  # fmt: skip


def _months_before(month: str, back: int) -> str:
    index = max(int(month[:4]) * 12 + int(month[5:7]) - 1 - back, 12)
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def event_fields(coded: CodedArticle, event: Event) -> Row:
    """What a report of a happening shows of its event."""
    said = next((one for one in coded.statements if one.id == event.attribution), None)
    start, end = event.spans.sentence
    return {
        "id": event.id, "type": event.type, "quad": event.quad, "status": event.status, "polarity": event.polarity,
        "sources": [party.text for party in event.sources], "targets": [party.text for party in event.targets],
        "date": event.date.start if event.date else None, "place": event.place.name if event.place else None,
        "says": said.speaker_text if said else None, "stance": said.stance if said else None,
        "sentence": coded.article.text[start:end], "confidence": event.confidence,
    }  # fmt: skip
