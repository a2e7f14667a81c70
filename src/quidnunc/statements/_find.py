"""Attributions in a parsed text: speaker, cue and content, from the grammar around reporting words and from quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quidnunc.language import Doc, Sentence, Token, parse, sentences
from quidnunc.records import Span, Stance
from quidnunc.statements._contents import contents, inserted, rest
from quidnunc.statements._cues import GENERIC, Cue, cues
from quidnunc.statements._spans import clause, holds, overlap, phrase, quotations, touches, trim, whole
from quidnunc.statements._turns import turns

NOMINAL = ("PROPN", "NOUN", "PRON")
EMPTY_SPEAKERS = frozenset(["which", "that", "there", "what", "this"])
OWN = frozenset(["i", "we", "you"])
"""Outside what somebody says they are the writer and the reader, whose words are the text itself."""
RELATIVES = ("WDT", "WP")
INSERTED = frozenset("say tell add note report write think believe suggest explain hear".split())
"""Verbs that are put into what is said without a mark."""
LIGHT = frozenset(
    "express voice make have issue give offer show repeat reiterate deliver draw hold raise convey declare announce".split()
)
"""Verbs that only carry a noun of saying ("made a promise")."""


@dataclass(frozen=True)
class Attribution:
    """Somebody says or thinks something: lists of spans, since speaker and content may be broken."""

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
    speech: bool = True
    """False: an attitude ("supports the plan"), which nobody need have said."""


def find(text: str, *, nested: bool = False) -> list[Attribution]:
    """The attributions in an English text, in the order of their cues; spans are code points into ``text``.

    ``nested``: those inside another's content too ("Wang told Orban ..., Xinhua said").
    """
    found = in_parse(parse(text))
    return found if nested else [a for a in found if not any(_inside(a, other) for other in found)]


def in_parse(doc: Doc) -> list[Attribution]:
    """The attributions in a parsed text, nested ones too, in the order of their cues."""
    text = doc.text
    quotes = quotations(text)
    found = [a for sentence in sentences(doc) for a in _in_sentence(sentence, quotes, text)]
    found += [
        Attribution((t.source,), (t.cue,), (t.content,), "says", t.direct, t.speaker, t.trigger) for t in turns(doc)
    ]
    found = [a for a in found if doc[a.speaker].lower_ not in OWN or any(_inside(a, other) for other in found)]
    found = _continued(text, quotes, found)
    return sorted(found, key=lambda a: (a.trigger, a.content))


def _inside(inner: Attribution, outer: Attribution) -> bool:
    """Whether an attribution stands in what another says; of two that hold each other, the earlier cue is the outer."""
    if inner is outer or not any(holds(c, inner.cue[0]) for c in outer.content):
        return False
    return not any(holds(c, outer.cue[0]) for c in inner.content) or outer.trigger < inner.trigger


def _in_sentence(sentence: Sentence, every: list[Span], text: str) -> Iterator[Attribution]:
    quotes = _beside(every, sentence, text)
    for token in sentence:
        if token.pos_ in ("VERB", "AUX"):
            for cue in cues().get((token.lemma_.lower(), "V"), (GENERIC,)):
                found = _verbal(token, cue, sentence, quotes, text)
                if found is not None:
                    yield found
                    break
        elif token.pos_ == "NOUN":
            for cue in cues().get((token.lemma_.lower(), "N"), ()):
                found = _nominal(token, cue)
                if found is not None:
                    yield found
                    break
        if token.lower_ == "according":
            yield from _according(token, sentence, text)


def _speaker(verb: Token) -> Token | None:
    """The grammatical speaker of a reporting verb: subject, "by" phrase of a passive, or the first of joined verbs' subject."""
    for c in verb.children:
        if c.dep_ == "nsubj":
            return verb.head if c.tag_ in RELATIVES and verb.dep_ == "relcl" else c
    for c in verb.children:
        if c.dep_ == "agent":
            return next((p for p in c.children if p.dep_ == "pobj"), None)
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return None
    if verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.pos_ in ("VERB", "AUX"):
        return _speaker(verb.head)
    if verb.dep_ == "pcomp" and verb.head.head.pos_ in ("VERB", "AUX") and verb.head.head.i != verb.i:
        return _speaker(verb.head.head)
    if verb.dep_ == "acl" and (verb.tag_ == "VBG" or (verb.i and verb.nbor(-1).text == ",")):
        return verb.head
    return None


def _verbal(verb: Token, cue: Cue, sentence: Sentence, quotes: list[Span], text: str) -> Attribution | None:
    speaker = _speaker(verb)
    speaker = _outside(speaker, verb, quotes)
    if speaker is None or speaker.lower_ in EMPTY_SPEAKERS or speaker.dep_ == "expl":
        return None
    if cue is GENERIC and not _says_that(verb):
        return None
    around = next((q for q in quotes if q[0] <= verb.idx < q[1]), None)
    inside = [q for q in quotes if q is not around]
    ahead = _quoted_before(verb, speaker, inside, text) if "q" in cue.frames else []
    content = ahead or contents(verb, speaker, cue, sentence, text)
    direct = bool(ahead) or any(overlap(q, c) > 0.6 * (c[1] - c[0]) for q in inside for c in content)
    if "q" in cue.frames and not content:
        content = [q for q in inside if not _is_title(q, text)]
        direct = bool(content)
        if not content and verb.lemma_ in INSERTED:
            content = inserted(verb, speaker, sentence, text) or rest(verb, sentence, text)
    if direct and not ahead:
        content = _with_whole_quotes(content, inside)
    content = [_to_quote_end(c, inside) for c in content]
    if around is not None:
        content = [(max(c[0], around[0] + 1), min(c[1], around[1] - 1)) for c in content]
    content = [c for c in content if c[1] - c[0] > 1]
    if not content:
        return None
    addressee = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ in NOMINAL), None)
    if addressee is not None and any(holds(c, (addressee.idx, addressee.idx + len(addressee))) for c in content):
        addressee = None
    return _attribution(_spans_of(speaker, verb), speaker, verb, content, cue, direct, addressee)


def _quoted_before(verb: Token, speaker: Token, quotes: list[Span], text: str) -> list[Span]:
    """``"...," said X``, ``"...," X said, "..."``: quotations that end right before cue and speaker, and those behind them in the sentence."""
    if verb.dep_ == "conj" and speaker.head.i != verb.i:
        return []
    start = min(verb.idx, speaker.left_edge.idx if speaker.i < verb.i else verb.idx)
    ends = [q for q in quotes if q[1] <= start]
    if not ends or text[ends[-1][1] : start].strip(" ,.—–-"):
        return []
    if _is_title(ends[-1], text) and any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children):
        return []
    first = len(ends) - 1
    while first > 0 and not text[ends[first - 1][1] : ends[first][0]].strip(" ,.—–-"):
        first -= 1
    return [*ends[first:], *(q for q in quotes if q[0] > verb.idx and "\n" not in text[verb.idx : q[0]])]


def _is_title(quote: Span, text: str) -> bool:
    """A few quoted words that are a name of something, no sentence ("on “Meet the Press”")."""
    before = text[max(0, quote[0] - 12) : quote[0]].split()
    return len(text[slice(*quote)].split()) < 5 and (not before or before[-1][-1:] not in ",:")


def _outside(speaker: Token | None, verb: Token, quotes: list[Span]) -> Token | None:
    """A speaker that the parser found inside a quotation which the verb stands outside of gives way to the name beside the verb."""
    if speaker is None or not any(q[0] <= speaker.idx < q[1] and not q[0] <= verb.idx < q[1] for q in quotes):
        return speaker
    doc = verb.doc
    for i in (verb.i - 1, verb.i + 1, verb.i + 2):
        if 0 <= i < len(doc) and doc[i].pos_ in NOMINAL and not any(q[0] <= doc[i].idx < q[1] for q in quotes):
            last = doc[i]
            while last.i > verb.i and last.dep_ == "compound" and last.head.i > last.i:
                last = last.head
            return last
    return None


def _to_quote_end(content: Span, quotes: list[Span]) -> Span:
    """Content that ends within a quotation that it has not begun with runs to its end."""
    for start, end in quotes:
        if content[0] < start < content[1] < end:
            return (content[0], end)
    return content


def _says_that(verb: Token) -> bool:
    """A verb whose clause begins with "that", said of somebody."""
    return any(
        c.dep_ == "ccomp" and c.i > verb.i and c.left_edge.lower_ == "that" and c.left_edge.dep_ == "mark"
        for c in verb.children
    )


def _beside(quotes: list[Span], sentence: Sentence, text: str) -> list[Span]:
    """The quotations of a sentence, and the one that follows its colon or ends right before it."""
    start, end = sentence.start_char, sentence.end_char
    opens = text[start:end].rstrip().endswith((":", ","))
    return [
        q for q in quotes
        if touches(q, (start, end)) or 0 <= start - q[1] < 2 or (opens and 0 <= q[0] - end < 3)
    ]  # fmt: skip


def _spans_of(speaker: Token, verb: Token) -> tuple[Span, ...]:
    """The speaker's phrase; where a relative pronoun speaks for it, that too."""
    who = next((c for c in verb.children if c.dep_ == "nsubj" and c.tag_ in RELATIVES), None)
    own = phrase(speaker)
    return (own,) if who is None or who.i == speaker.i else (own, (who.idx, who.idx + len(who)))


def _with_whole_quotes(content: list[Span], quotes: list[Span]) -> list[Span]:
    """Content that is quoted runs as far as its quotation marks do, over sentences if need be."""
    full = [q for q in quotes if any(touches(q, c) for c in content)]
    rest = [c for c in content if not any(overlap(q, c) > 0.6 * (c[1] - c[0]) for q in full)]
    return (
        sorted({*full, *(r for r in rest if not any(holds(r, q) for q in full))})
        if not _mixed(rest, full)
        else sorted(rest)
    )


def _mixed(rest: list[Span], quotes: list[Span]) -> bool:
    """Whether what is quoted is only a part of the content ("said the plan was "dead"")."""
    return any(holds(r, q) for r in rest for q in quotes)


def _nominal(noun: Token, cue: Cue) -> Attribution | None:
    """``European Commission warnings (that) ...``, ``the ministry's claim that ...``, ``voiced support for ...``."""
    owner = next((c for c in noun.children if c.dep_ in ("poss", "compound") and c.pos_ in NOMINAL), None)
    if owner is None:
        by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
        owner = next((p for p in by.children if p.dep_ == "pobj"), None) if by is not None else None
    carried = noun.head if noun.dep_ == "dobj" and noun.head.lemma_ in LIGHT else None
    if owner is None and carried is not None:
        owner = _speaker(carried)
    if owner is None or owner.lower_ in EMPTY_SPEAKERS:
        return None
    content = _of_noun(noun, cue)
    if content is None or (owner.i > noun.i and holds(content, (owner.idx, owner.idx + 1))):
        return None
    found = _attribution((phrase(owner),), owner, noun, [content], cue, False, None)
    start = carried.idx if carried is not None and carried.i < noun.i else noun.idx
    return replace(found, cue=((start, noun.idx + len(noun)),))


def _of_noun(noun: Token, cue: Cue) -> Span | None:
    for c in noun.rights:
        if c.dep_ in ("acl", "ccomp") and ("c" in cue.frames or "i" in cue.frames):
            return clause(c)
        if c.dep_ == "relcl" and not any(k.tag_ in RELATIVES for k in c.subtree):
            return clause(c)
        if c.dep_ == "prep" and c.lower_ in cue.frames:
            inner = next((k for k in c.children if k.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                return whole(inner.left_edge, c.right_edge)
    return None


def _according(token: Token, sentence: Sentence, text: str) -> Iterator[Attribution]:
    to = next((c for c in token.children if c.lower_ == "to"), None)
    speaker = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or speaker is None:
        return
    start, end = token.idx, speaker.right_edge.idx + len(speaker.right_edge)
    content = [s for s in ((sentence.start_char, start), (end, sentence.end_char)) if s[1] - s[0] > 12]
    trimmed = [t for t in (trim(text, s) for s in content) if t[1] > t[0]]
    if trimmed:
        yield Attribution(
            source=(phrase(speaker),), cue=((token.idx, to.idx + len(to)),), content=tuple(trimmed), stance="says",
            direct=False, speaker=speaker.i, trigger=token.i,
        )  # fmt: skip


def _continued(text: str, quotes: list[Span], found: list[Attribution]) -> list[Attribution]:
    """A quotation with no cue of its own goes on with the content quoted before it, in the same paragraph or as the whole of the next."""
    for quote in quotes:
        outer = [a for a in found if not quote[0] <= a.cue[0][0] < quote[1]]
        if quote[1] - quote[0] < 30 or any(overlap(quote, c) for a in outer for c in a.content):
            continue
        opens = text.rfind("\n", 0, quote[0]) + 1
        alone = not text[opens : quote[0]].strip()
        before = text.rfind("\n", 0, max(0, len(text[:opens].rstrip())))
        last: int | None = None
        for i, a in enumerate(found):
            end = max(a.content[-1][1], a.cue[0][1])
            if not a.direct or end > quote[0]:
                continue
            near = a.cue[0][0] >= opens and quote[0] - end < 60 + (a.cue[0][1] == end) * 140
            if near or (alone and a.cue[0][0] > before):
                last = i
        if last is not None:
            found[last] = replace(found[last], content=(*found[last].content, quote))
    return found


def _attribution(
    source: tuple[Span, ...],
    speaker: Token,
    cue: Token,
    content: list[Span],
    of: Cue,
    direct: bool,
    addressee: Token | None,
) -> Attribution:
    return Attribution(
        source=source, cue=((cue.idx, cue.idx + len(cue)),), content=tuple(content), stance=of.stance, direct=direct,
        speaker=speaker.i, trigger=cue.i, addressee=addressee.i if addressee is not None else None, speech=of.speech or direct,
    )  # fmt: skip
