"""A database that cannot be used is refused in clear words; one that is in use waits its turn."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from synthetic import coded

from quidnunc.errors import StoreError
from quidnunc.store import Store


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("shopping list\n" * 500)
    with pytest.raises(StoreError, match=r"notes\.txt: it is not a SQLite database"):
        Store(path)
    assert path.read_text().startswith("shopping list")


def test_a_damaged_database(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    with Store(path) as store:
        store.add([coded(f"{number:016x}") for number in range(50)])
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"), Store(path) as store:
        store.events()


def test_a_database_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE birds (name)")
    with pytest.raises(StoreError, match="holds no quidnunc tables"):
        Store(path)


def test_a_database_of_a_later_schema(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    Store(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE meta SET value = '99'")
    with pytest.raises(StoreError, match="schema version 99"):
        Store(path)


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        Store(tmp_path / "nowhere" / "events.db")


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        Store(tmp_path)


def test_nothing_is_made_where_something_should_be_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        Store(tmp_path / "events.db", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("url", ["mysql://user:secret@host/db", "postgresql://user:secret@127.0.0.1:1/db", "://"])
def test_a_url_that_cannot_be_opened_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        Store(url)
    assert "secret" not in str(caught.value)


def test_a_sqlite_url_and_a_store_in_memory(tmp_path: Path) -> None:
    for place in (f"sqlite:///{tmp_path}/events.db", ":memory:"):
        with Store(place) as store:
            store.add(coded())
            assert store.events().num_rows == 2


def test_readers_read_while_a_writer_writes(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    with Store(path) as store, Store(path) as reader:
        store.add(coded())
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("BEGIN IMMEDIATE")
        assert reader.events().num_rows == 2
        raw.execute("ROLLBACK")


def test_writers_queue(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    Store(path).close()

    def write(first: int) -> None:
        with Store(path) as store:
            for number in range(first, first + 20):
                store.add(coded(f"{number:016x}"))

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store(path) as store:
        assert store.articles().num_rows == 60
        assert len(set(store.events().column("id").to_pylist())) == 120
