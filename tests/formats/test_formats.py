"""What is written in each format, and what each cannot say."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars
import pytest
from msgspec.structs import replace
from synthetic import card, coded, foreign, offer

from quidnunc import cli, schema
from quidnunc.errors import StoreError
from quidnunc.formats import FORMATS, export
from quidnunc.formats.csv import cell
from quidnunc.formats.polecat import COLUMNS, tells
from quidnunc.store import Selection, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "events.db")
    store.add([coded(related=(card(),)), foreign()])
    return store


@pytest.mark.parametrize("name", FORMATS)
def test_contract_of_every_format(store: Store, tmp_path: Path, name: str) -> None:
    """It has a name of its own, says what it loses, writes the same bytes twice, and an empty selection without failing."""
    format = FORMATS[name]
    assert format.name == name
    assert format.loses
    paths = [tmp_path / f"{number}{format.suffix}" for number in range(3)]
    assert export(store, format, paths[0]) == export(store, format, paths[1]) > 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert export(store, format, paths[2], Selection(source="nobody")) == 0
    assert sorted(tmp_path.glob(".*")) == []


def test_the_command_line_offers_every_format() -> None:
    assert set(cli.FORMATS) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_cannot_be_written_is_an_error_that_names_it(store: Store, name: str) -> None:
    with pytest.raises(StoreError, match=r"nowhere/x: it cannot be written"):
        export(store, FORMATS[name], "nowhere/x")


def test_a_failed_export_leaves_the_old_file(store: Store, tmp_path: Path) -> None:
    def fail(*_: object) -> int:
        raise StoreError("the database broke")

    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(StoreError):
        export(store, replace_write(fail), path)
    assert path.read_text() == "old"
    assert sorted(tmp_path.glob(".*")) == []


def replace_write(write: object) -> object:
    from dataclasses import replace

    return replace(FORMATS["csv"], write=write)


def test_jsonl_holds_every_article_and_comes_back_as_it_was(store: Store, tmp_path: Path) -> None:
    from jsonschema import Draft202012Validator

    from quidnunc.records import CodedArticle

    path = tmp_path / "out.jsonl"
    assert export(store, FORMATS["jsonl"], path) == 3
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    for line in lines:
        Draft202012Validator(schema()).validate(line)
    assert [CodedArticle.from_dict(line) for line in lines] == [coded(), card(), foreign()]


def test_csv_reads_into_r_and_the_like(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert export(store, FORMATS["csv"], path) == 3
    with path.open(newline="", encoding="utf-8") as file:
        first, *_ = csv.DictReader(file)
    assert {name: first[name] for name in ("id", "contexts", "cameo", "source_names", "source_sectors", "mode", "place_lat")} == {
        "id": "3fa9c2d1:e1", "contexts": "military; diplomatic", "cameo": "0331", "source_names": "Norway", "source_sectors": "GOV",
        "mode": "", "place_lat": "-1.283",
    }  # fmt: skip
    frame = polars.read_csv(path, schema_overrides={"cameo": polars.String})
    assert frame.height == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("two\nlines\x00", "two lines "), (["CHN", None], "CHN; "), ([None], ""), (None, ""), (-1.5, "-1.5"), ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        (["@SUM", "b"], "'@SUM; b"), (["a; b", "c"], "a, b; c"),
    ],
)  # fmt: skip
def test_cells_for_a_spreadsheet(value: object, text: str) -> None:
    assert cell(value, spreadsheet=True) == text


def test_cells_are_left_alone_otherwise() -> None:
    assert cell("=1+1") == "=1+1"


def test_parquet_keeps_lists_dates_and_the_credit(store: Store, tmp_path: Path) -> None:
    from pyarrow import parquet

    path = tmp_path / "out.parquet"
    export(store, FORMATS["parquet"], path, Selection(status="offered"))
    table = parquet.read_table(path)
    assert table.select(["contexts", "date_start"]).to_pylist()[0]["contexts"] == ["military", "diplomatic"]
    assert str(table.schema.field("date_start").type) == "date32[day]"
    assert b"GeoNames" in table.schema.metadata[b"credits"]


def test_plover_records_are_the_manuals_and_carry_what_it_leaves_open(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    export(store, FORMATS["plover"], path)
    first, second, _ = (json.loads(line) for line in path.read_text().splitlines())
    assert first["actor"] == [
        {"code": "NOR", "sector": ["GOV"], "entity_text": "Norway", "identifier_text": "Norway", "span": [0, 6]}
    ]
    assert first["recipient"][0]["identifier_text"] == "Republic of Kenya"
    assert (first["date"], first["event"], first["quad_code"], first["event_text"]) == (
        "2024-03-04",
        ["AGREE"],
        1,
        "offered to send",
    )
    assert first["event_loc"]["geonameid"] == 184745
    assert (first["status"], first["attribution"]["speaker"]) == ("offered", "the foreign ministry")
    assert first["cite_info"]["publication"] == "The Daily Example"
    assert "recipient" not in second


def test_polecat_has_forty_columns_and_none_for_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    assert export(store, FORMATS["polecat"], path) == 2
    header, first, second = (line.split("\t") for line in path.read_text().splitlines())
    assert tuple(header) == COLUMNS
    assert {len(header), len(first), len(second)} == {40}
    row = dict(zip(header, first, strict=True))
    assert (row["Event Date"], row["Event Type"], row["Event Mode"], row["Quad Code"]) == (
        "2024-03-04",
        "AGREE",
        "None",
        "VERBAL COOPERATION",
    )
    assert (row["Actor Country"], row["Primary Actor Sector"], row["Recipient Name"], row["Actor COW"]) == (
        "NOR",
        "GOV",
        "Republic of Kenya",
        "385",
    )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"type": "AGREE", "status": "offered"}, True),
        ({"type": "AGREE", "status": "denied"}, False),
        ({"type": "CONSULT", "status": "planned"}, False),
        ({"type": "CONSULT", "status": "occurred"}, True),
        ({"type": "ASSAULT", "status": "ongoing"}, True),
        ({"type": "ASSAULT", "status": "alleged"}, False),
        ({"type": "ASSAULT", "status": "occurred", "polarity": "negative"}, False),
        ({"type": "THREATEN", "status": "threatened"}, True),
        ({"type": "REJECT", "status": "not_yet"}, False),
    ],
)  # fmt: skip
def test_polecat_never_turns_a_plan_or_a_denial_into_a_fact(fields: dict[str, str], told: bool) -> None:
    assert tells(replace(offer(), **fields)) is told
