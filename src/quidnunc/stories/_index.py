"""Many articles, one after the other: which copies and which story does each belong to?

Near-copies are looked up by MinHash (rensa's LSH, behind two methods here) and proved by exact Jaccard; retellings by the most telling stems of headline and opening on the days
around. A story is all articles that are joined by a chain of such pairs; since a pair is judged by itself, stories do not depend on the order of arrival. Ties: a story
and a group of copies are called by their smallest article id.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
import rensa

from quidnunc.stories._compare import STORY_DAYS, relate
from quidnunc.stories._features import Features, Told, features

PERMUTATIONS, BANDS, SEED = 192, 64, 11
"""Three rows a band: a pair with Jaccard .35 is looked at with probability .94, one with .5 with .9998, one with .1 with .06."""
LEAST, MOST = 2, 60
"""Telling stems in common from which an article is compared, and how many are at most: those that share most."""
CROWDED = 400
"""Articles of one day behind a stem from which it tells nothing and is passed over."""


@dataclass(frozen=True)
class Placed:
    """Where an article belongs after it was added: its story, its group of copies, and the articles that it was joined to directly."""

    story: str
    copies: str
    joined: tuple[tuple[str, str], ...]
    """(article id, "copy" or "same_story"), by id."""


class StoryIndex:
    """Articles in, stories out, one at a time.

    >>> index = StoryIndex()
    >>> index.add("a1", told).story
    """

    def __init__(self) -> None:
        self._features: list[Features] = []
        self._ids: list[str] = []
        self._number: dict[str, int] = {}
        self._lsh = rensa.RMinHashLSH(threshold=0.35, num_perm=PERMUTATIONS, num_bands=BANDS)
        self._stems: defaultdict[tuple[int | None, int], list[int]] = defaultdict(list)
        self._story: list[int] = []
        self._copy: list[int] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, article: str, told: Told) -> Placed:
        """Put an article into its story; the same id again changes nothing."""
        if article in self._number:
            return self.placed(article)
        read = features(told)
        joined = sorted((self._ids[k], verdict, k) for k, verdict in self._matches(read))
        number = len(self._ids)
        self._ids.append(article)
        self._number[article] = number
        self._features.append(read)
        self._story.append(number)
        self._copy.append(number)
        self._remember(number, read)
        for _, verdict, k in joined:
            self._join(self._story, number, k)
            if verdict == "copy":
                self._join(self._copy, number, k)
        return self._placed(number, tuple((other, verdict) for other, verdict, _ in joined))

    def placed(self, article: str) -> Placed:
        """Where an article belongs now."""
        return self._placed(self._number[article], ())

    def stories(self) -> dict[str, dict[str, list[str]]]:
        """Every story by its name: its groups of copies by theirs, each with its articles, all sorted."""
        found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for number, article in sorted(enumerate(self._ids), key=lambda pair: pair[1]):
            found[self._name(self._story, number)][self._name(self._copy, number)].append(article)
        return {story: dict(sorted(groups.items())) for story, groups in sorted(found.items())}

    def _matches(self, read: Features) -> list[tuple[int, str]]:
        near = set(self._like(read)) | set(self._retellings(read))
        found = ((k, relate(read, self._features[k])) for k in sorted(near))
        return [(k, verdict) for k, verdict in found if verdict != "different"]

    def _like(self, read: Features) -> list[int]:
        """Candidates for copies, by MinHash."""
        return list(self._lsh.query(self._sketch(read))) if len(read.shingles) else []

    def _sketch(self, read: Features) -> rensa.RMinHash:
        sketch = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update([str(one) for one in read.shingles.tolist()])
        return sketch

    def _remember(self, number: int, read: Features) -> None:
        if len(read.shingles):
            self._lsh.insert(number, self._sketch(read))
        for stem in read.telling.tolist():
            self._stems[read.day, stem].append(number)

    def _retellings(self, read: Features) -> list[int]:
        """Candidates for retellings, edited and cut copies: those of the days around that share enough telling stems, most first."""
        days: list[int | None] = [None]
        if read.day is not None:
            days += range(read.day - STORY_DAYS, read.day + STORY_DAYS + 1)
        else:
            days += sorted({day for day, _ in self._stems if day is not None})[-400:]
        counts: Counter[int] = Counter()
        for stem in read.telling.tolist():
            for day in days:
                behind = self._stems.get((day, stem), ())
                if len(behind) <= CROWDED:
                    counts.update(behind)
        least = [(n, k) for k, n in counts.items() if n >= LEAST]
        return [k for _, k in sorted(least, key=lambda pair: (-pair[0], self._ids[pair[1]]))[:MOST]]

    def _root(self, parents: list[int], number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def _join(self, parents: list[int], one: int, other: int) -> None:
        """The root of a group is the article with its smallest id, by which the group is called."""
        a, b = self._root(parents, one), self._root(parents, other)
        if a != b:
            first, second = sorted((a, b), key=lambda k: self._ids[k])
            parents[second] = first

    def _name(self, parents: list[int], number: int) -> str:
        return self._ids[self._root(parents, number)]

    def _placed(self, number: int, joined: tuple[tuple[str, str], ...]) -> Placed:
        return Placed(self._name(self._story, number), self._name(self._copy, number), joined)


def size_of(read: Features) -> int:
    """Bytes that an article's features take."""
    return int(
        sum(
            np.asarray(one).nbytes
            for one in (
                read.shingles,
                read.lead.stems,
                read.lead.weights,
                read.body.stems,
                read.body.weights,
                read.telling,
            )
        )
    )
