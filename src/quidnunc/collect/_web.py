"""One request to a stranger: the address connected to is looked at, and what comes back has limits of size and time."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from types import TracebackType
from typing import Self

import httpx
import msgspec

from quidnunc._version import __version__
from quidnunc.errors import FetchError, TooLarge

MAX_BYTES = 10_000_000
"""Of a page, unpacked."""

TIMEOUT = 10.0
"""Seconds without an answer."""

DEADLINE = 30.0
"""Seconds for the whole page: one byte a second is no answer."""

AGENT = f"quidnunc/{__version__} (reads news pages; one at a time)"

Network = IPv4Network | IPv6Network

EVERYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))
"""Networks that may be connected to where private addresses are allowed altogether."""

_HEADERS = {
    "User-Agent": AGENT,
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",  # the one packing that can be unpacked with a limit
    "Accept-Language": "en",
}
_KEPT = ("etag", "last-modified", "retry-after", "location")
_NAT64 = ip_network("64:ff9b::/96")
_PACKED = ("gzip", "x-gzip", "deflate")
_FAILURES = (httpx.HTTPError, httpx.StreamError, zlib.error, UnicodeError)


class NeverFetched(FetchError):
    """An address that is refused whenever it is asked for: trying again is of no use."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said to one request."""

    url: str
    status: int
    reason: str = ""
    content: bytes = b""
    """Of an answer 200 only."""
    headers: dict[str, str] = {}
    """Those of etag, last-modified, retry-after and location that were sent, names in lower case."""

    @property
    def onward(self) -> str | None:
        """Where a redirect sends us."""
        location = self.headers.get("location")
        if location is None or self.status not in (301, 302, 303, 307, 308):
            return None
        try:
            return str(httpx.URL(self.url).join(location))
        except httpx.InvalidURL as error:
            raise FetchError(f"it redirects to what is no URL: {error}") from error


class Web:
    """A client of the web: connections are kept and shared by threads, nothing is followed, nothing is sent again.

    ``allowed``: networks of private addresses that may be connected to all the same.
    """

    def __init__(self, allowed: Iterable[Network] = (), *, agent: str = AGENT, timeout: float = TIMEOUT) -> None:
        self._allowed = tuple(allowed)
        self._client = httpx.Client(
            headers={**_HEADERS, "User-Agent": agent}, timeout=timeout, follow_redirects=False, trust_env=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = MAX_BYTES,
        deadline: float | None = None,
    ) -> Answer:
        """One GET. ``deadline`` is a time of ``time.monotonic``. Raises FetchError, or TooLarge."""
        return self._ask("GET", url, dict(headers or {}), None, max_bytes, deadline)

    def post(self, url: str, content: bytes, *, headers: Mapping[str, str]) -> Answer:
        """One POST; the answer's content is not read."""
        return self._ask("POST", url, dict(headers), content, 0, None)

    def _ask(
        self, method: str, url: str, headers: dict[str, str], sent: bytes | None, limit: int, deadline: float | None
    ) -> Answer:
        check_url(url)
        until = time.monotonic() + DEADLINE if deadline is None else deadline
        extensions = {"trace": self._watch}
        try:
            with self._client.stream(method, url, headers=headers, content=sent, extensions=extensions) as response:
                kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
                content = b""
                if response.status_code == httpx.codes.OK and limit:
                    packing = response.headers.get("Content-Encoding", "").strip().lower()
                    content = _collect(_unpacked(_within(response.iter_raw(), until), packing, limit), limit)
                return Answer(
                    url=url,
                    status=response.status_code,
                    reason=response.reason_phrase,
                    content=content,
                    headers=kept,
                )
        except httpx.InvalidURL as error:
            raise NeverFetched(f"it redirects to what is no URL: {error}") from error
        except _FAILURES as error:
            raise FetchError(f"it did not answer: {str(error) or type(error).__name__}") from error

    def _watch(self, event: str, info: Mapping[str, object]) -> None:
        """Called by httpx when a connection stands and nothing has been sent: a name may lead anywhere by now."""
        if event == "connection.connect_tcp.complete":
            address = info["return_value"].get_extra_info("server_addr")  # type: ignore[attr-defined]
            check_address(str(address[0]), self._allowed)


def check_url(url: str) -> None:
    """Raises FetchError for a URL that is not to be fetched."""
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise NeverFetched(f"not a URL: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise NeverFetched(f"{parts.scheme or 'that'}: only http and https addresses are fetched")
    if parts.userinfo:
        raise NeverFetched("the address carries a user name or password: take it out")


def check_address(address: str, allowed: Iterable[Network] = ()) -> None:
    """Raises FetchError unless an IP address is one of the open internet, or of a network that is allowed."""
    ip: IPv4Address | IPv6Address = ip_address(address.split("%")[0])
    if isinstance(ip, IPv6Address):
        if ip in _NAT64:
            ip = IPv4Address(int(ip) & 0xFFFFFFFF)
        else:
            ip = ip.ipv4_mapped or ip.sixtofour or ip
    if (not ip.is_global or ip.is_multicast) and not any(ip in network for network in allowed):
        raise NeverFetched(f"{ip} is an address of this machine or of a private network: allow it with --allow-private")


def _within(chunks: Iterator[bytes], deadline: float) -> Iterator[bytes]:
    for chunk in chunks:
        if time.monotonic() > deadline:
            raise FetchError(f"it was not all there after {DEADLINE:.0f} seconds")
        yield chunk


def _unpacked(chunks: Iterator[bytes], packing: str, limit: int) -> Iterator[bytes]:
    """The bytes as they were before the server packed them, never more than a little over the limit at a time."""
    if packing in ("", "identity"):
        yield from chunks
        return
    if packing not in _PACKED:
        raise FetchError(f"the server packed it as {packing!r}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=47)
    for chunk in chunks:
        yield unpacker.decompress(chunk, limit + 1)
    if not unpacker.eof and not unpacker.unconsumed_tail:
        raise FetchError("the answer was cut short")


def _collect(chunks: Iterator[bytes], limit: int) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > limit:
            raise TooLarge(f"the page has over {limit // 1_000_000} MB: save it and cut out the article")
    return bytes(content)
