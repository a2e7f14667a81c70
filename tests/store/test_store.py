"""What goes into the store comes out of it, once, whole, and under the version that made it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from synthetic import card, coded, foreign

from quidnunc.errors import StoreError
from quidnunc.store import Counts, Failure, Selection, Store, event_rows
from quidnunc.store._schema import metadata


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place) as store:
        yield store


def test_an_added_article_comes_back_whole(store: Store) -> None:
    store.add(coded(related=(card(),)))
    page, related = store.coded()
    assert page.coded == coded()
    assert related.coded == card()
    assert [page.event_id(event) for event in page.events] == ["3fa9c2d1:e1", "3fa9c2d1:e2"]


def test_adding_the_same_twice_changes_nothing(store: Store) -> None:
    assert store.add(coded()).added == 1
    before = store.events()
    again = store.add([coded(), coded()])
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert store.events().equals(before)


def test_the_same_article_twice_in_one_batch_is_one_article(store: Store) -> None:
    assert [outcome.change for outcome in store.add([coded(), coded()]).outcomes] == ["added", "unchanged"]
    assert store.articles().num_rows == 1


def test_a_newer_version_takes_over_and_the_old_codes_stay(store: Store) -> None:
    store.add(coded(version="0.9.0"))
    recoded = replace(coded(version="0.10.0"), events=coded().events[:1])
    assert store.add(recoded).updated == 1
    assert store.events().column("id").to_pylist() == ["3fa9c2d1:e1"]
    assert store.events().column("coder").to_pylist() == ["0.10.0"]
    assert store.event("3fa9c2d1:e2", coder="0.9.0").event == coded().events[1]


def test_an_older_version_does_not_take_over(store: Store) -> None:
    store.add(coded(version="0.10.0"))
    store.add(coded(version="0.9.0"))
    assert set(store.events().column("coder").to_pylist()) == {"0.10.0"}


def test_a_page_that_changes_and_changes_back_keeps_one_current_row(store: Store) -> None:
    first, second = coded(), coded(headline="Kenya offered boats")
    for page in (first, second, first):
        store.add(page)
    (current,) = store.coded()
    assert current.coded == first
    assert store.sql("SELECT count(*), sum(CASE WHEN current THEN 1 ELSE 0 END) FROM articles")[1] == [(2, 1)]


def test_a_card_and_the_full_article_behind_it_are_two_rows(store: Store) -> None:
    store.add([coded(related=(card(article_id="77e0aa1200000000"),)), replace(card(), parent=None)])
    ids = store.events().column("id").to_pylist()
    assert len(set(ids)) == len(ids) == 4


def test_articles_whose_ids_begin_alike_get_longer_event_ids(store: Store) -> None:
    store.add([coded("3fa9c2d1aa000000"), coded("3fa9c2d1bb000000")])
    assert set(store.events().column("id").to_pylist()) >= {"3fa9c2d1:e1", "3fa9c2d1bb:e1"}


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"source": "nor"}, ["3fa9c2d1:e1", "77e0aa12:e1"]),
        ({"source": "NOR", "target": "KEN"}, ["3fa9c2d1:e1"]),
        ({"source": "republic of kenya"}, ["3fa9c2d1:e2"]),
        ({"type": "cooperate"}, ["77e0aa12:e1"]),
        ({"status": "not_yet"}, ["3fa9c2d1:e2"]),
        ({"since": "2024-03-05"}, ["3fa9c2d1:e2"]),
        ({"until": "2024-03-04"}, ["3fa9c2d1:e1"]),
        ({"since": "2024", "until": "2024-03"}, ["3fa9c2d1:e1", "3fa9c2d1:e2"]),
        ({"limit": 1}, ["3fa9c2d1:e1"]),
        ({"source": "x' OR 1=1 --"}, []),
        ({"source": "%"}, []),
    ],
)
def test_events_are_filtered(store: Store, filters: dict[str, object], ids: list[str]) -> None:
    store.add(coded(related=(card(),)))
    assert store.events(**filters).column("id").to_pylist() == ids


@pytest.mark.parametrize(
    "filters", [{"type": "HUG"}, {"status": "maybe"}, {"since": "2024-13"}, {"until": "2024-02-30"}, {"limit": -1}]
)
def test_a_filter_that_cannot_be_meant_is_refused(filters: dict[str, object]) -> None:
    with pytest.raises(StoreError):
        Selection(**filters)  # type: ignore[arg-type]


def test_rows_of_the_store_are_rows_of_the_article(store: Store) -> None:
    store.add(coded())
    assert store.event_rows() == list(event_rows(coded()))


def test_events_as_frames(store: Store) -> None:
    store.add(coded())
    assert store.events(as_="polars")["source_countries"].to_list() == [["NOR"], ["KEN"]]
    assert list(store.events(as_="pandas")["status"]) == ["offered", "not_yet"]
    with pytest.raises(StoreError, match="choose arrow"):
        store.events(as_="excel")  # type: ignore[call-overload]


def test_an_empty_store_gives_empty_tables_with_the_same_columns(store: Store) -> None:
    empty = store.events().schema
    store.add(coded())
    assert store.events().schema == empty


def test_articles_count_their_events_and_say_why_they_were_skipped(store: Store) -> None:
    store.add([coded(), foreign()])
    assert store.articles().select(["language", "skipped", "events"]).to_pylist() == [
        {"language": "en", "skipped": None, "events": 2},
        {"language": "zh", "skipped": "language zh", "events": 0},
    ]


def test_an_event_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    store.add(coded(related=(card(),)))
    assert store.event("77e").event == card().events[0]
    with pytest.raises(StoreError, match="several events"):
        store.event("3fa9")
    for unknown in ("zzz", "%", "_"):
        with pytest.raises(StoreError, match="no event"):
            store.event(unknown)


def test_coded_articles_of_a_selection_carry_only_the_events_selected(store: Store) -> None:
    store.add([coded(), foreign()])
    (only,) = store.coded(Selection(status="offered"))
    assert [event.id for event in only.events] == ["e1"]
    assert len(only.coded.events) == 2


def test_hostile_text_is_kept_as_it_is(store: Store) -> None:
    nasty = "'); DROP TABLE events; -- \x1b[31m \U0001f680 \u202e"
    store.add(coded(headline=nasty))
    assert store.events().column("headline").to_pylist() == [nasty, nasty]


def test_a_run_keeps_its_counts_and_failures(store: Store) -> None:
    run = store.begin_run("0.1.0")
    store.add(coded(), run=run)
    failure = Failure(input="b.html", reason="empty", message="b.html: it is empty")
    store.end_run(run, Counts(inputs=2, articles=1, failed=1), [failure])
    (row,) = store.runs()
    assert (row["inputs"], row["articles"], row["failed"]) == (2, 1, 1)
    assert store.sql("SELECT input, reason FROM failures")[1] == [("b.html", "empty")]


def test_a_run_that_does_not_add_up_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="add up"):
        store.end_run(store.begin_run("0.1.0"), Counts(inputs=2, articles=1))


def test_a_batch_is_written_whole_or_not_at_all(store: Store) -> None:
    twice_e1 = replace(coded("aaaaaaaabbbbbbbb"), events=(coded().events[0], coded().events[0]))
    with pytest.raises(StoreError):
        store.add([coded(), twice_e1])
    assert store.articles().num_rows == 0


def test_every_table_and_index_compiles_for_postgresql() -> None:
    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for index in table.indexes:
            CreateIndex(index).compile(dialect=postgresql.dialect())
