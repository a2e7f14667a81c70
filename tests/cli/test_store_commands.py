"""Commands that ask the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from synthetic import coded

from quidnunc.cli import main
from quidnunc.store import Store


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = tmp_path / "events.db"
    with Store(path) as store:
        store.add(coded())
        store.add(replace(coded(version="0.2.0"), events=coded().events[:1]))
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_search_series_and_sql(db: str) -> None:
    assert "Norway offers Kenya boats" in run("search", "patrol boats", "--db", db).stdout
    assert (
        run("series", "NOR", "KEN", "--db", db)
        .stdout.splitlines()[1]
        .startswith("2024-03\tNOR\tKEN\tAGREE\toffered\t1")
    )
    found = run("sql", "SELECT id, type FROM events ORDER BY id", "--limit", "1", "--db", db)
    assert found.stdout == "id\ttype\n3fa9c2d1:e1\tAGREE\n"
    assert "the first 1 only" in found.stderr


def test_corrections(db: str) -> None:
    assert (
        run(
            "correct", "3fa9c2d1:e1", "--set", "status=planned", "--note", "so", "--author", "ada", "--db", db
        ).exit_code
        == 0
    )
    assert "planned" in run("show", "--view", "corrected", "--db", db).stdout
    assert run("correct", "3fa9c2d1:e1", "--reject", "--author", "ada", "--db", db).exit_code == 0
    assert run("show", "--view", "corrected", "--db", db).stdout == ""
    assert len(run("corrections", "--db", db).stdout.splitlines()) == 3
    assert run("correct", "3fa9c2d1:e1", "--db", db).exit_code == 2
    assert run("correct", "3fa9c2d1:e1", "--set", "status", "--db", db).exit_code == 2
    assert run("correct", "3fa9c2d1:e9", "--accept", "--db", db).exit_code == 1


def test_diff_and_archive(db: str, tmp_path: Path) -> None:
    found = run("diff", "0.1.0", "0.2.0", "--db", db)
    assert "1 gone" in found.stderr
    assert run("archive", str(tmp_path / "archive"), "--db", db).exit_code == 0
    assert run("archive", str(tmp_path / "archive"), "--check", "--db", db).exit_code == 0
    (tmp_path / "archive/articles/part-0.parquet").unlink()
    assert run("archive", str(tmp_path / "archive"), "--check", "--db", db).exit_code == 1


def test_words_of_a_page_do_not_steer_the_terminal(tmp_path: Path) -> None:
    path = str(tmp_path / "events.db")
    with Store(path) as store:
        store.add(coded(headline="\x1b[2JNorway boats"))
    assert "\x1b" not in run("search", "boats", "--db", path).stdout
    assert "\x1b" not in run("sql", "SELECT headline FROM articles", "--db", path).stdout
