"""Samples checked by hand, and what they say of the whole."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from synthetic import coded

from quidnunc.cli import main
from quidnunc.errors import InputError, StoreError
from quidnunc.evaluation import draw, estimate, size_for
from quidnunc.evaluation._intervals import needed, wilson
from quidnunc.evaluation._sample import COLUMNS
from quidnunc.store import Store


@pytest.fixture
def store(tmp_path: Path):
    with Store(tmp_path / "events.db") as store:
        store.add(coded(f"{number:08x}{number:08x}", url=f"https://example.org/{number}") for number in range(40))
        yield store


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill(path: Path, said) -> None:
    filled = rows(path)
    for at, row in enumerate(filled):
        row.update(said(at, row))
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, COLUMNS)
        lines.writeheader()
        lines.writerows(filled)


def test_strata_are_drawn_in_proportion_and_the_same_again(store: Store, tmp_path: Path) -> None:
    first, again, other = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"
    drawn = draw(store, first, events=20, passages=9)
    assert drawn.events == {"AGREE": (10, 40), "REJECT": (10, 40)}
    assert drawn.passages == {"with events": (6, 80)}
    draw(store, again, events=20, passages=9)
    draw(store, other, events=20, passages=9, seed=2)
    assert first.read_bytes() == again.read_bytes() != other.read_bytes()
    event = next(row for row in rows(first) if row["kind"] == "event")
    assert event["words"].startswith("Norway offered")
    assert (event["who"], event["to_whom"], event["right"]) == ("Norway (NOR)", "Kenya (KEN)", "")


def test_somebodys_work_is_never_overwritten(store: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    draw(store, sheet, events=5)
    with pytest.raises(InputError, match="there already"):
        draw(store, sheet, events=5)


def test_a_formula_in_a_page_stays_text(tmp_path: Path) -> None:
    with Store(tmp_path / "x.db") as store:
        text = "=HYPERLINK(1) Norway offered to send patrol boats to Kenya on Monday."
        event = replace(coded().events[0], spans=replace(coded().events[0].spans, sentence=(0, len(text)), trigger=(21, 30)))  # fmt: skip
        store.add(replace(coded(text=text), events=(event,)))
        draw(store, tmp_path / "x.csv", events=1)
    assert rows(tmp_path / "x.csv")[0]["words"].startswith("'=HYPERLINK")


def test_an_empty_store_has_nothing_to_draw(tmp_path: Path) -> None:
    with Store(tmp_path / "empty.db") as store, pytest.raises(StoreError, match="no events"):
        draw(store, tmp_path / "x.csv", events=5)


def test_the_number_needed(store: Store) -> None:
    assert needed(0.05) == 385
    assert needed(0.05, expected=0.8) == 246
    assert needed(0.05, population=80) == size_for(store, 0.05) == 67
    low, high = wilson(0.5, needed(0.05))
    assert high - low == pytest.approx(0.1, abs=0.001)


def test_an_estimate_weighs_strata_by_their_size(store: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    draw(store, sheet, events=20, passages=9)
    fill(sheet, lambda at, row: {"right": "y" if row["stratum"] == "AGREE" else "n"} if row["kind"] == "event" else {"missed": "1"})  # fmt: skip
    found = estimate(sheet)
    assert (found.checked, found.of, found.open, found.passages) == (20, 80, 0, 6)
    assert found.precision.value == 0.5
    assert found.precision.low < 0.5 < found.precision.high
    assert [(one.name, one.value) for one in found.strata] == [("AGREE", 1.0), ("REJECT", 0.0)]
    assert found.recall is not None
    assert found.recall.value == pytest.approx(40 / 120)  # 40 right; one missed in each of 80 passages
    assert found.recall.low < found.recall.value < found.recall.high
    assert estimate(sheet) == found


def test_what_cannot_be_read_is_named(store: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    draw(store, sheet, events=10, passages=3)
    with pytest.raises(InputError, match="nothing to estimate"):
        estimate(sheet)
    fill(sheet, lambda at, row: {"right": "perhaps"} if at == 2 else {})
    with pytest.raises(InputError, match="line 4, right: 'perhaps'"):
        estimate(sheet)
    fill(sheet, lambda at, row: {"right": "y"} if row["kind"] == "event" else {"missed": "-1"})
    with pytest.raises(InputError, match="missed"):
        estimate(sheet)


def test_intervals_hold_what_they_promise(tmp_path: Path) -> None:
    """Of simulated stores whose precision and recall are known, about 95 % lie inside; 80 draws allow for 88 % and more."""
    generator = np.random.default_rng(7)
    sizes, precision, missed = {"A": 900, "B": 100}, {"A": 0.8, "B": 0.4}, {"with events": 0.5, "without events": 0.1}
    passages = {"with events": 500, "without events": 700}
    right = sum(sizes[name] * precision[name] for name in sizes)
    recall = right / (right + sum(passages[name] * missed[name] for name in passages))
    inside = [0, 0]
    for _ in range(80):
        lines = [",".join(COLUMNS)]
        for name, n in (("A", 60), ("B", 20)):
            for right_one in generator.random(n) < precision[name]:
                lines.append(f"event,{name},{sizes[name]},i,,,,,,,,,{'y' if right_one else 'n'},,")
        for name, n in (("with events", 60), ("without events", 60)):
            for count in generator.poisson(missed[name], n):
                lines.append(f"passage,{name},{passages[name]},i,,,,,,,,,,{count},")
        (tmp_path / "s.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = estimate(tmp_path / "s.csv")
        assert found.recall is not None
        inside[0] += found.precision.low <= right / 1000 <= found.precision.high
        inside[1] += found.recall.low <= recall <= found.recall.high
    assert min(inside) >= 70


def test_the_command(tmp_path: Path) -> None:
    with Store(tmp_path / "events.db") as store:
        store.add(coded())
    sheet = tmp_path / "sheet.csv"
    arguments = ["sample", str(sheet), "--db", str(tmp_path / "events.db"), "--passages", "2"]
    run = CliRunner().invoke(main, arguments)
    assert run.exit_code == 0, run.output
    assert "2 of 2 events" in run.output
    fill(sheet, lambda at, row: {"right": "y", "missed": "0"})
    told = CliRunner().invoke(main, ["sample", str(sheet), "--estimate"])
    assert "2 of 2 events checked, 2 passages" in told.output
    assert "precision 1.000" in told.output
