"""Role phrases that mean an actor named before: "the bloc", "the company", "the minister", "the country"."""

from __future__ import annotations

from collections import Counter

from quidnunc.actors._board import Board, Entity, Mark
from quidnunc.actors._lists import words
from quidnunc.actors._roles import FORMER
from quidnunc.language import sentence_of

_ANAPHORA: dict[str, tuple[str, ...]] = {
    "bloc": ("igo",), "alliance": ("igo",), "union": ("igo", "organisation"), "organisation": ("igo", "organisation"), "organization": ("igo", "organisation"),
    "commission": ("igo",), "company": ("company",), "firm": ("company",), "giant": ("company",), "carmaker": ("company",), "group": ("armed_group", "organisation", "igo", "company"), "party": ("party",),
    "newspaper": ("media",), "paper": ("media",), "agency": ("media", "organisation"), "bank": ("company",), "airline": ("company",), "telecom giant": ("company",), "tech giant": ("company",),
    "movement": ("party", "armed_group"), "militia": ("armed_group",), "network": ("media",), "broadcaster": ("media",), "news agency": ("media",), "maker": ("company",), "regulator": ("organisation",),
}  # fmt: skip


def name_things(board: Board) -> None:
    """ "The bloc", "the company", "the country", "the group" mean the last named actor of their sort."""
    names = sorted((m for m in board.marks if m.form in ("name", "metonym")), key=lambda m: m.start)
    heads = {m.head: m for m in board.marks if m.form == "role"}
    for token in board.tokens:
        low = token.lower_
        if (
            not (token.tag_ == "NN" or (token.tag_ == "NNP" and (token.text.islower() or low == "commission")))
            or not (low in _ANAPHORA or low in ("country", "nation"))
            or not any(c.lower_ in ("the", "this", "that") for c in token.lefts)
        ):
            continue
        if (
            any(c.dep_ == "prep" and c.lower_ == "of" for c in token.rights)
            or any(c.dep_ == "relcl" for c in token.rights)
            or any(board.named[c.i] for c in token.lefts)
        ):
            continue
        kinds = ("state",) if low in ("country", "nation") else _ANAPHORA[low]
        before = [
            m
            for m in names
            if m.start < token.i and m.entity.kind in kinds and board.sent_of[m.head] >= board.sent_of[token.i] - 3
        ]
        adjective = next((board.geo[c.i] for c in token.lefts if board.geo[c.i]), None)
        if low == "commission":
            before = [m for m in before if m.entity.country == "EUR" and token.text.istitle()]
        if adjective is not None:
            before = [m for m in before if m.entity.country == adjective.country]
        if not before:
            continue
        here = [m for m in before if board.sent_of[m.head] == board.sent_of[token.i]]
        subjects = (
            [m for m in here if board.tokens[m.head].dep_ in ("nsubj", "nsubjpass")] if kinds == ("state",) else []
        )
        meant = (subjects or before)[-1].entity
        if kinds == ("state",) and not subjects:
            last = board.sent_of[token.i] - 1
            earlier = [
                m
                for m in before
                if board.sent_of[m.head] == last
                and board.tokens[m.head].dep_ in ("nsubj", "nsubjpass")
                and not m.as_place
            ]
            often = Counter(m.entity.country for m in names if m.entity.kind == "state")
            meant = (
                earlier[-1].entity if earlier else max(before, key=lambda m: (often[m.entity.country], m.start)).entity
            )
        if token.i in heads:
            heads[token.i].entity = meant
        else:
            board.mark(token.i, token.i + 1, token.i, meant, "role")


def merge_roles(board: Board) -> None:
    """ "The minister" and "the president" mean the last person who bears that title; appositions mean the person beside them."""
    people = sorted((m for m in board.marks if m.form == "name" and m.entity.kind == "person"), key=lambda m: m.start)
    for mark in board.marks:
        one = mark.entity.kind == "generic" or board.tokens[mark.head].lower_ in _HUMAN
        if mark.form == "role" and not mark.entity.plural and one:
            person = _same_person(board, mark, people)
            if person is not None and person.entity is not mark.entity:
                text = board.text(mark.start, mark.end)
                if not any(text in reason for reason in person.entity.because):
                    person.entity.because.append(f"'{text}' is taken for the same person")
                _learn(person.entity, mark.entity, text)
                mark.entity = person.entity


def _learn(person: Entity, role: Entity, text: str) -> None:
    """A person of whom nothing was told has the post and sector of the role phrase that means them."""
    if person.role is None and person.sectors in ((), ("CVL",)) and role.sectors not in ((), ("CVL",)):
        person.sectors, person.role = role.sectors, role.role or text
        person.because.append(f"'{text}' tells the post")
        if person.country is None and role.country:
            person.country = role.country


def _same_person(board: Board, mark: Mark, people: list[Mark]) -> Mark | None:
    token = board.tokens[mark.head]
    beside = [token.head] if token.dep_ == "appos" else [c for c in token.children if c.dep_ == "appos"]
    if token.dep_ == "attr" and token.head.lemma_ == "be" and not any(c.dep_ == "neg" for c in token.head.children):
        beside += [c for c in token.head.children if c.dep_ == "nsubj"]
    for other in beside:
        named = board.named[other.i]
        if named is not None and named.entity.kind == "person":
            return named
    definite = any(c.lower_ in ("the", "his", "her") for c in token.lefts) or (
        token.text[0].isupper() and token.i > sentence_of(token).start
    )
    if not definite:
        return None
    words, country = mark.entity.words, mark.entity.country
    for person in reversed([p for p in people if p.start < mark.start]):
        role = person.entity.role
        if role and words <= set(role.lower().replace("-", " ").split()) and country in (None, person.entity.country):
            return (
                None if role.startswith("former") != bool(FORMER & set(board.keys[mark.start : mark.end])) else person
            )
    return _only_person(board, mark, people)


_HUMAN = words("same.human")
_MALE, _FEMALE = words("same.male"), words("same.female")


def _only_person(board: Board, mark: Mark, people: list[Mark]) -> Mark | None:
    """ "The boy", "the student" mean the one person that the sentences before name, if they name only one who fits."""
    token = board.tokens[mark.head]
    if token.lower_ not in _HUMAN or any(c.dep_ in ("relcl", "prep", "acl") for c in token.rights):
        return None
    if not any(c.lower_ == "the" for c in token.lefts) or any(board.named[c.i] for c in token.lefts):
        return None
    sex = "m" if token.lower_ in _MALE else "f" if token.lower_ in _FEMALE else None
    here = board.sent_of[mark.head]
    near = [p for p in people if p.start < mark.start and board.sent_of[p.head] >= here - 4]
    fitting = [p for p in near if not (sex and p.entity.sex and p.entity.sex != sex)]
    return fitting[-1] if len({id(p.entity) for p in fitting}) == 1 else None
