"""The whole command with the real coder: pages as they are found, good and bad, through to the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from quidnunc import Store, schema
from quidnunc.cli import main

PAGES = sorted(
    str(path) for path in (Path(__file__).parents[2] / "examples").iterdir() if path.suffix in (".txt", ".html")
)
SENTENCES = "Norway offered to send patrol boats to Kenya on Monday. Kenya's parliament rejected the offer, the speaker said in Nairobi."
DEEP = "<html><body>" + "<div>" * 100_000 + SENTENCES + "</div>" * 100_000
INDEX = (
    "<html><body><h1>World</h1><ul>"
    + "".join(f'<li><a href="/{n}">Story number {n}</a></li>' for n in range(60))
    + "</ul></body></html>"
)
CHINESE = "挪威周一提出向肯尼亚派遣巡逻艇。肯尼亚议会拒绝了这一提议，议长在内罗毕说。" * 5

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_the_examples_fit_the_schema_and_are_the_same_bytes_twice(run: Run) -> None:
    first = run("code", "--json", "--no-db", *PAGES)
    assert first.exit_code == 0
    lines = [json.loads(line) for line in first.stdout.splitlines()]
    validator = jsonschema.Draft202012Validator(schema())
    for line in lines:
        validator.validate(line)
    assert sum(line["parent"] is None for line in lines) == len(PAGES)
    assert sum(len(line["events"]) for line in lines) >= 10
    assert run("code", "--json", "--no-db", *PAGES).stdout_bytes == first.stdout_bytes


def test_every_event_of_the_examples_can_be_opened(run: Run) -> None:
    assert run("code", *PAGES).exit_code == 0
    with Store("quidnunc.db") as store:
        ids = store.events().column("id").to_pylist()
    for event_id in ids:
        shown = run("why", event_id)
        assert shown.exit_code == 0
        assert "[trigger: " in shown.stdout


def test_the_store_gives_back_what_json_printed(run: Run) -> None:
    printed = [json.loads(line) for line in run("code", "--json", *PAGES).stdout.splitlines()]
    with Store("quidnunc.db") as store:
        assert [stored.coded.to_dict() for stored in store.coded()] == printed


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "picture.jpg": bytes(range(256)) * 40,
    "deep.html": DEEP.encode(),
    "index.html": INDEX.encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_page_is_one_line_that_names_it_and_the_others_go_on(run: Run, name: str) -> None:
    Path(name).write_bytes(BAD[name])
    Path("good.txt").write_text(SENTENCES)
    result = run("code", name, "good.txt", "--published", "2024-03-05")
    complaint, total = result.stderr.splitlines()
    assert result.exit_code == 1
    assert complaint.startswith(f"{name}: ")
    assert complaint.count(name) == 1
    assert total.startswith("2 inputs = 1 article + 0 duplicates + 0 skipped + 1 failed")
    assert "AGREE" in result.stdout
    with sqlite3.connect("quidnunc.db") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


ODD = {
    "latin.txt": SENTENCES.replace("speaker", "señor").encode("latin-1"),
    "utf16.txt": SENTENCES.encode("utf-16"),
    "nul.txt": SENTENCES.replace(" on Monday", "\0 on Monday").encode(),
    "emoji.txt": ("\U0001f6a2 " + SENTENCES).encode(),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_page_is_read_and_its_spans_fit(run: Run, name: str) -> None:
    Path(name).write_bytes(ODD[name])
    result = run("code", "--json", name, "--published", "2024-03-05")
    assert result.exit_code == 0, result.stderr
    page = json.loads(result.stdout.splitlines()[0])
    offer = next(event for event in page["events"] if event["type"] == "AGREE")
    start, end = offer["spans"]["trigger"]
    assert "offer" in page["article"]["text"][start:end]


def test_a_page_in_chinese_is_kept_and_not_coded(run: Run) -> None:
    Path("zh.txt").write_text(CHINESE, encoding="utf-8")
    result = run("code", "zh.txt")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == "zh.txt: read, not coded: language zh"
    with Store("quidnunc.db") as store:
        assert store.articles().select(["language", "events"]).to_pylist() == [{"language": "zh", "events": 0}]
