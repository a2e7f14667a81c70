"""Texts and who says what in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        for a in statements.find(text)
    ]
    assert any(s == source and c == cue and content in parts for s, c, parts in found), found


def test_a_quotation_over_two_sentences_has_one_speaker():
    text = '"The talks have failed," the envoy said. "There will be no third round of negotiations this year."'
    found = statements.find(text)
    assert len(found) == 1
    assert len(found[0].content) == 2
    assert found[0].direct


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_text(text):
    for a in statements.find(text):
        for start, end in (*a.source, *a.cue, *a.content):
            assert 0 <= start < end <= len(text)
