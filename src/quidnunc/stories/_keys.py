"""By what an article is looked up: numbers that two articles share when they are worth comparing.

Retellings, edited and cut copies share telling stems on the days around; whole copies of any day share a band of MinHash (rensa).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

import numpy as np
import rensa

from quidnunc.stories._compare import STORY_DAYS
from quidnunc.stories._features import Features

BANDS, ROWS, SEED = 16, 4, 11
"""A pair with Jaccard .7 shares a band with probability .99, one with .2 with .03."""
LEAST, MOST = 2, 60
"""Telling stems in common from which an article is compared, and how many articles are at most: those that share most."""
CROWDED = 400
"""Articles behind a key from which it tells nothing and is passed over."""
UNDATED = 0


def own(read: Features) -> list[int]:
    """The keys under which an article is found later: positive for its telling stems on its day, negative for its bands."""
    return _stems(read, read.day or UNDATED) + bands(read)


def asked(read: Features, own: list[int]) -> list[int]:
    """The keys under which others are looked up for it, given its own; an article without a date is compared with such articles, and for copies."""
    if read.day is None:
        return own
    around = range(read.day - STORY_DAYS, read.day + STORY_DAYS + 1)
    return [key for day in around for key in _stems(read, day)] + [key for key in own if key < 0]


def _stems(read: Features, day: int) -> list[int]:
    return [(day << 32) + int(stem) + 1 for stem in read.telling.tolist()]


def bands(read: Features) -> list[int]:
    """Negative numbers below 2**62, one a band; none for an empty text."""
    if not len(read.shingles):
        return []
    sketch = rensa.RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    sketch.update([str(one) for one in read.shingles.tolist()])
    rows = np.asarray(sketch.digest(), np.uint32).reshape(BANDS, ROWS)
    hashes = (hashlib.blake2b(row.tobytes() + bytes([k]), digest_size=8).digest() for k, row in enumerate(rows))
    return [-(int.from_bytes(one, "big") >> 2) - 1 for one in hashes]


def candidates(found: Iterable[tuple[int, int]]) -> list[int]:
    """Of (key, article) pairs the articles worth comparing: all that share a band, and those that share most stems; ties by number."""
    counts: Counter[int] = Counter()
    copies = set()
    for key, article in found:
        if key < 0:
            copies.add(article)
        else:
            counts[article] += 1
    most = sorted(((-n, article) for article, n in counts.items() if n >= LEAST))[:MOST]
    return sorted(copies | {article for _, article in most})
