"""The addresses of the API."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi import Path as InPath
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, func, select, text
from starlette.background import BackgroundTask

from quidnunc._version import __version__
from quidnunc.errors import StoreError
from quidnunc.store._corrections import fitting
from quidnunc.store._schema import articles, corrections, events, runs
from quidnunc.store._search import LONGEST, find
from quidnunc.web import _downloads, _reading, _search, _telling
from quidnunc.web._database import Database
from quidnunc.web._inbox import Given, Inbox
from quidnunc.web._problems import RESPONSES

router = APIRouter(prefix="/api", responses=RESPONSES)

Short = Annotated[str, InPath(pattern=r"^[0-9A-Za-z_-]{1,80}$")]
EventId = Annotated[str, InPath(pattern=r"^[0-9A-Za-z_-]{1,80}:[0-9A-Za-z_-]{1,20}$")]
Country = Annotated[str, InPath(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3, or IGO, UNO, EUR")]
Month = Annotated[str | None, Query(pattern=_search.DAY)]


Author = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S", description="who says so")]
Value = str | float | list[str | None] | None


class Correction(BaseModel):
    """What a person says of an event; ``changes`` (columns of events to new values) only with "change"."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["accept", "reject", "change"]
    author: Author
    changes: Annotated[dict[str, Value], Field(max_length=20)] = {}
    note: Annotated[str | None, Field(max_length=2000)] = None


class Addition(BaseModel):
    """An event that the coder missed: columns of events, at least ``type`` and ``source_names``."""

    model_config = ConfigDict(extra="forbid")

    author: Author
    values: Annotated[dict[str, Value], Field(max_length=40)]
    note: Annotated[str | None, Field(max_length=2000)] = None


class EventPage(BaseModel):
    """A piece of a list."""

    total: int
    more: bool = Field(description="total stops counting at 10,000: there are that many or more")
    limit: int
    offset: int
    items: list[dict[str, Any]]


class Paged(_search.Filters):
    """Filters and which piece."""

    limit: Annotated[int, Query(ge=1, le=500)] = 50
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0


class Taken(_search.Filters):
    """Filters and whose word counts."""

    view: _downloads.View = "coded"


def _database(request: Request) -> Database:
    found: Database = request.app.state.database
    return found


def _tagged(request: Request, body: Any) -> Response:
    """The body as JSON with an ETag; 304 where the asker has it already."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "replace")
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)


@router.get("/about", response_model=dict[str, Any])
def about(request: Request) -> Response:
    """What is in the database, its last run, and which version answers."""
    with _database(request).read() as connection:
        last = connection.execute(select(runs).order_by(runs.c.number.desc()).limit(1)).mappings().first()
        newest = connection.execute(text("SELECT max(number) FROM articles")).scalar() or 0
        first, end, counted = connection.execute(text("SELECT min(month), max(month), sum(events) FROM dyads WHERE events > 0")).one()  # fmt: skip
        outlets = list(connection.scalars(text("SELECT outlet FROM articles WHERE number > :n AND outlet IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 40"), {"n": newest - 2000}))  # fmt: skip
        recent = connection.execute(_recent()).mappings()
        body = {"quidnunc": __version__, "database": _database(request).name.rsplit("/", 1)[-1], "articles": newest, "dyad_events": counted or 0, "first": first, "last": end, "last_run": dict(last) if last else None, "outlets": outlets, "recent": [dict(row) for row in recent]}  # fmt: skip
    return _tagged(request, body)


def _recent() -> Select[Any]:
    """The articles that came last, each with how many events it has."""
    own = select(func.count()).where(events.c.article == articles.c.number).scalar_subquery().label("events")
    columns = (articles.c.short, articles.c.headline, articles.c.outlet, articles.c.agency, articles.c.published, own)
    query = select(*columns).where(articles.c.current.is_(True), articles.c.parent.is_(None))
    return query.order_by(articles.c.number.desc()).limit(12)


@router.get("/events", response_model=EventPage)
def list_events(request: Request, filters: Annotated[Paged, Query()]) -> Response:
    """Events that pass all filters, newest first. ``limit`` and ``offset`` page; past offset 10,000 take the download."""
    database, limit, offset = _database(request), filters.limit, filters.offset
    plain = _plain(filters)
    with database.read() as connection:
        items, total = _search.page(connection, plain, limit, offset)
    return _tagged(request, {"total": total, "more": total >= _search.COUNTED, "limit": limit, "offset": offset, "items": items})  # fmt: skip


def _plain(filters: _search.Filters) -> _search.Filters:
    return _search.Filters(**filters.model_dump(exclude={"limit", "offset", "view"}))


@router.get(
    "/events/download/{kind}",
    response_class=Response,
    responses={200: {"content": {kind.split(";")[0]: {} for kind in _downloads.TYPES.values()}}},
)
def download(request: Request, kind: _downloads.Kind, filters: Annotated[Taken, Query()]) -> Response:
    """All events that pass as coded, by date, as a file: csv, jsonl, parquet, or txt (one citation a line).

    ``view=corrected``: with people's changes, without what they rejected.
    """
    plain = _plain(filters)
    headers = {"Content-Disposition": f'attachment; filename="events.{kind}"'}
    if kind == "parquet":
        path = _downloads.parquet(_database(request), plain, filters.view)
        return FileResponse(path, media_type=_downloads.TYPES[kind], headers=headers, background=BackgroundTask(path.unlink))  # fmt: skip
    body = _downloads.lines(_database(request), plain, kind, filters.view)
    return StreamingResponse(body, media_type=_downloads.TYPES[kind], headers=headers)


@router.get("/articles/{short}", response_model=dict[str, Any])
def article(request: Request, short: Short) -> Response:
    """An article with its blocks, actors, statements, events, the reason for each field, and corrections."""
    with _database(request).read() as connection:
        return _tagged(request, _reading.article(connection, short))


@router.get("/articles", response_model=list[dict[str, Any]])
def find_articles(request: Request, q: Annotated[str, Query(max_length=LONGEST, min_length=1)], limit: Annotated[int, Query(ge=1, le=100)] = 20) -> Response:  # fmt: skip
    """Articles that hold all words ("in quotes": as a phrase), the best first, each with a piece of its text."""
    with _database(request).read() as connection:
        return _tagged(request, find(connection, q, limit))


@router.post("/events/{event}/corrections", status_code=201, response_model=list[dict[str, Any]])
def correct(request: Request, event: EventId, said: Correction) -> list[dict[str, Any]]:
    """Accept, reject or change an event. Nothing is overwritten: the latest word counts, all are kept.

    Of several changes all are written, or none.
    """
    if (said.action == "change") != bool(said.changes):
        raise HTTPException(422, "a change names what changes; accept and reject change nothing")
    database = _database(request)
    with database.read() as connection:
        if connection.scalar(select(corrections.c.number).where(corrections.c.event == event).union(select(events.c.article).where(events.c.id == event)).limit(1)) is None:  # fmt: skip
            raise StoreError(f"there is no event {event!r}")
    for name, value in said.changes.items():
        fitting(name, value)
    each = said.changes.items() or [(None, None)]
    written = [database.store.correct(event, said.action, author=said.author, field=field, value=value, note=said.note) for field, value in each]  # fmt: skip
    return [_reading.correction(one) for one in written]


@router.post("/articles/{short}/events", status_code=201, response_model=dict[str, Any])
def add_event(request: Request, short: Short, given: Addition) -> dict[str, Any]:
    """Write down an event that the coder missed."""
    return _reading.correction(_database(request).store.correct(short, "add", author=given.author, value=given.values, note=given.note))  # fmt: skip


@router.get("/dyads/{a}/{b}", response_model=dict[str, Any])
def dyad(request: Request, a: Country, b: Country) -> Response:
    """Events between two countries in both directions, by month and type: counts and sums of the PLOVER score."""
    with _database(request).read() as connection:
        return _tagged(request, _reading.dyad(connection, a, b))


@router.get("/world", response_model=dict[str, Any])
def world(request: Request, since: Month = None, until: Month = None) -> Response:
    """Who acts on whom in a period (the last twelve months by default), and who differs most from their own past year."""
    with _database(request).read() as connection:
        return _tagged(request, _reading.world(connection, since, until))


@router.get("/stories", response_model=dict[str, Any])
def recent_stories(request: Request, limit: Annotated[int, Query(ge=1, le=100)] = 30) -> Response:
    """Stories of several articles, the latest first, and how many articles were not placed yet."""
    with _database(request).read() as connection:
        return _tagged(request, _telling.recent(connection, limit))


@router.get("/stories/{short}", response_model=dict[str, Any])
def story(request: Request, short: Short) -> Response:
    """The story of an article: its reports side by side, and its happenings as each report tells them."""
    with _database(request).read() as connection:
        return _tagged(request, _telling.story(connection, short))


@router.post("/inbox", status_code=202, response_model=dict[str, Any])
def hand_in(request: Request, given: Given) -> dict[str, Any]:
    """Hand in a page by its address or its content; answers at once with a job to ask after."""
    inbox: Inbox = request.app.state.inbox
    job = inbox.add(given)
    if job is None:
        raise HTTPException(429, "too many pages are waiting: try again when some are coded")
    return job


@router.get("/inbox", response_model=list[dict[str, Any]])
def jobs(request: Request) -> Any:
    """The latest jobs, newest first."""
    return request.app.state.inbox.jobs()


@router.get("/inbox/{job}", response_model=dict[str, Any])
def job(request: Request, job: Annotated[str, InPath(pattern=r"^[0-9a-f]{16}$")]) -> Any:
    """One job: waiting, fetching, coding, storing, done or failed, with the article or the reason."""
    found = request.app.state.inbox.job(job)
    if found is None:
        raise HTTPException(404, f"there is no job {job!r}")
    return found
