"""What the API promises."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from quidnunc.web import make_app
from quidnunc.web._guard import MAX_BODY

EVENT = "3fa9c2d1:e1"


def test_events_pass_the_filters(client: TestClient) -> None:
    found = client.get("/api/events", params={"source": "NOR", "target": "ken", "status": "offered"}).json()
    assert found["total"] == 2
    assert {row["type"] for row in found["items"]} == {"AGREE"}
    assert client.get("/api/events", params={"source": "norway", "outlet": "the daily example"}).json()["total"] == 1
    assert client.get("/api/events", params={"since": "2024-03-05"}).json()["total"] == 2
    assert client.get("/api/events", params={"place": "KEN"}).json()["total"] == 2


def test_words_are_searched_in_sentences_and_headlines_whatever_they_hold(client: TestClient) -> None:
    assert client.get("/api/events", params={"q": "patrol boats"}).json()["total"] == 2
    assert client.get("/api/events", params={"q": '"patrol AND ( NEAR* \'; DROP TABLE events'}).json()["total"] == 0
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
    assert client.post(path, json={"verdict": "accept"}).status_code == 201
    assert client.post(path, json={"verdict": "edit", "status": "planned", "note": "see 2nd paragraph"}).status_code == 201
    assert client.get("/api/events", params={"verdict": "edit"}).json()["total"] == 1
    assert client.get("/api/events", params={"verdict": "accept"}).json()["total"] == 0
    kept = client.get("/api/articles/3fa9c2d1").json()["events"][0]["reviews"]
    assert [one["verdict"] for one in kept] == ["accept", "edit"]
    assert kept[1]["changes"] == {"status": "planned"}
    assert client.post(path, json={"verdict": "edit"}).status_code == 422
    assert client.post("/api/events/none:e1/corrections", json={"verdict": "accept"}).status_code == 404


def test_a_dyad_counts_both_directions_once(client: TestClient) -> None:
    found = client.get("/api/dyads/NOR/KEN").json()
    assert [(one["source"], one["target"], one["month"], one["n"]) for one in found["series"]] == [("NOR", "KEN", "2024-03", 2)]
    client.app.state.rollup.update()  # type: ignore[attr-defined]
    assert client.get("/api/dyads/NOR/KEN").json()["series"][0]["n"] == 2


def test_the_world_and_stories_answer(client: TestClient) -> None:
    assert client.get("/api/world").json()["pairs"][0]["n"] == 2
    story = client.get("/api/stories/3fa9c2d1").json()
    assert [one["verdict"] for one in story["reports"]] == ["this", "copy"]
    assert story["origins"] == 1


def test_only_the_loopback_name_is_answered(client: TestClient) -> None:
    assert client.get("/api/about", headers={"Host": "evil.example"}).status_code == 403
    assert client.post("/api/inbox", json={"content": "x"}, headers={"Origin": "https://evil.example"}).status_code == 403


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
