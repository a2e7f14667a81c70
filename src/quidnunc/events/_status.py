"""Whether it happened: from mood, modality, negation, conditionals and the verbs that an act stands under."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quidnunc.events import _grammar as grammar
from quidnunc.events._lexicon import lexicon
from quidnunc.language import Token
from quidnunc.records import Status

CLIMB = 5
"""How many governing verbs are looked at."""


@dataclass(frozen=True)
class Standing:
    """The status of an act, whether it is negated, and the words that say so."""

    status: Status = "occurred"
    negated: bool = False
    because: str = "reported as a fact"
    governor: Token | None = None
    """The verb whose complement the act is, where that decided."""


def standing(trigger: Token) -> Standing:
    """The status of the act that ``trigger`` (verb, noun or adjective) names."""
    if grammar.is_verb(trigger):
        return _of_verb(trigger)
    near = _beside(trigger)
    if near is not None:
        return near
    if grammar.lemma(trigger) in lexicon().markers["lasting"] and trigger.pos_ == "NOUN":
        above = _of_noun(trigger, grammar.governing_verb(trigger))
        return above if above.status != "occurred" else Standing("ongoing", because=f"'{trigger.text}' lasts")
    verb = grammar.governing_verb(trigger)
    if trigger.pos_ == "ADJ" and verb is not None:
        return _of_verb(verb)
    return _of_noun(trigger, verb)


def _of_noun(noun: Token, verb: Token | None) -> Standing:
    """A noun takes the standing of a verb that plans, offers, refuses or negates it; else it stands as a fact."""
    if verb is not None and noun.dep_ == "pobj" and noun.head.head == verb:
        above = _of_verb(verb)
        return above if above.status in ("planned", "hypothetical") else Standing()
    if verb is None or noun.dep_ not in ("dobj", "nsubjpass", "attr", "nsubj"):
        return Standing()
    lemma = grammar.lemma(verb)
    for name, status in (("plan", "planned"), ("desire", "planned"), ("offer", "offered"), ("fail", "not_yet")):
        if noun.dep_ in ("dobj", "nsubjpass") and lemma in lexicon().markers[name] and verb.head != noun:
            return Standing(status, because=f"object of '{verb.text}'", governor=verb)  # type: ignore[arg-type]
    if noun.dep_ in ("dobj", "nsubjpass", "attr"):
        of_verb = _of_verb(verb)
        if of_verb.status != "occurred" or of_verb.negated:
            return of_verb
    return Standing()


def _beside(token: Token) -> Standing | None:
    """Adjectives, determiners and adverbs right beside the act: "planned talks", "alleged attack", "no deal"."""
    markers = lexicon().markers
    for c in token.children:
        if c.dep_ not in ("amod", "advmod", "det", "nmod", "compound"):
            continue
        word = c.lower_
        if word in markers["near_negative"]:
            return Standing("denied", negated=True, because=f"'{c.text} {token.text}'")
        for name in ("planned", "alleged", "threatened", "hypothetical", "ongoing"):
            if word in markers["near_" + name] and c.dep_ != "det":
                return Standing(name, because=f"'{c.text} {token.text}'")
    return None


def _auxiliaries(verb: Token) -> Token:
    """The verb whose auxiliaries hold for ``verb``: itself, or for a bare conjunct the first verb."""
    if verb.dep_ == "conj" and grammar.is_verb(verb.head) and verb.tag_ in ("VB", "VBN", "VBG"):
        own = any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in verb.children)
        if not own:
            return _auxiliaries(verb.head)
    return verb


def _negator(verb: Token) -> Token | None:
    for c in verb.children:
        if c.dep_ == "neg" and c.lower_ != "only":
            return c
        if c.dep_ in ("nsubj", "dobj", "nsubjpass") and any(d.lower_ == "no" for d in c.children if d.dep_ == "det"):
            return c
        if c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in ("nobody", "none"):
            return c
        if c.dep_ in ("advmod", "preconj", "cc") and c.lower_ in ("never", "neither", "nor", "hardly"):
            return c
        if c.lower_ == "longer" and any(d.lower_ in ("no", "any") for d in c.children):
            return c
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("without", "instead"):
        return verb.head
    return None


def _of_verb(verb: Token) -> Standing:
    """Walk from the verb up through the verbs that it is a complement of; the first that decides, decides."""
    result = _own(_auxiliaries(verb))
    if result.status != "occurred":
        return result
    token = verb
    if verb.head.lower_ == "time" and any(c.lower_ == "for" and c.dep_ == "mark" for c in verb.children):
        return Standing("demanded", because=f"it is time for somebody to {verb.text}")
    negated, because = result.negated, result.because
    for _ in range(CLIMB):
        while token.dep_ == "conj" and grammar.is_verb(token.head) and token.tag_ != "VBD":
            token = token.head
        conditional = _conditional(token)
        if conditional is not None:
            return conditional
        if token.dep_ not in ("xcomp", "ccomp", "pcomp", "acl", "advcl") or token.head == token:
            break
        governor = token.head.head if token.dep_ == "pcomp" else token.head
        aside = token.dep_ == "advcl" and not any(c.tag_ == "TO" for c in token.children)
        decided = _under(token, governor) if not aside else None
        if decided is not None:
            return replace(decided, negated=negated or decided.negated)
        if token.dep_ == "advcl" and any(c.tag_ == "TO" for c in token.children):
            return Standing("hypothetical", negated=negated, because=f"'to {token.text}' says a purpose")
        if token.dep_ == "acl" and any(c.tag_ == "TO" for c in token.children):
            return Standing(
                "hypothetical",
                negated=negated,
                because=f"'{governor.text} to {token.text}' leaves open whether it is done",
            )
        if token.dep_ in ("advcl", "acl"):
            break
        token = governor
        if grammar.is_verb(token) and token.dep_ != "ROOT":
            above = _own(_auxiliaries(token))
            if above.status not in ("occurred", "ongoing") or (above.negated and verb.dep_ == "xcomp"):
                return above
        elif grammar.is_verb(token) and verb.dep_ == "xcomp":
            above = _own(_auxiliaries(token))
            if above.status != "occurred" or above.negated:
                return above
    return Standing("occurred", negated=negated, because=because)


def _own(verb: Token) -> Standing:
    """What the verb's own auxiliaries, adverbs and tense say."""
    markers = lexicon().markers
    negator = _negator(verb)
    yet = any(
        c.lower_ == "yet" or (c.lower_ == "so" and c.nbor().lower_ == "far")
        for c in verb.children
        if c.i + 1 < len(verb.doc)
    )
    for aux in grammar.children(verb, "aux"):
        word = aux.lower_
        if word in markers["modal_planned"]:
            return Standing("planned", negated=negator is not None, because=f"'{aux.text} {verb.text}'")
        if word in markers["modal_demanded"]:
            return Standing("demanded", negated=negator is not None, because=f"'{aux.text} {verb.text}'")
        if word in markers["modal_hypothetical"] and aux.tag_ == "MD":
            reported = word in ("would", "'d") and verb.dep_ == "ccomp"
            status: Status = "planned" if reported else "hypothetical"
            return Standing(status, negated=negator is not None, because=f"'{aux.text} {verb.text}'")
    if negator is not None:
        perfect = any(c.lemma_ == "have" for c in grammar.children(verb, "aux"))
        if perfect or yet:
            return Standing("not_yet", negated=True, because=f"'{negator.text}' with the perfect tense")
        return Standing("denied", negated=True, because=f"negated by '{negator.text}'")
    for c in grammar.children(verb, "advmod", "npadvmod"):
        if c.lower_ in markers["near_alleged"]:
            return Standing("alleged", because=f"'{c.text}'")
    return _progressive(verb)


def _progressive(verb: Token) -> Standing:
    auxiliaries = {c.lower_ for c in grammar.children(verb, "aux", "auxpass")}
    if verb.tag_ == "VBG" and auxiliaries & {"is", "are", "'s", "'re", "am", "been", "being"}:
        return Standing("ongoing", because=f"progressive '{verb.text}'")
    if verb.tag_ == "VBN" and "being" in auxiliaries and not auxiliaries & {"was", "were"}:
        return Standing("ongoing", because=f"progressive 'being {verb.text}'")
    if verb.tag_ == "VBG" and verb.dep_ == "ccomp" and auxiliaries & {"was", "were"}:
        return Standing("ongoing", because=f"progressive '{verb.text}' in reported speech")
    if auxiliaries & {"have", "has"} and grammar.lemma(verb) in lexicon().markers["lasting_verbs"]:
        return Standing("ongoing", because=f"'{verb.text}' in the perfect tense lasts")
    if any(c.lower_ in ("still", "currently") for c in grammar.children(verb, "advmod")):
        return Standing("ongoing", because="'still' or 'currently'")
    return Standing()


def _conditional(verb: Token) -> Standing | None:
    if verb.dep_ == "advcl":
        ahead = next(
            (c for c in verb.children if c.lower_ in ("when", "before", "until", "once") and c.i < verb.i), None
        )
        if ahead is not None and verb.tag_ in ("VBZ", "VBP") and not any(c.dep_ == "aux" for c in verb.children):
            return Standing("planned", because=f"'{ahead.text}' with the present tense")
        for mark in grammar.children(verb, "mark"):
            if mark.lower_ in lexicon().markers["if"]:
                return Standing("hypothetical", because=f"conditional clause with '{mark.text}'")
    return None


UNDER: tuple[tuple[str, Status], ...] = (
    ("threaten", "threatened"), ("offer", "offered"), ("promise", "offered"), ("plan", "planned"), ("desire", "planned"),
    ("demand", "demanded"), ("refuse", "refused"), ("deny", "denied"), ("fail", "not_yet"), ("allege", "alleged"),
    ("consider", "hypothetical"), ("prevent", "not_yet"),
)  # fmt: skip


def _under(verb: Token, governor: Token) -> Standing | None:
    """What a governing word makes of its complement."""
    markers = lexicon().markers
    lemma = grammar.lemma(governor)
    if (
        lemma == "have"
        and (yet := next((c for c in governor.children if c.lower_ in ("yet", "still")), None)) is not None
    ):
        return Standing("not_yet", negated=True, because=f"'has {yet.text} to {verb.text}'", governor=governor)
    if lemma == "be" and verb.dep_ == "xcomp" and any(c.lower_ == "to" for c in verb.children):
        return Standing("planned", because=f"'{governor.text} to {verb.text}'", governor=governor)
    if lemma == "go" and verb.dep_ == "xcomp" and governor.tag_ == "VBG":
        return Standing("planned", because=f"'going to {verb.text}'", governor=governor)
    if lemma in markers["ongoing"] and verb.dep_ == "xcomp":
        return Standing("ongoing", because=f"'{governor.text} {verb.text}'", governor=governor)
    if lemma in markers["unlikely"]:
        return Standing("hypothetical", negated=True, because=f"under '{governor.text}'", governor=governor)
    reporting = verb.dep_ == "ccomp"
    for name, status in UNDER:
        if lemma not in markers[name]:
            continue
        if name == "allege" and (reporting or not (grammar.is_passive(governor) or lemma in ("accuse", "suspect"))):
            continue
        if reporting and (
            name in ("plan", "attempt", "offer", "consider") or lemma in ("tell", "say", "suggest", "charge")
        ):
            continue
        if name in ("plan", "desire") and governor.pos_ in ("NOUN",) and verb.dep_ != "acl":
            continue
        negated = grammar.is_verb(governor) and _negator(governor) is not None
        return Standing(status, negated=negated, because=f"under '{governor.text}'", governor=governor)
    return None
