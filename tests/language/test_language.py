"""Paragraphs end sentences, offsets stay true, batches change nothing."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from quidnunc import language
from quidnunc.language import _parser


def test_a_line_break_ends_a_sentence():
    doc = language.parse("Talks on Cyprus fail\n\nThe two sides met in Geneva. They left at noon.")
    assert [s.text.strip() for s in doc.sents] == [
        "Talks on Cyprus fail",
        "The two sides met in Geneva.",
        "They left at noon.",
    ]


def test_offsets_count_code_points():
    text = "😀 Ghana thanked Togo."
    assert [text[t.idx : t.idx + len(t)] for t in language.parse(text)] == [t.text for t in language.parse(text)]


def test_batches_give_what_single_texts_give():
    texts = ["Ghana thanked Togo.", "Mali expelled an envoy.\n\nIt gave no reason.", "Peru votes on Sunday."] * 7
    single = [[(t.text, t.dep_, t.head.i) for t in language.parse(text)] for text in texts]
    batched = [[(t.text, t.dep_, t.head.i) for t in doc] for doc in language.parse_all(texts)]
    assert single == batched


def _everything(doc):
    return [(t.text, t.tag_, t.dep_, t.pos_, str(t.morph), t.lemma_, t.head.i, t.ent_type_, t.ent_iob_) for t in doc]


TRICKY = [
    "Let's go. There's a deal, isn't there? I'm gonna say y'all ain't got ta go; c'mon now.",
    "It seems it rained. You told it to her, and she told you.\n\n  Double   spaces\tand tabs. ",
    "BREAKING: 3,000 left Kyiv's suburbs, 12% more than in '99 — U.N. sources (AFP).",
    "",
    " ",
    "\n\n",
]


@given(
    st.lists(st.sampled_from([*TRICKY, "Do it.", "He had had it.", "Is it?", "WHO's who"]), max_size=4).map(" ".join)
    | st.text(max_size=120)
)
@settings(max_examples=60, deadline=None)
def test_what_is_remembered_is_what_the_stock_pipeline_says(text):
    """Attributes that are looked up and products by another library change nothing."""
    assert _everything(language.parse(text)) == _everything(_stock()(text))


@cache
def _stock():
    nlp = spacy.load(next(name for name in _parser.MODELS if find_spec(name)))
    nlp.add_pipe("paragraphs", before="parser")
    return nlp
