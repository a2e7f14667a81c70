"""A user's own codebook: what its types claim, and what is said of files that do not hold together."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import quidnunc
from quidnunc import events
from quidnunc.cli import main
from quidnunc.coder import Options
from quidnunc.errors import CodebookError

PAGE = """Ethiopia diverts river, Sudan protests

ADDIS ABABA, 3 May 2021 - Ethiopia diverted the waters of the Blue Nile from Sudan on Monday. Sudan demanded that Ethiopia release water before July.

Egypt and Sudan signed an agreement on sharing the river in Cairo on Sunday. France arrested two Malian officers in Paris.

Thousands of farmers demonstrated in Khartoum against the Ethiopian government.
"""

WATER = """
name: water
types:
  DIVERT:
    definition: takes water from the other side
    base: COERCE
    verbs: [divert, dam up]
    of: [water, river]
  WATER-PACT:
    plover: [AGREE, SUPPORT]
    about: river, basin
  DEMAND-CHANGE: {plover: REQUEST-change}
  DEMAND: {plover: REQUEST}
  MARCH:
    within: [PROTEST]
    examples:
      - "[Farmers] marched in Basra over dry canals, blaming [>Ankara]."
      - "Hundreds of [fishermen] demonstrated in Hanoi against [>China]."
"""


def _coded(tmp_path: Path, text: str) -> tuple[quidnunc.records.Event, ...]:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return quidnunc.code(PAGE, options=Options(codebook=path)).events


def test_types_claim_events_by_word_example_and_plover(tmp_path: Path) -> None:
    found = {event.own_type: event for event in _coded(tmp_path, WATER)}
    assert set(found) == {"DIVERT", "WATER-PACT", "DEMAND-CHANGE", "MARCH"}
    divert = found["DIVERT"]
    assert (divert.type, [p.country for p in divert.sources], [p.country for p in divert.targets]) == (
        "COERCE",
        ["ETH"],
        ["SDN"],
    )
    assert "one of its words" in divert.reasons["own_type"]
    assert found["MARCH"].reasons["own_type"].startswith("like its examples")
    assert found["DEMAND-CHANGE"].reasons["own_type"] == "PLOVER REQUEST-change"


def test_others_are_kept_where_the_file_says_so(tmp_path: Path) -> None:
    kept = _coded(tmp_path, WATER.replace("name: water", "name: water\nothers: true"))
    assert [e.type for e in kept if e.own_type is None] == ["COERCE"]


def test_no_codebook_no_own_type() -> None:
    assert {event.own_type for event in quidnunc.code(PAGE).events} == {None}


def test_words_of_a_codebook_are_not_kept_for_other_runs(tmp_path: Path) -> None:
    before = quidnunc.code(PAGE).to_dict()
    _coded(tmp_path, WATER)
    assert quidnunc.code(PAGE).to_dict() == before


def test_plover_is_such_a_file(tmp_path: Path) -> None:
    plain = quidnunc.code(PAGE).events
    own = _coded(tmp_path, events.plover_text())
    assert [(e.type, e.own_type) for e in own] == [(e.type, e.type) for e in plain]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("types: [", "no YAML"),
        ("name: x", "needs 'types:'"),
        ("types: {A: {plover: FIGHT}}", "FIGHT"),
        ("types: {A: {plover: COERCE-sing}}", "COERCE-sing"),
        ("types: {A: {verbs: [divert]}}", "base"),
        ("types: {A: {definition: empty}}", "nothing tells it"),
        ("types: {A: {plover: AID, colour: red}}", "colour"),
        ("types: {A: {examples: ['no parties here']}}", "two parties"),
        ("types: {A: {verbs: 3, base: AID}}", "verbs"),
        ("types: {A: B}", "mapping"),
        ("others: maybe\ntypes: {A: {plover: AID}}", "others"),
        ("types: &a {A: *a}", "type A"),
    ],
)
def test_files_that_do_not_hold_together(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=says) as raised:
        events.read_codebook(path)
    assert "bad.yaml" in str(raised.value)


def test_the_command_prints_and_checks(tmp_path: Path) -> None:
    printed = CliRunner().invoke(main, ["codebook"])
    assert printed.exit_code == 0
    path = tmp_path / "own.yaml"
    path.write_text(printed.output, encoding="utf-8")
    listed = CliRunner().invoke(main, ["codebook", str(path)])
    assert len(listed.output.splitlines()) == 16
    path.write_text("types: {}", encoding="utf-8")
    assert "Error" in CliRunner().invoke(main, ["codebook", str(path)]).output
