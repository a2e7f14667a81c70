"""Rules over what has just been stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from quidnunc._terminal import flat
from quidnunc.collect._feeds import Feeds, Rule
from quidnunc.records import CodedArticle, Event
from quidnunc.store import Alert, Ledger, Outcome

USUAL_DAYS = 28
"""Days before, whose mean is the usual."""

Stored = Sequence[tuple[CodedArticle, Outcome]]


class Alarm:
    """The user's rules. ``of`` and ``surges`` return what is to be told; the ledger leaves out what was told before."""

    def __init__(self, feeds: Feeds, ledger: Ledger) -> None:
        self._rules = [rule for rule in feeds.alert if rule.times_usual is None]
        self._surges = [rule for rule in feeds.alert if rule.times_usual is not None]
        self._ledger = ledger

    def known_pairs(self, coded: Iterable[CodedArticle]) -> set[tuple[str, str]]:
        """Of the pairs of countries in these articles, those that the store has events of; asked before they are stored."""
        if not any(rule.new_dyad for rule in self._rules):
            return set()
        pairs = {
            pair for one in coded for each in (one, *one.related) for event in each.events for pair in _pairs(event)
        }
        return self._ledger.known_pairs(pairs)

    def of(self, stored: Stored, known: set[tuple[str, str]]) -> list[Alert]:
        """Alerts for single events."""
        found: list[Alert] = []
        seen = set(known)
        for coded, outcome in stored:
            for one, what in zip((coded, *coded.related), (outcome, *outcome.cards), strict=True):
                if what.change == "unchanged":
                    continue
                for event in one.events:
                    new = [pair for pair in _pairs(event) if pair not in seen]
                    for rule in self._rules:
                        if fits(rule, event) and (new or not rule.new_dyad):
                            found += _told(rule, one, event, what.short, new)
                    seen.update(new)
        return found

    def surges(self, now: float) -> list[Alert]:
        """Alerts for days with many times the usual number of events."""
        today = datetime.fromtimestamp(now, UTC).date()
        found = []
        for rule in self._surges:
            conditions = {
                "type": rule.wanted_types, "status": rule.status, "source": rule.source, "target": rule.target,
            }  # fmt: skip
            first = today - timedelta(days=USUAL_DAYS + 1)
            days = self._ledger.days(conditions, first.isoformat(), today.isoformat())
            for day in (today - timedelta(days=1), today):
                count = days.get(day.isoformat(), 0)
                before = [days.get((day - timedelta(days=back)).isoformat(), 0) for back in range(1, USUAL_DAYS + 1)]
                usual = sum(before) / USUAL_DAYS
                if count >= rule.least and count >= (rule.times_usual or 0) * usual:
                    told = f"{rule.name}: {count} events on {day}, where {usual:.1f} are usual"
                    found += [Alert(rule=rule.name, key=f"day {day}", to=to, message=told) for to in rule.to]
        return found


def fits(rule: Rule, event: Event) -> bool:
    """Whether an event passes all that a rule asks of single events."""
    return (
        (not rule.wanted_types or event.type in rule.wanted_types)
        and (not rule.status or event.status in rule.status)
        and event.confidence >= rule.confidence
        and (not rule.source or any(party.country in rule.source for party in event.sources))
        and (not rule.target or any(party.country in rule.target for party in event.targets))
    )


def _pairs(event: Event) -> list[tuple[str, str]]:
    return sorted(
        {(s.country, t.country) for s in event.sources for t in event.targets if s.country and t.country and s.country != t.country}
    )  # fmt: skip


def _told(rule: Rule, one: CodedArticle, event: Event, short: str, new: list[tuple[str, str]]) -> list[Alert]:
    sources, targets = (" ".join(sorted({party.country or party.text for party in side})) for side in (event.sources, event.targets))  # fmt: skip
    day = event.date.end if event.date else "no date"
    act = f"{sources or 'somebody'} → {event.type}{f' → {targets}' if targets else ''}"
    if rule.new_dyad:
        key = " ".join(f"{source}>{target}" for source, target in new)
    else:  # not the event's number, which a revision of the article may change
        key = f"{short} {event.type} {sources}>{targets} {day}"
    article = one.article
    words = flat(article.text[slice(*event.spans.sentence)])[:300]
    where = flat(" · ".join(part for part in (article.outlet, article.url) if part))
    told = f"{rule.name}: {day} {flat(act)} ({event.status}, p {event.confidence:.2f}) “{words}” {where} [{short}:{event.id}]"
    return [
        Alert(rule=rule.name, key=key[:500], to=to, message=told, events=(f"{short}:{event.id}",)) for to in rule.to
    ]
