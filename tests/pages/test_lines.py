"""The line models: the trees add up as they should, and say nothing against what the rules are sure of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from quidnunc.errors import KnowledgeError
from quidnunc.pages._features import KIND_ORDER, columns, page_features
from quidnunc.pages._label import label, rule_kinds
from quidnunc.pages._line import split_lines
from quidnunc.pages._trees import Trees, load_trees

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_a_tree_sends_each_row_to_its_leaf() -> None:
    stump = Trees(
        roots=np.array([0], np.int32),
        feature=np.array([1, 0, 0], np.int16),
        threshold=np.array([2.0, 0, 0], np.float32),
        left=np.array([1, 1, 2], np.int32),
        right=np.array([2, 1, 2], np.int32),
        value=np.array([0, -1.0, 3.0], np.float32),
        depth=1,
        classes=1,
    )
    assert stump.raw(np.array([[9.0, 2.0], [9.0, 2.5]])).tolist() == [[-1.0], [3.0]]


def test_a_model_for_other_features_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="other features"):
        load_trees("lines.npz", 3)


def test_every_line_has_every_feature_and_they_are_numbers() -> None:
    lines = split_lines((EXAMPLES / "harbour-talks.txt").read_text(encoding="utf-8"))
    rule_kinds(lines)
    features = page_features(lines)
    assert features.shape == (len(lines), len(columns()))
    assert np.isfinite(features).all()


@pytest.mark.parametrize("name", ["harbour-talks.txt", "border-strike.txt"])
def test_nothing_that_the_rules_are_sure_of_becomes_body(name: str) -> None:
    page = (EXAMPLES / name).read_text(encoding="utf-8")
    before, after = split_lines(page), split_lines(page)
    rule_kinds(before)
    label(after)
    body = ("paragraph", "heading", "quote", "list")
    for old, new in zip(before, after, strict=True):
        assert new.kind in KIND_ORDER
        if old.kind not in (*body, "other"):
            assert new.kind not in body, new.text
