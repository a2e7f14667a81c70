"""A watch over a small world that behaves as badly as the real one."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from newsworld import FAULTS, HOSTS, Site, kind_of, mistakes

from quidnunc.collect import Feeds, Watch
from quidnunc.records import CodedArticle
from quidnunc.store import Counts, Outcome, Store

sys.path.insert(0, str(Path(__file__).parent))
from reading_coder import reading_coder

PAGES = 240
KILLS = 6


class Heard:
    """What a watch tells."""

    def __init__(self) -> None:
        self.alerts: list[str] = []
        self.outcomes: list[Outcome] = []

    def alert(self, message: str) -> None:
        self.alerts.append(message)

    def stored(self, _: CodedArticle, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    def tick(self, _: Watch) -> None:
        pass


def feeds(site: Site, **manners: object) -> Feeds:
    return msgspec.convert(site.feeds(**manners), Feeds)


def watch(store: Store, wanted: Feeds, heard: Heard | None = None, clock: Callable[[], float] = time.time) -> Counts:
    return Watch(store, wanted, reading_coder, heard or Heard(), clock=clock).run(once=True)


def states(store: Store, site: Site) -> dict[int, str]:
    """Of every page of the world: state and, of a failure, reason."""
    rows = {row[0]: row for row in store.sql("SELECT url, state, reason FROM pages", limit=100_000)[1]}
    found = {number: rows[site.url(number)] for number in range(site.count) if site.url(number) in rows}
    return {number: row[1] if row[1] != "failed" else f"failed {row[2]}" for number, row in found.items()}


def table(store: Store) -> list[tuple[Any, ...]]:
    return store.sql("SELECT id, parent, digest, current FROM articles ORDER BY 1, 2, 3", limit=100_000)[1]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Path, Counts]:
    """A world after one watch, and its database."""
    path = tmp_path_factory.mktemp("watch") / "events.db"
    with Site(PAGES) as site, Store(path) as store:
        return site, path, watch(store, feeds(site))


def test_every_page_is_accounted_for(watched: tuple[Site, Path, Counts]) -> None:
    site, path, counts = watched
    with Store(path) as store:
        assert mistakes(PAGES, states(store, site)) == []
        found = store.ledger().counts()
        assert found["queued"] == found["fetched"] == 0
        assert counts.add_up
        assert counts.inputs == sum(found.values())
        assert (
            counts.articles
            == found["coded"]
            == store.sql("SELECT count(*) FROM articles WHERE skipped IS NULL")[1][0][0]
        )
        assert counts.failed == found["failed"] == sum(store.ledger().reasons().values())
        assert {kind_of(number) for number in range(PAGES)} >= {kind for kind, _ in FAULTS.values()}


def test_no_page_is_asked_twice_but_those_that_failed(watched: tuple[Site, Path, Counts]) -> None:
    site, _, _ = watched
    asked = Counter(f"{host}{path}" for host, path in site.log)
    tries = {"error": 3, "cut": 3, "error once": 2, "cut once": 2, "busy once": 2}
    for number in range(PAGES):
        expected = 0 if kind_of(number) == "robots" else tries.get(kind_of(number), 1)
        url = site.url(number).removeprefix("http://").replace(f":{site.port}", "")
        assert asked[url] == expected, (number, kind_of(number))


def test_robots_txt_is_read_first_and_kept_to(watched: tuple[Site, Path, Counts]) -> None:
    site, _, _ = watched
    for host in range(2, HOSTS + 2):
        paths = [path for name, path in site.log if name == f"127.0.0.{host}"]
        assert paths[0] == "/robots.txt"
        assert not [path for path in paths if path.startswith("/private/")]


def test_a_redirect_to_a_private_address_is_refused(watched: tuple[Site, Path, Counts]) -> None:
    _, path, _ = watched
    with Store(path) as store:
        rows = store.sql("SELECT state, reason, message FROM pages WHERE url LIKE '%secret-of-case%'")[1]
    assert len(rows) == len([n for n in range(PAGES) if kind_of(n) == "private"])
    assert {row[:2] for row in rows} == {("failed", "fetch")}
    assert all("private network" in row[2] for row in rows)
    assert not [host for host, _ in watched[0].log if host == "127.0.0.99"]


def test_redirects_end_in_an_article_or_in_a_failure(watched: tuple[Site, Path, Counts]) -> None:
    _, path, _ = watched
    with Store(path) as store:
        targets = store.sql("SELECT DISTINCT state FROM pages WHERE url LIKE '%target-of-case%'")[1]
        loops = store.sql(
            "SELECT state, reason, count(*) FROM pages WHERE url LIKE '%turn=%' GROUP BY 1, 2 ORDER BY 1"
        )[1]
    assert targets == [("coded",)]
    laps = len([n for n in range(PAGES) if kind_of(n) == "loop"])
    assert loops == [("failed", "redirect", laps), ("moved", None, laps)]


def test_a_second_watch_asks_with_validators_and_fetches_nothing(tmp_path: Path) -> None:
    with Site(40) as site, Store(tmp_path / "events.db") as store:
        watch(store, feeds(site))
        before, seen = table(store), len(site.log)
        counts = watch(store, feeds(site), clock=lambda: time.time() + 7200)
        assert counts == Counts()
        assert table(store) == before
        again = [path for _, path in site.log[seen:]]
        assert not [path for path in again if "case" in path]
        assert "/feed.xml" in again
        assert {row["message"] for row in store.ledger().sources()} == {"nothing new"}


def test_hosts_are_asked_one_request_at_a_time_with_a_pause(tmp_path: Path) -> None:
    with Site(12) as site, Store(tmp_path / "events.db") as store:
        started = time.monotonic()
        watch(store, feeds(site, delay="0.1s"))
        took = time.monotonic() - started
        most = max(Counter(host for host, _ in site.log).values())
        assert took >= 0.1 * (most - 1)


def test_corrections_become_revisions_and_withdrawn_pages_are_kept_and_marked(tmp_path: Path) -> None:
    later = [0.0]
    heard = Heard()
    with Site(40) as site, Store(tmp_path / "events.db") as store:
        wanted = feeds(site, recheck=["1h"], every="1w")
        watch(store, wanted, clock=lambda: time.time() + later[0])
        site.versions = 1
        later[0] = 3700
        counts = watch(store, wanted, heard, clock=lambda: time.time() + later[0])
        assert counts.articles == len(heard.outcomes) == 2
        assert {outcome.change for outcome in heard.outcomes} == {"updated"}
        rows = dict(store.sql("SELECT url, retraction FROM pages WHERE retracted IS NOT NULL")[1])
        assert rows == {site.url(23): "gone", site.url(33): "notice"}
        texts = [
            str(row[0])
            for row in store.sql(f"SELECT text FROM articles WHERE url = '{site.url(22)}' ORDER BY current")[1]
        ]
        assert ["Correction 1" in text for text in texts] == [False, True]
        assert store.sql(f"SELECT count(*) FROM articles WHERE url = '{site.url(23)}' AND current")[1] == [(1,)]
        assert store.ledger().counts()["coded"] == sum(state == "coded" for state in states(store, site).values()) + 1


def test_killed_at_random_points_it_loses_nothing_and_asks_for_nothing_again(tmp_path: Path) -> None:
    """What was written down before a kill is never asked for again; the end is that of a watch that nobody killed."""
    path, listed = tmp_path / "events.db", tmp_path / "feeds.json"
    rng = random.Random(10)
    kills = 0
    with Site(PAGES) as site:
        listed.write_bytes(msgspec.json.encode(site.feeds(at_once=4)))
        command = [sys.executable, str(Path(__file__).parent / "watcher.py"), str(path), str(listed)]
        landed: set[str] = set()
        mark, last = 0, ""
        for _ in range(40):
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == "watching\n"
                if kills < KILLS:
                    time.sleep(0.1 + rng.random() * 0.4)
                    kills += process.poll() is None
                    process.kill()
                last = process.stdout.read()
            asked = {f"http://{host}:{site.port}{where}" for host, where in site.log[mark:]}
            assert not landed & asked
            if last.endswith("done\n"):
                break
            with Store(path) as store:
                landed = {row[0] for row in store.sql("SELECT url FROM pages WHERE state <> 'queued'", limit=10_000)[1]}
            mark = len(site.log)
        assert last.endswith("done\n")
        assert kills >= KILLS // 2
        with Store(path) as store, Store(tmp_path / "calm.db") as calm:
            assert mistakes(PAGES, states(store, site)) == []
            site.asked.clear()
            watch(calm, feeds(site))
            texts = "SELECT text FROM articles ORDER BY 1"  # of a page and its copy, either may have been the first
            assert store.sql(texts) == calm.sql(texts)
