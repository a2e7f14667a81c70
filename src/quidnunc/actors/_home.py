"""Whose are people and bodies that do not say it: a linear model over the countries that the text names.

``training/home.py`` fits it on the quidnunc corpus; ``data/home.txt`` holds a weight for each sign, in all and by the sort of actor. What the rules
of ``_where`` conclude is one of the signs.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from quidnunc.actors._board import Board, Entity, Mark
from quidnunc.actors._knowledge import is_name_known, name_chance
from quidnunc.actors._where import Where

Sort = Literal["plain", "post", "local", "body"]
"""A person without post, one with a post, people of the place, a body or other group."""

WORDS = {
    "rule": "the rule", "near": "it is the nearest state subject in the sentence", "last": "it was the last state subject before", "date": "the dateline is there",
    "top": "the text names it most", "s0": "the sentence names it", "s-1": "the sentence before names it", "s1": "the next sentence names it",
    "l0": "a place there is named in the sentence", "l-1": "a place there is named in the sentence before", "phrase": "the phrase names it",
    "first": "the first sentence names it", "people": "people of it stand beside", "acting": "most who act in the text are of it",
    "namesbest": "the names in the text are likeliest there", "namebest": "the name is likeliest there", "share": "the text names it often",
}  # fmt: skip
"""Signs as evidence in words."""


@dataclass(frozen=True)
class Text:
    """What holds for the whole text: the countries named, those who act, and how well the names in it fit each country."""

    board: Board
    where: Where
    countries: tuple[str, ...]
    acting: dict[str, float]
    names: dict[str, float]
    people: int
    beside: dict[int, list[Mark]]
    """The marks of people, by sentence."""

    @staticmethod
    def of(board: Board, where: Where) -> Text:
        """Counted once for a text, before any country is given."""
        countries = tuple(sorted(where.countries(), key=lambda c: (-where.total[c], c)))
        acting = Counter(
            m.entity.country
            for m in board.marks
            if m.entity.country and m.entity.kind in ("person", "organisation", "group") and m.form != "pronoun"
        )
        fits = dict.fromkeys(countries, 0.0)
        people = {id(m.entity): m.entity for m in board.marks if m.entity.kind == "person" and m.entity.words}
        counted = 0
        for entity in people.values():
            if (entity.country is None or entity.at_home) and is_name_known(entity.words):
                counted += 1
                for country, chance in _chances(entity, countries).items():
                    fits[country] += chance
        beside: dict[int, list[Mark]] = {}
        for mark in board.marks:
            if mark.entity.kind == "person":
                beside.setdefault(board.sent_of[mark.head], []).append(mark)
        whole = sum(acting.values()) or 1
        return Text(board, where, countries, {c: n / whole for c, n in acting.items() if c}, fits, counted, beside)


def _chances(entity: Entity, countries: tuple[str, ...]) -> dict[str, float]:
    """By country the log chance of a person's name, the likeliest as 0, at least -6."""
    names = sorted(entity.words)
    chances = {country: name_chance(names, country) for country in countries}
    best = max(chances.values(), default=0.0)
    return {country: max(-6.0, chance - best) for country, chance in chances.items()}


def signs(text: Text, mark: Mark, rule: str | None) -> dict[str, dict[str, float]]:
    """The signs for each country of the text that an actor may be of it; ``rule``: what the rules conclude."""
    board, where, token = text.board, text.where, mark.head
    sent = board.sent_of[token]
    total = sum(where.total[c] for c in text.countries) or 1
    near, last = where.nearest_subject(token), where.last_subject(token)
    own = _chances(mark.entity, text.countries) if _has_name(mark.entity) else {}
    phrase = where.within(mark)
    near_people = (m for step in (-1, 0, 1) for m in text.beside.get(sent + step, ()))
    beside = Counter(m.entity.country for m in near_people if m.entity is not mark.entity)
    named = {step: where.sentences.get(sent + step, Counter()) for step in (-2, -1, 0, 1)}
    located = {step: where.located(sent + step) for step in (-1, 0, 1)}
    alone = len([c for c in named[0] if c in text.countries]) == 1
    most = where.total[text.countries[0]] if text.countries else 1
    fits = {c: text.names[c] - own.get(c, 0.0) for c in text.countries}
    best_fit = max(fits.values(), default=0.0)
    out = {}
    for place, c in enumerate(text.countries):
        out[c] = {
            "share": where.total[c] / total, "ratio": where.total[c] / most, "count": math.log(where.total[c]),
            "top": place == 0, "second": place == 1, "only": len(text.countries) == 1, "date": c == where.dateline, "rule": c == rule,
            "near": c == near, "last": c == last, "first": c in where.sentences.get(0, ()), "phrase": c in phrase,
            "alone": alone and c in named[0], "people": float(min(2, beside[c])),
            "acting": text.acting.get(c, 0.0), "acts": c in text.acting,
            "names": fits[c] / max(1, text.people), "namesum": max(-12.0, fits[c]), "namesbest": text.people > 0 and fits[c] == best_fit,
            **{f"s{step}": c in counts for step, counts in named.items()}, **{f"l{step}": c in counts for step, counts in located.items()},
        }  # fmt: skip
        if own:
            out[c] |= {"name": own[c], "namebest": own[c] == 0.0}
    return {c: {name: float(value) for name, value in own_signs.items() if value} for c, own_signs in out.items()}


def _has_name(entity: Entity) -> bool:
    return entity.kind == "person" and bool(entity.words) and is_name_known(entity.words)


def sort_of(entity: Entity, local: bool) -> Sort:
    """Which weights are added to the common ones."""
    if entity.kind == "person":
        return "post" if entity.role else "plain"
    return "local" if local else "body"


@cache
def weights() -> dict[str, float]:
    """Weights by sign, and by "sort:sign"."""
    lines = (files("quidnunc.actors") / "data" / "home.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def likeliest(
    text: Text, mark: Mark, local: bool, rule: str | None, why: str, shut: frozenset[str]
) -> tuple[str | None, str]:
    """The likeliest country and why; the rule's own words where the model agrees with it."""
    sort, table = sort_of(mark.entity, local), weights()
    scores, given = {}, signs(text, mark, rule)
    for country, own in given.items():
        if country not in shut:
            parts = {
                sign: value * (table.get(sign, 0.0) + table.get(f"{sort}:{sign}", 0.0)) for sign, value in own.items()
            }
            scores[country] = (sum(parts.values()), parts)
    if not scores:
        return rule, why
    best = max(sorted(scores), key=lambda c: scores[c][0])
    if best == rule:
        return best, why
    told = sorted(
        ((value, sign) for sign, value in scores[best][1].items() if sign in WORDS and value > 0), reverse=True
    )
    return (
        best,
        f"{best} is likeliest here: {', '.join(WORDS[sign] for _, sign in told[:2]) or 'by all signs together'}",
    )
