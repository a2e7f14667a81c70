"""One URL: what is refused, what is cut off, and what comes back."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from quidnunc.collect import _web, fetch
from quidnunc.errors import FetchError, TooLarge

PAGE = b"<html><p>Norway offers Kenya boats"


def test_a_page_and_where_it_was_in_the_end(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_data("", 301, {"Location": "/new"})
    httpserver.expect_request("/new").respond_with_data(PAGE, content_type="image/png")
    fetched = fetch(httpserver.url_for("/old"), allow_private=True)
    assert (fetched.url, fetched.content) == (httpserver.url_for("/new"), PAGE)


def test_a_packed_page_is_unpacked(httpserver: HTTPServer) -> None:
    for packing, packed in (("gzip", gzip.compress(PAGE)), ("deflate", zlib.compress(PAGE))):
        httpserver.clear()
        httpserver.expect_request("/").respond_with_data(packed, headers={"Content-Encoding": packing})
        assert fetch(httpserver.url_for("/"), allow_private=True).content == PAGE


def test_addresses_of_this_machine_are_refused_before_anything_is_sent(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE)
    with pytest.raises(FetchError, match="private network"):
        fetch(httpserver.url_for("/"))
    assert httpserver.log == []


def test_a_public_name_that_leads_to_this_machine_is_refused(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts is the address connected to, not the one looked up beforehand."""
    look_up = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **kind: look_up("127.0.0.1", *rest, **kind))
    with pytest.raises(FetchError, match=r"127\.0\.0\.1"):
        fetch(f"http://news.example:{httpserver.port}/")
    assert httpserver.log == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "fe80::1%eth0",
     "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_private_addresses_in_every_spelling(address: str) -> None:
    with pytest.raises(FetchError):
        _web.check_address(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_public_addresses(address: str) -> None:
    _web.check_address(address)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x.example/", "http://", "http://user:secret@x.example/", "http://[::1", "javascript:1", "http://x.example:99999/"])  # fmt: skip
def test_addresses_that_are_not_for_fetching(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(url)
    assert "secret" not in str(caught.value)


def test_a_redirect_to_a_file_is_refused(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("", 302, {"Location": "file:///etc/passwd"})
    with pytest.raises(FetchError, match="only http and https"):
        fetch(httpserver.url_for("/"), allow_private=True)


def test_redirects_without_end(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("", 302, {"Location": "/"})
    with pytest.raises(FetchError, match="redirect"):
        fetch(httpserver.url_for("/"), allow_private=True)


def test_an_error_of_the_server_is_named(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("gone", 404)
    with pytest.raises(FetchError, match="the server answered 404 NOT FOUND"):
        fetch(httpserver.url_for("/"), allow_private=True)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(FetchError, match="did not answer"):
        fetch("http://127.0.0.1:1/", allow_private=True)


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(FetchError, match="did not answer"):
        fetch("http://does-not-exist.invalid/")


def test_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_web, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(FetchError, match="did not answer"):
        fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", allow_private=True)


def test_a_server_that_never_stops(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_web, "DEADLINE", -1.0)
    httpserver.expect_request("/").respond_with_data(PAGE)
    with pytest.raises(FetchError, match="not all there"):
        fetch(httpserver.url_for("/"), allow_private=True)


def test_a_page_over_the_limit_is_not_read_to_its_end(httpserver: HTTPServer) -> None:
    sent = 0

    def endless(_: Request) -> Response:
        def parts() -> Iterator[bytes]:
            nonlocal sent
            for _ in range(10_000):
                sent += 1
                yield b"x" * 10_000

        return Response(parts())

    httpserver.expect_request("/").respond_with_handler(endless)
    with pytest.raises(TooLarge, match="over 1 MB"):
        fetch(httpserver.url_for("/"), allow_private=True, max_bytes=1_000_000)
    assert sent < 10_000


def test_a_bomb_is_not_unpacked(httpserver: HTTPServer) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    httpserver.expect_request("/").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(TooLarge):
        fetch(httpserver.url_for("/"), allow_private=True, max_bytes=100_000)


@pytest.mark.parametrize(("packing", "body", "says"), [("br", b"x", "'br'"), ("gzip", b"no gzip", "did not answer"), ("gzip", gzip.compress(PAGE)[:-12], "cut short")])  # fmt: skip
def test_a_packing_that_cannot_be_unpacked(httpserver: HTTPServer, packing: str, body: bytes, says: str) -> None:
    httpserver.expect_request("/").respond_with_data(body, headers={"Content-Encoding": packing})
    with pytest.raises(FetchError, match=says):
        fetch(httpserver.url_for("/"), allow_private=True)
