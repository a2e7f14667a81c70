"""Spans of characters: quotations, phrases, clauses, without the marks at their ends."""

from __future__ import annotations

from quidnunc.language import Token
from quidnunc.records import Span

OPENING = '“"«„``'
CLOSING = "”\"»“''"
EDGES = " ,;:\n\t-–—"


def quotations(text: str) -> list[Span]:
    """Character spans inside quotation marks, at most one paragraph long; one that is left open runs to the paragraph's end if the next one opens too."""
    spans: list[Span] = []
    opened: int | None = None
    marked = text.replace("``", '" ').replace("''", ' "')
    for i, char in enumerate(marked):
        if char == "\n":
            if opened is not None and marked[opened] in "“«" and marked[i:].lstrip("\n ")[:1] in ("“", "«", '"'):
                spans.append((opened, i))
            opened = None
        elif opened is None and char in '“"«„':
            opened = i
        elif opened is not None and char in '”"»':
            if i - opened > 2:
                spans.append((opened, i + 1))
            opened = None
    return spans


def phrase(head: Token) -> Span:
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


def whole(first: Token, last: Token) -> Span:
    """From one token to another, without marks and a leading "that"."""
    doc = first.doc
    last = _without_aside(first, last)
    if first.lower_ == "that" and first.dep_ == "mark" and first.i < last.i:
        first = doc[first.i + 1]
    while first.i < last.i and ((first.is_punct and first.text not in OPENING) or first.is_space):
        first = doc[first.i + 1]
    while last.i > first.i and ((last.is_punct and last.text not in CLOSING) or last.is_space):
        last = doc[last.i - 1]
    return (first.idx, last.idx + len(last))


def _without_aside(first: Token, last: Token) -> Token:
    """The end without what the writer adds behind a comma about the last thing named (", a longstanding law", ", who leads the poll")."""
    doc = first.doc
    for i in range(first.i + 2, last.i):
        token = doc[i]
        if (
            token.dep_ in ("relcl", "appos")
            and doc[token.left_edge.i - 1].text == ","
            and token.left_edge.i - 1 > first.i
        ):
            behind = [doc[k] for k in range(token.right_edge.i + 1, last.i + 1)]
            inside = {t.text for t in doc[first.i : last.i + 1]} & {"“", "”", '"'}
            if (
                not inside
                and all(t.is_punct or t.is_space for t in behind)
                and token.head.i < token.left_edge.i - 1 + 1
            ):
                return doc[token.left_edge.i - 2]
    return last


def clause(head: Token) -> Span:
    """All that hangs on a word."""
    return whole(head.left_edge, head.right_edge)


def trim(text: str, span: Span) -> Span:
    """The span without white space, dashes and commas at its ends, nor a full stop at the last."""
    start, end = span
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES + ".":
        end -= 1
    return (start, end)


def touches(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def holds(outer: Span, inner: Span) -> bool:
    """Whether the inner span lies in the outer."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
