"""An attack and its dead are one event: "a bomb exploded, killing twelve policemen", "thirty people were killed in a raid"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quidnunc.actors import Cast
from quidnunc.events import _grammar as grammar
from quidnunc.events._candidates import Candidate, confidence_of
from quidnunc.language import Token

GROUND = frozenset({"state", "place", "territory"})
"""What stands for those who live there."""

HARM = frozenset({"kill", "wound", "injure", "hurt", "maim", "slay"})
"""Verbs that tell whom an attack hit."""


FIGHTS = frozenset({"fighting", "clash", "battle", "combat", "shootout", "gunfight", "firefight", "skirmish"})
"""Nouns of what two sides do to each other."""


def with_casualties(candidates: list[Candidate], cast: Cast) -> list[Candidate]:
    """The candidates of a sentence; what only says whom an attack hit is taken into the attack, as its target."""
    attacks = [c for c in candidates if c.coding.type == "ASSAULT" and grammar.lemma(c.frame.trigger) not in HARM]
    taken: dict[int, Candidate] = {}
    merged: set[int] = set()
    for c in candidates:
        if c.coding.type != "ASSAULT" or grammar.lemma(c.frame.trigger) not in HARM or not c.frame.target:
            continue
        attack = _attack_of(c.frame.trigger, attacks)
        if attack is None:
            continue
        if id(attack) in taken:
            merged.add(id(c))  # "killed and four others wounded in an attack"
            continue
        source, mutual = attack.frame.source or c.frame.source, grammar.lemma(attack.frame.trigger) in FIGHTS
        if mutual and not attack.frame.source and attack.frame.target:
            source = attack.frame.target  # killed in fighting with the army: by the army
        elif not _fits(attack, c, cast):
            continue
        frame = replace(attack.frame, target=c.frame.target, source=source)
        taken[id(attack)] = replace(attack, frame=frame, confidence=confidence_of(frame, attack.coding, cast))
        merged.add(id(c))
    return [taken.get(id(c), c) for c in candidates if id(c) not in merged]


def _attack_of(harm: Token, attacks: Iterable[Candidate]) -> Candidate | None:
    """The attack that the harm was done by: the verb that it hangs on, its subject, or the noun of "killed in a raid"."""
    verbs = {
        harm.i,
        *(v.i for v in grammar.conjuncts(harm)),
        *([harm.head.i] if harm.dep_ == "conj" and grammar.lemma(harm.head) in HARM else []),
    }
    for c in attacks:
        word = c.frame.trigger
        if harm.dep_ in ("advcl", "conj", "xcomp") and harm.head.i == word.i:
            return c
        if word.dep_ in ("nsubj", "agent") and word.head.i == harm.i:
            return c
        preposition = word.head
        if (
            word.dep_ == "pobj"
            and preposition.head.i in verbs
            and preposition.lower_ in ("in", "by", "during", "after")
        ):
            return c
    return None


def _fits(attack: Candidate, harm: Candidate, cast: Cast) -> bool:
    """The same doer, or none named on one side; and no other target than the ground where it happened."""
    ours, theirs = attack.frame.source.actors, harm.frame.source.actors
    others = attack.frame.target.actors - harm.frame.target.actors
    return not (ours and theirs and ours != theirs) and all(cast.actor(a).kind in GROUND for a in others)
