"""What stands between the network and the desk: who may ask, how much, and what a browser may do with the answer."""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quidnunc.web._problems import problem

MAX_BODY = 12_000_000
"""Bytes of a request: a page of 10 MB and its wrapping."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
COOKIE = "quidnunc_token"

# The hash is that of the one style element that Observable Plot puts into a chart (class "plot").
PLOT_STYLE = " 'sha256-+TfQir1nvDucAdvE6XUQBt4ayUjpAWkbw2kCdSfekHM='"
POLICY = (
    f"default-src 'self'; script-src 'self'; style-src 'self'{PLOT_STYLE}; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class _BodyTooLarge(Exception):
    """The body went over the limit while it was read."""


class Guard:
    """ASGI middleware: Host and Origin, token, size of the body, headers of the answer.

    Without a token only requests to a loopback name are answered, so that a page of a stranger's whose name is made to
    point here (DNS rebinding) reads nothing. Requests that change something must come from the desk itself or from no
    browser at all.
    """

    def __init__(self, app: ASGIApp, *, token: str | None = None) -> None:
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, sending)
            return
        read = 0

        async def receiving() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MAX_BODY:
                raise _BodyTooLarge
            return message

        try:
            await self.app(scope, receiving, sending)
        except _BodyTooLarge:
            if not started:
                await problem(413, f"the request has over {MAX_BODY:,} bytes")(scope, receive, sending)

    def _refused(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        host = headers.get("host", "")
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return problem(400, "the Host header cannot be read")
        if self.token is None and name not in LOOPBACK:
            return problem(403, f"the desk answers to 127.0.0.1 and localhost, not to {name[:80]!r}")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            return problem(413, f"the request has over {MAX_BODY:,} bytes")
        if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc != host:
                return problem(403, "changes are taken from the desk's own pages only")
        if self.token is None:
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if given and self._right(given):
            answer = RedirectResponse(scope["path"], 303)
            answer.set_cookie(COOKIE, given, httponly=True, samesite="strict")
            return answer
        bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if self._right(bearer) or self._right(_cookie(headers)):
            return None
        return problem(401, "send 'Authorization: Bearer TOKEN', or open the address that quidnunc serve printed")

    def _right(self, given: str) -> bool:
        return bool(self.token) and hmac.compare_digest(given.encode(), str(self.token).encode())


def _cookie(headers: Headers) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
