"""Acts that no single word names: a speaker judges, praises or instructs another actor in what is said."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from quidnunc.actors import Cast
from quidnunc.events import _grammar as grammar
from quidnunc.events._frames import Frame
from quidnunc.events._lexicon import Act
from quidnunc.events._parties import NOBODY, Side, side, without
from quidnunc.language import Doc, Sentence, Token, sentence_of
from quidnunc.records import Statement

PERCEPTS = frozenset({"says", "states", "claims", "warns", "accuses", "confirms"})
ALLEGE = Act("judgement", "V", "ACCUSE", "allege", "112", 2, False, (), frozenset())
DISAPPROVE = Act("judgement", "V", "ACCUSE", "disapprove", "111", 2, False, (), frozenset())
PRAISE = Act("praise", "V", "SUPPORT", None, "051", 1, False, (), frozenset())
INSTRUCT = Act("instruction", "V", "REQUEST", "change", "104", 2, False, (), frozenset())


@lru_cache(maxsize=1)
def evaluations() -> dict[tuple[str, str], frozenset[str]]:
    """("negative", "V") and so on to lemmas."""
    table = {}
    text = (files("quidnunc.events") / "data" / "evaluations.txt").read_text(encoding="utf8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            head, _, words = line.partition(" : ")
            kind, pos = head.split()
            table[kind, pos] = frozenset(words.split())
    return table


def named(sentence: Sentence, cast: Cast) -> list[Frame]:
    """``X called Y a "grave threat"``: naming verbs with a judging complement."""
    found = []
    for token in sentence:
        if token.pos_ != "VERB" or grammar.lemma(token) not in evaluations()["naming", "V"]:
            continue
        judged, act = _complement(token)
        if act is None or judged is None:
            continue
        source = side(grammar.agent(token), cast, of=("by", "of"), why=f"subject of '{token.text}'")
        target = without(side(judged, cast, places=True, of=("of", "by"), why=f"judged by '{token.text}'"), source)
        if source and target:
            found.append(Frame(token, act, source, target))
    return found


def _complement(verb: Token) -> tuple[Token | None, Act | None]:
    """Who is judged and how, in the several ways in which the parser sees "call X a Y"."""
    judged = grammar.patient(verb)
    words: list[Token] = []
    for c in verb.children:
        if c.dep_ in ("oprd", "xcomp", "acomp", "attr"):
            words += [c, *c.subtree]
        elif c.dep_ == "ccomp":
            inner = grammar.child(c, "nsubj")
            judged = inner or judged
            words += list(c.subtree)
        elif c.dep_ == "prep" and c.lower_ == "as":
            words += list(c.subtree)
    if judged is not None and not words:
        words = [t for t in judged.subtree if t.i > judged.i] if judged.pos_ == "PROPN" else []
        if not words and grammar.child(judged, "nmod", "compound", "nsubj") is not None:
            inner = grammar.child(judged, "nmod", "compound", "nsubj")
            words = [judged, *(t for t in judged.subtree if inner is not None and t.i > inner.i)]
            judged = inner
    if judged is None and words:
        quoted = grammar.child(words[0], "nmod", "compound")
        judged = quoted if quoted is not None and quoted.nbor().is_quote else None
    polarity = _polarity(words)
    if polarity < 0:
        return judged, DISAPPROVE
    if polarity > 0:
        return judged, PRAISE
    return judged, None


def _polarity(words: list[Token]) -> int:
    table = evaluations()
    score = 0
    for word in words:
        lemma = grammar.lemma(word)
        pos = {"NOUN": "N", "PROPN": "N", "ADJ": "A", "VERB": "V"}.get(word.pos_)
        if pos is None:
            continue
        if lemma in table["negative", pos]:
            score -= 2
        elif lemma in table["positive", pos]:
            score += 1
    return score


def spoken(doc: Doc, cast: Cast, statements: tuple[Statement, ...], taken: set[int]) -> list[Frame]:
    """Judgements and instructions in what is said: the speaker acts on the subject of the content."""
    found = []
    for statement in statements:
        if statement.stance not in PERCEPTS or statement.speaker is None or statement.spans.cue is None:
            continue
        cue = doc.char_span(*statement.spans.cue, alignment_mode="expand")
        if cue is None:
            continue
        speaker = _speaker_side(statement, cast)
        for start, end in statement.content:
            span = doc.char_span(start, end, alignment_mode="contract")
            if span is None or not speaker:
                continue
            for token in span:
                if grammar.is_verb(token) and sentence_of(token) == sentence_of(cue[0]):
                    frame = _judgement(token, speaker, cast, acting=token.i in taken)
                    if frame is not None:
                        found.append(frame)
                        break
    return found


def _speaker_side(statement: Statement, cast: Cast) -> Side:
    at = statement.spans.speaker
    mentions = [
        m for m in cast.mentions if m.actor == statement.speaker and at is not None and at[0] <= m.start < at[1]
    ]
    return Side(tuple(mentions[:1]), f"speaker of '{statement.cue}'")


def _judgement(verb: Token, speaker: Side, cast: Cast, *, acting: bool) -> Frame | None:
    """``acting``: the verb names an act of its own, so that only an instruction ("must ...") adds to it."""
    if verb.dep_ in ("xcomp", "aux", "acl", "relcl", "advcl"):
        return None
    if (urged := _time_for(verb)) is not None:
        target = without(side(urged, cast, places=True, why="'time for' whom, in what is said"), speaker)
        return Frame(verb, INSTRUCT, speaker, target, how={"status": "demanded"}) if target else None
    subject = grammar.child(verb, "nsubj", "nsubjpass")
    if subject is None or any(c.dep_ == "neg" for c in verb.children):
        return None
    target = without(side(subject, cast, places=True, why=f"subject of '{verb.text}' in what is said"), speaker)
    if not target:
        return None
    if any(c.lower_ in ("must", "should", "ought") for c in grammar.children(verb, "aux")) or _needs(verb):
        return Frame(verb, INSTRUCT, speaker, target, how={"status": "demanded"})
    act = None if acting else _verdict(verb)
    return Frame(verb, act, speaker, target) if act is not None and target is not NOBODY else None


def _time_for(verb: Token) -> Token | None:
    """``it is time for X to go``: X."""
    time = grammar.child(verb, "attr")
    if grammar.lemma(verb) != "be" or time is None or time.lower_ != "time":
        return None
    for clause in (
        c for head in (verb, time) for c in head.children if c.dep_ in ("ccomp", "xcomp", "acl", "advcl", "relcl")
    ):
        if any(c.lower_ == "for" and c.dep_ in ("mark", "prep") for c in clause.children):
            return grammar.child(clause, "nsubj")
    return next((n for head in (verb, time) for n in grammar.prepositional(head, "for")), None)


def _needs(verb: Token) -> bool:
    return (
        grammar.lemma(verb) in ("need", "have")
        and grammar.child(verb, "xcomp") is not None
        and verb.tag_ in ("VBP", "VBZ")
    )


def _verdict(verb: Token) -> Act | None:
    table = evaluations()
    if grammar.lemma(verb) in table["negative", "V"]:
        return ALLEGE
    if grammar.lemma(verb) == "take" and any(grammar.lemma(c) == "advantage" for c in verb.children):
        return ALLEGE
    if grammar.lemma(verb) == "be" and any(c.lower_ == "behind" for c in verb.children):
        return ALLEGE
    if grammar.lemma(verb) in (
        "be",
        "become",
        "remain",
        "pose",
        "represent",
        "constitute",
        "commit",
        "make",
        "do",
        "look",
        "seem",
    ):
        words = [t for c in verb.children if c.dep_ in ("attr", "acomp", "dobj") for t in [c, *c.children]]
        polarity = _polarity(words)
        if polarity < 0:
            return DISAPPROVE
        if polarity > 0 and grammar.lemma(verb) == "be":
            return PRAISE
    return None
