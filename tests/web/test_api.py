"""What the API promises."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from synthetic import card, coded

from quidnunc.store import Store
from quidnunc.web import make_app, serve
from quidnunc.web._app import STATIC
from quidnunc.web._guard import MAX_BODY

EVENT = "3fa9c2d1:e1"


def test_events_pass_the_filters(client: TestClient) -> None:
    found = client.get("/api/events", params={"source": "NOR", "target": "ken", "status": "offered"}).json()
    assert found["total"] == 2
    assert {row["type"] for row in found["items"]} == {"AGREE"}
    assert client.get("/api/events", params={"source": "norway", "outlet": "the daily example"}).json()["total"] == 1
    assert client.get("/api/events", params={"since": "2024-03-05"}).json()["total"] == 2
    assert client.get("/api/events", params={"place": "KEN"}).json()["total"] == 2


def test_the_words_of_the_article_are_searched_whatever_they_hold(client: TestClient) -> None:
    assert client.get("/api/events", params={"q": "patrol boats", "type": "AGREE"}).json()["total"] == 2
    assert client.get("/api/events", params={"q": "submarines"}).json()["total"] == 0
    assert client.get("/api/events", params={"q": "\"patrol AND ( NEAR* '; DROP TABLE events"}).json()["total"] == 0
    assert client.get("/api/events", params={"source": "' OR 1=1 --"}).json()["total"] == 0
    assert client.get("/api/events").json()["total"] == 4


def test_pages_follow_each_other(client: TestClient) -> None:
    whole = [row["id"] for row in client.get("/api/events").json()["items"]]
    pieces = [client.get("/api/events", params={"limit": 1, "offset": n}).json()["items"][0]["id"] for n in range(4)]
    assert pieces == whole


def test_an_etag_spares_the_second_answer(client: TestClient) -> None:
    first = client.get("/api/articles/3fa9c2d1")
    again = client.get("/api/articles/3fa9c2d1", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


def test_cards_and_their_page_lead_to_each_other(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        store.add(coded(related=(card(),)))
    with TestClient(make_app(str(tmp_path / "a.db")), base_url="http://127.0.0.1") as client:
        found = client.get("/api/articles/3fa9c2d1").json()
        assert [(one["headline"], one["events"]) for one in found["cards"]] == [("Norway sells boats to Ghana", 1)]
        assert client.get(f"/api/articles/{found['cards'][0]['short']}").json()["page"]["short"] == "3fa9c2d1"


def test_an_article_comes_with_the_reason_for_each_field(client: TestClient) -> None:
    found = client.get("/api/articles/3fa9c2d1").json()
    event = found["events"][0]
    assert event["event"] == EVENT
    assert {"type", "source", "target", "date", "status", "says who"} <= {one["field"] for one in event["why"]}
    assert {block["kind"] for block in found["article"]["blocks"]} >= {"promo", "paragraph"}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/articles/none", 404), ("/api/events?limit=0", 422), ("/api/events?nonsense=1", 422), ("/api/nowhere", 404), ("/api/dyads/x/y", 422), ("/api/events?since=2024-02-31", 400)],
)  # fmt: skip
def test_errors_are_problems(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= answer.json().keys()


def test_downloads_hold_the_same_events(client: TestClient) -> None:
    import pyarrow.parquet

    ids = {row["id"] for row in client.get("/api/events").json()["items"]}
    table = client.get("/api/events/download/csv").text
    assert {row["id"] for row in csv.DictReader(io.StringIO(table))} == ids
    lines = client.get("/api/events/download/jsonl").text.splitlines()
    assert {json.loads(line)["id"] for line in lines} == ids
    parquet = pyarrow.parquet.read_table(io.BytesIO(client.get("/api/events/download/parquet").content))
    assert set(parquet["id"].to_pylist()) == ids
    assert len(client.get("/api/events/download/txt").text.splitlines()) == len(ids)


def test_corrections_are_kept_and_the_latest_counts(client: TestClient) -> None:
    path = f"/api/events/{EVENT}/corrections"
    assert client.post(path, json={"action": "accept", "author": "ann"}).status_code == 201
    change = {
        "action": "change",
        "author": "ann",
        "changes": {"status": "planned", "target_names": "Kenya | Ghana"},
        "note": "see 2nd paragraph",
    }
    assert [one["field"] for one in client.post(path, json=change).json()] == ["status", "target_names"]
    assert client.get("/api/events", params={"verdict": "changed"}).json()["total"] == 1
    assert client.get("/api/events", params={"verdict": "accepted"}).json()["total"] == 0
    kept = client.get("/api/articles/3fa9c2d1").json()["events"][0]["corrections"]
    assert [(one["action"], one["value"]) for one in kept] == [
        ("accept", None),
        ("change", "planned"),
        ("change", ["Kenya", "Ghana"]),
    ]
    lines = client.get("/api/events/download/jsonl", params={"view": "corrected"}).text.splitlines()
    assert {json.loads(line)["status"] for line in lines if json.loads(line)["id"] == EVENT} == {"planned"}
    for wrong in (
        {"action": "change"},
        {"action": "accept", "changes": {"status": "planned"}},
        {"action": "accept", "author": " "},
    ):
        assert client.post(path, json={"author": "ann", **wrong}).status_code == 422
    assert (
        client.post(path, json={"action": "change", "author": "ann", "changes": {"status": "perhaps"}}).status_code
        == 400
    )
    assert client.post("/api/events/none:e1/corrections", json={"action": "accept", "author": "ann"}).status_code == 404


def test_of_several_changes_all_are_written_or_none(client: TestClient) -> None:
    changes = {"place_name": "Mombasa", "quad": 4}
    answer = client.post(
        "/api/events/bad0bad0:e1/corrections", json={"action": "change", "author": "ann", "changes": changes}
    )
    assert answer.status_code == 400
    assert client.get("/api/articles/bad0bad0").json()["events"][0]["corrections"] == []


def test_an_event_that_the_coder_missed_is_added(client: TestClient) -> None:
    given = {"author": "ann", "values": {"type": "AID", "source_names": "Norway", "target_names": ["Kenya"]}}
    assert client.post("/api/articles/bad0bad0/events", json=given).status_code == 201
    added = client.get("/api/articles/bad0bad0").json()["added"]
    assert [one["event"] for one in added] == ["bad0bad0:p1"]
    assert (
        client.post("/api/events/bad0bad0:p1/corrections", json={"action": "reject", "author": "bob"}).status_code
        == 201
    )
    assert (
        client.post("/api/articles/bad0bad0/events", json={"author": "ann", "values": {"type": "AID"}}).status_code
        == 400
    )
    assert client.post("/api/articles/none/events", json=given).status_code == 404


def test_articles_are_found_by_their_words(client: TestClient) -> None:
    found = client.get("/api/articles", params={"q": '"patrol boats"'}).json()
    assert {one["short"] for one in found} == {"3fa9c2d1", "bad0bad0"}
    assert "[patrol boats]" in found[0]["words"]
    assert client.get("/api/articles", params={"q": "?"}).status_code == 400


def test_a_dyad_counts_both_directions_once(client: TestClient) -> None:
    found = client.get("/api/dyads/NOR/KEN").json()
    assert [(one["source"], one["target"], one["month"], one["n"]) for one in found["series"]] == [
        ("NOR", "KEN", "2024-03", 2)
    ]
    assert [one["speaker"] for one in found["statements"]] == ["the foreign ministry"] * 2


def test_the_world_answers(client: TestClient) -> None:
    found = client.get("/api/world").json()
    assert [(one["source"], one["target"], one["n"]) for one in found["pairs"]] == [("NOR", "KEN", 2)]
    assert [(one["place_name"], one["n"]) for one in found["places"]] == [("Nairobi", 2)]


def test_a_story_shows_reports_side_by_side_and_counts_origins(client: TestClient) -> None:
    listed = client.get("/api/stories").json()
    assert listed["unplaced"] == 0
    assert [(one["articles"], one["texts"]) for one in listed["items"]] == [(2, 1)]
    story = client.get("/api/stories/3fa9c2d1").json()
    assert (story["articles"], story["texts"]) == (2, 1)
    offer = next(one for one in story["happenings"] if one["type"] == "AGREE")
    assert [one["article"] for one in offer["reports"]] == ["3fa9c2d1", "bad0bad0"]
    assert offer["origins"] == 1
    assert offer["differs"] == []
    assert client.get("/api/stories/none").status_code == 404


def test_only_the_loopback_name_is_answered(client: TestClient) -> None:
    assert client.get("/api/about", headers={"Host": "evil.example"}).status_code == 403
    assert (
        client.post("/api/inbox", json={"content": "x"}, headers={"Origin": "https://evil.example"}).status_code == 403
    )


def test_a_token_is_demanded(database: Path) -> None:
    with TestClient(make_app(str(database), token="secret"), base_url="http://desk.example") as client:
        assert client.get("/api/about").status_code == 401
        assert client.get("/api/about", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/api/about", headers={"Authorization": "Bearer secret"}).status_code == 200
        assert client.get("/?token=secret", follow_redirects=False).status_code == 303
        assert client.get("/api/about").status_code == 200  # by the cookie


def test_too_much_is_refused(client: TestClient) -> None:
    assert client.post("/api/inbox", content=b"x" * (MAX_BODY + 1)).status_code == 413


def test_nothing_inline_may_run(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_the_desk_is_small() -> None:
    """Its assets stay below 1.5 MB as a browser fetches them, packed."""
    packed = sum(len(gzip.compress(path.read_bytes())) for path in STATIC.rglob("*") if path.is_file())
    assert 50_000 < packed < 1_500_000


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "http://127.0.0.1:8765/$"), ("0.0.0.0", r"\?token=[\w-]{30,}$"), ("::", r"^The desk is at http://\[::\]:8765/\?token=")])  # fmt: skip
def test_beyond_this_machine_a_token_is_made(
    host: str, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import uvicorn

    monkeypatch.setattr(uvicorn, "run", lambda *_, **__: None)
    serve(str(tmp_path / "a.db"), host=host)
    assert re.search(shown, capsys.readouterr().out.strip())
