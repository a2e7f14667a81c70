"""Feeds: entries become pages with what the feed says of them; what is cut or lost is told."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from pages.carriers.samples import ATOM, BODY, MORE, dumped, item, rss

from quidnunc.errors import EmptyInput, InputError, TooLarge
from quidnunc.pages.carriers import open_pages
from quidnunc.records import Page

FULL = "".join(f"<p>{BODY} {number}</p>" for number in range(30))


def read(data: bytes) -> list[Page | InputError]:
    return list(open_pages("f.xml", data))


def one(data: bytes) -> Page:
    (page,) = read(data)
    assert isinstance(page, Page), page
    return page


def test_a_teaser_is_a_body_with_the_feeds_facts() -> None:
    page = one(rss(item(1, "<dc:creator>Ama Mensah and Kofi Addo</dc:creator>")))
    assert (page.name, page.form, page.content) == ("f.xml#1", "body", BODY)
    assert (page.headline, page.url, page.outlet, page.language) == (
        "Story 1",
        "https://a.example/1",
        "Accra Daily",
        "en",
    )
    assert page.authors == ("Ama Mensah", "Kofi Addo")
    assert page.published == "Mon, 04 Mar 2024 10:00:00 GMT"


def test_a_full_text_is_html_and_the_teaser_its_standfirst() -> None:
    page = one(
        rss(
            item(1, f"<content:encoded><![CDATA[{FULL}]]></content:encoded>").replace(
                BODY + "</d", "The row deepens.</d"
            )
        )
    )
    assert page.form == "html"
    assert FULL in page.content  # type: ignore[operator]
    assert page.standfirst == "The row deepens."


def test_a_short_full_text_is_taken_whole() -> None:
    page = one(rss(item(1, f"<content:encoded><![CDATA[<p>{BODY}</p><p>{MORE}</p>]]></content:encoded>")))
    assert (page.form, page.content) == ("body", f"{BODY}\n\n{MORE}")


def test_a_blogs_signature_is_left_out() -> None:
    signed = (
        f"<![CDATA[<p>{BODY}</p><p>The post <a href='x'>Story</a> appeared first on <a href='y'>Accra Daily</a>.</p>]]>"
    )
    assert one(rss(item().replace(BODY, signed))).content == BODY


def test_the_source_of_an_item_wins_over_the_feed() -> None:
    assert one(rss(item(1, "<source url='https://l.example/rss'>Lome Post</source>"))).outlet == "Lome Post"


def test_atom() -> None:
    page = one(ATOM)
    assert (page.content, page.form, page.outlet, page.authors) == (MORE, "body", "Lome Post", ("Afi Lawson",))
    assert (page.published, page.modified) == ("2024-03-05T09:00:00Z", "2024-03-05T11:30:00Z")


def test_rss_1_and_its_dublin_core_date() -> None:
    data = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="x"><title>Lome Post</title></channel>
    <item rdf:about="https://l.example/1"><title>T</title><link>https://l.example/1</link><description>{MORE}</description><dc:date>2024-03-05T09:00:00Z</dc:date></item></rdf:RDF>"""
    page = one(data.encode())
    assert (page.published, page.modified, page.outlet) == ("2024-03-05T09:00:00Z", None, "Lome Post")


def test_a_date_that_only_feedparser_reads() -> None:
    page = one(rss(item().replace("Mon, 04 Mar 2024 10:00:00 GMT", "Mon, 04 Mar 24 10:00 EST")))
    assert page.published == datetime(2024, 3, 4, 15, 0, tzinfo=UTC)


def test_json_feed() -> None:
    feed = {"version": "https://jsonfeed.org/version/1", "title": "Lome Post", "items": [{"id": "1", "content_text": MORE}, {"id": "2", "title": "T"}, 3]}  # fmt: skip
    page, empty, wrong = open_pages("f.json", dumped(feed))
    assert isinstance(page, Page)
    assert (page.name, page.content, page.outlet) == ("f.json#1", MORE, "Lome Post")
    assert isinstance(empty, EmptyInput)
    assert isinstance(wrong, InputError)


def test_an_entry_without_text_is_an_error_that_says_what_to_fetch() -> None:
    first, second = read(rss("<item><title>Only a headline</title><link>https://a.example/1</link></item>", item(2)))
    assert str(first) == "f.xml#1: it has a headline but no text; fetch https://a.example/1"
    assert isinstance(first, EmptyInput)
    assert isinstance(second, Page)


# Broken and hostile feeds


def test_a_bare_ampersand_loses_nothing() -> None:
    items = read(rss(*(item(n) for n in range(1, 101))).replace(b"Story 50", b"Ghana & Togo"))
    assert len(items) == 100
    assert all(isinstance(one, Page) for one in items)


@pytest.mark.parametrize("cut", [1, 40, 130, 180])
def test_an_entry_that_is_cut_short_is_no_page(cut: int) -> None:
    data = rss(item(1), item(2))
    data = data[: data.rindex(b"</item>")][:-cut]
    items = read(data)
    assert [one.name for one in items if isinstance(one, Page)] == ["f.xml#1"]
    assert "f.xml#2: the entry is cut short" in str(items[-1])


def test_a_feed_of_which_nothing_can_be_read_is_told() -> None:
    (error,) = read(b"<rss><channel><title>x")
    assert isinstance(error, InputError)
    assert "broken" in str(error)
    assert read(b"<rss version='2.0'><channel><title>x</title></channel></rss>") == []


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {b} '&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};'>" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE x [<!ENTITY k SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE])
def test_entities_neither_explode_nor_load_files(doctype: str) -> None:
    started = time.perf_counter()
    items = read(rss(item().replace(BODY, BODY + " &k;")).replace(b"<rss", doctype.encode() + b"<rss"))
    assert time.perf_counter() - started < 2
    for found in items:
        if isinstance(found, Page):
            assert "root:" not in found.content  # type: ignore[operator]
            assert len(found.content) < 1000


@pytest.mark.parametrize(
    "inside",
    ["<a" * 150_000, "<b>" * 150_000, "<![CDATA[" * 100_000, "&" * 500_000, "<!--" * 100_000, "&amp;lt;" * 300_000, "<![foo" * 50_000, " " * 3_000_000],
)  # fmt: skip
def test_hostile_markup_takes_seconds_at_most(inside: str) -> None:
    started = time.perf_counter()
    read(rss(item().replace(BODY, BODY + inside)))
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("inside", ["<item/>" * 500_000, "<b " + "a=1 " * 500_000 + ">", " " * 11_000_000])
def test_a_feed_that_would_take_too_long_or_too_much(inside: str) -> None:
    (error,) = read(rss(inside))
    assert isinstance(error, TooLarge)


def test_a_name_that_is_a_url_or_a_file_is_never_opened() -> None:
    (page,) = open_pages("/etc/passwd", rss(item()))
    assert isinstance(page, Page)
    assert page.name == "/etc/passwd#1"
