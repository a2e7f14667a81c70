"""Pages written for training: the corpus's articles in its site layouts."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from quidnunc.pages._features import KIND_ORDER

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
sys.path[:0] = [str(CORPUS), str(Path(__file__).resolve().parent)]

import layouts  # noqa: E402
from line_kinds import Kinds  # noqa: E402
from line_pages import make_page  # noqa: E402

FILLINGS = 3
SHARE = 0.4
"""What a line of a written page counts for, beside one of a real page."""


def written_pages(fillings: int = FILLINGS) -> list[Kinds]:
    """Each layout a few times, with the kind of every line; a layout is a site."""
    found = []
    for filled in layouts.pages(fillings):
        body = [text for kind, text in filled.lines if kind in layouts.BODY]
        labels = ["body" if kind in layouts.BODY else "other" if kind else "" for kind in filled.kinds]
        row = {"id": filled.id, "url": f"https://{filled.layout.name}.example/", "body": "\n".join(body)}
        page = make_page(row, "written", filled.flat_text, labels)
        page.weight *= SHARE
        gold = [KIND_ORDER.index(filled.kinds[number]) for number in page.numbers]
        found.append(Kinds(page, np.array(gold), written=True, share=SHARE))
    return found
