"""Where the verb that governs a time expression points, read off the parse."""

from __future__ import annotations

from quidnunc.dates._clock import Direction
from quidnunc.language import Token, sentence_of

AHEAD = frozenset(("schedule", "plan", "slate", "expect", "set", "due", "book", "intend", "hope", "aim", "want", "promise", "vow",
                   "pledge", "agree", "decide", "threaten", "invite", "ask", "urge", "order", "prepare", "propose", "forecast", "project",
                   "upcoming", "likely", "bind", "poise", "ready", "plan", "deadline", "seek", "need", "expected"))  # fmt: skip
"""Words whose infinitive has not happened yet."""

SAYING = frozenset(("say", "tell", "report", "announce", "add", "state", "write", "quote", "claim", "note", "declare", "confirm",
                    "explain", "reply", "testify", "warn", "tweet", "post", "comment", "remark", "acknowledge", "insist", "argue",
                    "reveal", "disclose", "accord"))  # fmt: skip
"""Verbs whose date is that of the speaking."""

_AHEAD_AUX = frozenset(
    ("will", "shall", "'ll", "’ll", "wo", "would", "should", "may", "might", "must", "can", "ca", "'d")
)
_HAPPENED = frozenset(
    (
        "begin",
        "start",
        "continue",
        "manage",
        "fail",
        "force",
        "help",
        "use",
        "have",
        "come",
        "go",
        "refuse",
        "get",
        "allow",
    )
)


def verb_of(token: Token) -> Token:
    """The verb whose clause a token stands in: itself, or the nearest verb above; the root where there is none."""
    for _ in range(60):
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            return token
        if token.head is token or token.head == token:
            return token
        token = token.head
    return token


def verb_direction(verb: Token, *, depth: int = 0) -> Direction | None:
    """Past or future, from tense, auxiliaries and the verbs above an infinitive."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in auxiliaries}
    if words & _AHEAD_AUX:
        return "past" if "have" in words else "future"
    if any(child.dep_ in ("acomp", "attr", "advmod") and child.lower_ in AHEAD for child in verb.children):
        return "future"
    if verb.lemma_ in ("plan", "schedule", "slate") and any(child.dep_ == "dobj" for child in verb.children):
        return "future"
    tag = verb.tag_
    if tag == "VBD":
        return "past"
    if "to" in words and tag == "VB":
        return _infinitive(verb, depth)
    if tag == "VBN":
        return _participle(verb, auxiliaries)
    if tag == "VBG":
        return _gerund(verb, auxiliaries, depth)
    if tag in ("VBZ", "VBP"):
        return _present(verb)
    if tag == "VB":
        return "future" if verb.dep_ == "ROOT" else _above(verb, depth)
    return None


def _above(verb: Token, depth: int) -> Direction | None:
    if depth > 6 or verb.head == verb:
        return None
    return verb_direction(verb_of(verb.head), depth=depth + 1)


def _infinitive(verb: Token, depth: int) -> Direction | None:
    head = verb.head
    if head == verb:
        return "future"
    if head.lemma_ in _HAPPENED and verb.dep_ == "xcomp":
        return verb_direction(head, depth=depth + 1) if depth < 6 else None
    if verb.dep_ in ("xcomp", "acl", "relcl", "ccomp", "ROOT") or head.lemma_ in AHEAD:
        return "future"
    return _above(verb, depth)


def _participle(verb: Token, auxiliaries: list[Token]) -> Direction | None:
    if verb.lemma_ in AHEAD and not any(child.lower_ in ("has", "have", "had", "'ve") for child in auxiliaries):
        return "future"
    return "past"


def _gerund(verb: Token, auxiliaries: list[Token], depth: int) -> Direction | None:
    if any(child.lower_ in ("is", "are", "'s", "’s", "'re", "’re", "am") for child in auxiliaries):
        return "future"
    if auxiliaries:
        return "past"
    return _above(verb, depth)


def _present(verb: Token) -> Direction | None:
    if verb.lemma_ in SAYING or verb.lemma_ in ("be", "have", "do", "show", "remain", "follow", "come", "mark"):
        return "past"
    sentence_end = sentence_of(verb)[-1].text
    if not any(mark in sentence_of(verb).text[-4:] for mark in '.?!”"') and sentence_end not in (".", "”"):
        return "past"  # a headline: "Boeing unveils new airliner on Tuesday"
    return "future"


def direction_at(token: Token) -> Direction | None:
    """Where the verb that governs the token points; "until" and "ahead of" point ahead themselves."""
    at = token
    for _ in range(4):
        if at.dep_ == "prep" or at.pos_ == "ADP":
            if at.lower_ == "since":
                return "past"
            if at.lower_ in ("until", "till"):
                return "past" if any(child.dep_ == "neg" for child in verb_of(at).children) else "future"
            if at.lower_ == "of" and at.head.lower_ == "ahead":
                return "future"
            break
        if at.head == at:
            break
        at = at.head
    above = at.head
    for _ in range(12):
        if above.pos_ in ("VERB", "AUX") or above.head == above:
            break
        if above.pos_ in ("NOUN", "ADJ") and above.lower_ in ("deadline", "due", "upcoming", "scheduled"):
            return "future"
        above = above.head
    return verb_direction(verb_of(at))
