"""Input that is no page, or that wants to hang the reader: the right error, with one clear line, in time."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quidnunc import pages
from quidnunc.errors import EmptyInput, InputError, NoArticle, NotText, QuidnuncError, TooDeep, TooLarge

SENTENCE = "The minister said on Monday that talks with the rebels had failed. "
PARAGRAPHS = [f"Minister {i} said on Monday that talks with group {i} had failed in the capital." for i in range(8)]

BAD: list[tuple[str, str | bytes, type[InputError]]] = [
    ("empty text", "", EmptyInput),
    ("empty bytes", b"", EmptyInput),
    ("white space", " \n\t\r\n\u00a0 ", EmptyInput),
    ("NUL bytes", b"\x00" * 500, NotText),
    ("a PDF", b"%PDF-1.7\n...", NotText),
    ("a zip archive", b"PK\x03\x04....", NotText),
    ("a PNG image", b"\x89PNG\r\n\x1a\n....", NotText),
    ("a JPEG image", b"\xff\xd8\xff\xe0....", NotText),
    ("a gzip file", b"\x1f\x8b\x08....", NotText),
    ("noise", bytes((i * 7919 >> 3) & 255 for i in range(20_000)), NotText),
    ("200 MB", "a" * 200_000_000, TooLarge),
    ("too many lines", "word word\n" * 300_000, TooLarge),
    ("too many elements", "<html><body>" + "<p>x" * 200_000, TooLarge),
    ("deep markup", "<html><body>" + "<div>" * 100_000 + SENTENCE, TooDeep),
    ("deep inline markup", "<html><body>" + "<span>" * 100_000 + SENTENCE, TooDeep),
    ("a menu", "Home\nWorld\nPolitics\nSport\nBusiness\nContact us\nPrivacy policy\n", NoArticle),
    ("a menu in HTML", "<html><body><nav><a href='/'>Home</a><a href='/w'>World</a></nav></body></html>", NoArticle),
    ("markup alone", "<html><head><title>News</title></head><body></body></html>", NoArticle),
    ("a section index", "World\n\n" + "".join(f"Minister {i} rejects offer of talks\n{p}\n\n" for i, p in enumerate(PARAGRAPHS)), NoArticle),
    (
        "a section index in HTML",
        "<html><body><main>"
        + "".join(f"<div><h3><a href='/{i}'>Minister {i} rejects offer of talks</a></h3><p>{p}</p></div>" for i, p in enumerate(PARAGRAPHS))
        + "</main></body></html>",
        NoArticle,
    ),
    (
        "an index of cut teasers",
        "".join(f"Minister {i} rejects offer of talks\nThe minister has rejected an offer made by the ...\n{i} hours ago\n" for i in range(1, 9)),
        NoArticle,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("page", "error"), [pytest.param(page, error, id=name) for name, page, error in BAD])
def test_bad_input_is_named_in_one_line_and_fast(page: str | bytes, error: type[InputError]) -> None:
    begin = time.perf_counter()
    with pytest.raises(error) as caught:
        pages.read(page)
    assert time.perf_counter() - begin < 2.0
    message = str(caught.value)
    assert message
    assert "\n" not in message


def test_stray_nul_bytes_are_cleaned() -> None:
    assert pages.read(f"{SENTENCE}\x00\n\n{SENTENCE[:-2]}\x00.").text == f"{SENTENCE.strip()}\n\n{SENTENCE.strip()}"
    assert pages.read(b"The min\x00ister said on Monday that talks had failed.").text.startswith("The minister")


WORDS = "The café in Zürich was “closed”, the minister’s aide said – for good. "


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert pages.read((WORDS * 3).encode(encoding)).text == (WORDS * 3).strip()


def test_declared_encoding() -> None:
    body = (
        "<p>Президент заявил, что переговоры провалились.</p><p>Министр сказал, что не согласен с этим решением.</p>"
        * 2
    )
    page = f"<html><head><meta charset='windows-1251'></head><body><article>{body}</article></body></html>"
    assert "Президент заявил" in pages.read(page.encode("cp1251")).text


def test_a_lying_declaration_loses_to_the_bytes() -> None:
    page = f"<html><head><meta charset='iso-8859-1'></head><body><article><p>{WORDS * 2}</p><p>{SENTENCE}</p></article></body></html>"
    assert "café in Zürich" in pages.read(page.encode("utf-8")).text


ADVERSARIAL = [
    "a ", "A", "(", '"', ". ", "1 ", "20", "2024-", "By A, ", "A B (", "&amp;", "&#1", "年", "Photo: ", "ago 1 ", "<a ", "</", "<!--",
    "<p", "January ", "(AP", "photo [", "A. ", "- ", "By By ", "1.", "12:3", "A, B, ", "© ", "<script>", "<div class='", "via ", "|",
]  # fmt: skip


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_no_pattern_is_slow(piece: str) -> None:
    pages_of_it = [
        (piece * 100_000)[:100_000],
        ((piece * 60)[:119] + "\n") * 800,
        "<html><body><p>" + (piece * 100_000)[:100_000],
    ]
    begin = time.perf_counter()
    for page in pages_of_it:
        with contextlib.suppress(QuidnuncError):
            pages.read(page)
    assert time.perf_counter() - begin < 6.0


line = st.one_of(
    st.text(max_size=120),
    st.sampled_from(
        [
            "READ MORE:", "3 weeks ago", "News", "By Ann Lee and Bo Roe", "19 February 2024 - 08:30", "Subscribe now", "Most read",
            "Image: Somebody", "Reuters", "Latest videos", "PARIS, June 3 (AFP) - The minister left the city.", "", "…", "1. A title",
            "The minister said on Monday that the talks had failed.", "Minister leaves city after talks", "A cut sentence that ends ...",
        ]
    ),
)  # fmt: skip


def check(page: str | bytes, length: int | None) -> None:
    try:
        article = pages.read(page, published="2024-02-19T08:30")
    except QuidnuncError:
        return
    for block in article.blocks:
        start, end = block.page_span
        assert 0 <= start <= end
        assert length is None or end <= length
        if block.text_span is not None:
            assert article.text[block.text_span[0] : block.text_span[1]] == block.text
    assert article.text == "\n\n".join(block.text for block in article.blocks if block.text_span is not None)
    assert article.text
    spans = [block.page_span for block in article.blocks]
    assert spans == sorted(spans)
    for card in article.related:
        assert card.published_window is None or card.published_window[0] <= card.published_window[1]


@settings(max_examples=150, deadline=None)
@given(st.lists(line, max_size=25))
def test_any_lines_give_an_article_or_an_error(lines: list[str]) -> None:
    page = "\n".join(lines)
    check(page, len(page))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_an_article_or_an_error(page: str) -> None:
    check(page, None)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_an_error(page: bytes) -> None:
    check(page, None)


tag = st.sampled_from(
    ["<p>", "</p>", "<div class='related'>", "</div>", "<h1>", "</h1>", "<li>", "<a href='/x'>", "</a>", "<br>", "<br><br>", "<figcaption>",
     "<table><tr><td>", "<blockquote>", "<script>", "</script>", "<!--", "-->", "<time datetime='2024-13-99'>", "&nbsp;", "\x00"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(tag, line), max_size=30))
def test_any_markup_gives_an_article_or_an_error(pieces: list[str]) -> None:
    check("<html><body>" + " ".join(pieces), None)
