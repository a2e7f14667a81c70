"""Names that are something else as well: "Paris Hilton", "Georgia" in America, "Jordan" the player, "South China Sea"."""

from __future__ import annotations

from quidnunc.actors._board import Board
from quidnunc.actors._knowledge import Fact, facts
from quidnunc.actors._lists import words
from quidnunc.actors._roles import look
from quidnunc.actors._spot import Hit

_FIRST_NAMES = words("states.first_names")
"""Places whose names are also first names."""


def names_like(board: Board, i: int) -> bool:
    """ "Paris Hilton", "Chad Smith": a place that is a first name, before a capitalised word that nothing else is known of."""
    if board.keys[i] not in _FIRST_NAMES or i + 1 >= len(board.tokens):
        return False
    after = board.tokens[i + 1]
    key = board.keys[i + 1]
    if (
        not (after.is_alpha and after.text.istitle() and after.pos_ == "PROPN" and board.tokens[i].text.istitle())
        or look([key])
        or look([key.removesuffix("s")])
    ):
        return False
    return (
        board.tokens[i].dep_ in ("compound", "nmod")
        and not any(f.kind not in ("person", "surname", "given", "place") for f in facts(key))
        and after.ent_type_ not in ("DATE", "EVENT", "FAC")
    )


def inside_other(board: Board, hit: Hit) -> bool:
    """A place name within a longer name of something else: "Paris Hilton", "South China Sea", "Bank of Oklahoma"."""
    first = board.tokens[hit.start]
    kind = first.ent_type_
    if hit.end - hit.start == 1 and names_like(board, hit.start):
        return True
    if not kind or kind in (
        "GPE",
        "NORP",
        "DATE",
        "CARDINAL",
        "TIME",
        "ORDINAL",
        "MONEY",
        "PERCENT",
        "QUANTITY",
        "LANGUAGE",
    ):
        return False
    left, right = hit.start, hit.end
    while left > 0 and board.tokens[left].ent_iob_ == "I":
        left -= 1
    while right < len(board.tokens) and board.tokens[right].ent_iob_ == "I":
        right += 1
    geo = hit.geo
    if geo is None:
        lead = board.tokens[hit.start - 1] if hit.start else None
        return (
            hit.end - hit.start == 1
            and kind == "PERSON"
            and lead is not None
            and first.ent_iob_ == "I"
            and lead.text[0].isupper()
            and lead.is_alpha
            and not look([board.keys[lead.i]])
        )
    if geo.kind in ("adjective", "demonym") and kind != "PERSON":
        return False
    rest = [
        t
        for t in board.tokens[hit.end : right]
        if t.text not in ("'s", "’s", "'", "’") and t.is_alpha and t.text[0].isupper()
    ]
    before = [t for t in board.tokens[left : hit.start] if t.is_alpha and t.text[0].isupper()]
    if kind == "PERSON":
        if geo.kind in ("adjective", "demonym") or (geo.rank == 0 and not rest and not before):
            return False
        near = [facts(board.keys[t.i]) for t in (*before, *rest)]
        return bool(near) and not any(
            f.kind in ("surname", "state", "adjective", "igo") for found in near for f in found
        )
    return kind in ("FAC", "LOC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT") and bool(rest) and geo.kind != "state"


def choose_geo(board: Board, hit: Hit) -> Fact | None:
    """The geographic reading of a name, in the light of the whole text ("Georgia", "Congo", "Jordan" and their like)."""
    geo = hit.geo
    if geo is None or any(f.kind == "igo" for f in hit.facts):
        return None
    key, words = geo.key, frozenset(board.keys)
    if key == "georgia" and _us_georgia(board, hit, words):
        return geo._replace(kind="place", country="USA")
    if key in ("jordan", "chad", "israel", "kenya", "ireland", "chelsea") and _is_person(board, hit, words):
        return None
    if key == "congo" and ("brazzaville" in words and "kinshasa" not in words):
        return geo._replace(country="COG")
    if key == "macedonia" and words & {"thessaloniki", "salonica"}:
        return geo._replace(kind="place", country="GRC")
    if (
        key == "washington"
        and board.tokens[hit.start].ent_type_ == "PERSON"
        and board.tokens[hit.start].ent_iob_ == "I"
    ):
        return None
    others = {f.country for f in hit.facts if f.kind == geo.kind}
    if len(others) > 1:
        for fact in hit.facts:
            if fact.kind == geo.kind and fact.rank == 0:
                return fact
    if geo.kind == "place" and geo.rank > 0 and any(f.kind not in ("place", "given") for f in hit.facts):
        return None
    return geo


def _us_georgia(board: Board, hit: Hit, words: frozenset[str]) -> bool:
    state = {
        "tbilisi",
        "abkhazia",
        "ossetia",
        "saakashvili",
        "caucasus",
        "batumi",
        "georgians",
        "russia",
        "russian",
        "armenia",
        "azerbaijan",
        "ukraine",
        "moldova",
        "nato",
        "moscow",
        "soviet",
    }
    us = {
        "atlanta",
        "savannah",
        "augusta",
        "macon",
        "alabama",
        "florida",
        "carolina",
        "tennessee",
        "republican",
        "republicans",
        "democrat",
        "democrats",
        "kemp",
        "warnock",
        "county",
        "u",
        "senate",
        "texas",
        "arizona",
        "pennsylvania",
        "gop",
        "trump",
        "biden",
    }
    return len(words & us) > len(words & state)


def _is_person(board: Board, hit: Hit, words: frozenset[str]) -> bool:
    token = board.tokens[hit.start]
    after = board.tokens[hit.end] if hit.end < len(board.tokens) else None
    before = board.tokens[hit.start - 1] if hit.start else None
    home = {
        "jordan": {"amman", "jordanian", "hashemite", "abdullah", "king"},
        "chad": {"ndjamena", "chadian", "deby", "darfur", "sudan", "niger", "sahel"},
    }
    if words & home.get(hit.facts[0].key, frozenset()):
        return False
    if after is not None and after.pos_ == "PROPN" and after.text[0].isupper() and not facts(board.keys[after.i]):
        return True
    if before is not None and before.pos_ == "PROPN" and any(f.kind == "given" for f in facts(board.keys[before.i])):
        return True
    named = any(
        t.lower_ == token.lower_ and t.i != token.i and t.ent_iob_ == "I" and t.ent_type_ == "PERSON"
        for t in board.tokens
    )
    return named or (token.ent_type_ == "PERSON" and token.dep_ != "pobj")
