"""The four levels, each on top of the one before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from synthetic import coded

from quidnunc.errors import InputError
from quidnunc.evaluation import Coding, read_codings, tally
from quidnunc.evaluation._codings import of_article, of_gold
from quidnunc.evaluation._levels import level, pair_up

GOLD: dict[str, Any] = {
    "id": "kenya-1",
    "text": "Norway offered to send patrol boats to Kenya on Monday, the foreign ministry in Nairobi said.",
    "events": [
        {
            "sentence": "Norway offered to send patrol boats to Kenya on Monday",
            "type": "AGREE",
            "alt_types": ["AID"],
            "source": [{"name": "Norway", "country": "NOR", "sector": "GOV"}],
            "target": [{"name": "Kenya", "country": "KEN", "sector": ""}],
            "status": "offered",
            "date": {"start": "2024-03-03", "end": "2024-03-04"},
            "core": True,
        }
    ],
}


def wanted(**changes: Any) -> Coding:
    return of_gold({**GOLD, "events": [{**GOLD["events"][0], **changes}]})


def reached(**changes: Any) -> int:
    return level(wanted(**changes).events[0], of_article(coded()).events[0])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 4),
        ({"date": None}, 4),
        ({"status": "occurred"}, 4),  # of a spoken act the speaking has occurred
        ({"status": "planned"}, 4),
        ({"status": "denied"}, 3),
        ({"date": {"start": "2024-02-01", "end": "2024-02-02"}}, 3),
        ({"source": [{"country": "SWE"}]}, 2),
        ({"target": []}, 4),  # one that the gold has not named is no fault
        ({"type": "SUPPORT", "alt_types": []}, 1),
        ({"type": "SUPPORT", "alt_types": ["AGREE"]}, 4),
        ({"type": "ASSAULT", "alt_types": []}, 0),
        ({"sentence": "Kenya thanked Norway for the boats."}, 0),
    ],
)
def test_each_field_costs_its_level(changes: dict[str, Any], expected: int) -> None:
    assert reached(**changes) == expected


def test_both_sides_of_a_meeting_may_stand_first() -> None:
    met = replace(coded().events[0], type="CONSULT", quad=1, status="occurred")
    found = of_article(replace(coded(), events=(met,))).events[0]
    turned = {"source": [{"country": "KEN"}], "target": [{"country": "NOR"}], "status": "occurred"}
    assert level(wanted(type="CONSULT", **turned).events[0], found) == 4
    assert level(wanted(**turned).events[0], of_article(coded()).events[0]) == 2


def test_organisations_of_states_are_one() -> None:
    a = wanted(source=[{"country": "UNO"}]).events[0]
    b = wanted(source=[{"country": "", "sector": "NATO"}]).events[0]
    assert a.sources == b.sources == {"IGO"}


def test_precision_counts_all_and_recall_the_core() -> None:
    both = tally(wanted(), of_article(coded()))
    assert (both.core, both.found, both.core_hit, both.found_hit) == (1, 2, (1, 1, 1, 1), (1, 1, 1, 1))
    assert both.scores(3) == (0.5, 1.0, pytest.approx(2 / 3))
    arguable = tally(wanted(core=False), of_article(coded()))
    assert (arguable.core, arguable.core_hit[0], arguable.found_hit[0]) == (0, 0, 1)
    assert tally(wanted(), None).scores(0) == (0.0, 0.0, 0.0)


def test_documents_meet_by_url_or_text() -> None:
    by_text = of_article(coded())
    by_url = of_article(coded("aaaabbbb", text=coded().article.text, url="https://articles.example/kenya-1"))
    assert pair_up([wanted()], [by_text]) == [(wanted(), by_text)]
    assert pair_up([wanted()], [by_text, by_url]) == [(wanted(), by_url)]


def test_a_line_that_does_not_fit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "coded.jsonl"
    path.write_text(json.dumps(GOLD) + "\n\n" + json.dumps(coded().to_dict()) + "\n", encoding="utf-8")
    assert [len(one.events) for one in read_codings(path)] == [1, 2]
    for bad in ('{"article": 3}', '{"events": []}', "[]", "no json", "[" * 100_000):
        path.write_text(json.dumps(GOLD) + "\n" + bad + "\n", encoding="utf-8")
        with pytest.raises(InputError, match=r"coded\.jsonl"):
            read_codings(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_codings(tmp_path / "none.jsonl")
