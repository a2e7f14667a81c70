"""The ledger's tables in databases old and new."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from synthetic import coded

from quidnunc.store import SCHEMA_VERSION, Alert, Coded, Link, Store

SOURCE = "https://news.example/rss"


def test_a_database_of_the_third_schema_gets_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Store(path) as store:
        store.add(coded())
        fresh = store.sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    with sqlite3.connect(path) as raw:
        for table in ("sources", "hosts", "pages", "alerts"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("UPDATE meta SET value = '3'")
    with Store(path) as store:
        assert store.sql("SELECT value FROM meta WHERE key = 'schema_version'")[1] == [(str(SCHEMA_VERSION),)]
        assert store.sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name") == fresh
        assert store.events().num_rows == 2
        assert sum(store.ledger().counts().values()) == 0


def test_pages_from_found_to_coded(place: str) -> None:
    """On SQLite and PostgreSQL alike."""
    with Store(place) as store:
        ledger = store.ledger()
        ledger.watch({SOURCE: "feed"}, 10.0)
        links = [
            Link(url=f"https://news.example/{n}", host="news.example", published="2026-03-05T00:00:00+00:00")
            for n in range(3)
        ]
        new, _ = ledger.polled(SOURCE, {"message": "feed"}, links, now=10.0)
        assert [page["number"] for page in new] == [1, 2, 3]
        assert ledger.polled(SOURCE, {"message": "feed"}, links, now=11.0) == ([], [])
        ledger.land(
            1,
            {
                "state": "fetched",
                "due": None,
                "body": b"x\x9cK\x04\x00\x00b\x00b",
                "fetched": "2026-03-04T00:00:00+00:00",
            },
        )
        assert [page["body"] for page in ledger.fetched(16)] == [b"a"]
        run = store.begin_run("0.1.0")
        done = [Coded(number=1, values={"state": "coded", "article": coded().article.id, "due": None}, coded=coded())]
        told = [Alert(rule="r", key="k", to="stdout", message="boats", events=("3fa9c2d1:e1",))]
        outcomes = ledger.coded(done, run, {"inputs": 1, "articles": 1}, lambda _: told, 12.0)
        assert [one.change for one in outcomes if one is not None] == ["added"]
        assert [row["message"] for row in ledger.undelivered(12.0)] == ["boats"]
        assert store.runs()[0]["articles"] == 1
        assert ledger.counts()["coded"] == 1
        assert ledger.known_pairs([("NOR", "KEN"), ("NOR", "GHA")]) == {("NOR", "KEN")}
        assert ledger.days({"type": ["AGREE"], "source": ["NOR"]}, "2024-03-01", "2024-03-31") == {"2024-03-04": 1}
        again, _ = ledger.polled(SOURCE, {"message": "feed"}, links, now=1.8e9)
        assert [page["number"] for page in again] == [1]  # the feed says that it changed after it was fetched
        assert ledger.retry("fetch", 14.0) == 0
        ledger.watch({"https://other.example/rss": "feed"}, 15.0)
        assert {row["url"]: row["due"] for row in ledger.sources()} == {SOURCE: None, "https://other.example/rss": 15.0}
