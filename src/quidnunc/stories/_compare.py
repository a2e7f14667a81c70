"""Two articles: is one a copy of the other, do they tell the same story, or neither?

Copies share runs of words; retellings share hardly any, but their headlines and openings name the same things at the
same time. Thresholds were set by hand on real pairs read by people; ``benchmarks/stories.py`` prints how they do.
"""

from __future__ import annotations

from typing import Literal

from quidnunc.stories._features import Features, Told, features, jaccard, shared

Verdict = Literal["copy", "same_story", "different"]

COPY_NEAR, COPY_FAR = 0.35, 0.7
"""Share of shingles in common from which two texts are copies: of about the same day, and of other days. Stories that come
back after weeks ("stays in the race, again") reuse whole sentences."""
TRIMMED = 0.7
"""Share of the shorter text's shingles that are in the longer from which it is a cut copy of about the same day."""
NEAR_DAYS = 3

TITLE_LEAST, LEAD_LEAST, SAME_STORY = 0.3, 0.25, 0.75
NAMES_WEIGHT = 0.2


def compare(a: Told, b: Told) -> Verdict:
    """How two articles relate; the order of the two does not matter."""
    return relate(features(a), features(b))


def relate(a: Features, b: Features) -> Verdict:
    """``compare`` for articles that were read already."""
    near = a.day is None or b.day is None or abs(a.day - b.day) <= NEAR_DAYS
    if jaccard(a.shingles, b.shingles) >= (COPY_NEAR if near else COPY_FAR):
        return "copy"
    if near and shared(a.shingles, b.shingles) >= TRIMMED:
        return "copy"
    return "same_story" if near and _same_story(a, b) else "different"


def _same_story(a: Features, b: Features) -> bool:
    """Whether headlines and openings speak of the same things."""
    title, lead = shared(a.title, b.title), shared(a.lead, b.lead)
    if title < TITLE_LEAST or lead < LEAD_LEAST:
        return False
    return title + lead + NAMES_WEIGHT * shared(a.names, b.names) >= SAME_STORY
