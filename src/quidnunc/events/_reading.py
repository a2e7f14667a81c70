"""Which act a word names here: its most specific reading whose particles and objects stand beside it."""

from __future__ import annotations

from collections.abc import Iterator

from quidnunc.events import _grammar as grammar
from quidnunc.events._lexicon import POS, Act, lexicon
from quidnunc.language import Token


def reading(token: Token) -> Act | None:
    """The most specific act that the word may name here, judged by its objects and particles alone; found once for each word of a text."""
    kept: dict[int, Act | None] = token.doc.user_data.setdefault("acts", {})
    if token.i not in kept:
        kept[token.i] = _reading(token)
    return kept[token.i]


def _reading(token: Token) -> Act | None:
    for key in dict.fromkeys((grammar.lemma(token), token.lower_)):
        for act in lexicon().readings(key):
            if _pos_fits(token, act) and _words_fit(token, act) and _objects_fit(token, act):
                if act.mode == "phone" and act.word == "call" and not _by_phone(token):
                    continue
                if act.pos == "A" and not _predicative(token):
                    continue
                if act.pos == "N" and (token.dep_ in ("compound", "nmod", "amod") or _other_sense(token)):
                    continue
                if in_title(token):
                    continue
                return act
    return None


OTHER_SENSES = {
    "attack": frozenset({"heart", "asthma", "panic", "shark", "anxiety", "bear", "dog"}), "strike": frozenset({"lightning", "bird"}),
    "easing": frozenset({"monetary", "quantitative"}), "war": frozenset({"price", "bidding", "trade"}),
}  # fmt: skip
"""Words before a noun with which it names no act."""


def _other_sense(noun: Token) -> bool:
    """``a heart attack``, and the month in "on March 6"."""
    if noun.lower_ == "march" and noun.tag_ == "NNP" and noun.ent_type_ == "DATE":
        return True
    before = OTHER_SENSES.get(grammar.lemma(noun))
    return before is not None and any(c.lower_ in before for c in noun.lefts)


def in_title(token: Token) -> bool:
    """``"Meet the Press"``: a word within quoted words that are capitalised one and all, as titles are."""
    if not token.is_title or not any(t.is_quote for t in token.doc[max(0, token.i - 6) : token.i]):
        return False
    first = token.i
    while first > 0 and not token.doc[first - 1].is_quote and token.i - first < 6:
        first -= 1
    quoted: list[Token] = []
    for inner in token.doc[first : first + 8]:
        if inner.is_quote:
            words = [t for t in quoted if t.is_alpha and len(t.text) > 3]
            return first > 0 and token.doc[first - 1].is_quote and len(words) > 1 and all(t.is_title for t in words)
        quoted.append(inner)
    return False


WISHES = frozenset({"want", "need", "expect"})


def _pos_fits(token: Token, act: Act) -> bool:
    """The tagger's part of speech is the act's; a plural noun that was taken for a verb ("EU warnings that ...") still is one."""
    if act.pos == "V" and token.dep_ == "amod" and token.tag_ == "VBN":
        return False
    if act.pos == "V" and act.word in WISHES and not _wishes_of_another(token):
        return False
    if token.pos_ in POS[act.pos]:
        return True
    if act.pos == "V" and any(c.dep_ in ("auxpass", "agent") for c in token.children):
        return True
    return act.pos == "N" and token.tag_ == "VBZ" and token.lemma_.endswith("ing")


def _wishes_of_another(verb: Token) -> bool:
    """``wants X to ...``, not ``wants to ...`` or ``is expected to ...``."""
    if grammar.is_passive(verb):
        return False
    clause = grammar.child(verb, "ccomp", "xcomp")
    return clause is not None and (
        grammar.child(clause, "nsubj", "nsubjpass") is not None or grammar.child(verb, "dobj") is not None
    )


def _by_phone(verb: Token) -> bool:
    """``called his counterpart on Friday to discuss``, not ``called him a liar`` or ``called an election``."""
    who = grammar.patient(verb)
    if who is None or grammar.child(verb, "oprd", "ccomp", "prt") is not None:
        return False
    return who.pos_ == "PROPN" or grammar.lemma(who) in (
        "counterpart",
        "president",
        "minister",
        "leader",
        "king",
    )


def _predicative(token: Token) -> bool:
    if token.pos_ == "ADJ":
        return token.dep_ in ("acomp", "oprd", "conj", "ROOT", "ccomp", "advcl", "acl", "relcl")
    return grammar.child(token, "auxpass", "nsubjpass") is not None and token.tag_ == "VBN"


def _words_fit(token: Token, act: Act) -> bool:
    """Particles, prepositions and fixed companions of a longer expression stand beside the word."""
    words = act.word.split("_")
    if len(words) == 1:
        return True
    if act.pos == "N":
        before = {grammar.lemma(c) for c in token.children if c.dep_ in ("compound", "amod", "nmod")}
        before |= {c.lower_ for c in token.children if c.dep_ == "amod"}
        return set(words[:-1]) <= before
    beside = {c.lower_ for c in token.children if not _tells_when(c)} | {
        grammar.lemma(c) for c in token.children if c.dep_ in ("dobj", "acomp")
    }
    beside |= {"for"} if any(grammar.for_somebody_to(c) for c in token.children) else set()
    beside |= {g.lower_ for c in token.children if c.dep_ in ("prep", "prt") for g in c.children if g.dep_ == "prep"}
    return set(words[1:]) <= beside


def _tells_when(preposition: Token) -> bool:
    """``called him on Tuesday``: no "call on"."""
    return preposition.dep_ == "prep" and any(
        c.dep_ == "pobj" and (c.ent_type_ in ("DATE", "TIME") or c.lower_ in TIMES) for c in preposition.children
    )


TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "day night morning afternoon evening week weekend month year hour minute moment".split()
)


def _objects_fit(token: Token, act: Act) -> bool:
    if not act.objects:
        return True
    return any(True for _ in fitting_objects(token, act))


def fitting_objects(token: Token, act: Act) -> Iterator[Token]:
    """The objects (or nouns after the act's own prepositions) that meet its condition."""
    direct = grammar.patient(token)
    candidates = list(grammar.conjuncts(direct)) if direct is not None else []
    candidates += grammar.children(token, "attr") if act.word == "become" else ()
    candidates += grammar.children(token, "oprd", "acomp")
    candidates += (c for c in grammar.children(token, "ccomp") if c.pos_ == "ADJ")
    candidates += grammar.children(token, "dobj") if grammar.is_passive(token) else ()
    if act.word.split("_")[0] == "be" or act.slots[:1] == ("s",):
        candidates += [n for p in ("in", "under") for n in grammar.prepositional(token, p)]
    if before_its_object(token):
        candidates.append(token.head)
    for slot in (*act.slots, *act.word.split("_")[1:], "of"):
        if slot not in ("o", "c"):
            candidates += list(grammar.prepositional(token, slot))
    for noun in candidates:
        if any(c.lower_ in ("news", "press") for c in noun.children):
            continue
        names = {grammar.lemma(noun), noun.lower_}
        names |= {grammar.lemma(c) for c in noun.children if c.dep_ in ("compound", "nummod")}
        if names & act.objects:
            yield noun
            continue
        if grammar.lemma(noun) in lexicon().markers["measure"]:
            counted = [of for of in grammar.prepositional(noun, "of") if {grammar.lemma(of), of.lower_} & act.objects]
            yield from (noun, *counted) if counted else ()


def before_its_object(token: Token) -> bool:
    """A participle taken for an adjective of its object ("resisting pressure")."""
    return token.dep_ == "amod" and token.tag_ == "VBG" and token.i < token.head.i
