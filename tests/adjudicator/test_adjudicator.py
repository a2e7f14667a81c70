"""The second opinion: from an endpoint that answers well, badly, slowly, and not at all."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from pytest_httpserver import HTTPServer
from synthetic import card, coded
from werkzeug import Request, Response

from quidnunc.adjudicator import Adjudicator, Endpoint, Verdict
from quidnunc.adjudicator._verdict import parse, rules, schema
from quidnunc.cli import main
from quidnunc.errors import FetchError
from quidnunc.records import EventType, Status

KEEP = {"verdict": "keep", "type": None, "status": None, "why": "the sentence says so"}


def answer(words: Any) -> dict[str, Any]:
    return {"choices": [{"message": {"role": "assistant", "content": words if isinstance(words, str) else json.dumps(words)}}]}  # fmt: skip


def ask(server: HTTPServer, cache: Path, words: Any = None, **options: Any) -> Adjudicator:
    if words is not None:
        server.expect_request("/v1/chat/completions", method="POST").respond_with_json(answer(words))
    return Adjudicator(Endpoint(server.url_for("/v1"), "judge-7", **options), cache=cache)


def test_only_what_is_doubted_is_asked_about(httpserver: HTTPServer, tmp_path: Path) -> None:
    judge = ask(httpserver, tmp_path, KEEP)
    after = judge.judge(coded())
    sure, doubted = after.events
    assert sure == coded().events[0]
    assert doubted.decided_by == "rule not yet + adjudicator judge-7"
    assert doubted.reasons["adjudicator"] == "kept: the sentence says so"
    assert replace(doubted, decided_by="", reasons={}) == replace(coded().events[1], decided_by="", reasons={})
    (request, _), *others = httpserver.log
    assert not others
    sent = json.loads(request.data)
    asked = json.loads(sent["messages"][1]["content"])
    assert asked["act"] == "has not yet accepted"
    assert asked["sentence"] == "Kenya has not yet accepted the boats."
    assert "agreement, offer, promise" in sent["messages"][0]["content"]
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert "Authorization" not in request.headers


def test_a_changed_type_takes_its_codes_along(httpserver: HTTPServer, tmp_path: Path) -> None:
    judge = ask(httpserver, tmp_path, {"verdict": "change", "type": "ASSAULT", "status": "occurred", "why": "a\x1b[31m blow\n"})  # fmt: skip
    event = judge.judge(coded()).events[1]
    assert (event.type, event.mode, event.quad, event.cameo[:2], event.status, event.polarity) == ("ASSAULT", None, 4, "18", "occurred", "positive")  # fmt: skip
    assert event.reasons["adjudicator"] == "REJECT to ASSAULT and not_yet to occurred: a [31m blow "
    assert event.confidence == coded().events[1].confidence


def test_a_rejected_event_is_gone_and_counted(httpserver: HTTPServer, tmp_path: Path) -> None:
    judge = ask(httpserver, tmp_path, {**KEEP, "verdict": "reject"})
    assert [event.id for event in judge.judge(coded()).events] == ["e1"]
    assert "1 doubtful events = 0 kept + 0 changed + 1 rejected" in judge.line()


def test_cards_are_judged_too(httpserver: HTTPServer, tmp_path: Path) -> None:
    doubted = replace(card(), events=(replace(card().events[0], confidence=0.41),))
    judge = ask(httpserver, tmp_path, {**KEEP, "verdict": "reject"})
    assert judge.judge(coded(related=(doubted,))).related[0].events == ()


def test_the_same_question_is_asked_once(httpserver: HTTPServer, tmp_path: Path) -> None:
    first = ask(httpserver, tmp_path / "cache", KEEP).judge(coded())
    httpserver.clear()
    again = ask(httpserver, tmp_path / "cache")
    assert again.judge(coded()) == first
    assert (again.counts["cached"], again.counts["asked"]) == (1, 0)
    other = Adjudicator(Endpoint(httpserver.url_for("/v1"), "another model"), cache=tmp_path / "cache")
    other.judge(coded())
    assert other.counts["asked"] == 1
    (tmp_path / "cache").joinpath(next(iter((tmp_path / "cache").iterdir())).name).write_text("torn", encoding="utf-8")
    torn = ask(httpserver, tmp_path / "cache", KEEP)
    torn.judge(coded())
    assert torn.counts["asked"] == 1


BAD = [
    "I think that it is right.",
    "",
    "[" * 50_000,
    {"verdict": "keep"},
    {**KEEP, "verdict": "yes"},
    {**KEEP, "type": "WAR"},
    {**KEEP, "more": 1},
    {**KEEP, "why": "x" * 301},
    {**KEEP, "verdict": "change"},
    {**KEEP, "status": ["occurred"]},
]


@pytest.mark.parametrize("words", BAD)
def test_an_answer_that_does_not_fit_changes_nothing(httpserver: HTTPServer, tmp_path: Path, words: Any) -> None:
    judge = ask(httpserver, tmp_path, words)
    assert judge.judge(coded()) == coded()
    assert judge.counts["failed"] == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "response",
    [
        Response("busy", 503),
        Response("", 302, {"Location": "http://169.254.169.254/latest/meta-data"}),
        Response("<html>", 200),
        Response("[]", 200),
        Response(json.dumps({"choices": []}), 200),
        Response(json.dumps({"choices": [{"message": {"content": None}}]}), 200),
        Response("x" * 300_000, 200),
    ],
)
def test_an_endpoint_that_misbehaves_changes_nothing(httpserver: HTTPServer, tmp_path: Path, response: Response) -> None:  # fmt: skip
    httpserver.expect_request("/v1/chat/completions").respond_with_response(response)
    judge = ask(httpserver, tmp_path)
    assert judge.judge(coded()) == coded()
    assert judge.trouble
    assert len(httpserver.log) == 1  # no redirect was followed


def test_a_slow_answer_is_not_waited_for(httpserver: HTTPServer, tmp_path: Path) -> None:
    def sleep(_: Request) -> Response:
        time.sleep(1.2)
        return Response(json.dumps(answer(KEEP)))

    httpserver.expect_request("/v1/chat/completions").respond_with_handler(sleep)
    judge = ask(httpserver, tmp_path, seconds=0.3)
    began = time.monotonic()
    assert judge.judge(coded()) == coded()
    assert time.monotonic() - began < 1.1
    assert "no answer within 0.3 seconds" in str(judge.trouble)


@pytest.fixture
def dripping() -> Iterator[str]:
    """A server that sends a byte of its header every tenth of a second."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000:
                if over.wait(0.1):
                    return
                try:
                    connection.sendall(bytes([byte]))
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    over.set()
    listener.close()
    thread.join(2)


def test_a_header_byte_by_byte_is_not_waited_for(dripping: str, tmp_path: Path) -> None:
    judge = Adjudicator(Endpoint(dripping, seconds=0.4), cache=tmp_path)
    began = time.monotonic()
    assert judge.judge(coded()) == coded()
    assert time.monotonic() - began < 1.5
    assert judge.counts["failed"] == 1


def test_after_three_failures_nobody_is_asked_any_more(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    judge = Adjudicator(Endpoint(f"http://127.0.0.1:{port}/v1", seconds=2), cache=tmp_path)
    for _ in range(5):
        assert judge.judge(coded()) == coded()
    assert (judge.counts["asked"], judge.counts["failed"], judge.counts["not asked"]) == (3, 3, 2)
    assert "3 failed + 2 not asked" in judge.line()


def test_the_key_is_sent_and_never_shown(httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("QUIDNUNC_ADJUDICATOR_KEY", "sk-hush")
    judge = ask(httpserver, tmp_path, KEEP)
    after = judge.judge(coded())
    assert httpserver.log[0][0].headers["Authorization"] == "Bearer sk-hush"
    kept = "".join(path.read_text(encoding="utf-8") + path.name for path in tmp_path.iterdir())
    assert "sk-hush" not in kept + judge.line() + json.dumps(after.to_dict())


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "localhost:8080", "ftp://x/v1", "http://user:pw@x/v1", "http://"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(FetchError, match="adjudicator"):
        Endpoint(url)


def test_the_schema_and_the_parser_say_the_same() -> None:
    for words in (KEEP, {"verdict": "change", "type": "AID", "status": None, "why": ""}):
        jsonschema.validate(words, schema())
        assert isinstance(parse(json.dumps(words)), Verdict)
    for words in BAD[3:8]:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(words, schema())
        with pytest.raises(msgspec.ValidationError):
            parse(json.dumps(words))


def test_every_type_and_status_is_explained_to_the_model() -> None:
    for name in (*EventType.__args__, *Status.__args__):  # type: ignore[attr-defined]
        assert f"\n{name}: " in rules()


def test_the_command_line(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/v1/chat/completions").respond_with_json(answer({**KEEP, "verdict": "reject"}))
    page = tmp_path / "page.txt"
    page.write_text("Peru asks Chile for talks\n\nPeru asked Chile on Monday to hold talks about the port of Arica, officials said in Lima.\n", encoding="utf-8")  # fmt: skip
    arguments = ["code", str(page), "--no-db", "--json", "--published", "2015-03-04"]
    second = ["--adjudicator", httpserver.url_for("/v1"), "--adjudicate-below", "1", "--adjudicator-cache", str(tmp_path / "c")]  # fmt: skip
    alone, judged = CliRunner().invoke(main, arguments), CliRunner().invoke(main, [*arguments, *second])
    assert alone.exit_code == judged.exit_code == 0, judged.output
    assert json.loads(alone.stdout)["events"]
    assert not json.loads(judged.stdout)["events"]
    assert "rejected" in judged.stderr
    wrong = CliRunner().invoke(main, [*arguments, "--adjudicator", "file:///etc/passwd"])
    assert wrong.exit_code == 1
    assert "write an http or https address" in wrong.output
