"""What is said: the content of a reporting word by the frames that data/cues.txt gives it."""

from __future__ import annotations

from quidnunc.language import Sentence, Token
from quidnunc.records import Span
from quidnunc.statements._cues import Cue, cues
from quidnunc.statements._spans import clause, holds, trim, whole

TELLING = frozenset(
    "tell urge ask warn assure inform brief remind teach advise instruct order beg implore exhort press push text email notify".split()
)
"""Verbs whose object is whom they speak to."""
BESIDE_OBJECT = ("oprd", "prep", "xcomp", "acl", "dative")
"""What says something of the object ("called him *a liar*", "praised them *for their courage*")."""
ABOUT_OBJECT = frozenset("as for of over with against about from to".split())


def contents(verb: Token, speaker: Token, cue: Cue, sentence: Sentence, text: str) -> list[Span]:
    """The spans of what is said, by the first frame that holds anything; quotations are the caller's."""
    for frame in cue.frames:
        found = _of_frame(frame, verb, speaker, sentence, text)
        if found:
            return found
    return []


def _of_frame(frame: str, verb: Token, speaker: Token, sentence: Sentence, text: str) -> list[Span]:
    if frame == "q":
        return []
    if frame == "c":
        return [s for c in verb.children if _is_clause(c, speaker) for s in spread(c, verb, speaker, sentence, text)]
    if frame == "i":
        return [clause(c) for c in verb.children if _is_infinitive(c)][:1]
    if frame == "o":
        return _object(verb, speaker)
    if frame == "r":
        return _named(verb)
    if frame == "as":
        return _object(verb, speaker) if any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children) else []
    return _behind(frame, verb)


def _is_clause(c: Token, speaker: Token) -> bool:
    return c.dep_ == "ccomp" and c.i != speaker.i and not (c.left_edge.i <= speaker.i <= c.right_edge.i)


def _is_infinitive(c: Token) -> bool:
    if c.dep_ == "xcomp":
        return True
    return c.dep_ in ("advcl", "ccomp") and any(k.tag_ == "TO" for k in c.children)


def _object(verb: Token, speaker: Token) -> list[Span]:
    """The object with what is said of it; of a passive with "by", its subject."""
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if passive is not None:
        return [clause(passive)] if passive.i != speaker.i and passive.tag_ not in ("WDT", "WP") else []
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if thing is None or verb.lemma_ in TELLING or thing.lower_ in ("himself", "herself", "themselves", "itself"):
        return []
    last = thing.right_edge
    for c in verb.rights:
        if c.i > thing.i and c.dep_ in BESIDE_OBJECT and (c.dep_ != "prep" or c.lower_ in ABOUT_OBJECT):
            last = c.right_edge
        elif c.i > thing.i:
            break
    if thing.left_edge.i < verb.i:
        return [clause(thing)]
    return [whole(thing.left_edge, last)]


def _named(verb: Token) -> list[Span]:
    """What is called something, with what it is called ("called him *a liar*")."""
    parts = [c for c in verb.rights if c.dep_ in ("dobj", "oprd", "dep", "acomp", "xcomp")]
    if not any(c.dep_ in ("oprd", "acomp", "xcomp") or (c.dep_ == "dobj" and len(parts) > 1) for c in parts):
        return []
    return [whole(parts[0].left_edge, parts[-1].right_edge)]


def _behind(preposition: str, verb: Token) -> list[Span]:
    """The phrase behind a preposition, of the verb or of its object ("accused them *of lying*")."""
    for holder in (verb, *(c for c in verb.children if c.dep_ in ("dobj", "acomp", "prt"))):
        for prep in holder.children:
            if prep.i > verb.i and prep.dep_ in ("prep", "dative") and prep.lower_ == preposition:
                inner = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
                if inner is None:
                    continue
                goes_on = next(
                    (c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.i > inner.i and _is_infinitive(c)),
                    None,
                )
                last = (
                    goes_on.right_edge
                    if goes_on is not None and preposition in ("on", "for", "to")
                    else prep.right_edge
                )
                return [whole(inner.left_edge, last)]
    for c in verb.rights:
        mark = next((k for k in c.lefts if k.dep_ == "mark" and k.lower_ == preposition), None)
        if mark is not None and c.dep_ in ("advcl", "ccomp", "xcomp"):
            return [whole(mark.nbor(), c.right_edge)]
    return []


def spread(c: Token, verb: Token, speaker: Token, sentence: Sentence, text: str) -> list[Span]:
    """The content of a clause: to the right of its cue the clause, to the left all that stands before speaker and cue,
    and what goes on behind a cue that was only put in ("..., X said, ...")."""
    if c.i > verb.i:
        return [whole(_beginning(c, verb), _end(c, verb))]
    return around(c.left_edge, verb, speaker, sentence, text)


def _beginning(c: Token, verb: Token) -> Token:
    """Where a clause begins, with what stands before it and belongs to it ("said *no matter what they do*, it would ...")."""
    first = c.left_edge
    for k in verb.rights:
        if k.i >= c.i:
            break
        if k.dep_ in ("advcl", "advmod", "mark") and k.right_edge.i - k.left_edge.i > 1 and k.i < first.i:
            return k.left_edge
    return first


def _end(c: Token, verb: Token) -> Token:
    """Where a clause ends: before what another reporting word of the same speaker goes on with ("... and called on", "..., telling")."""
    doc = c.doc
    for k in c.rights:
        own = (k.lemma_.lower(), "V") in cues()
        same = k.tag_ == verb.tag_ and not any(x.dep_ in ("nsubj", "nsubjpass", "aux") for x in k.children)
        joined = k.dep_ == "conj" and own and (same or _new_speaker(k))
        telling = k.dep_ == "advcl" and own and k.tag_ == "VBG" and k.left_edge.i == k.i
        against = k.dep_ == "advcl" and any(
            x.dep_ == "mark" and x.lower_ in ("while", "though", "although") for x in k.children
        )
        against = against and k.left_edge.i > 0 and doc[k.left_edge.i - 1].text == ","
        if (joined or telling or against) and k.i > verb.i + 1:
            last = k.left_edge.i - 1
            while last > c.i and (doc[last].is_punct or doc[last].dep_ == "cc" or doc[last].is_space):
                last -= 1
            return doc[max(last, c.i)]
    because = next(
        (
            k
            for k in verb.rights
            if k.dep_ == "advcl" and k.i > c.i and k.left_edge.lower_ in ("because", "if", "unless", "since", "so")
        ),
        None,
    )
    if because is not None:
        return because.right_edge
    more = next((k for k in verb.rights if k.dep_ == "conj" and k.i > c.i), None)
    told = more is not None and c.left_edge.lower_ == "that" and (more.lemma_.lower(), "V") not in cues()
    if more is not None and told and any(k.dep_ in ("nsubj", "nsubjpass") for k in more.children):
        return more.right_edge
    return c.right_edge


def _new_speaker(k: Token) -> bool:
    return (
        k.lemma_ in ("say", "tell", "add", "note", "argue")
        and any(x.dep_ == "nsubj" for x in k.children)
        and any(x.dep_ == "ccomp" for x in k.children)
    )


def around(first: Token, verb: Token, speaker: Token, sentence: Sentence, text: str) -> list[Span]:
    """What stands before a cue that follows or interrupts what is said, and what goes on behind it."""
    edge = min(speaker.left_edge.idx, verb.idx)
    start = sentence.start_char if verb.dep_ == "ROOT" else max(sentence.start_char, min(first.idx, edge))
    spans = [trim(text, (start, edge))]
    inserted = [c.right_edge for c in verb.rights if c.dep_ in ("nsubj", "npadvmod", "prep", "advmod", "dobj", "tmod")]
    last = max([verb, *inserted], key=lambda t: t.i)
    after = trim(text, (last.idx + len(last), sentence.end_char))
    follows = last.nbor(2) if last.i + 2 < sentence.end else None
    goes_on = (
        follows is not None
        and follows.dep_ not in ("advcl", "mark")
        and not (
            follows.tag_ == "VBG" or follows.lower_ in ("as", "after", "while", "when", "although", "who", "which")
        )
    )
    if last.i + 1 < sentence.end and last.nbor().text == "," and goes_on and after[1] - after[0] > 15:
        spans.append(after)
    return [s for s in spans if s[1] > s[0]]


def inserted(verb: Token, speaker: Token, sentence: Sentence, text: str) -> list[Span]:
    """``The bridge, he said, was safe``: the sentence around a cue that hangs on its main verb."""
    if verb.dep_ not in ("parataxis", "dep", "ccomp") or verb.head.i == verb.i:
        return []
    own = whole(min(speaker.left_edge, verb, key=lambda t: t.i), max(speaker.right_edge, verb, key=lambda t: t.i))
    if holds(own, (verb.head.idx, verb.head.idx + 1)):
        return []
    before, after = trim(text, (sentence.start_char, own[0])), trim(text, (own[1], sentence.end_char))
    return [s for s in (before, after) if s[1] - s[0] > 12]


def rest(verb: Token, sentence: Sentence, text: str) -> list[Span]:
    """Where the parser lost the clause of "said": what follows "that" within a few words, or the cue itself, to the sentence's end."""
    doc, end = verb.doc, sentence.end
    if verb.dep_ in ("amod", "relcl", "pcomp") or (verb.tag_ == "VBG" and verb.lemma_ != "say"):
        return []
    first: int | None = None
    for i in range(verb.i + 1, min(verb.i + 14, end)):
        if doc[i].text in CLOSING_MARKS:
            break
        if doc[i].lower_ == "that" and i + 2 < end:
            first = i + 1
            break
    nxt = doc[verb.i + 1] if verb.i + 1 < end else None
    if (
        first is None
        and verb.lemma_ == "say"
        and nxt is not None
        and nxt.pos_ in ("PRON", "DET", "PROPN", "NOUN", "VERB", "NUM")
        and nxt.i + 4 < end
    ):
        first = nxt.i
    return [trim(text, (doc[first].idx, sentence.end_char))] if first is not None else []


CLOSING_MARKS = frozenset([";", ":", "”", "“", '"'])
