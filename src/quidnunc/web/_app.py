"""The application: API, desk, and the process that serves both."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from quidnunc._version import __version__
from quidnunc.web import _problems
from quidnunc.web._database import Database
from quidnunc.web._guard import LOOPBACK, Guard
from quidnunc.web._inbox import Inbox
from quidnunc.web._routes import router
from quidnunc.web._telling import Finder

STATIC = Path(__file__).parent / "static"


def make_app(db: str, *, token: str | None = None) -> FastAPI:
    """The API and the desk over one database; with a token every request must carry it."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database(db)
        finder = Finder(database)
        app.state.database, app.state.finder = database, finder
        app.state.inbox = Inbox(db, finder.ask)
        yield
        app.state.inbox.close()
        finder.close()
        database.close()

    app = FastAPI(
        title="quidnunc", version=__version__, lifespan=lifespan, openapi_url="/api/openapi.json", docs_url=None, redoc_url=None,
        description="Political events, traceable to the exact words.",
    )  # fmt: skip
    _problems.install(app)
    app.include_router(router)

    @app.get("/", include_in_schema=False)
    def desk() -> FileResponse:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    app.mount("/assets", StaticFiles(directory=STATIC / "assets", check_dir=False), name="assets")
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    app.add_middleware(Guard, token=token)
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    if not app.openapi_schema:
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schema["components"]["schemas"]["Problem"] = _problems.SCHEMA
        app.openapi_schema = schema
    return app.openapi_schema


def serve(db: str, *, host: str = "127.0.0.1", port: int = 8765, token: str | None = None) -> None:
    """Serve until stopped. Beyond loopback a token is demanded: one is made where none is given."""
    import uvicorn

    if host not in LOOPBACK and token is None:
        token = secrets.token_urlsafe(24)
    shown = f"[{host}]" if ":" in host else host
    print(f"The desk is at http://{shown}:{port}/" + (f"?token={token}" if token else ""), flush=True)
    uvicorn.run(make_app(db, token=token), host=host, port=port, log_level="warning", server_header=False, timeout_keep_alive=10, limit_concurrency=100, h11_max_incomplete_event_size=64_000)  # fmt: skip
