"""Copies, retellings and strangers."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quidnunc.stories import Told, compare

WIRE = (
    "Kenya's parliament voted on Tuesday to send a thousand police officers to Haiti, after weeks of debate over the cost of "
    "the mission and the safety of the officers, the speaker of the national assembly said in Nairobi."
)


def told(title: str, text: str, date: str | None = "2024-03-05", source: str = "a.example") -> Told:
    return {"title": title, "text": text, "date": date, "source": source}


def test_a_lightly_edited_wire_under_another_headline_is_a_copy() -> None:
    edited = (
        WIRE.replace("on Tuesday ", "").replace("thousand", "1,000") + " Officers are expected to leave within weeks."
    )
    assert (
        compare(told("Kenya votes to send police", WIRE), told("Nairobi to the rescue?", edited, "2024-03-06"))
        == "copy"
    )


def test_the_same_vote_in_other_words_is_the_same_story() -> None:
    other = "Lawmakers in Nairobi have approved the deployment of officers to the Caribbean nation, where gangs hold most of the capital. Kenya will lead the Haiti mission."
    assert (
        compare(
            told("Kenya's parliament approves police mission to Haiti", WIRE),
            told("Kenya police mission to Haiti backed by lawmakers", other),
        )
        == "same_story"
    )


def test_the_same_actors_on_another_matter_are_different() -> None:
    other = (
        "Farmers near Nakuru say the rains came too late this year to save the maize, and ask the government for seed."
    )
    assert (
        compare(
            told("Kenya's parliament approves police mission to Haiti", WIRE),
            told("Kenya's farmers wait for rain", other),
        )
        == "different"
    )


def test_a_story_that_comes_back_months_later_is_different() -> None:
    again = (
        WIRE.replace("Tuesday", "Friday")
        .replace("a thousand", "six hundred more")
        .replace("weeks of debate", "a short debate")
    )
    first, second = told("Kenya sends police to Haiti", WIRE), told("Kenya sends police to Haiti", again, "2024-09-20")
    assert compare(first, second) == "different"
    assert compare(first, {**second, "date": "2024-03-06"}) == "copy"


@pytest.mark.parametrize("empty", [told("", ""), told("", "", None), told("x", "y", "not a date")])
def test_nothing_is_like_nothing(empty: Told) -> None:
    assert compare(empty, empty) in ("copy", "different")
    assert compare(empty, told("Kenya votes", WIRE)) == "different"


@given(
    *(
        st.builds(
            told, st.text(max_size=60), st.text(max_size=200), st.sampled_from(["2024-03-05", "2024-05-01", None])
        )
        for _ in range(2)
    )
)
def test_the_order_of_the_two_does_not_matter(a: Told, b: Told) -> None:
    assert compare(a, b) == compare(b, a)


def test_the_list_of_common_words_is_sorted_and_says_where_it_comes_from() -> None:
    header, *lines = files("quidnunc.stories").joinpath("data/common.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert header.startswith("#")
    assert words == sorted(set(words))
