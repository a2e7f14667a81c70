"""Paragraphs end sentences, offsets stay true, batches change nothing."""

from __future__ import annotations

from quidnunc import language


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
