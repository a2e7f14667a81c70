"""Round trips through every format, files as their authors write them, and hostile ones."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace
from synthetic import article, coded, offer

from quidnunc import cli
from quidnunc.errors import InputError
from quidnunc.formats import FORMATS as EXPORTS
from quidnunc.formats import export, gdelt, icews, polecat
from quidnunc.imports import FORMATS, Tally, load, read
from quidnunc.store import Store

COLUMNS = Path(__file__).resolve().parents[3] / "shared" / "columns.json"
PAIRS = {"gdelt": "gdelt", "icews": "icews", "polecat": "polecat", "phoenix": "phoenix", "phoenix-daily": "phoenix-daily", "plover": "plover", "csv": "table", "tsv": "table",
         "jsonl": "jsonl", "brat": "brat", "labelstudio": "labelstudio", "inception": "inception"}  # fmt: skip
"""Export format to the importer that reads it."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "events.db")
    store.add(coded())
    return store


def back(store: Store, tmp_path: Path, written: str) -> list:
    format = EXPORTS[written]
    path = tmp_path / f"out{format.suffix}"
    export(store, format, path)
    tally = Tally()
    found = list(read(path, PAIRS[written], tally))
    assert tally.refused == []
    return found


@pytest.mark.parametrize("written", PAIRS)
def test_what_is_exported_comes_back(store: Store, tmp_path: Path, written: str) -> None:
    events = [event for article in back(store, tmp_path, written) for event in article.events]
    first = next(e for e in events if e.sources[0].country == "NOR")
    assert [p.country for p in first.targets] == ["KEN"]
    assert first.cameo[:2] == "03"
    assert first.type == "AGREE"


@pytest.mark.parametrize("written", ["plover", "csv", "tsv", "jsonl", "brat", "labelstudio", "inception"])
def test_formats_that_can_say_it_keep_status_and_words(store: Store, tmp_path: Path, written: str) -> None:
    articles = back(store, tmp_path, written)
    events = {event.type: (article, event) for article in articles for event in article.events}
    page, event = events["AGREE"]
    assert event.status == "offered"
    assert events["REJECT"][1].mode == "assist"
    assert page.article.text[slice(*event.spans.trigger)] == "offered to send"


@pytest.mark.parametrize("written", ["brat", "labelstudio", "inception"])
def test_annotation_tools_lose_no_span_and_count_code_points(tmp_path: Path, written: str) -> None:
    text = "\N{GRINNING FACE} \U00010330 Norway offered to send boats to Kenya."
    event = replace(offer(), attribution=None, place=None, date=None, spans=replace(offer().spans, sentence=(4, len(text)), trigger=(11, 26), sources=((4, 10),), targets=((36, 41),), date=None, place=None))  # fmt: skip
    one = replace(coded(), article=article(text=text), statements=(), events=(event,))
    with Store(tmp_path / "astral.db") as store:
        store.add(one)
        (found,) = back(store, tmp_path, written)
    assert found.article.text == text
    (event,) = found.events
    assert [text[slice(*s)] for s in (event.spans.trigger, *event.spans.sources, *event.spans.targets)] == ["offered to send", "Norway", "Kenya"]  # fmt: skip
    assert found.article.id == one.article.id


@pytest.mark.parametrize("sector", ["JRN", "GOV", "PRM", "CVL"])
def test_a_note_with_a_sector_alone_names_no_country(tmp_path: Path, sector: str) -> None:
    (tmp_path / "x.txt").write_text("Reporters marched.")
    (tmp_path / "x.ann").write_text(f"T1\tActor 0 9\tReporters\n#1\tAnnotatorNotes T1\t{sector}\nT2\tPROTEST 10 17\tmarched\nE1\tPROTEST:T2 Source:T1\n")  # fmt: skip
    (found,) = list(read(tmp_path, "brat"))
    assert (found.events[0].sources[0].country, found.events[0].sources[0].sectors) == (None, (sector,))


def test_the_command_line_offers_every_importer() -> None:
    assert set(cli.IMPORTS) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "content", [b"", b"\0\1\2\xff" * 50, b"{" * 5000, b"a\tb\tc\n1\t2\t3\n", b"[[[[1]]]]", b'"' * 3000 + b"\n" * 5]
)
def test_hostile_files_are_refused_or_counted_never_a_crash(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(content)
    tally = Tally()
    try:
        assert all(not article.events for article in read(path, name, tally))
    except InputError:
        return
    assert tally.refused_count + tally.without == tally.rows or tally.rows <= 1


GDELT_ROW = dict.fromkeys(gdelt.EVENTS, "") | {
    "GLOBALEVENTID": "1", "SQLDATE": "20240216", "Actor1Code": "CHNGOV", "Actor1Name": "CHINA", "Actor1CountryCode": "CHN", "Actor1Type1Code": "GOV", "Actor2Code": "HUN",
    "Actor2Name": "HUNGARY", "Actor2CountryCode": "HUN", "EventCode": "042", "GoldsteinScale": "1.9", "ActionGeo_Type": "4", "ActionGeo_FullName": "Budapest, Budapest, Hungary",
    "ActionGeo_CountryCode": "HU", "ActionGeo_Lat": "47.5", "ActionGeo_Long": "19.08", "DATEADDED": "20240219000000", "SOURCEURL": "https://a.example/1",
}  # fmt: skip


def test_a_gdelt_row_as_gdelt_writes_it(tmp_path: Path) -> None:
    rows = [GDELT_ROW, GDELT_ROW | {"GLOBALEVENTID": "2", "EventCode": "010"}, GDELT_ROW | {"GLOBALEVENTID": "3", "EventCode": "4x"}]  # fmt: skip
    text = "".join("\t".join(row.values()) + "\n" for row in rows) + "too\tshort\n"
    path = tmp_path / "20240219000000.export.CSV.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("20240219000000.export.CSV", text)
    tally = Tally()
    (found,) = list(read(path, "gdelt", tally))
    (event,) = found.events
    assert (event.type, event.mode, event.cameo, event.status) == ("CONSULT", "visit", "042", "occurred")
    assert (event.sources[0].text, event.sources[0].country, event.sources[0].sectors) == ("China", "CHN", ("GOV",))
    assert event.place is not None
    assert (event.place.name, event.place.country, event.place.lat) == ("Budapest", "HUN", 47.5)
    assert (tally.rows, tally.events, tally.without, tally.refused_count) == (4, 1, 1, 2)
    assert "4x" in tally.refused[0].why


def test_a_hand_coded_table(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "Event ID;Date;Event Type;Actor;Actor Country;Recipient;Recipient Country;Status;Sentence;Trigger\n"
        "1;2024-02-16;CONSULT.visit;Wang Xiaohong;CHN;Viktor Orban;HUN;;Wang Xiaohong visited Viktor Orban.;visited\n"
        "2;2024-02-30;CONSULT;A;CHN;B;HUN;;;\n"
        "3;;NONSENSE;A;CHN;B;HUN;;;\n\n;;;;;;;;;\n"
    )
    tally = Tally()
    (found,) = list(read(path, "table", tally))
    (event,) = found.events
    assert (event.type, event.mode, event.spans.trigger) == ("CONSULT", "visit", (14, 21))
    assert (tally.rows, tally.events, tally.refused_count, tally.without) == (4, 1, 2, 1)


def test_loading_twice_changes_nothing_and_a_gz_is_read(tmp_path: Path) -> None:
    path = tmp_path / "events.csv.gz"
    path.write_bytes(gzip.compress("\t".join(GDELT_ROW.values()).encode() + b"\n"))
    with Store(tmp_path / "imported.db") as store:
        load(store, path, "gdelt")
        load(store, path, "gdelt")
        assert store.sql("SELECT count(*), min(coder) FROM articles")[1] == [(1, "import:gdelt")]
        assert len(store.series("CHN", "HUN")) == 1


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quidnunc.imports._files.LARGEST", 10_000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"a\tb\n" * 100_000))
    with pytest.raises(InputError, match="more than"):
        list(read(path, "gdelt"))


def test_a_cas_with_entities_is_refused(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("TypeSystem.xml", "<typeSystemDescription/>")
        packed.writestr("a.xmi", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    tally = Tally()
    assert list(read(path, "inception", tally)) == []
    assert tally.refused_count == 1


@pytest.mark.skipif(not COLUMNS.exists(), reason="the published column lists are not beside the checkout")
def test_columns_are_those_that_public_readers_expect() -> None:
    published = json.loads(COLUMNS.read_text())
    assert [name for name, _ in published["gdelt2_events"]] == list(gdelt.EVENTS)
    assert [name for name, _ in published["gdelt2_mentions"]] == list(gdelt.MENTIONS)
    assert published["icews_tsv"] == list(icews.COLUMNS)
    assert published["polecat_tsv"] == list(polecat.COLUMNS)
    from quidnunc.formats import phoenix

    assert published["phoenix_clinecenter"] == list(phoenix.COLUMNS)
    assert published["phoenix_realtime"] == list(phoenix.DAILY)
