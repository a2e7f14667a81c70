"""WARC and WET: whole records become pages, broken ones errors, and reading goes on behind them."""

from __future__ import annotations

import gzip
import io
import random
import re
import tracemalloc
import zlib
from pathlib import Path

import brotli
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from pages.carriers.samples import BODY, PAGE, http, record, response, warc_gz

from quidnunc.errors import InputError, TooLarge
from quidnunc.pages.carriers import open_pages
from quidnunc.records import Page


def read(data: bytes) -> list[Page | InputError]:
    return list(open_pages("c.warc", data))


def pages(items: list[Page | InputError]) -> list[str]:
    return [item.name for item in items if isinstance(item, Page)]


def errors(items: list[Page | InputError]) -> list[str]:
    return [str(item) for item in items if isinstance(item, InputError)]


def ids(*numbers: int) -> list[str]:
    return [f"c.warc#urn:uuid:{number:08d}" for number in numbers]


def one(block: bytes, **more: object) -> Page | InputError:
    (item,) = read(record(block, **more))  # type: ignore[arg-type]
    return item


def noisy(number: int, size: int = 3000) -> bytes:
    """A record that does not compress, so that a flipped byte of its member is felt."""
    words = "".join(random.Random(number).choices("abcdefghijklmnopqrstuvwxyz ", k=size))
    return record(http(PAGE.replace("Monday", words).encode()), number)


def test_a_response_gives_its_facts() -> None:
    page = one(http(PAGE.encode()))
    assert isinstance(page, Page)
    assert (page.form, page.url, page.fetched) == ("html", "https://a.example/1", "2024-03-04T10:00:00Z")
    assert page.content == PAGE.encode()


def test_wet_is_text() -> None:
    page = one(BODY.encode(), kind="conversion", headers=("Content-Type: text/plain",))
    assert isinstance(page, Page)
    assert (page.form, page.content) == ("text", BODY.encode())


@pytest.mark.parametrize("pack", [b"".join, lambda rs: warc_gz(*rs), lambda rs: gzip.compress(b"".join(rs))])
def test_all_packings_read_alike(pack) -> None:  # type: ignore[no-untyped-def]
    data = pack([record(b"software: x\r\n", 9, kind="warcinfo"), response(1), response(2), response(3)])
    found = open_pages("c.warc", data)
    assert pages(list(found)) == ids(1, 2, 3)
    assert found.skipped == {"warcinfo record": 1}


@pytest.mark.parametrize("single", [False, True])
def test_records_of_all_sizes_are_read_whole(single: bool) -> None:
    """From less than a step of inflating to many, compressing well and badly."""
    blocks = [noisy(n, size) for n, size in enumerate((10, 5_000, 16_300, 16_400, 65_536, 200_000, 1_000_000))]
    blocks += [record(http(b"<p>" + b"Ghana " * size), 100 + size) for size in (100, 11_000, 22_000, 90_000)]
    items = read(gzip.compress(b"".join(blocks)) if single else warc_gz(*blocks))
    assert [item.content for item in items if isinstance(item, Page)] == [
        block.split(b"\r\n\r\n", 2)[2].removesuffix(b"\r\n\r\n") for block in blocks
    ]


def test_what_is_no_article_is_counted() -> None:
    data = b"".join(
        [
            record(b"GET / HTTP/1.1\r\n\r\n", 1, kind="request"),
            record(http(b"gone", status="404 Not Found"), 2),
            record(http(b"\x89PNG\r\n" + bytes(50), content_type="image/png"), 3),
            record(http(b"User-agent: *", content_type="text/plain"), 4, uri="https://a.example/robots.txt"),
            record(http(b'{"a": 1}', content_type="application/json"), 5),
            record(http(b""), 6),
            response(7),
        ]
    )
    found = open_pages("c.warc", data)
    assert pages(list(found)) == ids(7)
    assert found.skipped == {"request record": 1, "HTTP status 404": 1, "no HTML or text": 3, "empty": 1}


def test_content_wins_over_a_lying_content_type() -> None:
    page = one(http(PAGE.encode(), content_type="image/jpeg"))
    assert isinstance(page, Page)
    assert page.form == "html"
    found = open_pages("c.warc", record(http(b"\xff\xd8\xff" + bytes(200))))
    assert list(found) == []
    assert found.skipped == {"no HTML or text": 1}


@pytest.mark.parametrize(
    ("content_type", "sent", "expected"),
    [
        ("text/html; charset=windows-1250", PAGE.replace("Togo", "Łódź").encode("windows-1250"), "Łódź"),
        ("text/html; charset=ISO-8859-1", PAGE.replace("Togo", "Côte").encode("latin-1"), "Côte"),
    ],
)
def test_a_declared_charset_is_used(content_type: str, sent: bytes, expected: str) -> None:
    page = one(http(sent, content_type=content_type))
    assert isinstance(page, Page)
    assert isinstance(page.content, str)
    assert expected in page.content


@pytest.mark.parametrize("charset", ["ISO-8859-1", "no-such-charset", "base64", "utf-16"])
def test_utf_8_stays_bytes_whatever_is_declared(charset: str) -> None:
    sent = PAGE.replace("Togo", "Côte").encode()
    page = one(http(sent, content_type=f"text/html; charset={charset}"))
    assert isinstance(page, Page)
    assert page.content == sent


@pytest.mark.parametrize(
    ("header", "pack"),
    [
        ("Content-Encoding: gzip", gzip.compress),
        ("Content-Encoding: br", brotli.compress),
        ("Content-Encoding: deflate", zlib.compress),
        ("Content-Encoding: deflate", lambda raw: zlib.compress(raw, wbits=-15)),
        ("Content-Encoding: gzip", bytes),
        ("Content-Encoding: br", bytes),
        ("Transfer-Encoding: chunked", lambda raw: b"%x;x=y\r\n%s\r\n5\r\n%s\r\n0\r\n\r\n" % (len(raw) - 5, raw[:-5], raw[-5:])),
        ("Transfer-Encoding: chunked", bytes),
    ],
)  # fmt: skip
def test_encodings_are_undone_unless_the_writer_did(header: str, pack) -> None:  # type: ignore[no-untyped-def]
    page = one(http(pack(PAGE.encode()), header))
    assert isinstance(page, Page), page
    assert page.content == PAGE.encode()


def test_an_unknown_encoding_is_told() -> None:
    error = one(http(b"\x28\xb5\x2f\xfd" + bytes(99), "Content-Encoding: zstd"))
    assert isinstance(error, InputError)
    assert "zstd" in str(error)


@pytest.mark.parametrize(("header", "pack"), [("Content-Encoding: gzip", gzip.compress), ("Content-Encoding: br", brotli.compress)])  # fmt: skip
@pytest.mark.parametrize("size", [3_000_000, 30_000_000])
def test_a_bomb_is_an_error_and_the_next_record_is_read(header: str, pack, size: int) -> None:  # type: ignore[no-untyped-def]
    items = read(record(http(pack(b"<p>" + b"a" * size), header)) + response(2))
    assert isinstance(items[0], TooLarge)
    assert pages(items) == ids(2)


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_what_another_library_wrote_is_read(pack) -> None:  # type: ignore[no-untyped-def]
    """With the digests that fastwarc computes."""
    written = io.BytesIO()
    for number in range(3):
        one_record = WarcRecord()
        one_record.init_headers(record_type=WarcRecordType.response, record_urn=f"{number:08d}".encode())
        one_record.headers.append("WARC-Target-URI", "https://a.example/x")
        one_record.is_http = True
        one_record.set_bytes_content(http(PAGE.encode()))
        one_record.write(written, checksum_data=True)
    items = read(pack(written.getvalue()))
    assert [item.content for item in items if isinstance(item, Page)] == [PAGE.encode()] * 3
    assert b"WARC-Block-Digest" in written.getvalue()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Peak of what Python allocates for 400 records of 100 kB (40 MB), of which a page at a time is held."""
    path = tmp_path / "c.warc.gz"
    with path.open("wb") as file:
        for number in range(400):
            file.write(
                gzip.compress(
                    record(http(b"<p>" + bytes(random.Random(number).choices(b"abcdefgh ", k=100_000))), number), 1
                )
            )
    tracemalloc.start()
    count = sum(isinstance(item, Page) for item in open_pages("c.warc", path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 400
    assert peak < 10_000_000


# Broken records


@pytest.mark.parametrize("cut", [1, 40, 200, 300, 500])
@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_record_is_never_a_page(cut: int, packed: bool) -> None:
    last = noisy(2)
    data = warc_gz(response(1), last) if packed else response(1) + last[:-4]
    items = read(data[:-cut])
    assert pages(items) == ids(1)
    assert len(errors(items)) == 1


def test_fastwarc_would_have_passed_it() -> None:
    """The reason for a framing of our own: should this fail, fastwarc may do."""
    passed = [r.reader.read() for r in ArchiveIterator(io.BytesIO(response(1) + response(2)[:-100]), parse_http=False)]
    assert len(passed) == 2


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("wrong", [10, 5_000, 20_000_000, 10**14])
def test_a_wrong_length_loses_that_record_only(wrong: int, packed: bool) -> None:
    bad = response(2, length=wrong)
    data = (
        warc_gz(response(1), bad, response(3), response(4)) if packed else response(1) + bad + response(3) + response(4)
    )
    items = read(data)
    assert pages(items) == ids(1, 3, 4)
    assert len(errors(items)) == 1
    assert errors(items)[0].startswith(ids(2)[0])


def test_a_wrong_length_of_a_record_that_is_passed_over() -> None:
    bad = record(b"x" * 9_000 + b"\n", 2, kind="metadata", length=60_000)
    items = read(response(1) + bad + response(3) * 40)
    assert pages(items)[:2] == ids(1, 3)
    assert "its Content-Length (60,000) is wrong" in errors(items)[0]


def test_a_missing_length_and_garbage_between_records() -> None:
    nameless = response(2).replace(b"Content-Length", b"Content-Width")
    items = read(response(1) + nameless + response(3) + b"garbage\n" * 50 + response(4))
    assert pages(items) == ids(1, 3, 4)
    assert len(errors(items)) == 2
    assert "400 bytes skipped" in errors(items)[1]


def test_a_header_without_a_block_loses_no_record_behind_it() -> None:
    items = read(
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + response(1) + b"WARC/1.0\r\nWARC-Type: response\r\n" + response(2)
    )
    assert pages(items) == ids(1, 2)
    assert len(errors(items)) == 2


def test_a_digest_that_does_not_fit() -> None:
    bad = response(2).replace(b"day 2", b"day 9")
    items = read(response(1) + bad + response(3))
    assert pages(items) == ids(1, 3)
    assert "digest" in errors(items)[0]


@pytest.mark.parametrize("given_digest", ["sha1:nonsense", "crc:1234", ""])
def test_a_digest_of_an_unknown_form_is_not_judged(given_digest: str) -> None:
    items = read(response(1, digest=False, headers=(f"WARC-Block-Digest: {given_digest}",)))
    assert pages(items) == ids(1)


def test_what_the_crawler_or_the_server_cut_is_an_error() -> None:
    items = read(
        response(1, headers=("WARC-Truncated: length",))
        + record(http(PAGE.encode()[:-50], f"Content-Length: {len(PAGE)}"), 2)
    )
    assert pages(items) == []
    assert "WARC-Truncated" in errors(items)[0]
    assert "cut short" in errors(items)[1]


@pytest.mark.parametrize("place", [0, 1, 15, 200, 900, -12, -6, -1])
def test_after_a_corrupt_member_the_next_is_found_and_the_bytes_counted(place: int) -> None:
    members = [gzip.compress(noisy(number), mtime=0) for number in range(1, 6)]
    bad = bytearray(members[2])
    bad[place] ^= 0xFF
    items = read(b"".join([*members[:2], bytes(bad), *members[3:]]))
    assert pages(items) == ids(1, 2, 4, 5)
    (error,) = errors(items)
    assert f"byte {len(members[0] + members[1]):,}" in error
    assert f"{len(bad):,} bytes skipped" in error


def test_many_corrupt_members() -> None:
    members = [gzip.compress(noisy(number), mtime=0) for number in range(60)]
    spoilt = [m if n % 3 else m[: len(m) // 2] + bytes(30) + m[len(m) // 2 + 30 :] for n, m in enumerate(members)]
    items = read(b"".join(spoilt))
    assert pages(items) == ids(*(n for n in range(60) if n % 3))
    assert sum(int(re.findall(r"([\d,]+) bytes skipped", e)[0].replace(",", "")) for e in errors(items)) == sum(map(len, members[::3]))  # fmt: skip


def test_a_first_member_that_is_corrupt() -> None:
    first = bytearray(gzip.compress(noisy(1)))
    first[30:90] = bytes(60)
    assert pages(read(bytes(first) + warc_gz(response(2), response(3)))) == ids(2, 3)


def test_a_cut_single_member_gives_the_whole_records_before_the_cut() -> None:
    whole = gzip.compress(b"".join(noisy(number) for number in range(1, 6)))
    items = read(whole[: len(whole) // 2])
    assert pages(items) == ids(1, 2)
    assert len(errors(items)) == 1


def test_records_over_the_limit() -> None:
    big = record(http(b"<p>" + b"a" * 11_000_000), 2)
    items = read(response(1) + big + response(3))
    assert pages(items) == ids(1, 3)
    assert isinstance(items[1], TooLarge)
    picture = record(b"x" * 11_000_000, 2, kind="metadata")
    assert pages(read(response(1) + picture + response(3))) == ids(1, 3)


def test_a_member_that_is_a_bomb() -> None:
    bomb = gzip.compress(record(b"a" * 30_000_000, 2, kind="metadata"))
    items = read(warc_gz(response(1)) + bomb + warc_gz(response(3)))
    assert pages(items) == ids(1, 3)
    assert len(errors(items)) == 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_page_is_ever_other_than_it_was_written(data: st.DataObject) -> None:
    """Overwrite a stretch anywhere: what still comes out as a page is one of those that went in, whole."""
    packed = data.draw(st.booleans())
    parts = [noisy(number, 300) for number in range(4)]
    whole = bytearray(warc_gz(*parts) if packed else b"".join(parts))
    start = data.draw(st.integers(0, len(whole) - 1))
    whole[start : start + data.draw(st.integers(0, 600))] = data.draw(st.binary(max_size=30))
    originals = {part.split(b"\r\n\r\n", 2)[2].removesuffix(b"\r\n\r\n") for part in parts}
    items = read(bytes(whole))
    for item in items:
        if isinstance(item, Page):
            assert item.content in originals
