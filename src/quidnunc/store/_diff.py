"""What changed in the data from one version of the coder to another."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, select

from quidnunc.errors import StoreError
from quidnunc.records import CodedArticle, Event
from quidnunc.store._rows import unpack
from quidnunc.store._schema import articles

FIELDS = ("type", "mode", "own_type", "cameo", "status", "polarity")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """An event that only one version has, or that the two code otherwise."""

    article: str
    what: Literal["gone", "new", "changed"]
    trigger: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that differ."""
        before, after = self.before or {}, self.after or {}
        return tuple(name for name in {**before, **after} if before.get(name) != after.get(name))


def versions(connection: Connection) -> list[str]:
    """The versions of the coder that the store holds codes of."""
    return sorted(connection.scalars(select(articles.c.coder).distinct()))


def diff(connection: Connection, old: str, new: str) -> tuple[list[Change], Counter[str]]:
    """Changes between the latest codes of two versions over the articles that both have coded, and counts."""
    there = versions(connection)
    for version in (old, new):
        if version not in there:
            raise StoreError(f"there are no codes of version {version!r}: the store has {', '.join(there) or 'none'}")
    coded: dict[str, dict[tuple[str, str | None], CodedArticle]] = {}
    for version in (old, new):
        query = select(articles.c.id, articles.c.parent, articles.c.coded).where(articles.c.coder == version)
        rows = connection.execute(query.order_by(articles.c.number))
        coded[version] = {(row.id, row.parent): unpack(bytes(row.coded)) for row in rows}
    both = [key for key in coded[old] if key in coded[new]]
    changes = [change for key in both for change in _of_article(coded[old][key], coded[new][key])]
    counts = Counter({"articles": len(both)})
    counts["same"] = sum(len(coded[old][key].events) for key in both) - sum(c.what != "new" for c in changes)
    counts.update(change.what for change in changes)
    return changes, counts


def _of_article(old: CodedArticle, new: CodedArticle) -> list[Change]:
    """Events of the same word, type first, are one event told in two ways."""
    before, after = _by_word(old), _by_word(new)
    changes = []
    for place in sorted({*before, *after}):
        left, right = list(before.get(place, ())), list(after.get(place, ()))
        for one in list(left):
            same = next((other for other in right if _said(one, old) == _said(other, new)), None)
            if same is not None:
                left.remove(one)
                right.remove(same)
        left.sort(key=lambda event: event.type)
        right.sort(key=lambda event: event.type)
        for k in range(max(len(left), len(right))):
            was, now = (left[k] if k < len(left) else None), (right[k] if k < len(right) else None)
            text = (old if was is not None else new).article.text
            changes.append(
                Change(
                    article=new.article.id,
                    what="changed" if was and now else "gone" if was else "new",
                    trigger=text[slice(*place)],
                    before=_said(was, old) if was else None,
                    after=_said(now, new) if now else None,
                )
            )
    return changes


def _by_word(coded: CodedArticle) -> dict[tuple[int, int], list[Event]]:
    found: dict[tuple[int, int], list[Event]] = {}
    for event in coded.events:
        found.setdefault(event.spans.trigger, []).append(event)
    return found


def _said(event: Event, coded: CodedArticle) -> dict[str, Any]:
    sides = {
        side: [f"{party.text}/{party.country or '-'}" for party in parties]
        for side, parties in (("sources", event.sources), ("targets", event.targets))
    }
    date = f"{event.date.start}/{event.date.end}" if event.date else None
    place = event.place.geonames if event.place else None
    return {**{name: getattr(event, name) for name in FIELDS}, **sides, "date": date, "place": place}
