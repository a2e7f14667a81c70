"""One URL, fetched with care: the address comes from a page or a user, what answers is a stranger."""

from __future__ import annotations

import time

import msgspec

from quidnunc.collect import _web
from quidnunc.collect._web import EVERYWHERE, MAX_BYTES, Web
from quidnunc.errors import FetchError

MAX_REDIRECTS = 5


class Fetched(msgspec.Struct, frozen=True):
    """A page from the web."""

    url: str
    """Where it was in the end, after redirects."""
    content: bytes


def fetch(url: str, *, allow_private: bool = False, max_bytes: int = MAX_BYTES) -> Fetched:
    """Get one page by http or https.

    At most 5 redirects, 10 MB and 30 seconds. Addresses of this machine or of a private network are refused on every hop,
    by the address really connected to, unless ``allow_private``. The content type is not trusted: what the bytes are is
    for the reader of pages to find out. Raises FetchError, or TooLarge.
    """
    deadline = time.monotonic() + _web.DEADLINE
    started = url
    with Web(EVERYWHERE if allow_private else (), timeout=_web.TIMEOUT) as web:
        for _ in range(MAX_REDIRECTS + 1):
            answer = web.get(url, max_bytes=max_bytes, deadline=deadline)
            onward = answer.onward
            if onward is None:
                if answer.status != 200:
                    raise FetchError(f"the server answered {answer.status} {answer.reason}".rstrip())
                return Fetched(url, answer.content)
            url = onward
    raise FetchError(
        f"over {MAX_REDIRECTS} redirects, the last to {url}" if url != started else "it redirects to itself"
    )
