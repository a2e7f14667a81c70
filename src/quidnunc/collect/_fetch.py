"""One URL, fetched with care: the address comes from a page or a user, what answers is a stranger."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx
import msgspec

from quidnunc._version import __version__
from quidnunc.errors import FetchError, TooLarge

MAX_BYTES = 10_000_000
"""Of a page, unpacked."""

MAX_REDIRECTS = 5

TIMEOUT = 10.0
"""Seconds without an answer."""

DEADLINE = 30.0
"""Seconds for the whole page: one byte a second is no answer."""

_HEADERS = {
    "User-Agent": f"quidnunc/{__version__} (reads news pages; one at a time)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",  # the one packing that can be unpacked with a limit
    "Accept-Language": "en",
}
_NAT64 = ip_network("64:ff9b::/96")
_PACKED = ("gzip", "x-gzip", "deflate")


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
    deadline = time.monotonic() + DEADLINE
    started = url
    with httpx.Client(headers=_HEADERS, timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
        for _ in range(MAX_REDIRECTS + 1):
            _check_url(url)
            try:
                content, onward = _hop(client, url, allow_private, max_bytes, deadline)
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, zlib.error, UnicodeError) as error:
                raise FetchError(f"it did not answer: {str(error) or type(error).__name__}") from error
            if onward is None:
                return Fetched(url, content)
            url = onward
    raise FetchError(
        f"over {MAX_REDIRECTS} redirects, the last to {url}" if url != started else "it redirects to itself"
    )


def _check_url(url: str) -> None:
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchError(f"not a URL: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise FetchError(f"{parts.scheme or 'that'}: only http and https addresses are fetched")
    if parts.userinfo:
        raise FetchError("the address carries a user name or password: take it out")


def _hop(
    client: httpx.Client, url: str, allow_private: bool, max_bytes: int, deadline: float
) -> tuple[bytes, str | None]:
    """One request: the content, or where it sends us."""

    def watch(event: str, info: dict[str, object]) -> None:
        if event == "connection.connect_tcp.complete" and not allow_private:
            stream = info["return_value"]
            address = stream.get_extra_info("server_addr")  # type: ignore[attr-defined]
            _check_address(str(address[0]))

    with client.stream("GET", url, extensions={"trace": watch}) as response:
        if response.has_redirect_location:
            return b"", str(response.url.join(response.headers["Location"]))
        if response.status_code != httpx.codes.OK:
            raise FetchError(f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
        packing = response.headers.get("Content-Encoding", "").strip().lower()
        chunks = _within(response.iter_raw(), deadline)
        return _collect(_unpacked(chunks, packing, max_bytes), max_bytes), None


def _check_address(address: str) -> None:
    """Raises FetchError unless an IP address is one of the open internet."""
    ip: IPv4Address | IPv6Address = ip_address(address.split("%")[0])
    if isinstance(ip, IPv6Address):
        if ip in _NAT64:
            ip = IPv4Address(int(ip) & 0xFFFFFFFF)
        else:
            ip = ip.ipv4_mapped or ip.sixtofour or ip
    if not ip.is_global or ip.is_multicast:
        raise FetchError(f"{ip} is an address of this machine or of a private network: allow it with --allow-private")


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
