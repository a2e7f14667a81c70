"""Pages that want to hang the reader: a result or one clear error, each in less than two seconds."""

from __future__ import annotations

import time

import pytest

from quidnunc import pages
from quidnunc.errors import InputError, TooLarge, TooSlow
from quidnunc.pages._limits import Clock

SAID = "The minister said on Monday that the talks would go on in the capital until both sides agree. "


def page(inner: str) -> str:
    """A page with a headline and this under it."""
    return (
        f"<html><head><title>Talks go on</title></head><body><h1>Talks go on in the capital</h1>{inner}</body></html>"
    )


TEXT = f"<p>{SAID * 5}</p>" * 5
JSON_LD = '<script type="application/ld+json">%s</script>'
ENDURED = {
    "9,000 paragraphs": page(f"<p>{SAID}</p>" * 9_000),
    "2,900 paragraphs": page("".join(f"<p>{i} {SAID}</p>" for i in range(2_900))),
    "50,000 links": page(TEXT + "<a href='/x'>Some story</a> " * 50_000),
    "9,000 cards": page(TEXT + "<div><a href='/x'>Some story about things</a></div>" * 9_000),
    "4,900 ages": page(TEXT + "<div>Some story about the things</div><div>3 hours ago</div>" * 4_900),
    "9,000 dates": page(TEXT + "<div>19 February 2024 - 08:30</div>" * 9_000),
    "9,000 captions": page(TEXT + "<figcaption>A picture of the minister at the talks</figcaption>" * 9_000),
    "elements 240 deep": page("<div>" * 240 + TEXT + "</div>" * 240),
    "tables 240 deep": page(TEXT + "<table><tr><td>" * 80 + "1"),
    "a table of 9,000 cells": page(TEXT + "<table>" + "<tr><td>1.23</td><td>4</td></tr>" * 4_500 + "</table>" + TEXT),
    "20,000 JSON-LD blocks": page(JSON_LD % '{"@type":"NewsArticle","headline":"x"}' * 20_000 + TEXT),
    "JSON-LD 100,000 deep": page(JSON_LD % ("[" * 100_000) + TEXT),
    "50,000 authors": page(JSON_LD % f'{{"@type":"NewsArticle","author":[{",".join(["1"] * 50_000)}]}}' + TEXT),
    "2,000,000 entities": page(f"<p>{'&amp;' * 2_000_000}</p>" + TEXT),
    "50,000 spans": page(f"<p>{'<span>word </span>' * 50_000}</p>"),
    "long class names": page("".join(f"<div class='{'x-' * 2_000}{i}'>{SAID}</div>" for i in range(500))),
}
REFUSED = {
    "200,000 paragraphs": page("<p>word</p>" * 200_000),
    "50,000 cells": page("<table>" + "<td>1.23</td>" * 50_000 + "</table>"),
    "one text of 10 MB": page(f"<p>{SAID * 105_000}</p>"),
    "3,000,000 short words": page(f"<p>{'20 ' * 3_000_000}</p>"),
    "200,000 attributes": page(f"<div {' '.join(f'a{i}={i}' for i in range(200_000))}>{TEXT}</div>"),
    "200,000 quoted attributes": page("<div " + "".join(f"a{i}='>' " for i in range(200_000)) + f">{TEXT}</div>"),
    "100,000 open scripts": page("<script>" * 100_000 + TEXT),
}


@pytest.mark.parametrize("name", ENDURED)
def test_an_odd_page_is_read_in_time(name: str) -> None:
    begin = time.process_time()
    assert "The minister said on Monday" in pages.read(ENDURED[name]).text or name == "50,000 spans"
    assert time.process_time() - begin < 2.0


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_beyond_the_limits_is_refused_in_time(name: str) -> None:
    begin = time.process_time()
    with pytest.raises(TooLarge) as caught:
        pages.read(REFUSED[name])
    assert time.process_time() - begin < 2.0
    assert "\n" not in str(caught.value)


def test_a_page_that_takes_too_long_is_given_up() -> None:
    clock = Clock(seconds=1e-9)
    with pytest.raises(TooSlow, match="more than 1e-09 s"):
        clock.check("parsing")
    assert issubclass(TooSlow, InputError)


def test_much_text_behind_a_tag_is_no_attribute() -> None:
    assert len(pages.read(page(f"<p>{SAID * 2_000}</p>")).text) > 150_000
