"""The gate: which articles are worth parsing."""

from __future__ import annotations

from newsworld import article

from quidnunc import CodedArticle, Options, Page, code_all
from quidnunc.events import may_hold_events
from quidnunc.events._gate import BUCKETS, SHORT, columns, model, sentences

RECIPE = (
    "Whisk the eggs with the sugar until the mixture is pale and fluffy. Fold in the flour and the melted butter a little at a time. "
    "Pour the batter into a greased tin and smooth the top with a spatula. Bake for forty minutes or until a skewer comes out clean. "
) * 3
NEWS = (
    RECIPE
    + "China imposed sanctions on three American companies on Monday, accusing Washington of selling missiles to Taiwan."
)


def test_an_article_is_let_through_for_its_strongest_sentence() -> None:
    assert not may_hold_events(RECIPE)
    assert may_hold_events(NEWS)
    assert may_hold_events(RECIPE[: SHORT - 1])


def test_what_is_left_out_is_kept_and_marked_and_only_if_asked_for() -> None:
    pages = [Page("recipe", RECIPE, form="body"), Page("news", NEWS, form="body"), Page("page", article(7))]
    plain = [one for one in code_all(pages) if isinstance(one, CodedArticle)]
    gated = [one for one in code_all(pages, options=Options(gate=True)) if isinstance(one, CodedArticle)]
    assert [one.skipped for one in plain] == [None, None, None]
    assert [(one.skipped or "").startswith("gate") for one in gated] == [True, False, False]
    assert gated[0].article == plain[0].article
    assert gated[1:] == plain[1:]


def test_sentences_are_cut_at_their_ends() -> None:
    text = "The U.S. said so. “It is true,” Mr. Lee told Gen. Park on Jan. 3.\n\nHe left."
    assert [one.strip() for one in sentences(text)] == [
        "The U.S. said so.",
        "“It is true,” Mr. Lee told Gen. Park on Jan. 3.",
        "He left.",
    ]


def test_hostile_text_costs_no_more_than_its_length() -> None:
    for text in ("a" * 300_000, ". A" * 100_000, "\n" * 300_000, "\"'(" * 100_000, "A. " * 100_000):
        may_hold_events(text)
    assert len(model().weights) == BUCKETS
    assert columns("") == columns("")
