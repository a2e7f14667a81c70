"""Texts and who says what in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quidnunc
from quidnunc import statements

CASES = [
    ("The minister said that the border would stay closed.", "The minister", "said", "the border would stay closed"),
    ("Troops had crossed the river, the army said.", "the army", "said", "Troops had crossed the river"),
    (
        "According to the ministry, nine people were arrested.",
        "the ministry",
        "According to",
        "nine people were arrested",
    ),
    ('"We will never yield," Castro told reporters.', "Castro", "told", '"We will never yield,"'),
    ("Officials claimed the vote was fair.", "Officials", "claimed", "the vote was fair"),
    ("Washington denied the allegation.", "Washington", "denied", "the allegation"),
    ("The union promised to end the strike.", "The union", "promised", "to end the strike"),
    ("The ministry dismissed the army's claim that the bridge was safe.", "the army's", "claim", "the bridge was safe"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), CASES)
def test_statement(text, source, cue, content):
    found = [
        (text[slice(*a.source[0])], text[slice(*a.cue[0])], [text[s:e].rstrip(".") for s, e in a.content])
        for a in statements.find(text, nested=True)
    ]
    assert any(s == source and c == cue and content in parts for s, c, parts in found), found


def test_a_quotation_over_two_sentences_has_one_speaker():
    text = '"The talks have failed," the envoy said. "There will be no third round of negotiations this year."'
    found = statements.find(text)
    assert len(found) == 1
    assert len(found[0].content) == 2
    assert found[0].direct


OUTERMOST = [
    ("Turnout was low, the commission said, and counting is under way.", "the commission", "Turnout was low"),
    ("She called the plan a disgrace.", "She", "the plan a disgrace"),
    (
        "MORENO: Why did you leave the party? Nobody understood it.",
        "MORENO",
        "Why did you leave the party? Nobody understood it",
    ),
    ("Troops to leave Bria by June - defence ministry", "defence ministry", "Troops to leave Bria by June"),
    ("Rail Union Leader Endorses Ministry Offer", "Rail Union Leader", "Ministry Offer"),
    ("The deal was praised by the bishops of Kasai.", "the bishops of Kasai", "The deal"),
    ("The envoy said that it was over and called for new talks.", "The envoy", "it was over"),
    ("He met rebels who claim that they hold the dam.", "who", "they hold the dam"),
    ("The premier voiced support for the strikers.", "The premier", "the strikers"),
]


@pytest.mark.parametrize(("text", "source", "content"), OUTERMOST)
def test_forms(text, source, content):
    found = [([text[slice(*s)] for s in a.source], [text[slice(*c)] for c in a.content]) for a in statements.find(text)]
    assert any(source in sources and content in parts for sources, parts in found), found


def test_what_stands_inside_what_another_says_is_nested():
    text = "The agency said the minister had told mayors that the dam was safe."
    assert [text[slice(*a.cue[0])] for a in statements.find(text)] == ["said"]
    assert [text[slice(*a.cue[0])] for a in statements.find(text, nested=True)] == ["said", "told"]


def test_a_quotation_that_is_a_paragraph_goes_on_with_the_speaker_before():
    text = "“The road is open,” the mayor said in Koper.\n\n“We shall keep it open through the whole of winter.”"
    (found,) = statements.find(text)
    assert len(found.content) == 2


def test_attitudes_are_found_but_are_no_statements_of_an_article():
    text = "Oslo backed the tariff on steel."
    (found,) = statements.find(text)
    assert not found.speech
    assert quidnunc.code("Steel\n\n" + text + " Prices fell.").statements == ()


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_text(text):
    for a in statements.find(text):
        for start, end in (*a.source, *a.cue, *a.content):
            assert 0 <= start < end <= len(text)
