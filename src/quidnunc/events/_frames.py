"""Candidate acts of a sentence: which words name one, who does it, to whom, and what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from quidnunc.actors import Cast
from quidnunc.events import _grammar as grammar
from quidnunc.events._lexicon import Act, lexicon
from quidnunc.events._parties import NOBODY, Side, at, owner, side, without
from quidnunc.events._reading import before_its_object, fitting_objects, reading
from quidnunc.language import Sentence, Token

SPOKEN = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "CONCEDE"})
"""Types whose complement says what is spoken of: that is their content, not an act of its own."""

AROUND = frozenset(["during", "in", "at", "after", "before", "on", "amid", "following", "for", "ahead"])
"""Prepositions of a noun whose actor is then the subject of the clause ("during a visit, X said")."""

WHEREVER = frozenset(["in", "near", "along", "outside", "through", "inside", "around", "at", "into", "over"])
"""Prepositions that name a place more often than a party."""

AT_PLACES = frozenset({"ASSAULT", "MOBILIZE"})
"""Types for which the place hit is a party; visits too."""

BEARER_OF = frozenset({"PROTEST"})
"""Noun acts whose "of" phrase names who acts."""


OF_THING = ("of", "by", "on", "against", "to", "with", "for", "from", "in")
TALKING = ("with", "between", "by", "to", "from")
"""Prepositions behind a thing whose noun may be the party that the thing stands for; talks are *on* a topic."""


@dataclass(frozen=True)
class Frame:
    """A word that names an act, with its parties and, for spoken acts, the act that it speaks of."""

    trigger: Token
    act: Act
    source: Side
    target: Side
    content: Act | None = None
    content_token: Token | None = None
    how: dict[str, str] = field(default_factory=dict)


def frames(sentence: Sentence, cast: Cast) -> list[Frame]:
    """The acts of a sentence in text order, without those that are only the content or the object of another."""
    hits = {token.i: (token, act) for token in sentence for act in [reading(token)] if act is not None}
    consumed = _consumed(hits)
    found = []
    for i, (token, act) in sorted(hits.items()):
        if i in consumed:
            continue
        content = _content(token, act, hits)
        found.append(framed(token, act, content, cast))
    return [_with_shared_target(f, found) for f in found]


def _with_shared_target(frame: Frame, others: list[Frame]) -> Frame:
    """``X met Y and signed documents``: a mutual act that is joined to another shares its other side."""
    if not frame.act.mutual or frame.target or not frame.source or frame.trigger.dep_ != "conj":
        return frame
    for other in others:
        if other.trigger == frame.trigger.head and other.target and other.source.actors == frame.source.actors:
            because = f"the other side of '{other.trigger.text}', to which '{frame.trigger.text}' is joined"
            return replace(frame, target=Side(other.target.mentions, because))
    return frame


def _consumed(hits: dict[int, tuple[Token, Act]]) -> set[int]:
    """Tokens whose act is part of another: objects that met its condition, fixed companions, content of spoken acts."""
    gone: set[int] = set()
    for token, act in hits.values():
        if act.objects:
            gone |= {o.i for o in fitting_objects(token, act)}
        elif act.word.count("_"):
            gone |= {c.i for c in token.children if grammar.lemma(c) in act.word.split("_")[1:]}
        if act.type in SPOKEN:
            gone |= {inner.i for inner in _spoken_of(token, act) if inner.i in hits}
    return gone


def _spoken_of(token: Token, act: Act) -> Iterator[Token]:
    """Words that name what a spoken act is about: complement clauses and, but for accusations, objects."""
    for clause in grammar.content_clauses(token):
        if clause.i < token.i and any(c.text == ";" for c in token.doc[clause.i : token.i]):
            continue  # a sentence of its own before a semicolon
        if act.type == "ACCUSE" and clause.dep_ == "ccomp":
            continue
        yield clause
        yield from (c for c in clause.children if c.dep_ == "conj")
        yield from (n for n in clause.children if n.dep_ in ("dobj", "attr") and act.type != "ACCUSE")
        for deeper in grammar.content_clauses(clause):
            yield deeper
            yield from (n for n in deeper.children if n.dep_ == "dobj" and act.type != "ACCUSE")
    if act.type == "ACCUSE":
        return
    direct = grammar.patient(token) if act.pos == "V" else None
    if direct is not None and act.type != "CONCEDE":
        yield from grammar.conjuncts(direct)
        yield from (c for c in direct.children if c.dep_ == "acl")
    for prep in ("for", "to", "of", "on", "against", "with"):
        if prep in act.slots or prep in act.word.split("_") or act.type == "REQUEST":
            yield from grammar.prepositional(token, prep)


def _content(token: Token, act: Act, hits: dict[int, tuple[Token, Act]]) -> tuple[Token, Act] | None:
    if act.type not in SPOKEN:
        return None
    for inner in _spoken_of(token, act):
        if inner.i in hits:
            return hits[inner.i]
    return None


def framed(token: Token, act: Act, content: tuple[Token, Act] | None, cast: Cast) -> Frame:
    """The frame of a word that names an act, with its parties; ``content``: what a spoken act speaks of."""
    source = _source(token, act, cast)
    target = without(_target(token, act, cast), source)
    if not target and act.pos == "N" and act.type == "ASSAULT" and _hit(token, act, hit := owner(token, cast), cast):
        target = without(hit, source)
    if not target and act.type in SPOKEN:
        target = without(_target_of_content(token, content, cast), source)
    if (
        not target
        and source
        and act.type in ("ACCUSE", "REQUEST", "REJECT", "THREATEN", "ASSAULT", "COERCE", "SANCTION")
    ):
        target = without(_within(token, cast), source)
    if (act.mutual or act.word == "agree") and not target and len(source.actors) > 1:
        target = source
    if act.mutual and not source and len(target.actors) > 1:
        source = Side(target.mentions[:1], target.because, target.through)
        target = Side(tuple(m for m in target.mentions if m.actor not in source.actors), target.because, target.through)
    return Frame(
        trigger=token,
        act=act,
        source=source,
        target=target,
        content=content[1] if content else None,
        content_token=content[0] if content else None,
    )


def _within(token: Token, cast: Cast) -> Side:
    """The first actor named to the right within the act's own phrase."""
    for inner in token.subtree:
        if inner.i > token.i and inner.pos_ in ("NOUN", "PROPN", "ADJ"):
            found = at(inner, cast)
            if found and found[0].form in ("name", "demonym", "metonym"):
                return Side(found, f"named within the phrase of '{token.text}'", through=True)
    return NOBODY


def _source(token: Token, act: Act, cast: Cast) -> Side:
    if act.pos == "N":
        return _source_of_noun(token, act, cast)
    if "s" in act.slots:
        return _source_of_suffered(token, act, cast)
    if act.pos == "A" and token.pos_ == "ADJ":
        holder = token.head if grammar.is_verb(token.head) else token
        return side(grammar.subject(holder), cast, why=f"subject of '{holder.text}'")
    if act.pos == "A":
        return side(grammar.subject(token), cast, why=f"subject of '{token.text}'")
    if act.objects and before_its_object(token):
        verb = grammar.governing_verb(token.head)
        return side(grammar.subject(verb), cast, why=f"subject of '{verb.text}'") if verb is not None else NOBODY
    doer = grammar.agent(token)
    passive = grammar.is_passive(token)
    why = f"after 'by' of the passive '{token.text}'" if passive else f"subject of '{token.text}'"
    if doer is not None and doer.dep_ == "nsubjpass" and doer.head == token:
        return NOBODY
    if doer is not None and (blow := reading(doer)) is not None and blow.type == "ASSAULT" and blow.pos == "N":
        return _source_of_noun(doer, blow, cast)  # "the embassy blast killed ten"
    return side(doer, cast, of=("by", "from", "of"), why=why)


def _source_of_suffered(verb: Token, act: Act, cast: Cast) -> Side:
    """Of what the subject receives or faces: "by", "from", or the owner of the object ("drew *German* criticism")."""
    for holder in (verb, *fitting_objects(verb, act)):
        for preposition in ("from", "by"):
            for noun in grammar.prepositional(holder, preposition):
                found = side(noun, cast, why=f"after '{holder.text} {preposition}'")
                if found:
                    return found
    for noun in fitting_objects(verb, act):
        found = owner(noun, cast)
        if found:
            return found
    return NOBODY


def _source_of_noun(noun: Token, act: Act, cast: Cast) -> Side:
    for preposition in ("by", "from") if act.type in SAID_BY else ("by",):
        for by in grammar.prepositional(noun, preposition):
            found = side(by, cast, why=f"after '{noun.text} {preposition}'")
            if found:
                return found
    for done in grammar.children(noun, "acl", "relcl"):
        if grammar.lemma(done) in COMMITS:
            found = side(grammar.agent(done), cast, why=f"after '{noun.text} {done.text}'")
            if found:
                return found
    if noun.pos_ == "VERB" and noun.i > 0:
        return side(noun.nbor(-1), cast, why=f"stands before '{noun.text}'")
    own = owner(noun, cast)
    if own and not _hit(noun, act, own, cast):
        return own
    if act.type in BEARER_OF or act.mode in ("resign", "visit"):
        for of in grammar.prepositional(noun, "of"):
            found = side(of, cast, why=f"after '{noun.text} of'")
            if found:
                return found
    return _source_from_clause(noun, act, cast)


SAID_BY = frozenset({"REQUEST", "ACCUSE", "THREATEN", "SUPPORT", "AGREE", "AID"})
"""Types whose nouns name their doer after "from" ("a plea from France")."""
COMMITS = frozenset({"perpetrate", "commit", "carry", "conduct", "launch", "stage", "wage", "mount"})
"""Verbs that say of an act's noun who did it ("the attack carried out by X")."""
ARMED = frozenset({"MIL", "REB", "COP", "UAF", "PRM", "SPY", "CRM"})


def _hit(noun: Token, act: Act, own: Side, cast: Cast) -> bool:
    """``the embassy blast``, ``the consulate attack``: what stands before the noun is what was hit, unless it bears arms or is a people or state."""
    if act.type != "ASSAULT" or not all(m.head < noun.i for m in own.mentions):
        return False
    before = {c.i for c in grammar.children(noun, "compound", "nmod")}
    actors = [cast.actor(m.actor) for m in own.mentions if m.head in before]
    return bool(actors) and all(
        a.kind in ("organisation", "company", "media", "generic") and not ARMED & set(a.sectors) for a in actors
    )


def _source_from_clause(noun: Token, act: Act, cast: Cast) -> Side:
    """``X held talks``, ``X said during a visit``: the subject of the clause."""
    head = noun.head
    if noun.dep_ == "conj":
        head = noun.head.head
    if (
        noun.dep_ in ("dobj", "conj", "attr")
        and grammar.is_verb(head)
        and (grammar.lemma(head) in lexicon().markers["light"])
    ):
        return side(grammar.agent(head), cast, why=f"subject of '{head.text} {noun.text}'")
    if noun.dep_ == "pobj" and head.lower_ in AROUND and act.type in ("CONSULT", "COOPERATE"):
        verb = head.head
        if grammar.is_verb(verb):
            return side(grammar.subject(verb), cast, why=f"subject of the clause '{verb.text} {head.text} {noun.text}'")
        if verb.pos_ in ("NOUN", "PROPN"):
            return side(verb, cast, why=f"'{verb.text}' stands with '{noun.text}'")
    if (
        noun.dep_ == "pobj"
        and grammar.is_verb(head.head)
        and grammar.lemma(head.head) in ("go", "call", "engage", "take", "join")
    ):
        return side(grammar.agent(head.head), cast, why=f"subject of '{head.head.text} {head.text} {noun.text}'")
    return NOBODY


def _target(token: Token, act: Act, cast: Cast) -> Side:
    """The first of the act's slots that holds an actor."""
    anywhere = act.type in AT_PLACES or act.mode == "visit"
    direct = grammar.patient(token) if act.pos != "N" else None
    for slot in act.slots:
        if slot == "s":
            found = side(grammar.subject(token), cast, why=f"subject of '{token.text}'")
        elif slot == "o":
            found = _from_object(direct, act, cast)
            dative = grammar.child(token, "dative")
            if dative is not None and dative.pos_ != "ADP":
                found = side(dative, cast, why=f"indirect object of '{token.text}'") or found
        elif slot == "c":
            found = _from_clause(token, act, cast)
        else:
            found = _from_preposition(token, direct, slot, act, cast, places=anywhere or slot not in WHEREVER)
        if found:
            return found
    return _from_purpose(token, act, cast)


def _from_purpose(token: Token, act: Act, cast: Cast) -> Side:
    """``used tear gas to clear X``: of an act with a tool as its object, the object of its purpose."""
    if not act.objects or act.type != "ASSAULT":
        return NOBODY
    for purpose in grammar.children(token, "xcomp", "advcl"):
        if any(c.tag_ == "TO" for c in purpose.children):
            return side(grammar.patient(purpose), cast, why=f"object of the purpose 'to {purpose.text}'")
    return NOBODY


def _from_object(direct: Token | None, act: Act, cast: Cast) -> Side:
    if direct is None:
        return NOBODY
    of = TALKING if act.objects is lexicon().classes["@talks"] else OF_THING
    if not act.objects or act.objects is lexicon().classes["@person"]:
        found = side(direct, cast, places=True, why="object")
        if found and not found.through:
            return found
    found = owner(direct, cast, of=of, places=True) or side(direct, cast, places=True, why="object")
    return found or _from_maker(direct, cast)


def _from_maker(thing: Token, cast: Cast) -> Side:
    """Of a thing without an owner, who made it: "tariffs that *X* placed", "*X* kept up a policy which Y criticised"."""
    verb = thing.head
    relative = grammar.child(thing, "relcl")
    if relative is not None:
        maker = grammar.child(relative, "nsubj")
        found = (
            side(maker, cast, why=f"subject of '{relative.text}', which tells of '{thing.text}'")
            if maker is not None
            else NOBODY
        )
        if found and maker is not None and maker.tag_ not in grammar.RELATIVE:
            return Side(found.mentions, found.because, through=True)
    if relative is not None and thing.dep_ == "dobj" and grammar.is_verb(verb):
        found = side(grammar.agent(verb), cast, why=f"subject of '{verb.text} {thing.text}'")
        return Side(found.mentions, found.because, through=True)
    return NOBODY


def _from_clause(token: Token, act: Act, cast: Cast) -> Side:
    for clause in grammar.content_clauses(token):
        if act.pos == "N" and clause.i < token.i:
            continue
        if clause.dep_ in ("ccomp", "acl", "relcl"):
            subject = grammar.child(clause, "nsubj", "nsubjpass")
            found = side(subject, cast, places=True, why=f"subject of what '{token.text}' is about")
            if found:
                return found
    return NOBODY


def _from_preposition(token: Token, direct: Token | None, slot: str, act: Act, cast: Cast, *, places: bool) -> Side:
    holders = [token] if direct is None else [token, direct]
    if act.objects is lexicon().classes["@talks"] and direct is not None:
        holders += [noun for topic in ("on", "over", "about") for noun in grammar.prepositional(direct, topic)]
    if act.objects and act.pos == "V":
        holders += [thing for thing in fitting_objects(token, act) if thing not in holders]
    if (act.pos == "A" and token.pos_ != "ADJ") or token.dep_ == "acomp":
        holders.append(token.head)
    if act.pos == "N":
        holders += [joined for joined in grammar.conjuncts(token) if joined is not token]
    if act.pos == "N" and token.dep_ in ("dobj", "nsubjpass") and grammar.is_verb(token.head):
        holders.append(token.head)
    for holder in holders:
        for noun in grammar.prepositional(holder, slot):
            if grammar.is_verb(noun):
                found = side(grammar.patient(noun), cast, places=places, why=f"object of '{noun.text}'")
            else:
                found = side(
                    noun,
                    cast,
                    places=places,
                    of=("of", "by", "in") if places else ("of", "by"),
                    why=f"after '{holder.text} {slot}'",
                )
            found = found or _from_maker(noun, cast)
            if found:
                return found
    return NOBODY


def _target_of_content(token: Token, content: tuple[Token, Act] | None, cast: Cast) -> Side:
    """The other party of what is spoken of ("offered to support X", "refused to talk to X", "called for X to go")."""
    for clause in grammar.content_clauses(token):
        if grammar.for_somebody_to(clause):
            asked = side(
                grammar.child(clause, "nsubj", "nsubjpass"), cast, places=True, why=f"subject of '{clause.text}'"
            )
            if asked:
                return asked
    if content is not None:
        found = _target(content[0], content[1], cast)
        if found:
            return found
    for clause in grammar.content_clauses(token):
        if not grammar.is_verb(clause):
            continue
        found = side(
            grammar.patient(clause),
            cast,
            places=True,
            of=("of", "by", "to", "with", "from"),
            why=f"object of '{clause.text}'",
        )
        if found:
            return found
        for slot in ("with", "to", "against", "on", "for", "from"):
            for noun in grammar.prepositional(clause, slot):
                found = side(noun, cast, places=True, why=f"after '{clause.text} {slot}'")
                if found:
                    return found
    return NOBODY
