"""Search, SQL, series, differences between versions, the archive, and older databases."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pyarrow.dataset
import pytest
from msgspec.structs import replace
from synthetic import coded

from quidnunc.errors import StoreError
from quidnunc.store import SCHEMA_VERSION, Store, check_archive

OLD = Path(__file__).parent / "schema_v1.sql"


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place) as store:
        store.add([coded(), coded("77aa77aa77aa77aa")])
        yield store


def test_search_finds_stems_phrases_and_headlines(store: Store) -> None:
    assert len(store.search("offering boat")) == 2
    assert len(store.search('"patrol boats"')) == 2
    assert store.search('"boats patrol"') == []
    assert "[boats]" in store.search("boats", limit=1)[0]["words"]


@pytest.mark.parametrize("words", ["", "   ", '"', "()", "x" * 501])
def test_a_search_without_words_is_refused(store: Store, words: str) -> None:
    with pytest.raises(StoreError):
        store.search(words)


@pytest.mark.parametrize("words", ["boats AND", "NEAR(", "text:boats", "a* OR 1", "Robert'); DROP TABLE articles"])
def test_operators_are_only_words(store: Store, words: str) -> None:
    store.search(words)
    assert store.articles().num_rows == 2


def test_only_current_articles_are_found(store: Store) -> None:
    store.add(coded(version="0.2.0"))
    assert len(store.search("boats")) == 2


def test_sql_answers_questions(store: Store) -> None:
    names, rows, more = store.sql("SELECT type, count(*) AS n FROM events GROUP BY 1 ORDER BY 1")
    assert names == ["type", "n"]
    assert rows == [("AGREE", 2), ("AGREE", 2)] or sum(row[1] for row in rows) == 4
    assert not more
    assert store.sql("SELECT * FROM mentions", limit=1)[2]


@pytest.mark.parametrize(
    "question",
    [
        "DELETE FROM events", "DROP TABLE events", "UPDATE articles SET text = ''", "INSERT INTO meta VALUES ('a', 'b')", "PRAGMA user_version = 9",
        "ATTACH DATABASE 'x.db' AS x", "VACUUM INTO 'copy.db'", "CREATE TABLE x (y)", "SELECT 1; DROP TABLE events", "SELEC 1", "", "SELECT load_extension('x')",
    ],
)  # fmt: skip
def test_sql_changes_nothing(store: Store, question: str) -> None:
    with pytest.raises(StoreError):
        store.sql(question)
    assert store.events().num_rows == 4
    store.add(coded("88aa77aa77aa77aa"))
    assert store.events().num_rows == 6


def test_sql_is_stopped_after_its_time(store: Store) -> None:
    with pytest.raises(StoreError, match="longer than"):
        store.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", seconds=0.2)


def test_the_series_of_a_dyad_follows_what_is_current(store: Store) -> None:
    def events() -> dict[str, int]:
        table = store.series("nor", "ken").to_pylist()
        return {f"{row['month']} {row['type']} {row['status']}": row["events"] for row in table}

    before = events()
    assert before["2024-03 AGREE offered"] == 2
    store.add(coded())
    assert events() == before
    store.add(replace(coded(version="0.2.0"), events=()))
    assert events()["2024-03 AGREE offered"] == 1
    store.add(coded("99aa77aa77aa77aa", version="0.0.9"))
    assert events()["2024-03 AGREE offered"] == 2
    assert store.series("KEN", "NOR", both=False).num_rows + store.series("NOR", "KEN", both=False).num_rows == len(
        store.series("NOR", "KEN")
    )


def test_what_another_version_says_otherwise(store: Store) -> None:
    first, second = coded().events
    store.add(replace(coded(version="0.2.0"), events=(replace(first, status="planned"),)))
    changes, counts = store.diff("0.1.0", "0.2.0")
    assert (counts["articles"], counts["changed"], counts["gone"], counts["new"], counts["same"]) == (1, 1, 1, 0, 0)
    assert changes[0].fields == ("status",)
    assert {change.what for change in changes} == {"changed", "gone"}
    assert second.type in str(changes)
    with pytest.raises(StoreError, match=r"no codes of version '9'.*0\.1\.0, 0\.2\.0"):
        store.diff("0.1.0", "9")


def test_the_archive_is_whole_and_says_when_it_is_not(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    store.correct("3fa9c2d1:e1", "accept", author="ada")
    manifest = store.archive(folder)
    assert check_archive(folder) == []
    events = pyarrow.dataset.dataset(folder / "events", partitioning="hive").to_table()
    assert sorted(events.column("id").to_pylist()) == sorted(store.events().column("id").to_pylist())
    assert manifest == json.loads((folder / "manifest.json").read_text())
    assert store.archive(folder) == manifest
    (folder / "articles/part-0.parquet").write_bytes(b"")
    assert check_archive(folder) == ["articles/part-0.parquet was changed"]
    (folder / "articles/part-0.parquet").unlink()
    assert check_archive(folder) == ["articles/part-0.parquet is missing"]


def test_an_archive_goes_into_no_folder_with_other_files(store: Store, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/diary.txt").write_text("dear diary")
    with pytest.raises(StoreError, match="other files"):
        store.archive(tmp_path / "notes")
    with pytest.raises(StoreError, match="no archive"):
        check_archive(tmp_path / "notes")


def test_a_database_of_the_first_schema_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as raw:
        raw.executescript(OLD.read_text(encoding="utf-8"))
    with Store(path) as store:
        assert store.sql("SELECT value FROM meta WHERE key = 'schema_version'")[1] == [(str(SCHEMA_VERSION),)]
        assert store.events().num_rows == 3
        assert store.event("3fa9c2d1:e1").event.own_type is None
        assert len(store.search("patrol boats")) >= 1
        assert store.series("NOR", "KEN").num_rows >= 1
        store.add(coded("55aa77aa77aa77aa"))
        store.correct("3fa9c2d1:e1", "reject", author="ada")
    with Store(path) as store, sqlite3.connect(path) as raw:
        assert store.events(view="corrected").num_rows == 4
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
