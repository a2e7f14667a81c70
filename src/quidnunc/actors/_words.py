"""The words of a noun phrase: where it begins, what its head is in the singular, which countries it names."""

from __future__ import annotations

from quidnunc.actors._board import Board
from quidnunc.actors._lists import words
from quidnunc.language import Token

Named = list[tuple[str | None, str | None]]
"""Countries and the reason for each."""

_LEFT = words("words.left")
WAYS = frozenset({"of", "in", "from", "for", "at", "inside", "with"})


def singular(token: Token, key: str) -> str:
    """The lemma of a noun, where the tagger took a plural for a name too ("Democrats", "Policemen")."""
    if token.pos_ == "NOUN":
        return " ".join([*key.split()[:-1], token.lemma_.lower()]) if key.isalpha() else key
    for ending, other in (("men", "man"), ("women", "woman"), ("ies", "y"), ("s", "")):
        if key.endswith(ending) and len(key) > len(ending) + 2 and not key.endswith("ss"):
            return key.removesuffix(ending) + other
    return key


def left_edge(board: Board, head: Token) -> int:
    """The first token of the noun phrase that ends with ``head``, determiners left out."""
    start = head.i
    for child in head.lefts:
        if child.dep_ in _LEFT:
            start = min(start, child.left_edge.i)
    tokens = board.tokens
    while start < head.i and (
        tokens[start].pos_ in ("DET", "PRON", "PUNCT", "SPACE", "ADP", "CCONJ")
        or not board.keys[start]
        or tokens[start].lower_ in ("about", "some", "more", "than", "at", "least", "other")
    ):
        start += 1
    for k in range(head.i - 1, start - 1, -1):
        if (
            tokens[k].is_space
            or tokens[k].text in (";", ":", "(", ")", '"', "“", "”", "--", "—")
            or (tokens[k].pos_ == "VERB" and tokens[k].dep_ == "relcl")
        ):
            return k + 1
    if head.i - start > 12:
        return head.i
    if start > 1 and tokens[start - 1].text in ("'s", "’s") and (board.geo[start - 2] or board.named[start - 2]):
        mark = board.named[start - 2]
        return mark.start if mark is not None else start - 2
    return start


def named_inside(board: Board, start: int, head: int) -> Named:
    """The countries that tokens [start, head) name, the nearest to the head first; several only when joined ("U.S. and Chinese")."""
    found: Named = []
    for k in range(head - 1, start - 1, -1):
        fact, mark = board.geo[k], board.named[k]
        country, name = (
            (fact.country, fact.name)
            if fact
            else (mark.entity.country, mark.entity.name)
            if mark is not None
            else (None, None)
        )
        if country is None or any(c == country for c, _ in found):
            continue
        if found:
            token = board.tokens[k]
            joined = any(t.text.lower() in ("and", "or", ",", "/", "-", "&") for t in board.tokens[k + 1 : k + 4])
            if not (joined and token.pos_ in ("ADJ", "PROPN")):
                break
        if (
            {board.keys[k - 1], board.keys[k - 2]} & {"pro", "anti"}
            and k > 1
            and (board.keys[k - 1] in ("pro", "anti") or board.tokens[k - 1].text == "-")
        ):
            continue
        if (
            k + 2 < head
            and board.tokens[k + 1].text == "-"
            and board.tokens[k + 2].lower_
            in (
                "backed",
                "led",
                "held",
                "controlled",
                "born",
                "supported",
                "based",
                "trained",
                "funded",
                "occupied",
                "sponsored",
                "style",
                "speaking",
                "aligned",
                "friendly",
            )
            and board.tokens[k + 2].lower_ not in ("based", "led", "born")
        ):
            continue
        found.append((country, f"'{name}' in the same phrase"))
    return found


def named_objects(board: Board, obj: Token, home: bool = True) -> Named:
    """The countries that the object of a preposition and its conjuncts name ("of France and Germany")."""
    found: Named = []
    for token in (obj, *obj.conjuncts):
        fact, mark = board.geo[token.i], board.named[token.i]
        country = fact.country if fact else mark.entity.country if mark is not None else None
        name = fact.name if fact else mark.entity.name if mark is not None else token.text
        if country is None and not found and home:
            inner = named_inside(board, left_edge(board, token), token.i)
            if inner:
                country, name = inner[0][0], token.text
        if country:
            found.append((country, f"'{name}' in '{token.head.text} {name}'"))
    return found
