"""``show``, ``why``, ``schema``: what is stored, opened up."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from io import StringIO
from typing import Any

import pytest
from rich.console import Console
from synthetic import card, coded

from quidnunc import Store, __version__, _why, schema

Quidnunc = Any


@pytest.fixture
def stored(quidnunc: Quidnunc) -> Quidnunc:
    with Store("quidnunc.db") as store:
        store.add(coded(related=(card(),)))
    return quidnunc


def ids(result: Any) -> list[str]:
    return [line.split("\t")[0] for line in result.stdout.splitlines()]


def test_show_lists_what_is_stored(stored: Quidnunc) -> None:
    assert ids(stored("show")) == ["3fa9c2d1:e1", "3fa9c2d1:e2", "77e0aa12:e1"]
    assert ids(stored("show", "--source", "NOR", "--target", "KEN")) == ["3fa9c2d1:e1"]
    assert ids(stored("show", "--type", "reject", "--status", "not_yet", "--since", "2024-03", "--until", "2024")) == [
        "3fa9c2d1:e2"
    ]
    assert "Republic of Kenya" in stored("show", "--table").stdout


def test_show_says_when_there_is_more(stored: Quidnunc) -> None:
    result = stored("show", "--limit", "1")
    assert ids(result) == ["3fa9c2d1:e1"]
    assert "the first 1 only" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "--type", "HUG"), "there is no type 'HUG': choose from AGREE"),
        (("show", "--since", "yesterday"), "'yesterday' is not a date"),
        (("show", "--db", "other.db"), "other.db: there is no such database"),
        (("why", "zzz"), "there is no event 'zzz'"),
        (("why", "3fa9"), "fits several events: 3fa9c2d1:e1, 3fa9c2d1:e2"),
    ],
)
def test_what_cannot_be_shown_is_one_clear_line(stored: Quidnunc, arguments: tuple[str, ...], says: str) -> None:
    result = stored(*arguments, exit_code=1)
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_why_marks_the_words_and_gives_the_reasons(stored: Quidnunc) -> None:
    shown = stored("why", "3fa9c2d1:e1").stdout
    sentence = " ".join(shown.split())
    assert "[source: Norway] [trigger: offered to send] patrol boats to [target: Kenya] [date: on Monday]" in sentence
    assert "[speaker: the foreign ministry] in [place: Nairobi] [cue: said]" in sentence
    for reason in (
        "'offered to send' is an offer of aid",
        "offer, not yet done",
        "last Monday before 5 March",
        "most populous",
        "a state's name",
        "rule offer",
    ):
        assert reason in sentence
    assert "The Daily Example ← Example Wire ← the foreign ministry" in sentence


def test_why_takes_the_beginning_of_an_id_and_says_what_is_unknown(stored: Quidnunc) -> None:
    shown = stored("why", "77e").stdout
    assert "[source: Norway] [trigger: sells] boats to [target: Ghana]" in shown
    assert "unknown" in shown


def test_every_reason_is_shown_even_for_a_field_of_a_later_version(stored: Quidnunc) -> None:
    from msgspec.structs import replace

    event = replace(coded().events[0], reasons={"mood": "grim"})
    assert ("mood", "", "grim") in list(_why.fields(coded(), event))


def test_in_a_terminal_the_words_are_coloured() -> None:
    from quidnunc.store import StoredEvent

    console = Console(force_terminal=True, width=100, color_system="standard", record=True, file=StringIO())
    _why.show(console, StoredEvent(id="3fa9c2d1:e1", event=coded().events[0], coded=coded()))
    html = console.export_html(inline_styles=True)
    assert ">offered to send</span>" in html
    assert "[trigger:" not in html


def test_the_schema_command_prints_the_schema(quidnunc: Quidnunc) -> None:
    assert json.loads(quidnunc("schema").stdout) == schema()


def test_version(quidnunc: Quidnunc) -> None:
    assert __version__ in quidnunc("--version").stdout


def test_help_is_there_at_once_and_loads_nothing_heavy() -> None:
    check = "import sys; from quidnunc.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nassert not {'spacy', 'pyarrow', 'sqlalchemy', 'rich.table'} & set(sys.modules)"
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", check], check=True, capture_output=True)
    assert time.monotonic() - start < 2  # alone it takes 0.1 seconds
