"""The same happening across the articles of a story: one event with its reports, counted by independent origin.

Two events of two articles are one happening by points: the same type or a near one, mode, status and date, who takes part (name, sector, country), and the words of trigger
and sentence. An article tells a happening once: the pairs with most points are joined first, and each event joins at most one of another article. The points are a logistic
regression's weights on 24 stories of the corpus, rounded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from quidnunc.records import CodedArticle, Event, Party
from quidnunc.stories._features import Bag, bag, cosine

FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"ASSAULT", "COERCE"}), frozenset({"AGREE", "SUPPORT", "CONCEDE", "COOPERATE"}), frozenset({"REQUEST", "THREATEN"}), frozenset({"ACCUSE", "REJECT"}),
    frozenset({"CONCEDE", "RETREAT"}), frozenset({"SANCTION", "COERCE"}), frozenset({"AGREE", "AID"}), frozenset({"CONSULT", "AGREE"}),
)  # fmt: skip
"""Types that outlets give one act by: police "crush" or "arrest", a deal is "reached" or "signed"."""
FAR_DAYS = 2
"""Days between two dates that speak against one happening."""
TYPE, FAMILY, MODE, STATUS, DATE = 3.6, 0.8, 2.6, 1.1, 1.4
NAME, SECTOR, COUNTRY = (1.3, 0.2), (1.5, 0.8), (0.2, 0.2)
"""Points of a source and of a target in common; one that differs costs as many in sector and country."""
SENTENCE, TRIGGER = 1.8, 1.3
ENOUGH = 7.5
OWN_WORDS = 0.15
"""Cosine of two sentences below which two events of which one names no source are not joined."""


@dataclass(frozen=True)
class Report:
    """An event as one article tells it. ``origin``: the wire that the article came from, else its outlet; copies share one."""

    article: str
    event: str
    outlet: str | None
    origin: str
    status: str


@dataclass(frozen=True)
class Happening:
    """One event with all its reports, in the order given; ``origins`` counts those that are independent of each other."""

    type: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    date: str | None
    reports: tuple[Report, ...]

    @staticmethod
    def of(told: Sequence[tuple[CodedArticle, Event, str]]) -> Happening:
        """From its events, each with its article and its origin; the first says what it is."""
        first = told[0][1]
        sources, targets = (tuple(sorted({p.country or p.text for p in side})) for side in _sides(first))
        reports = tuple(Report(c.article.id, e.id, c.article.outlet, origin, e.status) for c, e, origin in told)
        return Happening(first.type, sources, targets, first.date.start if first.date else None, reports)

    @property
    def origins(self) -> int:
        """How many independent origins report it: ten sites with one wire are one."""
        return len({report.origin for report in self.reports})

    @property
    def disputed(self) -> bool:
        """Whether the reports differ in status: one says it happened, another that it is denied or only claimed."""
        return len({report.status for report in self.reports}) > 1


def happenings(articles: Iterable[CodedArticle], copies: Mapping[str, str] | None = None) -> list[Happening]:
    """The happenings of a story's coded articles, by first report. ``copies``: article id to the name of its group of copies."""
    told = [_Told(coded, event) for coded in articles for event in coded.events]
    group = list(range(len(told)))

    def root(number: int) -> int:
        while group[number] != number:
            number = group[number]
        return number

    members = {number: {told[number].coded.article.id} for number in group}
    line = [(copies or {}).get(each.coded.article.id, each.coded.article.id) for each in told]
    first: dict[str, str] = {}
    for number, name in enumerate(line):
        first.setdefault(name, told[number].coded.article.id)
    stands = [first[line[number]] == told[number].coded.article.id for number in group]
    worth = (  # a copy is compared with the first of its group alone
        (i, j) for i, j in combinations(group, 2) if stands[i] and (stands[j] or line[i] == line[j])
    )
    pairs = ((points(told[i], told[j]), i, j) for i, j in worth)
    for _, i, j in sorted((p for p in pairs if p[0] >= ENOUGH), key=lambda p: (-p[0], p[1], p[2])):
        one, other = sorted((root(i), root(j)))
        if one != other and not members[one] & members[other]:
            group[other] = one
            members[one] |= members[other]
    found: defaultdict[int, list[_Told]] = defaultdict(list)
    for number, each in enumerate(told):
        found[root(number)].append(each)
    return [_happening(each, copies or {}) for _, each in sorted(found.items())]


class _Told:
    """An event with the words it is told in."""

    def __init__(self, coded: CodedArticle, event: Event) -> None:
        self.coded, self.event = coded, event
        text = coded.article.text
        self.sentence: Bag = bag(text[slice(*event.spans.sentence)])
        self.trigger: Bag = bag(text[slice(*event.spans.trigger)])
        self.names = [{word.lower() for p in side for word in re.findall(r"\w{4,}", p.text)} for side in _sides(event)]


def points(one: _Told, other: _Told) -> float:
    """How much speaks for two events' being one happening; none where they are of one article or their types exclude it."""
    a, b = one.event, other.event
    near = a.type == b.type or any({a.type, b.type} <= family for family in FAMILIES)
    if one.coded.article.id == other.coded.article.id or not near:
        return 0.0
    total = TYPE if a.type == b.type else FAMILY
    total += MODE * (a.mode is not None and a.mode == b.mode) + STATUS * (a.status == b.status) + DATE * _dates(a, b)
    for k, (x, y) in enumerate(zip(_sides(a), _sides(b), strict=True)):
        if not x or not y:
            continue
        total += NAME[k] * bool(one.names[k] & other.names[k])
        total += SECTOR[k] * _fit({s for p in x for s in p.sectors}, {s for p in y for s in p.sectors})
        total += COUNTRY[k] * _fit({p.country for p in x if p.country}, {p.country for p in y if p.country})
    words = cosine(one.sentence, other.sentence)
    if words < OWN_WORDS and not (a.sources and b.sources):
        return 0.0  # who did it is open: then the sentences must speak of the same
    return total + SENTENCE * words + TRIGGER * cosine(one.trigger, other.trigger)


def _sides(event: Event) -> tuple[Sequence[Party], Sequence[Party]]:
    return event.sources, event.targets


def _fit(one: set[str], other: set[str]) -> int:
    """1: something in common; -1: nothing; 0: one of them is not known."""
    return 0 if not one or not other else 1 if one & other else -1


def _dates(one: Event, other: Event) -> int:
    """1: the same day can be meant; -1: days apart; 0: near, or not known."""
    if one.date is None or other.date is None:
        return 0
    (a, b), (c, d) = ([date.fromisoformat(day).toordinal() for day in (e.start, e.end)] for e in (one.date, other.date))
    apart = max(a, c) - min(b, d)
    return 1 if apart <= 0 else -1 if apart > FAR_DAYS else 0


def _happening(group: Sequence[_Told], copies: Mapping[str, str]) -> Happening:
    origins: dict[str, str] = {}
    told = []
    for each in group:
        article = each.coded.article
        line = copies.get(article.id, article.id)
        origin = origins.setdefault(line, article.agency or article.outlet or article.id)
        told.append((each.coded, each.event, origin))
    return Happening.of(told)
