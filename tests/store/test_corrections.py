"""What people say stands beside the codes and never in their place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from synthetic import coded

from quidnunc.errors import StoreError
from quidnunc.store import Store


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place) as store:
        store.add(coded())
        yield store


def test_a_rejected_event_is_gone_from_the_corrected_view_only(store: Store) -> None:
    before = store.events()
    made = store.correct("3fa9c2d1:e1", "reject", author="ada", note="no offer")
    assert (made.number, made.event, made.coder) == (1, "3fa9c2d1:e1", "0.1.0")
    assert store.events().equals(before)
    assert store.events(view="corrected").column("id").to_pylist() == ["3fa9c2d1:e2"]
    both = store.events(view="both")
    assert dict(zip(both.column("id").to_pylist(), both.column("correction").to_pylist(), strict=True)) == {
        "3fa9c2d1:e1": "rejected",
        "3fa9c2d1:e2": None,
    }
    store.correct("3fa9c2d1:e1", "accept", author="bob")
    assert store.events(view="corrected").num_rows == 2
    assert [one.action for one in store.corrections()] == ["reject", "accept"]


def test_a_changed_field_decides_what_a_filter_finds(store: Store) -> None:
    store.correct("3fa9c2d1:e1", "change", field="status", value="occurred", author="ada")
    store.correct("3fa9c2d1:e1", "change", field="target_countries", value="UGA", author="ada")
    assert store.events(view="corrected", target="UGA", status="occurred").column("id").to_pylist() == ["3fa9c2d1:e1"]
    assert store.events(view="corrected", status="offered").num_rows == 0
    assert store.events(status="offered").num_rows == 1


def test_an_event_is_added_and_taken_back(store: Store) -> None:
    made = store.correct(
        "3fa9c2d1", "add", author="ada",
        value={"type": "CONSULT", "source_names": ["Norway"], "source_countries": ["NOR"], "date_start": "2024-03-04", "date_end": "2024-03-04"},
    )  # fmt: skip
    assert made.event == "3fa9c2d1:p1"
    (row,) = store.event_rows(view="corrected", selection=None)[-1:]
    assert store.events(view="corrected", type="CONSULT").column("headline").to_pylist() == [
        "Norway offers Kenya boats"
    ]
    assert row["decided_by"] != "added by ada" or row["confidence"] == 1.0
    store.correct(made.event, "reject", author="bob")
    assert store.events(view="corrected", type="CONSULT").num_rows == 0
    assert store.events(view="corrected").num_rows == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"event_id": "nope", "action": "accept"}, "no event"),
        ({"event_id": "3fa9c2d1:e1", "action": "burn"}, "no action"),
        ({"event_id": "3fa9c2d1:e1", "action": "accept", "author": " "}, "author"),
        ({"event_id": "3fa9c2d1:e1", "action": "change", "field": "sentence", "value": "x"}, "no field"),
        ({"event_id": "3fa9c2d1:e1", "action": "change", "field": "type", "value": "FIGHT"}, "no type"),
        ({"event_id": "3fa9c2d1:e1", "action": "change", "field": "status", "value": None}, "cannot be empty"),
        ({"event_id": "3fa9c2d1:e1", "action": "change", "field": "place_lat", "value": "north"}, "does not fit"),
        ({"event_id": "3fa9c2d1", "action": "add", "value": {"type": "AID"}}, "source_names"),
        ({"event_id": "ffffffff", "action": "add", "value": {}}, "no article"),
        ({"event_id": "3fa9c2d1:e1", "action": "accept", "note": "x" * 20_000}, "at most"),
    ],
)
def test_what_does_not_fit_is_refused(store: Store, given: dict[str, object], says: str) -> None:
    with pytest.raises(StoreError, match=says):
        store.correct(**{"author": "ada", **given})  # type: ignore[arg-type]
    assert store.corrections() == []


def test_hostile_words_are_only_words(store: Store) -> None:
    store.correct("3fa9c2d1:e1", "accept", author="'); DROP TABLE events; --", note="<script>alert(1)</script>")
    assert store.corrections()[0].author == "'); DROP TABLE events; --"
    assert store.events().num_rows == 2
