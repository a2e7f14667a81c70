"""JSON lines, arrays and objects, CSV, TSV, Parquet: a row a page, a bad row an error, the rest goes on."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime

import pytest
from pages.carriers.samples import BODY, MORE, PAGE, ROW, dumped, parquet

from quidnunc.errors import EmptyInput, InputError, TooDeep, TooLarge
from quidnunc.pages.carriers import open_pages
from quidnunc.records import Page


def read(data: bytes, **mapping: str) -> list[Page | InputError]:
    return list(open_pages("t", data, mapping=mapping or None))


def one(data: bytes, **mapping: str) -> Page:
    (page,) = read(data, **mapping)
    assert isinstance(page, Page), page
    return page


def kinds(items: list[Page | InputError]) -> str:
    return "".join("P" if isinstance(item, Page) else "e" for item in items)


EXPECTED = Page("t", BODY, form="body", headline="Ghana recalls envoy", url="https://a.example/1", published=date(2024, 3, 4), authors=("Ama Mensah",))  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        {"headline": "Ghana recalls envoy", "body": BODY, "link": "https://a.example/1", "publish_date": "2024-03-04", "authors": ["Ama Mensah"]},
        {"Title": "Ghana recalls envoy", "MainText": BODY, "URL": "https://a.example/1", "Published At": "2024-03-04", "Authors": "['Ama Mensah']"},
        {"title": "Ghana recalls envoy", "content": BODY, "source": "https://a.example/1", "date": "2024-03-04", "byline": "By Ama Mensah"},
        {"title": "Ghana recalls envoy", "text": BODY, "html": PAGE, "url": "https://a.example/1", "date": "2024-03-04", "author": [{"name": "Ama Mensah"}]},
        {"_source": ROW},
    ],
)  # fmt: skip
def test_usual_columns_are_known(row: dict[str, object]) -> None:
    page = one(dumped(row))
    assert (page.content, page.form, page.headline, page.url, page.published, page.authors) == (
        EXPECTED.content, "body", EXPECTED.headline, EXPECTED.url, "2024-03-04", EXPECTED.authors,
    )  # fmt: skip


@pytest.mark.parametrize("missing", ["None", "nan", "", "NULL", None, " "])
def test_what_stands_for_nothing_is_missing(missing: str | None) -> None:
    page = one(dumped({**ROW, "title": missing, "author": missing, "date": missing, "language": missing}))
    assert (page.headline, page.authors, page.published, page.language) == (None, None, None, None)


@pytest.mark.parametrize("stamp", [1709546400, 1709546400000, "1709546400", 1709546400.0, "20240304100000", "2024-03-04T10:00:00Z"])  # fmt: skip
def test_times(stamp: object) -> None:
    published = one(dumped({**ROW, "date": stamp})).published
    assert published in (datetime(2024, 3, 4, 10, 0, tzinfo=UTC), "2024-03-04T10:00:00Z")


def test_a_mapping_names_the_columns() -> None:
    row = {"kop": "Ghana", "stuk": BODY, "text": "not this", "krant": "Accra Daily"}
    page = one(dumped(row), headline="kop", text="stuk", outlet="krant")
    assert (page.headline, page.content, page.outlet) == ("Ghana", BODY, "Accra Daily")
    page = one(b"kop\tstuk\nGhana\t" + BODY.encode() + b"\n", headline="kop", text="stuk")
    assert (page.headline, page.content) == ("Ghana", BODY)


def test_a_mapping_to_a_column_that_is_not_there_says_which_are() -> None:
    (error,) = read(b"title,text,date\na,b,c\n", text="stuk")
    assert str(error) == "t: it has no column 'stuk'; it has title, text, date"
    with pytest.raises(ValueError, match="no field 'txt'"):
        open_pages("t", b"x", mapping={"txt": "stuk"})


def test_html_is_read_as_a_page() -> None:
    assert one(dumped({"html": PAGE, "url": "https://a.example/1"})).form == "html"
    assert one(parquet([{"html": PAGE.encode(), "url": "https://a.example/1"}])).content == PAGE.encode()


def test_rows_without_text_say_what_to_fetch() -> None:
    media_cloud = b"id,language,media_name,publish_date,title,url\n1,en,a.example,2024-03-04,Ghana recalls envoy,https://a.example/1\n"
    (error,) = read(media_cloud)
    assert isinstance(error, EmptyInput)
    assert str(error) == "t#line 2: it has a headline but no text; fetch https://a.example/1"


def test_a_teaser_is_the_text_where_there_is_no_other() -> None:
    page = one(
        dumped(
            {
                "title": "T",
                "description": BODY,
                "url": "https://a.example/1",
                "source": {"id": "x", "name": "Accra Daily"},
            }
        )
    )
    assert (page.content, page.outlet) == (BODY, "Accra Daily")


# JSON


def test_a_malformed_line_is_an_error_that_names_it() -> None:
    items = read(b"\n".join([dumped(ROW), b'{"text": "cut', b"", b"[1]", b'{"x": 1}', dumped(ROW)]))
    assert kinds(items) == "PeeeP"
    assert str(items[1]).startswith("t#line 2: it is no JSON: Unterminated string")
    assert items[4].name == "t#line 6"  # type: ignore[union-attr]


def test_an_array_goes_on_after_a_bad_element() -> None:
    items = read(
        b"["
        + b",\n".join([dumped(ROW), b"{text: 1}", dumped({"text": 'a "quoted" \\ [ } , text'}), dumped(ROW)])
        + b"]"
    )
    assert kinds(items) == "PePP"
    assert items[2].content == 'a "quoted" \\ [ } , text'  # type: ignore[union-attr]


def test_an_array_that_is_cut_short() -> None:
    items = read(dumped([ROW, ROW, ROW])[:-40])
    assert kinds(items) == "PPe"
    assert "cut short" in str(items[2])


def test_wrappers_hold_records() -> None:
    items = read(dumped({"status": "ok", "articles": [ROW, ROW, 3]}))
    assert kinds(items) == "PPe"
    assert items[1].name == "t#2"  # type: ignore[union-attr]


def test_json_over_several_lines() -> None:
    assert one(json.dumps(ROW, indent=2).encode()).content == BODY
    assert one(b"{\n" + dumped(ROW)[1:]).content == BODY
    (error,) = read(json.dumps(ROW, indent=2).encode()[:-30])
    assert "no JSON" in str(error)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_json_and_csv_in_other_encodings(encoding: str) -> None:
    row = json.dumps({"text": "Côte d’Ivoire", "title": "T"}, ensure_ascii=False)
    items = read((row + "\n" + row + "\n").encode(encoding))
    assert [item.content for item in items] == ["Côte d’Ivoire"] * 2  # type: ignore[union-attr]
    assert one("title;text\r\nT;Côte d’Ivoire\r\n".encode(encoding)).content == "Côte d’Ivoire"


@pytest.mark.parametrize("deep", [b"[" * 100_000, b'{"a":' * 100_000, b'{"text":' + b"[" * 200 + b"]" * 200 + b"}"])
def test_deep_json_is_an_error(deep: bytes) -> None:
    items = read(dumped(ROW) + b"\n" + deep + b"\n" + dumped(ROW) + b"\n")
    assert kinds(items) == "PeP"
    assert isinstance(items[1], TooDeep)
    assert kinds(read(deep)).strip("e") == ""


def test_lone_surrogates_and_nuls_do_no_harm() -> None:
    page = one(rb'{"text": "Ghana \ud800 and \u0000 Togo", "title": "\udfff"}')
    page.content.encode("utf-8")  # type: ignore[union-attr]
    assert page.headline == "?"


@pytest.mark.parametrize("number", ["NaN", "1e999", "9" * 5000])
def test_numbers_that_are_none(number: str) -> None:
    items = read(b'{"text": "Ghana.", "date": ' + number.encode() + b"}\n" + dumped(ROW) + b"\n")
    assert kinds(items)[1] == "P"


def test_a_record_over_the_limit() -> None:
    big = dumped({"text": "a" * 11_000_000})
    for data in (
        dumped(ROW) + b"\n" + big + b"\n" + dumped(ROW),
        b"[" + dumped(ROW) + b"," + big + b"," + dumped(ROW) + b"]",
    ):
        items = read(data)
        assert kinds(items) == "PeP"
        assert isinstance(items[1], TooLarge)


# CSV


def test_a_quotation_mark_that_is_never_closed_loses_one_row() -> None:
    rows = [f"T{n},{MORE},2024-03-04" for n in range(50)]
    rows[10] = f'T10,"{MORE},2024-03-04'
    items = read(("title,text,date\n" + "\n".join(rows) + "\n").encode())
    assert kinds(items) == "P" * 10 + "e" + "P" * 39
    assert "t#line 12: the row is malformed" in str(items[10])


def test_cells_may_hold_lines_and_delimiters() -> None:
    items = read(f'title,text\nT,"{BODY}\n\n""{MORE}"", she said"\nU,{MORE}\n'.encode())
    assert [item.content for item in items] == [f'{BODY}\n\n"{MORE}", she said', MORE]  # type: ignore[union-attr]
    assert [item.name for item in items] == ["t#line 2", "t#line 5"]  # type: ignore[union-attr]


def test_a_row_with_too_few_cells() -> None:
    items = read(b"title,text,date\nA,B,2024\nA\nA,B,2024\nA,B,2024,,\n")
    assert kinds(items) == "PePP"
    assert "it has 1 columns, and the header 3" in str(items[1])


def test_bytes_of_windows_1252() -> None:
    assert one("title,text\nT,Côte\n".encode("windows-1252")).content == "Côte"


@pytest.mark.parametrize("text", ["Title, text and date are the three things to know.", "Ghana, Togo\nand the rest", "a,b\n1,2\n", "title\ntext\n"])  # fmt: skip
def test_prose_with_commas_is_no_table(text: str) -> None:
    assert one(text.encode()).form == "unknown"


def test_a_row_over_the_limit() -> None:
    for long in ("a" * 11_000_000, '"' + ("a" * 1000 + "\n") * 11_000 + '"'):
        items = read(f"title,text\nT,{MORE}\nT,{long}\nT,{MORE}\n".encode())
        assert isinstance(items[1], TooLarge)
        assert kinds(items)[0] == kinds(items)[-1] == "P"


# Parquet


def test_parquet_types() -> None:
    row = {
        **ROW,
        "author": ["Ama Mensah", "Kofi Addo"],
        "date": datetime(2024, 3, 4, 10, tzinfo=UTC),
        "unused": {"a": [1]},
    }
    page, _ = read(parquet([row, row]))
    assert isinstance(page, Page)
    assert (page.name, page.authors, page.published) == ("t#row 1", ("Ama Mensah", "Kofi Addo"), datetime(2024, 3, 4, 10, tzinfo=UTC))  # fmt: skip


def test_a_parquet_file_that_is_cut_or_packed() -> None:
    data = parquet([ROW])
    (error,) = read(data[:-20])
    assert "no whole Parquet file" in str(error)
    assert kinds(read(gzip.compress(data))) == "P"


def test_a_parquet_bomb() -> None:
    (error,) = read(parquet([{"text": "a" * 9_000_000}] * 3 + [{"text": "b" * 9_000_000}], compression="zstd"))
    assert isinstance(error, TooLarge)


# Gzip


def test_a_gzip_that_is_cut_gives_what_came_before() -> None:
    rows = b"".join(dumped({**ROW, "text": f"{BODY} {n} {n * 7919}"}) + b"\n" for n in range(5000))
    items = read(gzip.compress(rows)[:-2000])
    assert kinds(items).strip("P") == "e"
    assert len(items) > 3000
    assert "cut short" in str(items[-1])
    assert kinds(read(gzip.compress(rows[: len(rows) // 2]) + gzip.compress(rows[len(rows) // 2 :]))) == "P" * 5000


@pytest.mark.parametrize("begin", [b"", PAGE.encode(), dumped(ROW) + b"\n", b"title,text\n", b"<rss>", b"PAR1"])
def test_a_gzip_bomb(begin: bytes) -> None:
    items = read(gzip.compress(begin + b"a" * 60_000_000))
    assert isinstance(items[-1], TooLarge)
    assert not any("aaaaa" in str(item) for item in items)


def test_gzip_inside_gzip() -> None:
    (error,) = read(gzip.compress(gzip.compress(PAGE.encode())))
    assert "gzip inside gzip" in str(error)
