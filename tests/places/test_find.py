"""Place names on raw text: the words, then the places they mean."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quidnunc import places


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Talks were held in Budapest.", "Budapest", "HUN", "Budapest"),
        ("He moved to Paris, Texas.", "Paris", "USA", "Texas"),
        ("He moved to Paris.", "Paris", "FRA", "Île-de-France"),
        ("a court in London, Ontario", "London", "CAN", "Ontario"),
        ("studied in Cambridge, Massachusetts", "Cambridge", "USA", "Massachusetts"),
        ("studied in Cambridge, England", "Cambridge", "GBR", "England"),
        ("a bomb in Hyderabad, Pakistan", "Hyderabad", "PAK", "Sindh"),
        ("a bomb in Hyderabad", "Hyderabad", "IND", None),
        ("a blast in Tripoli, Lebanon", "Tripoli", "LBN", None),
        ("Savannah, Ga., and Macon", "Savannah", "USA", "Georgia"),
        ("San Jose, Costa Rica", "San José", "CRI", None),
        ("in Kiev", "Kyiv", "UKR", None),
        ("in the Gaza Strip", "Gaza Strip", "PSE", None),
        ("off the Strait of Hormuz", "Strait of Hormuz", None, None),
        ("in Xinjiang", "Xinjiang", "CHN", None),
        ("in eastern Congo", "Democratic Republic of the Congo", "COD", None),
        ("a U.S. base", "United States", "USA", None),
        ("Reading, England", "Reading", "GBR", "England"),
    ],
)
def test_the_first_place(text: str, name: str, country: str | None, admin1: str | None) -> None:
    found = places.find(text)[0]
    assert (found.name, found.country) == (name, country)
    assert admin1 is None or found.admin1 == admin1
    assert found.because


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton left.",
        "Gen. George Washington",
        "the Washington Post",
        "the Bank of England",
        "the University of Cambridge",
        "Most people know.",
        "Of the 10 Most Wanted",
        "He ate turkey in march.",
        "On Sunday, May said",
    ],
)
def test_names_that_are_no_places(text: str) -> None:
    assert places.find(text) == []


def test_the_text_decides_between_namesakes() -> None:
    state = places.find("Atlanta and Savannah are the pride of Georgia.")[-1]
    country = places.find("Tbilisi is the pride of Georgia.")[-1]
    assert (state.country, country.country) == ("USA", "GEO")


def test_a_hint_decides_where_the_text_does_not() -> None:
    (found,) = places.find("A fire in Birmingham", country_hint="USA")
    assert found.admin1 == "Alabama"


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(["Paris", "in", "St.", "Al-", "U.S.", ",", "Texas", "\n", "’s"])).map(" ".join),
    )
)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    end = 0
    for found in places.find(text):
        assert found.span is not None
        assert end <= found.span[0] < found.span[1] <= len(text)
        assert text[slice(*found.span)] == found.text
        end = found.span[1]


@pytest.mark.parametrize("piece", ["Paris ", "Al-", "St. ", "A.B.", "Georgia, ", "I", " ", "of the "])
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    begun = time.perf_counter()
    places.find((piece * 100_000)[:100_000])
    assert time.perf_counter() - begun < 10
