"""The same happening across the articles of a story: one event with its reports, counted by independent origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from quidnunc.records import CodedArticle, Event

FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"ASSAULT", "COERCE"}), frozenset({"AGREE", "SUPPORT", "CONCEDE", "COOPERATE"}), frozenset({"REQUEST", "THREATEN"}), frozenset({"ACCUSE", "REJECT"}),
    frozenset({"CONCEDE", "RETREAT"}), frozenset({"SANCTION", "COERCE"}), frozenset({"AGREE", "AID"}), frozenset({"CONSULT", "AGREE"}),
)  # fmt: skip
"""Types that outlets give one act by: police "crush" or "arrest", a deal is "reached" or "signed"."""
FAR_DAYS = 2
"""Days between two dates of one happening."""


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

    @property
    def origins(self) -> int:
        """How many independent origins report it: ten sites with one wire are one."""
        return len({report.origin for report in self.reports})

    @property
    def disputed(self) -> bool:
        """Whether the reports differ in status: one says it happened, another that it is denied or only claimed."""
        return len({report.status for report in self.reports}) > 1


def happenings(articles: Iterable[CodedArticle], copies: dict[str, str] | None = None) -> list[Happening]:
    """The happenings of a story's coded articles, by first report. ``copies``: article id to the name of its group of copies."""
    groups: list[list[tuple[CodedArticle, Event]]] = []
    for coded in articles:
        for event in coded.events:
            home = next((g for g in groups if any(same(event, other) for _, other in g)), None)
            if home is None:
                groups.append([(coded, event)])
            else:
                home.append((coded, event))
    return [_happening(group, copies or {}) for group in groups]


def same(one: Event, other: Event) -> bool:
    """Whether two events of one story are one happening: the same act or near to it, a party in common on a side, none against it, and dates that fit."""
    exact = one.type == other.type
    if not exact and not any({one.type, other.type} <= family for family in FAMILIES):
        return False
    if not _dates_fit(one, other):
        return False
    matched = [_sides_match(side(one), side(other)) for side in (_source, _target)]
    if False in matched:
        return False
    return True in matched if exact else matched == [True, True]


def _source(event: Event) -> frozenset[str]:
    return frozenset(party.country or party.text.lower() for party in event.sources)


def _target(event: Event) -> frozenset[str]:
    return frozenset(party.country or party.text.lower() for party in event.targets)


def _sides_match(one: frozenset[str], other: frozenset[str]) -> bool | None:
    """None: one of them does not say."""
    return bool(one & other) if one and other else None


def _dates_fit(one: Event, other: Event) -> bool:
    from datetime import date

    if one.date is None or other.date is None:
        return True
    a, b = (date.fromisoformat(e.date.start).toordinal() for e in (one, other) if e.date)
    c, d = (date.fromisoformat(e.date.end).toordinal() for e in (one, other) if e.date)
    return a <= d + FAR_DAYS and b <= c + FAR_DAYS


def _happening(group: list[tuple[CodedArticle, Event]], copies: dict[str, str]) -> Happening:
    origins: defaultdict[str, str] = defaultdict(str)
    reports = []
    for coded, event in group:
        article = coded.article
        own = article.agency or article.outlet or article.id
        origin = origins[copies.get(article.id, article.id)] or own
        origins[copies.get(article.id, article.id)] = origin
        reports.append(Report(article.id, event.id, article.outlet, origin, event.status))
    first = group[0][1]
    return Happening(
        type=first.type,
        sources=tuple(sorted(_source(first))),
        targets=tuple(sorted(_target(first))),
        date=first.date.start if first.date else None,
        reports=tuple(reports),
    )
