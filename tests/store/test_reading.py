"""What the desk asks of the store, in SQLite and in PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from synthetic import card, coded

from quidnunc.store import Store
from quidnunc.web import make_app


@pytest.fixture
def desk(place: str) -> TestClient:
    with Store(place) as store:
        store.add(coded(related=(card(),)))
        store.add(coded("bbbb000000000000", outlet="Other Example", agency=None))
        store.find_stories()
    return TestClient(make_app(place), base_url="http://127.0.0.1")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 5),
        ({"limit": 2, "offset": 4}, 5),
        ({"q": "patrol boats", "type": "AGREE"}, 2),
        ({"q": '"boats patrol"'}, 0),
        ({"source": "NOR"}, 3),
        ({"outlet": "other example"}, 2),
        ({"place": "nairobi"}, 2),
        ({"quad": 2, "verdict": "open"}, 1),
        ({"verdict": "rejected"}, 0),
        ({"status": "offered", "since": "2024-03"}, 2),
    ],
)
def test_filters(desk: TestClient, asked: dict[str, str], found: int) -> None:
    with desk:
        page = desk.get("/api/events", params=asked).json()
    assert page["total"] == found
    assert len(page["items"]) == max(0, min(int(asked.get("limit", 50)), found - int(asked.get("offset", 0))))


def test_events_without_a_date_come_last(desk: TestClient) -> None:
    with desk:
        days = [row["date_start"] for row in desk.get("/api/events").json()["items"]]
        pieces = [desk.get("/api/events", params={"limit": 1, "offset": n}).json()["items"][0]["id"] for n in range(5)]
    assert days == ["2024-03-05", "2024-03-05", "2024-03-04", "2024-03-04", None]
    assert len(set(pieces)) == 5


def test_views(desk: TestClient) -> None:
    with desk:
        assert desk.get("/api/about").json()["articles"] == 3
        assert desk.get("/api/dyads/NOR/KEN").json()["series"][0]["n"] == 2
        assert desk.get("/api/world").json()["pairs"][0]["source"] == "NOR"
        assert desk.get("/api/stories").json()["items"][0]["articles"] == 2
        assert len(desk.get("/api/stories/3fa9c2d1").json()["reports"]) == 2
        assert len(desk.get("/api/articles", params={"q": "boats"}).json()) >= 2
        said = {"author": "ann", "action": "reject"}
        assert desk.post("/api/events/3fa9c2d1:e1/corrections", json=said).status_code == 201
        assert desk.get("/api/events", params={"verdict": "rejected"}).json()["total"] == 1
        assert len(desk.get("/api/events/download/csv", params={"view": "corrected"}).text.splitlines()) == 5


def test_a_question_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    from quidnunc.web._database import Database
    from quidnunc.web._problems import TooLong

    database = Database(str(tmp_path / "a.db"))
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(TooLong, match="narrow the search"), database.read(0.2) as connection:
        connection.exec_driver_sql(endless)
    with database.read() as connection:  # and the next one is answered
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    database.close()
