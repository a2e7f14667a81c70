"""Errors as ``application/problem+json`` (RFC 9457): what, why, what to do."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from quidnunc.errors import QuidnuncError

TITLES = {
    400: "The request cannot be understood",
    401: "A token is needed",
    403: "Not from there",
    404: "Not there",
    405: "Not in that way",
    413: "Too large",
    415: "Not that kind of content",
    422: "A value does not fit",
    429: "Too many at once",
    503: "It took too long",
}


_MISSING = re.compile(r"there is no (?:event|article|job)\b")


class TooLong(QuidnuncError):
    """A query was stopped at the time limit."""


def problem(status: int, detail: str, **more: Any) -> JSONResponse:
    """The answer for something that went wrong."""
    body = {"type": "about:blank", "title": TITLES.get(status, "It failed"), "status": status, "detail": detail, **more}
    return JSONResponse(body, status, media_type="application/problem+json")


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": TITLES[status],
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in (400, 401, 403, 404, 413, 415, 422, 429, 503)
}

SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


def install(app: FastAPI) -> None:
    """Let every error of the application leave as a problem."""

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> JSONResponse:
        answer = problem(error.status_code, str(error.detail))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        errors = [{"in": ".".join(map(str, one["loc"])), "problem": one["msg"]} for one in error.errors()]
        detail = "; ".join(f"{one['in']}: {one['problem']}" for one in errors)
        return problem(422, detail, errors=errors)

    @app.exception_handler(TooLong)
    async def _late(_: Request, error: TooLong) -> JSONResponse:
        return problem(503, str(error))

    @app.exception_handler(QuidnuncError)
    async def _ours(_: Request, error: QuidnuncError) -> JSONResponse:
        return problem(404 if _MISSING.search(str(error)) else 400, str(error))
