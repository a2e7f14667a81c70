"""Dates, ages and bylines in the forms that outlets use."""

from __future__ import annotations

import pytest

from quidnunc import pages
from quidnunc.pages._credits import find_agency, read_byline, read_dateline, read_signoff
from quidnunc.pages._times import find_age, find_dates, parse

DATES = {
    "Feb. 19, 2024": "2024-02-19",
    "February 19th, 2024": "2024-02-19",
    "19 February 2024": "2024-02-19",
    "19 February 2024 - 08:30": "2024-02-19T08:30",
    "Mon 19 Feb 2024 08.30 GMT": "2024-02-19T08:30+00:00",
    "Feb. 19, 2024, 8:30 a.m. EST": "2024-02-19T08:30-05:00",
    "Feb. 19, 2024 at 12:05 a.m. ET": "2024-02-19T00:05",
    "8:30 a.m. EST, Feb. 19, 2024": "2024-02-19T08:30-05:00",
    "12:15 p.m. PDT July 4, 2024": "2024-07-04T12:15-07:00",
    "19/02/2024 20:15": "2024-02-19T20:15",
    "19.02.2024, 20:15 Uhr": "2024-02-19T20:15",
    "2024-02-19T08:30:00Z": "2024-02-19T08:30+00:00",
    "2024-02-19T08:30:00+0530": "2024-02-19T08:30+05:30",
    "2024年2月19日": "2024-02-19",
    "19 de febrero de 2024": "2024-02-19",
    "19 février 2024 à 08:30": "2024-02-19T08:30",
    "19. Februar 2024, 08:30 Uhr": "2024-02-19T08:30",
}


@pytest.mark.parametrize("text", DATES)
def test_dates(text: str) -> None:
    moment = parse(text)
    assert moment is not None
    expected = DATES[text]
    assert moment.iso == expected or (" ET" in text and moment.iso.startswith(expected))


@pytest.mark.parametrize("text", ["04/05/2024", "31 February 2024", "version 2.0.2024", "route 2024-13-01", "in 2024"])
def test_what_is_no_certain_date_is_left(text: str) -> None:
    assert find_dates(text) == []


AGES = {
    "2 hours ago": (2, "hour"),
    "an hour ago": (1, "hour"),
    "3 weeks ago": (3, "week"),
    "vor 2 Stunden": (2, "hour"),
    "il y a 3 jours": (3, "day"),
    "hace 5 minutos": (5, "minute"),
    "15 min": (15, "minute"),
    "yesterday": (1, "day"),
}


@pytest.mark.parametrize("text", AGES)
def test_ages(text: str) -> None:
    age = find_age(text)
    assert age is not None
    assert (age.number, age.unit) == AGES[text]


SAID = "The port minister said on Monday that the new quay would open before the rains begin in the north."
HEAD = "Port minister names a date for the new quay\n\n{}\n\n" + "\n\n".join(
    [SAID, "Dockers have waited for the quay since the storm took the old one away three years ago, she added.", SAID]
)


def test_published_and_updated_are_told_apart() -> None:
    article = pages.read(HEAD.format("Published: Feb. 19, 2024, 8:30 a.m. EST\nUpdated: Feb. 20, 2024, 9:15 p.m. EST"))
    assert (article.published, article.modified) == ("2024-02-19T08:30-05:00", "2024-02-20T21:15-05:00")
    other = pages.read(HEAD.format("Last updated on 20 February 2024"))
    assert (other.published, other.modified) == (None, "2024-02-20")


def test_an_age_counts_back_from_when_the_page_was_fetched() -> None:
    article = pages.read(HEAD.format("By Ann Doe\n2 hours ago"), fetched="2024-02-19T10:30")
    assert article.published is not None
    assert article.published.startswith("2024-02-19")
    assert article.sources["published"] == "age"


BYLINES = {
    "By Liz Lee and Ryan Woo": (("Liz Lee", "Ryan Woo"), None),
    "By LIZ LEE, RYAN WOO and ANN DOE": (("Liz Lee", "Ryan Woo", "Ann Doe"), None),
    "By Liz Lee in Nairobi": (("Liz Lee",), None),
    "By Liz Lee, Associated Press": (("Liz Lee",), "AP"),
    "By Ann O'Neill and Jean-Luc de la Cour": (("Ann O'Neill", "Jean-Luc de la Cour"), None),
    "Von Jürgen Groß und Mia Öz, dpa": (("Jürgen Groß", "Mia Öz"), "dpa"),
    "Par Aïcha Diallo avec AFP": (("Aïcha Diallo",), "AFP"),
    "By Reuters": ((), "Reuters"),
    "By Agence France-Presse": ((), "AFP"),
}


@pytest.mark.parametrize("text", BYLINES)
def test_bylines_give_people_and_agencies(text: str) -> None:
    byline = read_byline(text)
    assert byline is not None
    assert (byline.authors, byline.agency) == BYLINES[text]


def test_what_is_no_byline() -> None:
    for text in ("By Monday the talks were over.", "By the sea", "Standby for Liz Lee"):
        assert read_byline(text) is None, text


SIGNOFFS = {
    "Reuters": "Reuters",
    "(AP)": "AP",
    "- dpa": "dpa",
    "© AFP": "AFP",
    "AFP/dpa": "AFP",
    "With Reuters": "Reuters",
}


@pytest.mark.parametrize("text", SIGNOFFS)
def test_signoffs(text: str) -> None:
    assert read_signoff(text) == SIGNOFFS[text]


@pytest.mark.parametrize("text", ["The map shows it", "He was asleep (and rapt)", "a reuter of old", "Ap and down"])
def test_small_words_are_no_agency(text: str) -> None:
    assert find_agency(text) is None


DATELINES = {
    "NAIROBI, June 3 (Reuters) - The port opened.": ("NAIROBI, June 3", "Reuters"),
    "PARIS (AFP) — The port opened.": ("PARIS", "AFP"),
    "(AP) - The port opened.": (None, "AP"),
    "LIMA, Peru — The port opened.": ("LIMA, Peru", None),
    "BEIJING, Feb. 19 (Xinhua) -- The port opened.": ("BEIJING, Feb. 19", "Xinhua"),
}


@pytest.mark.parametrize("text", DATELINES)
def test_datelines(text: str) -> None:
    dateline = read_dateline(text)
    assert dateline is not None
    assert (dateline.text, dateline.agency) == DATELINES[text]


@pytest.mark.parametrize("line", ["REUTERS | NAIROBI", "Staff and agencies", "Reuters", "By AFP"])
def test_agencies_over_the_text_are_no_people(line: str) -> None:
    article = pages.read(HEAD.format(f"{line}\n19 February 2024"))
    assert article.authors == ()
    assert article.agency == {"Staff and agencies": None, "By AFP": "AFP"}.get(line, "Reuters")


def test_spans_point_at_the_words() -> None:
    text = HEAD.format("By Liz Lee and Ryan Woo\nPublished: Feb. 19, 2024, 8:30 a.m. EST\n") + "\n\nReuters\n"
    article = pages.read(text)
    told = {name: text[start:end] for name, (start, end) in article.field_spans.items()}
    assert told["headline"] == article.headline
    assert told["authors"] == "Liz Lee and Ryan Woo"
    assert told["published"].startswith("Feb. 19, 2024")
    assert told["agency"] == "Reuters"


def test_spans_of_html_count_in_the_blocks() -> None:
    page = (
        f"<html><body><h1>Port minister names a date</h1><p class='standfirst'>The quay opens before the rains begin.</p>"
        f"<div class='byline'>By Liz Lee</div><time>19 February 2024 - 08:30</time><p>{SAID}</p><p>{SAID} Dockers wait.</p>"
        f"<p>{SAID} They cheered.</p></body></html>"
    )
    article = pages.read(page)
    whole = "\n".join(block.text for block in article.blocks)
    told = {name: whole[start:end] for name, (start, end) in article.field_spans.items()}
    assert told["headline"] == "Port minister names a date"
    assert told["standfirst"] == "The quay opens before the rains begin."
    assert told["authors"] == "Liz Lee"
    assert told["published"] == "19 February 2024 - 08:30"


def test_posts_of_a_live_blog_keep_their_times() -> None:
    posts = "".join(f"<time>{9 + n}:{n}5 GMT</time><p>{n}. {SAID} Dockers wait at gate {n}.</p>" for n in range(5))
    article = pages.read(f"<html><body><h1>Port strike: the latest</h1><article>{posts}</article></body></html>")
    times = [block.text for block in article.blocks if block.because == "live post"]
    assert times[1:3] == ["10:15 GMT", "11:25 GMT"]
    assert "9:05" not in article.text


def test_a_table_is_kept_beside_the_text() -> None:
    rows = "".join(f"<tr><td>Quay {n}</td><td>{n}</td></tr>" for n in range(3))
    article = pages.read(
        f"<html><body><h1>Port strike</h1><div><p>{SAID}</p><p>Then dockers went home, as their union had asked them to do.</p>"
        f"<table>{rows}</table><p>Nobody knows yet when the ships that wait outside will be unloaded.</p></div></body></html>"
    )
    assert [block.text for block in article.blocks if block.kind == "table"][:2] == ["Quay 0", "0"]
    assert article.text.count("\n\n") == 2


def test_part_of_a_page_behind_a_wall() -> None:
    told = (
        '{"@type":"NewsArticle","headline":"Port strike","hasPart":{"isAccessibleForFree":"False","cssSelector":".x"}}'
    )
    page = f"<html><head><script type='application/ld+json'>{told}</script></head><body><p>{SAID}</p><p>{SAID}</p></body></html>"
    assert pages.read(page).paywalled
