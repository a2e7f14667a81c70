"""Two articles: is one a copy of the other, do they tell the same story, or neither?

Copies share runs of words; retellings share hardly any, but they speak of the same rare things within a few days. Thresholds were set on real pairs read by people and on
the corpus's training stories; ``benchmarks/stories.py`` prints how they do.
"""

from __future__ import annotations

from typing import Literal

from quidnunc.stories._features import Features, Told, cosine, features, jaccard, shared

Verdict = Literal["copy", "same_story", "different"]

COPY_NEAR, COPY_FAR = 0.35, 0.7
"""Share of shingles in common from which two texts are copies: of about the same day, and of other days. Stories that come
back after weeks ("stays in the race, again") reuse whole sentences."""
TRIMMED = 0.6
"""Share of the shorter text's shingles that are in the longer from which it is a cut copy of about the same day."""
EDITED, EDITED_WORDS = 0.12, 0.6
"""Share of shingles, and cosine of the whole texts, from which one was rewritten from the other on about the same day."""
COPY_DAYS, STORY_DAYS = 3, 5
"""Days between copies, and between tellings of one story: corrections come late."""
SAME_STORY = 0.4
"""Cosine of headlines with openings and cosine of the whole texts, added, from which two tell the same story."""


def compare(a: Told, b: Told) -> Verdict:
    """How two articles relate; the order of the two does not matter."""
    return relate(features(a), features(b))


def relate(a: Features, b: Features) -> Verdict:
    """``compare`` for articles that were read already."""
    apart = abs(a.day - b.day) if a.day is not None and b.day is not None else 0
    runs = jaccard(a.shingles, b.shingles)
    if runs >= (COPY_NEAR if apart <= COPY_DAYS else COPY_FAR):
        return "copy"
    if apart > STORY_DAYS:
        return "different"
    words = cosine(a.body, b.body)
    edited = runs >= EDITED and words >= EDITED_WORDS
    if apart <= COPY_DAYS and (edited or shared(a.shingles, b.shingles) >= TRIMMED):
        return "copy"
    return "same_story" if words + cosine(a.lead, b.lead) >= SAME_STORY else "different"
