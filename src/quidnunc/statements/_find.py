"""Attributions in a parsed text: speaker, cue and content, from the grammar around reporting words and from quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from quidnunc.language import Doc, Sentence, Token, parse
from quidnunc.records import Span, Stance

OPENING = '“"«„``'
CLOSING = "”\"»“''"
NOMINAL = ("PROPN", "NOUN", "PRON")
EMPTY_SPEAKERS = frozenset(["which", "that", "there", "what"])
VERBAL_CONTENT = frozenset(["accuses", "denies", "promises", "demands", "warns"])
"""Stances whose infinitives and objects are content too ("promised to go", "denied the report")."""


@dataclass(frozen=True)
class Attribution:
    """Somebody says something: lists of spans, since speaker and content may be broken."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance
    direct: bool
    speaker: int
    """Index of the token that heads the speaker's phrase."""
    trigger: int
    """Index of the cue's token."""
    addressee: int | None = None


@lru_cache(maxsize=1)
def cues() -> dict[tuple[str, str], Stance]:
    """(lemma, "V" or "N") to the stance of the reporting word."""
    table: dict[tuple[str, str], Stance] = {}
    text = (files("quidnunc.statements") / "data" / "cues.txt").read_text(encoding="utf8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            head, _, words = line.partition(" : ")
            stance, pos = head.split()
            for word in words.split():
                table.setdefault((word, pos), stance)  # type: ignore[arg-type]
    return table


def find(text: str) -> list[Attribution]:
    """The attributions in an English text, in the order of their cues; spans are code points into ``text``."""
    return in_parse(parse(text))


def in_parse(doc: Doc) -> list[Attribution]:
    """The attributions in a parsed text, in the order of their cues."""
    text = doc.text
    quotes = quotations(text)
    found = [a for sentence in doc.sents for a in _in_sentence(sentence, quotes, text)]
    found = _continued(text, quotes, found)
    return sorted(found, key=lambda a: (a.trigger, a.content))


def quotations(text: str) -> list[Span]:
    """Character spans inside quotation marks, at most one paragraph long."""
    spans: list[Span] = []
    opened: int | None = None
    marked = text.replace("``", '" ').replace("''", ' "')
    for i, char in enumerate(marked):
        if char == "\n":
            opened = None
        elif opened is None and char in '“"«„':
            opened = i
        elif opened is not None and char in '”"»':
            if i - opened > 2:
                spans.append((opened, i + 1))
            opened = None
    return spans


def _in_sentence(sentence: Sentence, quotes: list[Span], text: str) -> Iterator[Attribution]:
    for token in sentence:
        if token.pos_ in ("VERB", "AUX"):
            stance = cues().get((token.lemma_.lower(), "V"))
            if stance is not None:
                yield from _verbal(token, stance, sentence, quotes, text)
        elif token.pos_ == "NOUN":
            stance = cues().get((token.lemma_.lower(), "N"))
            if stance is not None:
                yield from _nominal(token, stance)
        if token.lower_ == "according":
            yield from _according(token, sentence, text)


def _speaker(verb: Token) -> Token | None:
    """The grammatical speaker of a reporting verb: subject, "by" phrase of a passive, or the first of joined verbs' subject."""
    for c in verb.children:
        if c.dep_ == "nsubj":
            return verb.head if c.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else c
    for c in verb.children:
        if c.dep_ == "agent":
            return next((p for p in c.children if p.dep_ == "pobj"), None)
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return None
    if verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.pos_ in ("VERB", "AUX"):
        return _speaker(verb.head)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    return None


def _verbal(verb: Token, stance: Stance, sentence: Sentence, quotes: list[Span], text: str) -> Iterator[Attribution]:
    speaker = _speaker(verb)
    if speaker is None or speaker.lower_ in EMPTY_SPEAKERS:
        return
    inside = [q for q in quotes if _touches(q, (sentence.start_char, sentence.end_char)) and not _within(verb.idx, q)]
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.i != speaker.i]
    content = [s for c in clauses for s in _spread(c, verb, speaker, sentence, text)]
    addressee = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ in NOMINAL), None)
    if not content and (stance in VERBAL_CONTENT or verb.lemma_ == "tell"):
        content = [_clause(c) for c in verb.children if _is_content(c, verb)]
        addressee = None if stance == "denies" else addressee
    direct = any(_overlap(q, c) > 0.6 * (c[1] - c[0]) for q in inside for c in content)
    if inside and not content and stance in ("says", "states", "claims"):
        content, direct = list(inside), True
    content = _with_whole_quotes(content, inside) if direct else content
    if not content and verb.lemma_ in ("say", "tell", "add") and verb.dep_ in ("parataxis", "dep", "ccomp"):
        content = [_trim(text, (sentence.start_char, verb.left_edge.idx))]
    content = [c for c in content if c[1] > c[0]]
    if content:
        yield _attribution(speaker, verb, content, stance, direct, addressee)


def _is_content(c: Token, verb: Token) -> bool:
    """Whether a dependent of a cue like "promised", "denied", "called" is what is promised, denied, called for."""
    if c.dep_ == "xcomp":
        return True
    if verb.lemma_ in ("call", "appeal"):
        return c.dep_ == "prep" and c.lower_ in ("for", "on")
    return c.dep_ == "dobj" and verb.lemma_ not in ("tell", "urge", "ask", "warn", "assure") and c.pos_ != "PRON"


def _spread(clause: Token, verb: Token, speaker: Token, sentence: Sentence, text: str) -> list[Span]:
    """The content of a clause: to the right of its cue the clause, to the left all that stands before speaker and cue,
    and what goes on behind a cue that was only put in ("..., X said, ...")."""
    if clause.i > verb.i:
        return [_clause(clause)]
    edge = min(speaker.left_edge.idx, verb.idx)
    start = sentence.start_char if verb.dep_ == "ROOT" else max(sentence.start_char, clause.left_edge.idx)
    spans = [_trim(text, (start, edge))]
    inserted = [c.right_edge for c in verb.rights if c.dep_ in ("nsubj", "npadvmod", "prep", "advmod", "dobj", "tmod")]
    last = max([verb, *inserted], key=lambda t: t.i)
    after = _trim(text, (last.idx + len(last), sentence.end_char))
    if last.i + 1 < sentence.end and last.nbor().text == "," and after[1] - after[0] > 15:
        spans.append(after)
    return spans


def _with_whole_quotes(content: list[Span], quotes: list[Span]) -> list[Span]:
    """Content that is quoted runs as far as its quotation marks do, over sentences if need be."""
    whole = [q for q in quotes if any(_touches(q, c) for c in content)]
    rest = [c for c in content if not any(_overlap(q, c) > 0.6 * (c[1] - c[0]) for q in whole)]
    return sorted({*whole, *rest})


def _nominal(noun: Token, stance: Stance) -> Iterator[Attribution]:
    """``European Commission warnings (that) ...``, ``the ministry's claim that ...``."""
    owner = next(
        (c for c in noun.children if c.dep_ in ("poss", "compound") and c.pos_ in ("PROPN", "NOUN", "PRON")), None
    )
    if owner is None:
        by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
        owner = next((p for p in by.children if p.dep_ == "pobj"), None) if by is not None else None
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i), None)
    if owner is None or clause is None or (clause.dep_ == "relcl" and any(c.tag_ == "WDT" for c in clause.children)):
        return
    yield _attribution(owner, noun, [_clause(clause)], stance, False, None)


def _according(token: Token, sentence: Sentence, text: str) -> Iterator[Attribution]:
    to = next((c for c in token.children if c.lower_ == "to"), None)
    speaker = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or speaker is None:
        return
    start, end = token.idx, _subtree(speaker)[1]
    content = [s for s in ((sentence.start_char, start), (end, sentence.end_char)) if s[1] - s[0] > 12]
    trimmed = [t for t in (_trim(text, s) for s in content) if t[1] > t[0]]
    if not trimmed:
        return
    yield Attribution(
        source=(_subtree(speaker),), cue=((token.idx, to.idx + len(to)),), content=tuple(trimmed), stance="says",
        direct=False, speaker=speaker.i, trigger=token.i,
    )  # fmt: skip


def _continued(text: str, quotes: list[Span], found: list[Attribution]) -> list[Attribution]:
    """A quotation with no cue of its own goes on with the content quoted just before it in the same paragraph."""
    covered = [c for a in found for c in a.content]
    for quote in quotes:
        if quote[1] - quote[0] < 30 or any(_overlap(quote, c) for c in covered):
            continue
        for i, a in enumerate(found):
            gap = quote[0] - max(a.content[-1][1], a.cue[0][1])
            if a.direct and 0 <= gap < 60 and "\n" not in text[a.cue[0][0] : quote[0]]:
                found[i] = replace(a, content=(*a.content, quote))
                break
    return found


def _attribution(
    speaker: Token, cue: Token, content: list[Span], stance: Stance, direct: bool, addressee: Token | None
) -> Attribution:
    return Attribution(
        source=(_subtree(speaker),), cue=((cue.idx, cue.idx + len(cue)),), content=tuple(content), stance=stance,
        direct=direct, speaker=speaker.i, trigger=cue.i, addressee=addressee.i if addressee is not None else None,
    )  # fmt: skip


def _subtree(head: Token) -> Span:
    """A noun phrase without its relative clauses and appositions after a comma."""
    last = head
    left = head.left_edge
    for c in head.rights:
        if c.dep_ in ("relcl", "appos", "acl", "punct", "advcl") or c.is_punct:
            break
        last = c.right_edge
    if left.i > head.i:
        left = head
    return (left.idx, last.idx + len(last))


def _clause(head: Token) -> Span:
    left, right = head.left_edge, head.right_edge
    doc = head.doc
    if left.dep_ == "mark" and left.lower_ == "that":
        left = doc[left.i + 1]
    while left.i < right.i and ((left.is_punct and left.text not in OPENING) or left.is_space):
        left = doc[left.i + 1]
    while right.i > left.i and ((right.is_punct and right.text not in CLOSING) or right.is_space):
        right = doc[right.i - 1]
    return (left.idx, right.idx + len(right))


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in " ,;:\n\t-–—":
        start += 1
    while end > start and text[end - 1] in " ,;:\n\t-–—.":
        end -= 1
    return (start, end)


def _clip(quote: Span, sentence: Sentence) -> Span:
    return (max(quote[0], sentence.start_char), min(quote[1], sentence.end_char))


def _touches(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _within(position: int, span: Span) -> bool:
    return span[0] <= position < span[1]
