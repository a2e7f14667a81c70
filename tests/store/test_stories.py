"""Stories and happenings kept in the database."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace
from synthetic import coded

from quidnunc.errors import StoreError
from quidnunc.records import CodedArticle
from quidnunc.store import Store

OTHER = "The band of the navy played in Bergen on Sunday, and the mayor spoke of the weather and of herring."


def telling(article_id: str, outlet: str, text: str | None = None, version: str = "0.1.0") -> CodedArticle:
    made = coded(article_id, version=version)
    page = replace(made.article, outlet=outlet, agency=None, **({"text": text, "headline": "Music in Bergen", "blocks": ()} if text else {}))  # fmt: skip
    return replace(made, article=page, events=() if text else made.events)


ARTICLES = [
    telling("bb11bb11bb11bb11", "One"),
    telling("aa22aa22aa22aa22", "Two"),
    telling("cc33cc33cc33cc33", "Three", OTHER),
]


def test_stories_are_found_once_and_named_by_their_smallest_article(place: str) -> None:
    with Store(place) as store:
        store.add(ARTICLES)
        assert store.find_stories() == 3
        assert store.find_stories() == 0
        (row,) = store.stories()
        assert (row["story"], row["articles"], row["texts"], row["outlets"]) == ("aa22aa22aa22aa22", 2, 1, 2)
        assert len(store.stories(least=1)) == 2
        story = store.story("bb11")
        assert [row["id"] for row, _ in story.articles] == ["aa22aa22aa22aa22", "bb11bb11bb11bb11"]
        assert [one.origins for one in story.happenings] == [1, 1]
        counted = store.sql("SELECT count(DISTINCT happening), count(*), count(DISTINCT origin) FROM reports")[1]
        assert counted == [(2, 4, 1)]


def test_the_order_of_arrival_does_not_matter(tmp_path: pytest.TempPathFactory) -> None:
    said = set()
    for seed in range(4):
        order = list(ARTICLES)
        random.Random(seed).shuffle(order)
        with Store(f"{tmp_path}/{seed}.db") as store:
            for one in order:
                store.add(one)
                store.find_stories()
            found = store.sql("SELECT a.id, s.story, s.copies FROM stories s JOIN articles a ON a.number = s.article ORDER BY 1")[1]  # fmt: skip
            said.add(str(found))
    assert len(said) == 1


def test_a_newer_coder_s_codes_take_the_place_of_the_older(place: str) -> None:
    with Store(place) as store:
        store.add(ARTICLES)
        store.find_stories()
        store.add(replace(ARTICLES[0], quidnunc="0.2.0", events=ARTICLES[0].events[:1]))
        assert store.find_stories() == 1
        assert store.sql("SELECT count(*) FROM stories")[1] == [(3,)]
        assert store.sql("SELECT count(*) FROM reports")[1] == [(3,)]
        assert len(store.story("aa22").articles) == 2


def test_an_unknown_or_unclear_article_is_said_to_be_so(place: str) -> None:
    with Store(place) as store:
        store.add(ARTICLES)
        store.find_stories()
        with pytest.raises(StoreError, match="no article"):
            store.story("zz")
        with pytest.raises(StoreError, match="give more letters"):
            store.story("")
