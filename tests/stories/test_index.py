"""Stories in memory: what is found, and that the order of arrival does not matter."""

from __future__ import annotations

import random

import numpy as np

from quidnunc.stories import StoryIndex, Told
from quidnunc.stories._features import features, pack, unpack

STRIKE = (
    "Dockers in Mombasa walked out at dawn on Monday after the port authority cancelled their housing allowance, leaving eleven ships at anchor. "
    "The union's secretary, Juma Kilonzo, said that nobody would touch a crane before the allowance was restored. Riot police with dogs were posted at gate nine."
)
RETOLD = (
    "Eleven vessels are waiting off Mombasa because crane crews have downed tools. Their union, led by Juma Kilonzo, wants the port authority to pay a housing allowance that it "
    "had struck from the dockers' wages. Policemen guard the gates."
)
LATER = "Mombasa's port authority opened a new terminal for grain, built with a Japanese loan. The governor cut the ribbon and the band played."
TOLD: dict[str, Told] = {
    "c3": Told(title="Mombasa dockers strike", text=STRIKE, date="2011-03-07", source="one"),
    "a1": Told(
        title="Port stands still", text=STRIKE.replace("Riot police", "Police"), date="2011-03-08", source="two"
    ),
    "b2": Told(title="Ships wait as Mombasa dockers down tools", text=RETOLD, date="2011-03-08", source="three"),
    "d4": Told(title="New grain terminal for Mombasa", text=LATER, date="2011-03-09", source="one"),
    "e5": Told(title="From our archive", text=RETOLD, date="2011-09-09", source="one"),
}


def stories_of(order: list[str]) -> dict[str, dict[str, list[str]]]:
    index = StoryIndex()
    for name in order:
        index.add(name, TOLD[name])
    return index.stories()


def test_copies_and_retellings_are_one_story_and_strangers_are_not() -> None:
    found = stories_of(sorted(TOLD))
    assert found == {"a1": {"a1": ["a1", "c3"], "b2": ["b2", "e5"]}, "d4": {"d4": ["d4"]}}


def test_the_order_of_arrival_does_not_matter() -> None:
    order = sorted(TOLD)
    first = stories_of(order)
    for seed in range(10):
        random.Random(seed).shuffle(order)
        assert stories_of(order) == first


def test_adding_twice_changes_nothing_and_says_the_same() -> None:
    index = StoryIndex()
    index.add("c3", TOLD["c3"])
    placed = index.add("a1", TOLD["a1"])
    assert placed.joined == (("c3", "copy"),)
    again = index.add("a1", TOLD["c3"])
    assert (again.story, again.copies, len(index)) == ("a1", "a1", 2)


def test_articles_without_words_title_or_date_stand_alone() -> None:
    index = StoryIndex()
    empty = Told(title="", text="", date=None, source="")
    assert index.add("x", empty).story == "x"
    assert index.add("y", {**empty, "date": "not a date"}).story == "y"


def test_features_come_back_from_bytes() -> None:
    for told in (*TOLD.values(), Told(title="", text="", date=None, source="")):
        read = features(told)
        back = unpack(pack(read))
        assert back.day == read.day
        for one, other in ((read.shingles, back.shingles), (read.body.weights, back.body.weights), (read.lead.stems, back.lead.stems), (read.telling, back.telling)):  # fmt: skip
            assert np.array_equal(one, other)
