"""The table, in terminals of any width, and what strangers' words cannot do in it."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from synthetic import coded

from quidnunc._terminal import cells, clean, event_table, flat, interval
from quidnunc.store import event_rows


def drawn(width: int) -> list[str]:
    console = Console(width=width, file=StringIO(), record=True)
    console.print(event_table(event_rows(coded()), width))
    return console.export_text().splitlines()


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_broken(width: int) -> None:
    lines = drawn(width)
    assert max(map(len, lines)) <= width
    for word in (
        "Norway",
        "AGREE",
        "Republic",
        "offered",
        "not_yet",
        "REJECT/assist",
        "2024-03-04",
        "3fa9c2d1:e1",
        "Nairobi,",
        "ministry",
        "0.91",
    ):
        assert any(word in line for line in lines), word


def test_an_interval_is_iso_8601() -> None:
    assert interval("2024-02-12", "2024-02-18") == "2024-02-12/2024-02-18"
    assert interval("2024-02-12", "2024-02-12") == "2024-02-12"
    assert interval(None, None) == ""


def test_an_event_without_outlet_speaker_or_place_has_empty_cells() -> None:
    bare = coded(outlet=None, agency=None)
    _, refusal = event_rows(bare)
    assert cells(refusal)[6:8] == ("", "")


@given(st.text())
def test_clean_text_steers_nothing_and_keeps_its_length(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)  # spans still fit
    assert not any(
        (character < " " and character not in "\t\n") or "\x7f" <= character <= "\x9f" for character in cleaned
    )
    assert not {"\t", "\n", "\r"} & set(flat(text))
    cleaned.encode()
