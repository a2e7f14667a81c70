"""Verbs of the news present that look like nouns."""

from __future__ import annotations

import pytest

from quidnunc.language import parse
from quidnunc.language._present import past


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Turkish police arrest over 43 campaigners in raids.", "arrest", "police"),
        ("Ugandan police release theatre producer David Cecil on bail.", "release", "police"),
        ("A French court orders Twitter to reveal information about its users.", "order", "court"),
        ("A Brazilian federal judge orders Petrobras to suspend the sale to Norway's Statoil.", "order", "judge"),
    ],
)
def test_the_verb_is_found(text, verb, subject):
    doc = parse(text)
    (root,) = (token for token in doc if token.dep_ == "ROOT")
    assert (root.pos_, root.lemma_) == ("VERB", verb)
    assert [child.text for child in root.children if child.dep_ == "nsubj"] == [subject]
    assert doc.text == text


@pytest.mark.parametrize("text", ["The visit of the president", "The police report on the strike", "A list of court orders", "Talks in Geneva"])  # fmt: skip
def test_headings_stay_nouns(text):
    assert not [token for token in parse(text) if token.pos_ == "VERB"]


@pytest.mark.parametrize(
    ("base", "form"), [("order", "ordered"), ("ban", "banned"), ("release", "released"), ("rally", "rallied"), ("strike", "struck"), ("visit", "visited")]
)  # fmt: skip
def test_past(base, form):
    assert past(base) == form
