"""Pronouns to the actors that they stand for, where it is clear: subjects first, number and sex respected."""

from __future__ import annotations

from quidnunc.actors._board import Board, Entity, Mark
from quidnunc.actors._lists import words
from quidnunc.language import Token

_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_WHO = frozenset({"who", "whom", "whose", "which", "that"})
_PAIRS = words("pronouns.pairs")
_FAR = 3
"""Sentences back that a pronoun reaches."""
_SUBJECT = ("nsubj", "nsubjpass")


def put_pronouns(board: Board) -> None:
    """Mark he, she, it, they, who, which, that, "both sides" and "the two countries"."""
    marks = sorted((m for m in board.marks if not m.as_place), key=lambda m: m.head)
    by_head: dict[int, Mark] = {}
    for mark in marks:
        by_head.setdefault(mark.head, mark)
    past: list[Mark] = []
    at = 0
    for token in board.tokens:
        while at < len(marks) and marks[at].head < token.i:
            past.append(marks[at])
            at += 1
        low = token.lower_
        if low in _WHO and token.tag_ in ("WP", "WDT", "WP$", "IN") and token.dep_ != "mark":
            _relative(board, token, by_head)
        elif low in _HE and token.pos_ == "PRON":
            found = _person(board, token, _HE[low], past)
            _set(board, token, found)
            if found is not None and found.kind == "person":  # who is spoken of stays near
                past.append(board.marks[-1])
        elif (low in _IT or low in _THEY) and token.pos_ == "PRON":
            if not _empty(token):
                _set(board, token, _thing(board, token, low in _THEY, past))
        elif (token.lemma_.lower() in _PAIRS and token.tag_ == "NNS") or (low == "both" and token.dep_ in _SUBJECT):
            _pair(board, token, past)


def _set(board: Board, token: Token, entity: Entity | None) -> None:
    if entity is not None:
        board.mark(token.i, token.i + 1, token.i, entity, "pronoun")


def _relative(board: Board, token: Token, by_head: dict[int, Mark]) -> None:
    clause: Token = token
    for _ in range(6):
        if clause.dep_ == "relcl" or clause.head is clause:
            break
        clause = clause.head
    if clause.dep_ == "relcl":
        mark = by_head.get(clause.head.i)
        if mark is not None:
            _set(board, token, mark.entity)


def _near(board: Board, token: Token, past: list[Mark]) -> list[Mark]:
    sent = board.sent_of[token.i]
    out = []
    for mark in reversed(past):
        if board.sent_of[mark.head] < sent - _FAR:
            break
        out.append(mark)
    return out


def _free(board: Board, token: Token, past: list[Mark]) -> list[Mark]:
    """Those near whom the pronoun can stand for: nobody whose entity its own clause rules out."""
    near = _near(board, token, past)
    shut = {id(m.entity) for m in near if _governs(board, m, token)}
    return [m for m in near if id(m.entity) not in shut]


def _ranked(board: Board, token: Token, fitting: list[Mark]) -> Entity | None:
    """The subject of the same or the last sentence before others, the nearer before the farther."""
    if not fitting:
        return None
    sent = board.sent_of[token.i]

    def cost(mark: Mark) -> tuple[float, int]:
        away = sent - board.sent_of[mark.head]
        subject = board.tokens[mark.head].dep_ in _SUBJECT
        return (away + (0.0 if subject else 0.6) + (0.3 if mark.form == "demonym" else 0.0), -mark.head)

    return min(fitting, key=cost).entity


def _person(board: Board, token: Token, sex: str, past: list[Mark]) -> Entity | None:
    near = _free(board, token, past)
    fitting = [m for m in near if m.entity.kind == "person" and m.entity.sex in (sex, None)]
    same = [m for m in fitting if m.entity.sex == sex] or fitting
    named = [m for m in same if m.form != "pronoun"]
    found = _ranked(board, token, named or same)
    if found is None:
        single = [m for m in near if m.entity.kind == "generic" and not m.entity.plural and m.form == "role"]
        found = _ranked(board, token, single)
    if found is not None and found.sex is None and found.kind == "person":
        found.sex = sex
    return found


def _governs(board: Board, mark: Mark, token: Token) -> bool:
    """Nobody is his own clause's other side: "he told Diallo" (he is not Diallo), "Nkrumah praised him" (he is not Nkrumah)."""
    noun = board.tokens[mark.head]
    if noun.dep_ in ("dobj", "pobj", "dative") and token.dep_ in _SUBJECT and noun.head.head.i == token.head.i:
        return True
    if token.dep_ not in ("dobj", "dative") or token.lower_.endswith("self"):
        return False
    verb = token.head
    while verb.dep_ in ("conj", "xcomp") and not any(c.dep_ in _SUBJECT for c in verb.children):
        verb = verb.head
    return noun.dep_ in _SUBJECT and noun.head.i == verb.i


def _empty(token: Token) -> bool:
    """The "it" of "it is likely that", "it rained"."""
    return token.dep_ == "expl" or (
        token.lower_ == "it"
        and token.dep_ in _SUBJECT
        and token.head.lemma_ in ("be", "seem", "appear")
        and any(c.dep_ in ("acomp", "ccomp", "xcomp") for c in token.head.children)
        and any(c.dep_ in ("ccomp", "xcomp", "advcl") for c in token.head.children)
    )


_ORGS = frozenset({"state", "organisation", "igo", "party", "armed_group", "company", "media"})


def _thing(board: Board, token: Token, they: bool, past: list[Mark]) -> Entity | None:
    near = [m for m in _free(board, token, past) if m.form != "pronoun" or m.entity.kind != "person"]
    plural = [m for m in near if m.entity.plural or m.entity.kind == "group"]
    single = [m for m in near if m.entity.kind in _ORGS and m.form != "demonym"]
    return (_ranked(board, token, plural) or _ranked(board, token, single)) if they else _ranked(board, token, single)


def _pair(board: Board, token: Token, past: list[Mark]) -> None:
    """ "the two countries", "both sides": the last two states (or the last two others) that the text named."""
    lefts = {c.lower_ for c in token.lefts}
    if not (lefts & {"two", "both"}) and token.lower_ != "both":
        return
    two: list[Entity] = []
    kinds = (
        ("state",)
        if token.lemma_.lower()
        in ("country", "nation", "state", "neighbor", "neighbour", "government", "capital", "ally")
        else ("person",)
        if token.lemma_.lower() in ("leader", "president", "minister")
        else ("state", "igo", "armed_group", "organisation", "party")
    )
    for mark in _near(board, token, past):
        if (
            (mark.entity.kind in kinds or (kinds == ("person",) and token.lemma_.lower() in mark.entity.words))
            and mark.form != "pronoun"
            and all(mark.entity.country != e.country or mark.entity.kind != "state" for e in two)
            and mark.entity not in two
        ):
            two.append(mark.entity)
        if len(two) == 2:
            break
    if len(two) == 2:
        board.marks = [m for m in board.marks if m.head != token.i or m.form != "role"]
        start = min([c.i for c in token.lefts if c.lower_ in ("two", "both")] or [token.i])
        for entity in reversed(two):
            board.mark(start, token.i + 1, token.i, entity, "pronoun")
