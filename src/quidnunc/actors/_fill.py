"""Countries for those who are at home somewhere and do not say where."""

from __future__ import annotations

import math

from quidnunc.actors._board import Board, Entity, Mark
from quidnunc.actors._fold import fold
from quidnunc.actors._home import Text, likeliest
from quidnunc.actors._knowledge import is_name_known, name_chance
from quidnunc.actors._lists import words
from quidnunc.actors._roles import look
from quidnunc.actors._where import Where

MARGIN = 8.0
"""How many times likelier a name must be in another country of the text."""

_LOCAL = words("where.local")
_US = words("where.us")
_NOT_US = words("where.not_us")


_RULED = frozenset({"administration", "government", "cabinet", "regime"})


def _heads_of_government(board: Board) -> None:
    """``Trump``, beside "the Trump administration": whoever a government is called after heads it."""
    ruled: dict[str, Entity] = {}
    for mark in board.marks:
        said = [token.text for token in board.tokens[mark.start : mark.end] if token.lower_ != "the"]
        if len(said) == 2 and said[1].lower() in _RULED and said[0][:1].isupper() and mark.entity.country:
            ruled.setdefault(fold(said[0]), mark.entity)
    for mark in board.marks if ruled else ():
        entity = mark.entity
        government = ruled.get(fold(entity.name).split()[-1]) if entity.name.strip() else None
        alone = government is not None and fold(entity.name) in ruled  # taken for a firm, where only the surname stands
        if government is not None and entity.country is None and (entity.kind == "person" or alone):
            entity.kind = "person"
            entity.country = government.country
            entity.sectors = entity.sectors or ("GOV",)
            entity.because.append(f"the text speaks of '{government.name}' ({government.country})")


def fill(board: Board, where: Where) -> None:
    """Give a country to those who are at home and have none yet, and say why."""
    _heads_of_government(board)
    first: dict[int, Mark] = {}
    text = Text.of(board, where)
    for mark in sorted(board.marks, key=lambda m: m.start):
        if mark.form != "pronoun":
            first.setdefault(id(mark.entity), mark)
    for mark in first.values():
        if mark.entity.country is None and mark.entity.at_home:
            _fill_one(board, mark, where, text)
    _heads_of_government(board)


def _fill_one(board: Board, mark: Mark, where: Where, whole: Text) -> None:
    entity, token = mark.entity, mark.head
    words = (
        set(fold(entity.role or board.text(mark.start, mark.end)).split())
        if entity.role or mark.form == "role"
        else set[str]()
    )
    text = fold(entity.role or entity.name)
    owner = (
        next(
            (
                m.entity
                for m in board.marks
                if m.form == "pronoun" and board.tokens[m.head].dep_ == "poss" and board.tokens[m.head].head.i == token
            ),
            None,
        )
        if mark.form == "role"
        else None
    )
    if owner is not None and owner.country:
        entity.country = owner.country
        entity.because.append(f"'{board.text(mark.start, mark.end)}' belongs to {owner.name} ({owner.country})")
        found = look(text.split())
        if found and found[0].neutral and owner.sectors and owner.kind != "state":
            entity.sectors = owner.sectors
        return
    if where.total["USA"] and (words & _US or any(text.endswith(w) for w in _US)):
        entity.country = "USA"
        entity.because.append(f"'{entity.role or entity.name}' is a post or body of the USA, which the text names")
        return
    shut = frozenset({"USA"}) if words & _NOT_US else frozenset[str]()
    if mark.form == "role":
        shut |= {fact.country for fact in board.geo[mark.start : mark.end] if fact is not None}
    local = bool(entity.sectors) and entity.sectors[0] in _LOCAL and entity.kind != "person" and "state" not in words
    if entity.kind == "person" and entity.role is None:
        country, why = where.clear_home()
    elif local:
        country, why = where.of_place(token, shut)
    else:
        country, why = where.of_office(token, shut, entity.kind == "person" or bool(entity.role) or entity.things)
    if entity.kind == "person" and entity.words and (better := _by_name(entity, country, where)):
        country, why = (
            better,
            f"the text speaks of {better}, and the name is likelier there" + (f" than in {country}" if country else ""),
        )
    country, why = likeliest(whole, mark, local, country, why, shut)
    if country:
        entity.country = country
        entity.because.append(f"no nationality is given: {why}")


_LIKELIER = math.log(MARGIN)


def _by_name(entity: Entity, country: str | None, where: Where) -> str | None:
    """Among the countries of the text, the one in which a person's name is much likelier than in the one concluded."""
    here = where.countries()
    if len(here) < 2 or not is_name_known(entity.words):
        return None
    names = sorted(entity.words)
    chances = {code: name_chance(names, code) for code in here}
    best = max(sorted(chances), key=lambda code: chances[code])
    least = max((chance for code, chance in chances.items() if code != best), default=0.0)
    against = chances.get(country, least) if country else least
    return best if best != country and chances[best] > against + _LIKELIER else None
