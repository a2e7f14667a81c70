"""Two codings of the same articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from synthetic import card, coded

from quidnunc.cli import main
from quidnunc.errors import InputError
from quidnunc.evaluation import agree, read_codings
from quidnunc.evaluation._codings import of_article
from quidnunc.evaluation._reliability import alpha, kappa
from quidnunc.store import Store


def other_coder():
    """Calls the offer aid that is planned, and sees no refusal."""
    offer = replace(coded().events[0], type="SUPPORT", status="planned")
    return replace(coded(), events=(offer,))


def test_a_coding_agrees_with_itself() -> None:
    own = [of_article(coded()), of_article(card())]
    found = agree(own, own, rounds=50)
    assert {measure.value for measure in found.measures} == {1.0}
    assert all(field.same == 1.0 for field in found.fields)
    assert found.disagreements == ()
    assert found.articles == 2


def test_what_differs_is_told() -> None:
    found = agree([of_article(coded())], [of_article(other_coder())], rounds=0)
    measures = {one.name: one.value for one in found.measures}
    assert measures["where R"] == 0.5
    assert measures["where P"] == 1.0
    assert measures["what F1"] == 0.0
    assert found.confusion == {("AGREE", "SUPPORT"): 1, ("REJECT", "(none)"): 1}
    different, alone = found.disagreements
    assert different.fields == ("type",)  # planned and offered are one for what is spoken of
    assert different.first is not None
    assert different.first.startswith("Norway (NOR) → AGREE → Kenya (KEN), offered")
    assert alone.second is None


def test_one_word_that_two_coders_give_other_quads_is_one_disagreement() -> None:
    attack = replace(coded().events[0], type="ASSAULT", status="occurred")
    found = agree([of_article(coded())], [of_article(replace(coded(), events=(attack,)))], rounds=0)
    assert found.confusion[("AGREE", "ASSAULT")] == 1
    assert {one.name: one.same for one in found.fields}["type"] == 0.0


def test_alpha_and_kappa_of_a_known_table() -> None:
    said = [("a", "a")] * 4 + [("b", "b")] * 3 + [("a", "b")] * 2 + [("b", "a")]
    # observed 0.7; chance by the coders' own shares (.6 × .5 + .4 × .5) = .5, by the pooled values 1 - 110 × ... / (20 × 19)
    assert kappa(said) == pytest.approx(0.4)
    pooled = 1 - (11 * 10 + 9 * 8) / (20 * 19)
    assert alpha(said) == pytest.approx(1 - 0.3 / pooled)
    assert alpha([("a", "a")] * 5) is None


def test_nothing_in_common_is_an_error() -> None:
    with pytest.raises(InputError, match="no article in common"):
        agree([of_article(coded())], [of_article(card())])


def test_a_database_after_corrections_against_itself(tmp_path: Path) -> None:
    place = tmp_path / "events.db"
    with Store(place) as store:
        store.add(coded())
        store.correct("3fa9c2d1:e1", "change", field="status", value="occurred", author="ada")
        store.correct("3fa9c2d1:e1", "change", field="type", value="AID", author="ada")
        store.correct("3fa9c2d1:e2", "reject", author="ada")
    found = agree(read_codings(place, "corrected"), read_codings(place), rounds=0)
    assert found.confusion == {("(none)", "REJECT"): 1, ("AID", "AGREE"): 1}


def test_the_command_prints_what_a_person_reads(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text(json.dumps(coded().to_dict()) + "\n", encoding="utf-8")
    second.write_text(json.dumps(other_coder().to_dict()) + "\n", encoding="utf-8")
    run = CliRunner().invoke(main, ["agree", str(first), str(second), "--rounds", "0"])
    assert run.exit_code == 0, run.output
    assert "1 articles in both" in run.output
    assert "where  P 1.000  R 0.500" in run.output
    assert "only in A" in run.output
    plain = json.loads(CliRunner().invoke(main, ["agree", str(first), str(second), "--json"]).output)
    assert plain["confusion"][0] == {"first": "AGREE", "second": "SUPPORT", "events": 1}
    missing = CliRunner().invoke(main, ["agree", str(first), str(tmp_path / "c.jsonl")])
    assert missing.exit_code == 1
    assert "Traceback" not in missing.output
