"""Many articles, one after the other: which copies and which story does each belong to?

A story is all articles that are joined by a chain of pairs; since a pair is judged by itself, stories do not depend on the order of arrival but where more than 60 articles
share telling stems with one. A story and a group of copies are called by their smallest article id.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from quidnunc.stories import _keys
from quidnunc.stories._compare import relate
from quidnunc.stories._features import Features, Told, features


@dataclass(frozen=True)
class Placed:
    """Where an article belongs after it was added: its story, its group of copies, and the articles that it was joined to directly."""

    story: str
    copies: str
    joined: tuple[tuple[str, str], ...]
    """(article id, "copy" or "same_story"), by id."""


class StoryIndex:
    """Articles in, stories out, one at a time, in memory; a store keeps its own in the database (``Store.find_stories``).

    >>> index = StoryIndex()
    >>> index.add("a1", told).story
    """

    def __init__(self) -> None:
        self._features: list[Features] = []
        self._ids: list[str] = []
        self._number: dict[str, int] = {}
        self._behind: defaultdict[int, list[int]] = defaultdict(list)
        self._story: list[int] = []
        self._copy: list[int] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, article: str, told: Told) -> Placed:
        """Put an article into its story; the same id again changes nothing."""
        if article in self._number:
            return self.placed(article)
        read = features(told)
        own = _keys.own(read)
        joined = sorted((self._ids[k], verdict, k) for k, verdict in self._matches(read, own))
        number = len(self._ids)
        self._ids.append(article)
        self._number[article] = number
        self._features.append(read)
        self._story.append(number)
        self._copy.append(number)
        for key in own:
            self._behind[key].append(number)
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

    def _matches(self, read: Features, own: list[int]) -> list[tuple[int, str]]:
        shared = ((key, self._behind.get(key, ())) for key in _keys.asked(read, own))
        near = _keys.candidates((key, k) for key, behind in shared if len(behind) <= _keys.CROWDED for k in behind)
        found = ((k, relate(read, self._features[k])) for k in near)
        return [(k, verdict) for k, verdict in found if verdict != "different"]

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
