"""Time expressions on raw text: the words, then what they mean."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quidnunc import dates

MONDAY = "2024-02-19"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 19 February 2024", "2024-02-19"),
        ("on Feb. 19, 2024", "2024-02-19"),
        ("Monday, Feb. 19, 2024, in Rome", "2024-02-19"),
        ("published 2024-02-19", "2024-02-19"),
        ("published 19.02.2024 in", "2024-02-19"),
        ("It opened in March 2013.", "2013-03"),
        ("It was signed in 2016.", "2016"),
        ("in the 1990s", "199"),
        ("the late 1970s", "197"),
        ("in the third quarter of 1999", "1999-Q3"),
        ("in the first half of 2023", "2023-H1"),
        ("the winter of 1994", "1994-WI"),
        ("from 2010-2012 it", "2010/2012"),
        ("Christmas Eve 2023", "2023-12-24"),
        ("on Good Friday 2024", "2024-03-29"),
        ("on Election Day 2016", "2016-11-08"),
    ],
)
def test_dates_that_need_no_publication(text: str, value: str) -> None:
    assert [found.value for found in dates.find(text, published=None)] == [value]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("He said on Sunday that", "2024-02-18", "2024-02-18"),
        ("He said on Monday that", "2024-02-19", "2024-02-19"),
        ("They met yesterday.", "2024-02-18", "2024-02-18"),
        ("He told Orban last week", "2024-02-12", "2024-02-18"),
        ("The bloc said last year", "2023-01-01", "2023-12-31"),
        ("She resigned last month.", "2024-01-01", "2024-01-31"),
        ("He died on May 12.", "2023-05-12", "2023-05-12"),
        ("They met on Feb. 7.", "2024-02-07", "2024-02-07"),
        ("It was posted three weeks ago.", "2024-01-29", "2024-02-04"),
        ("fighting over the past 30 days", "2024-01-20", "2024-02-19"),
        ("ties in the past decade", "2014-02-19", "2024-02-19"),
        ("They met in June last year.", "2023-06-01", "2023-06-30"),
        ("Parliament will vote on Tuesday.", "2024-02-20", "2024-02-20"),
        ("is widely expected to approve the bid on Tuesday", "2024-02-20", "2024-02-20"),
        ("They plan to meet in April.", "2024-04-01", "2024-04-30"),
        ("He was given until Friday to leave.", "2024-02-23", "2024-02-23"),
        ("On Thursday, the court will rule.", "2024-02-22", "2024-02-22"),
        ("The strike on Feb. 7 came two days after talks; two days earlier, he", "2024-02-05", "2024-02-05"),
    ],
)
def test_dates_relative_to_publication(text: str, first: str, last: str) -> None:
    spans = [found.span_of_days for found in dates.find(text, published=MONDAY)]
    assert (date.fromisoformat(first), date.fromisoformat(last)) in spans


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("for 12 years", "DURATION", "P12Y"),
        ("a 10-day visit", "DURATION", "P10D"),
        ("for half an hour", "DURATION", "PT0.5H"),
        ("every Tuesday", "SET", "XXXX-WXX-2"),
        ("twice a week", "SET", "P1W"),
        ("He now leads", "DATE", "PRESENT_REF"),
        ("It recently fell", "DATE", "PAST_REF"),
        ("at 10:35 a.m. Friday", "TIME", "2024-02-16T10:35"),
        ("It broke out on Friday night", "TIME", "2024-02-16TNI"),
    ],
)
def test_other_types(text: str, kind: str, value: str) -> None:
    assert [(found.type, found.value) for found in dates.find(text, published=MONDAY)] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said",
        "It may rain",
        "1709 schoolchildren",
        "the Sunday Times",
        "illustrator Johnnie Christmas",
        "They march on",
        "won 3:16",
        "flight 1998",
    ],
)
def test_words_that_only_look_like_time(text: str) -> None:
    assert dates.find(text, published=MONDAY) == []


def test_without_publication_relative_dates_have_no_days() -> None:
    (found,) = dates.find("He left last week.", published=None)
    assert found.span_of_days is None
    assert found.text == "last week"


def test_weekday_is_narrated_in_the_future_only_for_its_own_verb() -> None:
    past, future = dates.find("He said Sunday it would close Friday.", published=MONDAY)
    assert (past.value, future.value) == ("2024-02-18", "2024-02-23")


WORDS = [
    "last",
    "May",
    "12",
    "2024",
    "week",
    "ago",
    "three",
    "Sunday",
    "the",
    "-",
    ".",
    ",",
    "\n",
    "every",
    "a.m.",
    "İ",
    "Q3",
    "’s",
]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)), st.sampled_from([None, MONDAY]))
def test_any_text_gives_spans_inside_it(text: str, published: str | None) -> None:
    end = 0
    for found in dates.find(text, published=published):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end
        if found.span_of_days:
            assert found.span_of_days[0] <= found.span_of_days[1]


@pytest.mark.parametrize("piece", ["last ", "1 2 ", "May ", "one hundred and ", "12 to ", " ", "\n", "1", "the "])
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    begun = time.perf_counter()
    dates.find((piece * 100_000)[:100_000], published=MONDAY)
    assert time.perf_counter() - begun < 10
