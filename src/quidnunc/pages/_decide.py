"""The line models' word on what is body and of which kind the rest is, where the rules are not sure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from quidnunc.pages._features import KIND_ORDER, Matrix, columns, kind_features, page_features, second_features
from quidnunc.pages._line import Line
from quidnunc.pages._prose import ends_sentence, is_prose
from quidnunc.pages._trees import load_trees
from quidnunc.pages._words import load_words, word_features
from quidnunc.records import BlockKind

BODY = frozenset({"paragraph", "heading", "quote", "list"})
MODEL, WORDS = "lines.npz", "words.npz"
OUT, IN, SURE_IN = 0.4, 0.4, 0.7
"""Below OUT a line that the rules take for body is not; from IN on an unclaimed line is; from SURE_IN on a claimed one."""
_FEW = 10
"""Pages with fewer lines tell the models nothing."""


def decide(lines: Sequence[Line]) -> None:
    """Correct the rules' kinds by the models."""
    if len(lines) < _FEW or not any(line.kind in BODY for line in lines):
        return
    features = page_features(lines)
    trees = load_trees(MODEL, len(columns()))
    first = trees["body"].probability(features)
    chances = trees["again"].probability(second_features(features, first))
    if not settle_body(lines, chances):
        return
    if "kinds" in trees:
        told = word_features(lines, load_words(WORDS).chances(lines))
        settle_kinds(lines, trees["kinds"].probabilities(kind_features(features, chances, told)))


def settle_body(lines: Sequence[Line], chances: Matrix) -> bool:
    """Take lines into the body and out of it; False, and nothing done, where no prose would be left in it."""
    wanted = [chance >= _needed(line) for line, chance in zip(lines, chances.tolist(), strict=True)]
    if not any(want and is_prose(line) for line, want in zip(lines, wanted, strict=True)):
        return False
    for line, want, chance in zip(lines, wanted, chances.tolist(), strict=True):
        if want and line.kind not in BODY:
            line.kind, line.because = _body_kind(line), f"the line model: body with {chance:.2f}"
        elif not want and line.kind in BODY:
            line.kind, line.because = "other", f"the line model: body with {chance:.2f} only"
    return True


_LEFT = ("above the body", "below the body", "one of many short lines in a row")
_UNSURE = ("under a heading", "promo words", "read more words")


def _needed(line: Line) -> float:
    """The probability from which on a line is body: it depends on what the rules say and how sure they are."""
    if line.kind in BODY:
        return OUT
    if line.kind == "other" and line.because in _LEFT:
        return IN
    return SURE_IN if line.kind == "legal" or line.because.startswith(_UNSURE) else 2.0


def _body_kind(line: Line) -> BlockKind:
    if line.bullet:
        return "list"
    return "paragraph" if is_prose(line) or ends_sentence(line.text) or line.words > 20 else "heading"


_IS_BODY = np.array([kind in BODY for kind in KIND_ORDER])
_RULED = frozenset({"headline", "standfirst", "dateline"})
"""Kinds that stay where the rules gave them: the article's fields are read from them."""
_KNOWN = frozenset({"credit", "most_read", "published", "comments", "video", "related"})
_FIRM = 4.0
"""How many times likelier than a kind that the rules know well another must be."""
_SURE = 0.5
"""How likely another kind must be for a line of a card: title, teaser, section and age hold each other up."""


def settle_kinds(lines: Sequence[Line], probabilities: Matrix) -> None:
    """Give the lines outside of the body the likeliest kind, and those inside the likeliest of the body's kinds."""
    inside = np.where(_IS_BODY, probabilities, -1.0)
    outside = np.where(_IS_BODY, -1.0, probabilities)
    for i, line in enumerate(lines):
        kind = line.kind or "other"
        if kind in _RULED:
            continue
        row = inside[i] if kind in BODY else outside[i]
        best = int(row.argmax())
        if (kind, KIND_ORDER[best]) == ("byline", "published") or (
            line.because.startswith("a card") and row[best] < _SURE
        ):
            continue
        if KIND_ORDER[best] != kind and row[best] > _firmness(kind, line) * probabilities[i, KIND_ORDER.index(kind)]:
            line.kind = cast("BlockKind", KIND_ORDER[best])
            line.because = f"the line model: {line.kind} with {row[best]:.2f}"


def _firmness(kind: str, line: Line) -> float:
    guessed = line.because in _LEFT or line.because.startswith("the line model")
    return _FIRM if kind in _KNOWN and not guessed else 1.0
