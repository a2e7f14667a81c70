"""The model of pairs: what one party does to the other, and the verbs that no lexicon lists."""

from __future__ import annotations

import pytest

from quidnunc import code, events
from quidnunc.events._classify import ROOTS, root_of
from quidnunc.events._pairs import LONGEST, pairs


def spans(sentence: str, source: str, target: str) -> tuple[tuple[int, int], tuple[int, int]]:
    start, other = sentence.index(source), sentence.index(target)
    return (start, start + len(source)), (other, other + len(target))


def test_chances_are_probabilities_and_repeat() -> None:
    sentence = "Norway handed Iceland twelve patrol boats."
    pair = spans(sentence, "Norway", "Iceland")
    first, second = (pairs().chances(sentence, *pair) for _ in range(2))
    assert first == second
    assert sum(first.values()) == pytest.approx(1.0)
    assert {kind for kind, _ in first} >= {"AID", "ACCUSE", "NONE"}


@pytest.mark.parametrize("filler", ["", "x " * 3_000, "é\u200b\x00 " * 500, "[CLS] [SEP] <s>" * 40])
def test_any_text_is_read(filler: str) -> None:
    sentence = f"{filler}Chad accused Libya{filler}"
    pair = spans(sentence, "Chad", "Libya")
    assert len(pairs()._ids(sentence, *pair)) <= LONGEST
    assert sum(pairs().chances(sentence, *pair).values()) == pytest.approx(1.0)


@pytest.mark.parametrize("pair", [((0, 0), (0, 0)), ((0, 4), (0, 4)), ((5, 2), (900, 901))])
def test_odd_spans_do_not_fail(pair: tuple[tuple[int, int], tuple[int, int]]) -> None:
    assert sum(pairs().chances("Chad accused Libya of arson.", *pair).values()) == pytest.approx(1.0)


def test_direction_is_kept() -> None:
    sentence = "Kenya accused Somalia of shelling a border post."
    source, target = spans(sentence, "Kenya", "Somalia")
    forward, back = events.classify(sentence, source, target), events.classify(sentence, target, source)
    assert max(forward, key=lambda kind: forward[kind]) == "ACCUSE"
    assert max(back, key=lambda kind: back[kind]) == "NONE"


def test_the_first_plover_reads_what_is_agreed_as_agreement() -> None:
    sentence = "Peru agreed to release two Chilean sailors to Chile."
    chances = events.classify(sentence, *spans(sentence, "Peru", "Chile."), scheme="plover1")
    assert set(chances) == {*ROOTS.values(), "NONE"}
    assert max(chances, key=lambda kind: chances[kind]) == "AGREE"
    assert root_of("0841", "RETREAT", "occurred") == "YIELD"
    assert root_of(None, "CONCEDE", "planned") == "AGREE"
    assert root_of("143", "PROTEST", "planned") == "THREATEN"


def test_a_guess_says_that_it_is_one() -> None:
    text = (
        "NAIROBI, March 3 - Kenyan police clubbed striking teachers outside the parliament on Tuesday.\n\n"
        "Soldiers frogmarched two opposition lawmakers out of the chamber, and Uganda pummelled the rebels of the north with rockets.\n"
    )
    coded = code(text, published="2015-03-03")
    for event in coded.events:
        assert event.decided_by.startswith(("lexicon ", "models of words and pairs: ", "statement", "rule"))
        assert 0 <= event.confidence <= 1
        start, end = event.spans.trigger
        assert coded.article.text[start:end]
