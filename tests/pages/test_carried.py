"""Pages with what their carrier knows: its fields win, and a given body is taken whole."""

from __future__ import annotations

import pytest

from quidnunc.coder import code_all
from quidnunc.errors import EmptyInput, InputError
from quidnunc.pages import read_page
from quidnunc.records import Page

BODY = "Ghana recalled its envoy from Togo on Monday.\n\nSubscribe now\n\nTogo gave no comment."


def test_a_given_body_is_taken_whole():
    article = read_page(Page("feed#1", BODY, form="body", headline="Ghana recalls envoy", authors=("Ama Mensah",)))
    assert article.text == BODY
    assert [b.kind for b in article.blocks] == ["paragraph"] * 3
    assert (article.headline, article.authors) == ("Ghana recalls envoy", ("Ama Mensah",))
    assert article.sources["headline"] == "carrier"


def test_the_carrier_wins_over_the_page():
    page = "Ghana recalls envoy from Togo\n\n4 March 2024\n\nBy Kofi Addo\n\n" + BODY
    article = read_page(Page("x", page, form="text", outlet="Accra Daily", authors=("Ama Mensah",)))
    assert (article.outlet, article.authors) == ("Accra Daily", ("Ama Mensah",))
    assert article.published == "2024-03-04"
    assert article.sources["authors"] == "carrier"
    assert "Subscribe now" not in article.text


def test_a_feed_date_is_read():
    article = read_page(Page("x", BODY, form="body", published="Mon, 04 Mar 2024 10:00:00 GMT"))
    assert article.published == "2024-03-04T10:00+00:00"


def test_a_carriers_unreadable_date_is_left_out():
    assert read_page(Page("x", BODY, form="body", published="None")).published is None


def test_a_callers_unreadable_date_is_an_error_of_that_page():
    (error,) = code_all([Page("a.txt", BODY, published="yesterdayish")])
    assert isinstance(error, InputError)
    assert "a.txt" in str(error)
    assert "yesterdayish" in str(error)


def test_an_empty_body():
    with pytest.raises(EmptyInput):
        read_page(Page("x", " \n", form="body"))
