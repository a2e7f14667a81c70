"""``quidnunc code``: every input is answered for, data goes to standard output and nothing else does."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from quidnunc import Store, schema

Quidnunc = Any


def write(name: str, content: str | bytes = "Norway offers Kenya boats") -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def test_a_page_becomes_tab_separated_lines_and_rows_of_the_database(quidnunc: Quidnunc) -> None:
    result = quidnunc("code", write("page.txt"))
    offer, refusal = (line.split("\t") for line in result.stdout.splitlines())
    assert offer[1:] == [
        "2024-03-04", "Norway (NOR GOV)", "AGREE", "Republic of Kenya (KEN)", "offered", "Nairobi, KEN",
        "the foreign ministry", "0.91", "Norway offers Kenya boats",
    ]  # fmt: skip
    assert refusal[3:6] == ["REJECT/assist", "", "not_yet"]
    assert result.stderr == "1 input = 1 article + 0 duplicates + 0 skipped + 0 failed; 2 events\n"
    with Store("quidnunc.db") as store:
        assert store.events().column("id").to_pylist() == [offer[0], refusal[0]]


def test_the_table_has_a_line_for_each_event_under_its_headline(quidnunc: Quidnunc) -> None:
    table = quidnunc("code", "--table", write("page.txt", "Boats for Kenya\nREAD MORE")).stdout
    assert (
        table.index("Boats for Kenya")
        < table.index("AGREE")
        < table.index("related: Norway sells")
        < table.index("COOPERATE")
    )


def test_json_is_one_object_a_line_cards_after_their_page_and_fits_the_schema(quidnunc: Quidnunc) -> None:
    result = quidnunc("code", "--json", write("page.txt", "Boats\nREAD MORE"))
    page, related = (json.loads(line) for line in result.stdout.splitlines())
    assert related["parent"] == page["article"]["id"]
    validator = jsonschema.Draft202012Validator(schema())
    validator.validate(page)
    validator.validate(related)


def test_json_twice_is_the_same_bytes_though_the_second_changes_nothing(quidnunc: Quidnunc) -> None:
    write("page.txt")
    first, second = (quidnunc("code", "--json", "page.txt") for _ in range(2))
    assert first.stdout_bytes == second.stdout_bytes
    assert second.stderr == "1 input = 0 articles + 1 duplicate + 0 skipped + 0 failed; 2 events\n"


def test_no_db_writes_nothing(quidnunc: Quidnunc) -> None:
    result = quidnunc("code", "--no-db", write("a.txt"), write("b.txt"))
    assert sorted(os.listdir()) == ["a.txt", "b.txt"]
    assert result.stderr.startswith("2 inputs = 1 article + 1 duplicate")


def test_a_folder_is_walked_in_order_without_hidden_files(quidnunc: Quidnunc) -> None:
    for name in ("news/b.txt", "news/a/z.txt", "news/.hidden", "news/.git/c.txt"):
        write(name, f"headline of {name}")
    lines = quidnunc("code", "news").stdout.splitlines()
    assert [line.rsplit("\t", 1)[1] for line in lines[::2]] == ["headline of news/b.txt", "headline of news/a/z.txt"]


def test_standard_input(quidnunc: Quidnunc) -> None:
    assert "from the pipe" in quidnunc("code", "-", stdin=b"from the pipe").stdout


def test_published_and_url_supply_what_a_page_lacks(quidnunc: Quidnunc) -> None:
    quidnunc("code", write("page.txt"), "--published", "2024-03-05", "--url", "https://news.example/1")
    with Store("quidnunc.db") as store:
        (row,) = store.articles().select(["published", "url"]).to_pylist()
    assert row == {"published": "2024-03-05", "url": "https://news.example/1"}


def test_one_url_cannot_be_that_of_two_pages(quidnunc: Quidnunc) -> None:
    assert "--url" in quidnunc("code", write("a.txt"), write("b.txt"), "--url", "https://x.example", exit_code=2).stderr


def test_each_failure_is_one_line_and_the_others_go_on(quidnunc: Quidnunc) -> None:
    os.mkfifo("pipe")
    with open("huge.txt", "wb") as huge:
        huge.truncate(200_000_000)
    inputs = [
        write("a.txt", "first"),
        "missing.txt",
        write("empty.txt", ""),
        "huge.txt",
        "pipe",
        "http://127.0.0.1:1/",
        write("z.txt", "last"),
    ]
    result = quidnunc("code", *inputs, exit_code=1)
    missing, empty, large, pipe, refused, sum_ = result.stderr.splitlines()
    assert missing == "missing.txt: there is no such file"
    assert empty == "empty.txt: it is empty"
    assert large.startswith("huge.txt: it has over 10 MB")
    assert pipe == "pipe: neither a file nor a folder"
    assert refused.startswith("http://127.0.0.1:1/: ")
    assert sum_ == "7 inputs = 2 articles + 0 duplicates + 0 skipped + 5 failed; 4 events"
    assert [line.rsplit("\t", 1)[1] for line in result.stdout.splitlines()[::2]] == ["first", "last"]
    with Store("quidnunc.db") as store:
        assert store.runs()[0]["failed"] == 5


def test_an_article_in_another_language_is_kept_and_marked(quidnunc: Quidnunc) -> None:
    result = quidnunc("code", write("zh.txt", "zh"))
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "zh.txt: read, not coded: language zh",
        "1 input = 0 articles + 0 duplicates + 1 skipped + 0 failed; 0 events",
    ]
    with Store("quidnunc.db") as store:
        assert store.articles().column("skipped").to_pylist() == ["language zh"]


@pytest.mark.parametrize("form", [(), ("--table",), ("--json",)])
def test_words_of_a_page_cannot_steer_the_terminal(quidnunc: Quidnunc, form: tuple[str, ...]) -> None:
    write("page.txt", "\x1b]0;owned\x07 \x1b[31m \x9b2J \u202e [bold]not markup[/bold] [/x]")
    result = quidnunc("code", *form, "page.txt")
    for steering in "\x1b\x07\x9b":
        assert steering not in result.stdout
    assert form == ("--json",) or "\u202e" not in result.stdout
    assert "[bold]not markup[/bold] [/x]" in result.stdout


def test_a_name_of_a_file_cannot_steer_the_terminal(quidnunc: Quidnunc) -> None:
    assert "\x1b" not in quidnunc("code", "\x1b[31mno.txt", exit_code=1).stderr


def test_a_file_whose_name_is_no_text_is_still_answered_for(quidnunc: Quidnunc) -> None:
    Path("odd").mkdir()
    Path(os.fsdecode(b"odd/\xff.txt")).write_text("")
    result = quidnunc("code", "odd", exit_code=1)
    assert result.stderr.startswith("odd/\N{REPLACEMENT CHARACTER}.txt: it is empty\n")


def test_an_address_that_nobody_fetches(quidnunc: Quidnunc) -> None:
    assert "only http and https" in quidnunc("code", "ftp://news.example/1", exit_code=1).stderr


@pytest.mark.parametrize("published", ["yesterday", "2024-13-01", ""])
def test_a_date_that_is_none_is_refused_at_once(quidnunc: Quidnunc, published: str) -> None:
    assert "is not ISO 8601" in quidnunc("code", write("a.txt"), "--published", published, exit_code=2).stderr


def test_a_database_that_cannot_be_opened_is_one_line(quidnunc: Quidnunc) -> None:
    result = quidnunc("code", write("page.txt"), "--db", "nowhere/x.db", exit_code=1)
    assert result.stderr == "Error: nowhere/x.db: the folder nowhere does not exist: make it first\n"


def test_an_empty_folder_is_said(quidnunc: Quidnunc) -> None:
    Path("empty").mkdir()
    assert "no files" in quidnunc("code", "empty", exit_code=2).stderr


def test_more_pages_than_a_batch_keep_their_order(quidnunc: Quidnunc) -> None:
    names = [
        write(f"{number:03}.txt", f"headline {number}") if number % 7 else f"missing{number}" for number in range(50)
    ]
    result = quidnunc("code", "--json", *names, exit_code=1)
    headlines = [json.loads(line)["article"]["headline"] for line in result.stdout.splitlines()]
    assert headlines == [f"headline {number}" for number in range(50) if number % 7]
    assert result.stderr.splitlines()[-1].startswith("50 inputs = 42 articles + 0 duplicates + 0 skipped + 8 failed")
