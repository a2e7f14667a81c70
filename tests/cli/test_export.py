"""``quidnunc export``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from synthetic import card, coded

from quidnunc import Store

Quidnunc = Any


@pytest.fixture
def stored(quidnunc: Quidnunc) -> Quidnunc:
    with Store("quidnunc.db") as store:
        store.add(coded(related=(card(),)))
    return quidnunc


def test_export_writes_the_events_selected(stored: Quidnunc) -> None:
    result = stored("export", "--format", "csv", "--source", "NOR", "out.csv")
    assert result.stderr == "out.csv: 2 events\n"
    assert len(Path("out.csv").read_text().splitlines()) == 3


def test_export_to_standard_output(stored: Quidnunc) -> None:
    assert stored("export", "--format", "jsonl", "-").stdout.count("\n") == 2


def test_a_format_that_does_not_exist(stored: Quidnunc) -> None:
    assert "polecat" in stored("export", "--format", "gdelt9", "x", exit_code=2).stderr
