"""Pages handed in: coded, or refused in plain words; no private address is reached."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pytest_httpserver import HTTPServer

TEXT = "Romania accuses Hungary\n\nBUCHAREST, 3 June 2024 - Romania accused Hungary of spying on its army on Monday, the foreign ministry said."


def ended(client: TestClient, given: dict[str, Any]) -> dict[str, Any]:
    job = client.post("/api/inbox", json=given).json()
    for _ in range(300):
        found: dict[str, Any] = client.get(f"/api/inbox/{job['id']}").json()
        if found["state"] in ("done", "failed"):
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def test_a_pasted_text_is_coded(client: TestClient) -> None:
    found = ended(client, {"content": TEXT, "published": "2024-06-03"})
    assert found["state"] == "done"
    assert client.get(f"/api/articles/{found['article']}").status_code == 200


def test_what_is_no_article_is_refused_in_words(client: TestClient) -> None:
    found = ended(client, {"content": "\x00\x01\x02" * 50})
    assert found["state"] == "failed"
    assert len(found["message"]) > 10


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "http://[::1]:1/", "gopher://x/", "http://user:pw@example.org/"])  # fmt: skip
def test_private_addresses_are_not_reached(client: TestClient, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = ended(client, {"url": url})
    assert found["state"] == "failed"


def test_a_server_on_this_machine_is_not_asked(client: TestClient, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/secret").respond_with_data("secret")
    found = ended(client, {"url": httpserver.url_for("/secret")})
    assert found["state"] == "failed"
    assert "private network" in found["message"]
    assert not httpserver.log


def test_a_name_that_turns_to_this_machine_is_not_asked(
    client: TestClient, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the address connected to decides, not the one that was looked up before."""
    real = socket.getaddrinfo

    def rebound(host: Any, *rest: Any, **more: Any) -> Any:
        return real("127.0.0.1" if host in ("news.example", b"news.example") else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    found = ended(client, {"url": f"http://news.example:{httpserver.port}/story"})
    assert found["state"] == "failed"
    assert "private network" in found["message"]
    assert not httpserver.log


def test_a_redirect_into_this_machine_is_not_followed(
    client: TestClient, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first address is let through as if it were public; where it leads is not."""
    from quidnunc.collect import _web

    check = _web.check_address
    asked: list[object] = []

    def first_free(*given: object, **more: object) -> object:
        asked.append(given)
        return None if len(asked) == 1 else check(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(_web, "check_address", first_free)
    httpserver.expect_request("/story").respond_with_data(
        "", status=302, headers={"Location": f"http://127.0.0.1:{httpserver.port}/secret"}
    )
    httpserver.expect_request("/secret").respond_with_data("secret")
    found = ended(client, {"url": httpserver.url_for("/story")})
    assert found["state"] == "failed"
    assert "private network" in found["message"]
    assert [request.path for request, _ in httpserver.log] == ["/story"]
