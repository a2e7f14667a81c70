"""Who stands where around a word: subjects, objects and complements, seen through passives, control and conjunction.

Dependency labels are those of spaCy's English models (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Iterator

from quidnunc.events._lexicon import lexicon
from quidnunc.language import Token

SUBJECTS = {"nsubj", "csubj"}
PASSIVE_SUBJECTS = {"nsubjpass", "csubjpass"}
RELATIVE = {"WDT", "WP", "WP$"}


MISLEMMATIZED = {"hopes": "hope", "hoped": "hope", "hoping": "hope"}
"""Forms that the lemmatizer gets wrong."""


def lemma(token: Token) -> str:
    """The token's lemma in lower case."""
    return MISLEMMATIZED.get(token.lower_) or token.lemma_.lower()


def children(token: Token, *deps: str) -> Iterator[Token]:
    """The token's dependents with one of these relations, in text order."""
    for child in token.children:
        if child.dep_ in deps:
            yield child


def child(token: Token, *deps: str) -> Token | None:
    """The first dependent with one of these relations."""
    return next(children(token, *deps), None)


def is_verb(token: Token) -> bool:
    """A verb form that can head a clause."""
    return token.pos_ in ("VERB", "AUX")


def is_passive(verb: Token) -> bool:
    """``was attacked``, ``the men arrested on Friday``, ``(once) criticised, he ...``."""
    if any(c.dep_ in ("nsubjpass", "auxpass", "agent") for c in verb.children):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" for c in verb.children):
        return False
    if verb.dep_ == "conj" and is_verb(verb.head) and not any(c.dep_ == "nsubj" for c in verb.children):
        return is_passive(verb.head)
    return verb.dep_ in ("acl", "advcl", "amod") and not any(c.dep_ in ("dobj", "nsubj") for c in verb.children)


POLICIES = frozenset(
    {"policy", "practice", "campaign", "plan", "strategy", "program", "programme", "habit", "idea", "intention", "way"}
)
"""``maintained a policy of turning boats away``: whoever has one of these does what it consists in."""


def subject(verb: Token, depth: int = 6) -> Token | None:
    """The noun that does (or, of a passive, suffers) what the verb says; followed through control and conjunction."""
    if depth == 0:
        return None
    own = _nearest_subject(verb)
    if own is not None and own.dep_ != "expl":
        if own.tag_ in RELATIVE and verb.dep_ == "relcl":
            return _named_by(verb.head)
        return own
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ == "relcl":
        return _named_by(head)
    if verb.dep_ == "acl":
        return _acl_subject(verb, depth)
    if verb.dep_ in ("xcomp", "ccomp"):
        return _controlled(head, depth)
    if verb.dep_ in ("conj", "advcl", "dep", "parataxis") and is_verb(head):
        return subject(head, depth - 1)
    if verb.dep_ == "conj" and head.pos_ == "NOUN" and verb.tag_ in ("VBG", "VBN"):
        return head
    if verb.dep_ == "pcomp":
        governor = head.head
        if governor.dep_ == "dobj" and lemma(governor) in POLICIES and is_verb(governor.head):
            return subject(governor.head, depth - 1)
        return _controlled(governor, depth) if is_verb(governor) else governor
    if verb.dep_ == "amod" and head.pos_ in ("NOUN", "PROPN"):
        return head
    return None


def _nearest_subject(verb: Token) -> Token | None:
    """The subject among the verb's dependents; where the parser gives two, the one right before the verb."""
    found = list(children(verb, "nsubj", "nsubjpass", "csubj", "expl"))
    before = [c for c in found if c.i < verb.i]
    return before[-1] if before else found[0] if found else None


def _named_by(noun: Token) -> Token:
    """``X is the only state that has not ...``: of a predicate noun, its subject."""
    if noun.dep_ == "attr" and noun.head.lemma_ == "be":
        return child(noun.head, "nsubj") or noun
    return noun


def _acl_subject(verb: Token, depth: int) -> Token | None:
    """``troops attacking X``: the noun; ``a decision to attack X``: whoever has the noun."""
    noun = verb.head
    if verb.tag_ in ("VBG", "VBN"):
        return noun
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    if noun.dep_ in ("dobj", "pobj", "attr", "oprd", "nsubj"):
        governor = noun.head if noun.dep_ != "pobj" else noun.head.head
        return subject(governor, depth - 1) if is_verb(governor) and noun.dep_ != "nsubj" else noun
    return noun


def _controlled(governor: Token, depth: int) -> Token | None:
    if not is_verb(governor):
        if governor.pos_ == "ADJ" and governor.dep_ in ("acomp", "oprd"):
            return subject(governor.head, depth - 1)
        return None
    if lemma(governor) in lexicon().markers["object_control"]:
        held = child(governor, "dobj", "dative", "nsubjpass")
        if held is not None:
            return held
    return subject(governor, depth - 1)


def agent(verb: Token) -> Token | None:
    """Who does it: the subject, or of a passive the noun after "by"."""
    if is_passive(verb):
        by = child(verb, "agent")
        if by is not None:
            return child(by, "pobj")
        kept = child(verb, "dobj")  # "was denied a visa by X"
        return next(prepositional(kept, "by"), None) if kept is not None else None
    return subject(verb)


def patient(verb: Token) -> Token | None:
    """Who or what it is done to: the object, or of a passive the subject."""
    if is_passive(verb):
        return subject(verb) or child(verb, "dobj")
    found = child(verb, "dobj")
    if found is None and verb.dep_ == "amod" and verb.tag_ == "VBD" and verb.head.i > verb.i:
        return verb.head
    if found is None and verb.dep_ == "relcl":
        pronoun = next((c for c in verb.children if c.dep_ in ("dobj", "pobj") and c.tag_ in RELATIVE), None)
        if pronoun is not None or not any(c.dep_ in ("nsubj",) and c.tag_ in RELATIVE for c in verb.children):
            return verb.head if any(c.dep_ == "nsubj" for c in verb.children) else None
    if found is not None and verb.dep_ == "relcl" and (found.tag_ in RELATIVE or found.lower_ == "that"):
        return verb.head
    return found


def conjuncts(token: Token) -> Iterator[Token]:
    """The token and what is joined to it by "and", "or", commas; also where the parser hangs the first of two names on the second."""
    for first in children(token, "nmod", "compound"):
        if any(c.dep_ == "cc" for c in first.children) and first.pos_ == "PROPN":
            yield first
    yield token
    for joined in children(token, "conj"):
        yield from conjuncts(joined)


def prepositional(token: Token, preposition: str) -> Iterator[Token]:
    """Nouns (or gerunds) after ``preposition`` among the token's dependents, conjuncts included."""
    for prep in token.children:
        if prep.dep_ in ("prep", "agent", "dative", "prt") and prep.lower_ == preposition:
            for inner in children(prep, "pobj", "pcomp"):
                yield from conjuncts(inner)
        elif prep.lower_ in ("out", "away", "ahead", "along", "together", "instead") and prep.dep_ in (
            "prep",
            "prt",
            "advmod",
        ):
            yield from prepositional(prep, preposition)
        elif prep.dep_ == "prep" and preposition == "to" and prep.lower_ in ("towards", "toward"):
            yield from children(prep, "pobj")


def governing_verb(noun: Token) -> Token | None:
    """The verb of the clause in which a noun stands."""
    token = noun
    for _ in range(8):
        if token.head == token:
            return None
        token = token.head
        if is_verb(token):
            return token
    return None


def for_somebody_to(clause: Token) -> bool:
    """``called for the government to step down``: what is called for, as a clause with a doer of its own."""
    return clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "for" for c in clause.children)


def content_clauses(verb: Token) -> Iterator[Token]:
    """Verbs that head the complement clauses of a verb, noun or adjective ("that", infinitive, gerund after a preposition)."""
    for c in verb.children:
        if c.dep_ in ("ccomp", "xcomp", "acl") and (is_verb(c) or c.dep_ != "acl"):
            yield c
        elif c.dep_ == "prep":
            yield from (p for p in c.children if p.dep_ == "pcomp")
        elif for_somebody_to(c):
            yield c
        elif c.dep_ in ("acomp", "oprd", "attr"):
            yield from (x for x in c.children if x.dep_ in ("xcomp", "ccomp"))
