"""NewsML-G2, NITF, ninjs, Fundus, news-please, trafilatura, mail, and files that are none of these."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pages.carriers.samples import (
    BODY,
    FUNDUS,
    MAIL,
    MORE,
    NEWS_PLEASE,
    NEWSML,
    NINJS_1,
    NINJS_2,
    PAGE,
    TRAFILATURA,
    dumped,
)

from quidnunc.errors import EmptyInput, InputError, NotText, TooDeep, TooLarge
from quidnunc.pages.carriers import open_pages
from quidnunc.records import Page


def one(data: bytes) -> Page:
    (page,) = open_pages("d", data)
    assert isinstance(page, Page), page
    return page


def error(data: bytes) -> InputError:
    *_, last = open_pages("d", data)
    assert isinstance(last, InputError), last
    return last


def test_newsml() -> None:
    page = one(NEWSML)
    assert page == Page(
        "d", f"{BODY}\n\n{MORE}", form="body", headline="Ghana recalls envoy", authors=("Ama Mensah",), outlet="Accra Wire",
        language="en", published="2024-03-04T10:00:00Z", modified="2024-03-04T11:00:00Z",
    )  # fmt: skip


def test_newsml_with_xhtml_and_in_a_message() -> None:
    xhtml = f'<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{BODY}</p><p>{MORE}</p></body></html></inlineXML>'
    start, end = NEWSML.index(b"<inlineXML"), NEWSML.index(b"</contentSet>")
    item = NEWSML[NEWSML.index(b"<newsItem") : start] + xhtml.encode() + NEWSML[end:]
    message = (
        b'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
        + item
        + item
        + b"</itemSet></newsMessage>"
    )
    first, second = open_pages("d", message)
    assert isinstance(first, Page)
    assert (first.content, first.name) == (f"{BODY}\n\n{MORE}", "d#1")
    assert isinstance(second, Page)


def test_newsml_that_is_a_picture_or_withdrawn_is_skipped() -> None:
    for old, new, reason in (
        (b"ninat:text", b"ninat:picture", "NewsML picture"),
        (b"stat:usable", b"stat:canceled", "withdrawn by its provider"),
    ):
        found = open_pages("d", NEWSML.replace(old, new))
        assert list(found) == []
        assert found.skipped == {reason: 1}


def test_nitf() -> None:
    data = f"""<nitf><head><title>T</title></head><body><body.head><hedline><hl1>Ghana recalls envoy</hl1></hedline><byline>By Ama Mensah</byline></body.head>
    <body.content><p>{BODY}</p></body.content></body></nitf>"""
    page = one(data.encode())
    assert (page.content, page.headline, page.authors) == (BODY, "Ghana recalls envoy", ("Ama Mensah",))


def test_hostile_xml() -> None:
    entities = "".join(f"<!ENTITY {b} '&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};'>" for a, b in zip("abcdefghij", "bcdefghijk", strict=True))  # fmt: skip
    for doctype in (f"<!DOCTYPE newsItem [<!ENTITY a 'aaaaaaaaaa'>{entities}]>", "<!DOCTYPE newsItem [<!ENTITY k SYSTEM 'file:///etc/passwd'>]>"):  # fmt: skip
        started = time.perf_counter()
        (found,) = open_pages(
            "d", NEWSML.replace(b"<newsItem", doctype.encode() + b"<newsItem").replace(b"Monday", b"&k;")
        )
        assert time.perf_counter() - started < 2
        assert "root:" not in str(found)
        assert len(str(found)) < 2000
    assert "no well-formed XML" in str(error(NEWSML[:-30]))
    assert "no well-formed XML" in str(error(NEWSML.replace(b"<p>", b"<p>" * 1000)))


@pytest.mark.parametrize("item", [NINJS_1, NINJS_2])
def test_ninjs(item: dict[str, object]) -> None:
    page = one(dumped(item))
    assert (page.content, page.form, page.headline, page.outlet) == (BODY, "body", "Ghana recalls envoy", "Accra Wire")
    assert (page.authors, page.language, page.modified) == (("Ama Mensah",), "en", "2024-03-04T11:00:00Z")


def test_ninjs_that_is_a_picture_or_withdrawn_is_skipped() -> None:
    found = open_pages(
        "d", dumped({**NINJS_1, "type": "picture"}) + b"\n" + dumped({**NINJS_1, "pubstatus": "canceled"})
    )
    assert list(found) == []
    assert found.skipped == {"ninjs picture": 1, "withdrawn by its provider": 1}


def test_fundus() -> None:
    page = one(dumped(FUNDUS))
    assert page.content == f"{BODY}\n\nWhat Togo says\n\n{MORE}"
    assert (page.standfirst, page.published, page.authors) == ("A row over a border.", "2024-03-04 10:00:00+00:00", ("Ama Mensah",))  # fmt: skip
    by_publisher = one(dumped({"AccraDaily": [FUNDUS]}))
    assert (by_publisher.name, by_publisher.outlet) == ("d#1", "AccraDaily")


def test_news_please() -> None:
    assert one(dumped(NEWS_PLEASE)) == Page(
        "d", BODY, form="body", url="https://a.example/1", headline="Ghana recalls envoy", authors=("Ama Mensah",), outlet="a.example",
        published="2024-03-04 10:00:00", fetched="2024-03-05 00:00:00", language="en",
    )  # fmt: skip


def test_trafilatura() -> None:
    page = one(dumped(TRAFILATURA))
    assert (page.url, page.outlet, page.standfirst) == ("https://a.example/1", "Accra Daily", "A row.")
    assert page.authors == ("Ama Mensah", "Kofi Addo")


def test_mail() -> None:
    page = one(MAIL)
    assert (page.form, page.headline, page.outlet) == ("html", "Ghana recalls envoy", "Accra Daily")
    assert page.published == "Mon, 04 Mar 2024 10:00:00 +0000"
    assert BODY in page.content  # type: ignore[operator]


def test_mail_without_html_and_with_a_wrong_charset() -> None:
    head = "From: a@b.example\nTo: c@d.example\nSubject: S\nContent-Type: text/plain; charset=no-such\n\n"
    page = one((head + BODY).encode())
    assert (page.form, page.content, page.outlet) == ("text", BODY.encode(), "b.example")
    assert isinstance(error(head.encode()), EmptyInput)


def test_mail_with_too_many_parts() -> None:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(2000))
    assert isinstance(error(f"From: a@b.example\nTo: c@d.example\nSubject: S\n{parts}".encode()), TooDeep)


@pytest.mark.parametrize(
    "header",
    ["Subject: " + "=?utf-8?q?a?= " * 300_000, "From: " + "a," * 1_000_000, "From: " + "(" * 20_000, "Content-Type: text/html; " + "a*0=b; " * 100_000, 'Content-Type: multipart/mixed; boundary="' + '"' * 500_000],
)  # fmt: skip
def test_hostile_mail_headers_take_no_time(header: str) -> None:
    started = time.perf_counter()
    list(open_pages("d", f"Date: x\nTo: c@d.example\nMime-Version: 1\n{header}\n\n{BODY}".encode()))
    assert time.perf_counter() - started < 3


def test_html_and_text_are_one_page_each() -> None:
    assert one(PAGE.encode()) == Page("d", PAGE.encode())
    assert one(BODY.encode()) == Page("d", BODY.encode())
    assert one(b"{{infobox}} Ghana recalled").form == "unknown"
    assert one(b"Note: this is\nFrom: a story\n\nGhana").form == "unknown"


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"", EmptyInput), (b" \n", EmptyInput), (b"PK\x03\x04" + bytes(9), NotText), (b"a" * 10_000_001, TooLarge)],
)
def test_what_is_no_page(data: bytes, kind: type[InputError]) -> None:
    assert isinstance(error(data), kind)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (found,) = open_pages("gone", tmp_path / "gone")
    assert str(found) == "gone: it cannot be opened: No such file or directory"
    (folder,) = open_pages("folder", tmp_path)
    assert isinstance(folder, InputError)
