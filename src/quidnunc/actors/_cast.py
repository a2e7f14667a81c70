"""From a parsed text to its cast: every actor, where it is mentioned, and why it is taken for what it is."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from quidnunc.actors._board import Board, Entity, Form, Mark
from quidnunc.actors._fill import fill
from quidnunc.actors._knowledge import TODAY
from quidnunc.actors._organisations import put_organisations
from quidnunc.actors._people import put_people
from quidnunc.actors._phrases import put_phrases
from quidnunc.actors._pronouns import put_pronouns
from quidnunc.actors._same import merge_roles, name_things
from quidnunc.actors._spot import folded, spot
from quidnunc.actors._states import put_names
from quidnunc.actors._where import Where
from quidnunc.language import Doc
from quidnunc.records import Actor, Record, Span


class Mention(Record, frozen=True, kw_only=True):
    """An actor in the text: code points [start, end), the token of its head, and how it is put."""

    start: int
    end: int
    head: int
    """Index of the head token in the Doc."""
    actor: str
    form: Form
    as_place: bool = False
    """A state or its capital that only says where something is ("met in Beijing")."""


class Cast:
    """The actors of one text and their mentions.

    ``actors`` are in order of first mention ("a1", "a2" …), ``mentions`` by start. Lookups by token index: ``at`` and ``all_at``.
    """

    def __init__(self, actors: tuple[Actor, ...], mentions: tuple[Mention, ...], tokens: list[tuple[int, int]]) -> None:
        self.actors = actors
        self.mentions = mentions
        self._tokens = tokens
        self._by_id = {actor.id: actor for actor in actors}
        self._heads: dict[int, list[Mention]] = {}
        self._covers: dict[int, list[Mention]] = {}
        starts = [start for start, _ in tokens]
        for mention in mentions:
            self._heads.setdefault(mention.head, []).append(mention)
            first = max(bisect_right(starts, mention.start) - 1, 0)
            for i in range(first, len(tokens)):
                if tokens[i][0] >= mention.end:
                    break
                self._covers.setdefault(i, []).append(mention)

    def with_mentions(self, more: Iterable[Mention]) -> Cast:
        """A cast with further mentions of its actors, in the article's order."""
        mentions = sorted([*self.mentions, *more], key=lambda m: (m.start, m.end))
        spans: dict[str, list[Span]] = {}
        for mention in mentions:
            spans.setdefault(mention.actor, []).append((mention.start, mention.end))
        actors = tuple(
            msgspec.structs.replace(actor, mentions=tuple(dict.fromkeys(spans.get(actor.id, actor.mentions))))
            for actor in self.actors
        )
        return Cast(actors, tuple(mentions), self._tokens)

    def __len__(self) -> int:
        return len(self.actors)

    def actor(self, id: str) -> Actor:
        """The actor with that id; raises KeyError."""
        return self._by_id[id]

    def all_at(self, token: int) -> list[Mention]:
        """All mentions at a token: those whose head it is, the longest first, else those that cover it, the shortest first."""
        heads = self._heads.get(token)
        if heads:
            return sorted(heads, key=lambda m: m.start - m.end)
        return sorted(self._covers.get(token, ()), key=lambda m: (m.end - m.start, m.start))

    def at(self, token: int) -> Mention | None:
        """The first of ``all_at``, or None."""
        found = self.all_at(token)
        return found[0] if found else None


def cast(
    doc: Doc, *, published: datetime.date | None = None, headline: str | None = None, dateline: str | None = None
) -> Cast:
    """The actors of a parsed text.

    ``published`` decides who held which post (without it: the day of the knowledge, 2026-11-01). ``headline`` and ``dateline``, where they are not part of
    the text, help to tell which country the text is about.
    """
    board = work_out(doc, published.isoformat() if published else TODAY, headline, dateline)
    return _finish(board)


def work_out(doc: Doc, day: str, headline: str | None = None, dateline: str | None = None) -> Board:
    """All marks of a text, room by room: names, people, organisations, roles, countries, pronouns."""
    keys = folded(doc)
    board = Board(doc, keys, spot(doc, keys), day)
    put_names(board)
    put_people(board)
    put_organisations(board)
    put_phrases(board)
    merge_roles(board)
    name_things(board)
    put_pronouns(board)
    fill(board, Where(board, headline, dateline))
    return board


def _finish(board: Board) -> Cast:
    marks = sorted(board.marks, key=lambda m: (m.start, m.end, m.head))
    ids: dict[int, str] = {}
    order: list[Entity] = []
    for mark in marks:
        if id(mark.entity) not in ids:
            order.append(mark.entity)
            ids[id(mark.entity)] = f"a{len(order)}"
    spans = [(t.idx, t.idx + len(t.text)) for t in board.tokens]
    mentions = tuple(
        Mention(
            start=spans[m.start][0],
            end=spans[m.end - 1][1],
            head=m.head,
            actor=ids[id(m.entity)],
            form=m.form,
            as_place=m.as_place,
        )
        for m in _distinct(marks)
    )
    seen: dict[str, list[Mention]] = {}
    for mention in mentions:
        seen.setdefault(mention.actor, []).append(mention)
    text = board.doc.text
    actors = tuple(_actor(entity, ids[id(entity)], seen[ids[id(entity)]], text) for entity in order)
    return Cast(actors, mentions, spans)


def _distinct(marks: list[Mark]) -> list[Mark]:
    seen: set[tuple[int, int, int]] = set()
    out = []
    for mark in marks:
        key = (mark.start, mark.end, id(mark.entity))
        if key not in seen:
            seen.add(key)
            out.append(mark)
    return out


def _actor(entity: Entity, id: str, mentions: list[Mention], text: str) -> Actor:
    spans = tuple(dict.fromkeys((m.start, m.end) for m in mentions))
    aliases = tuple(
        dict.fromkeys(
            text[m.start : m.end]
            for m in mentions
            if m.form in ("name", "metonym", "role") and text[m.start : m.end] != entity.name
        )
    )
    return Actor(
        id=id, name=entity.name, kind=entity.kind, country=entity.country, sectors=entity.sectors, role=entity.role,
        mentions=spans, aliases=aliases, resolved_by="; ".join(dict.fromkeys(entity.because)),
    )  # fmt: skip
