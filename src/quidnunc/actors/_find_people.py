"""Where persons are named: known names, recognised names, names after titles, surnames that come again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from quidnunc.actors._board import Board
from quidnunc.actors._homonyms import names_like
from quidnunc.actors._knowledge import facts, given
from quidnunc.actors._lists import words
from quidnunc.actors._roles import SHORT_TITLES, TITLES, lexicon, look
from quidnunc.actors._spot import Hit, needs_support
from quidnunc.actors._titles import Title, title_before
from quidnunc.language import Token

_PARTICLES = words("people.particles")
_NEVER = words("people.never")
_JUNIOR = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(slots=True)
class Named:
    """One place where a person is named."""

    start: int
    end: int
    words: list[str]
    title: Title | None = None
    sure: bool = False


def find_people(board: Board) -> list[Named]:
    taken = [mark is not None for mark in board.named]
    found: list[Named] = []

    def add(start: int, end: int, sure: bool) -> None:
        while (start < end and board.keys[start] in TITLES) or (
            start < end and board.keys[start] in SHORT_TITLES and end - start > 1
        ):
            start += 1
        while end > start and (
            not board.keys[end - 1]
            or board.keys[end - 1] == "s"
            or (board.keys[end - 1] in _JUNIOR and end - start < 3)
        ):
            end -= 1
        if start >= end or any(taken[start:end]):
            return
        first = end
        if _nickname(board, end) and not any(taken[end : end + 4]):
            end += 4
        words = [
            w
            for i in (*range(start, first), *range(first + 3, end))
            for w in board.keys[i].split()
            if w not in _JUNIOR and w != "s"
        ]
        if words and not (len(words) == 1 and (words[0] in _NEVER or len(words[0]) < 2)):
            taken[start:end] = [True] * (end - start)
            found.append(Named(start, end, words, sure=sure))

    for hit in board.hits:
        if hit.of("person") and not (board.named[hit.start] or hit.geo):
            add(hit.start, _stretch(board, hit.end), True)
    for ent in board.doc.ents:
        if ent.label_ == "PERSON":
            for start, end in _trim(board, ent.start, ent.end):
                token = board.tokens[start]
                if end - start > 1 or not (
                    token.dep_ in ("compound", "amod") and token.head.pos_ == "NOUN" and token.head.i == end
                ):
                    add(start, end, False)
    for i in range(len(board.tokens) - 1):
        if names_like(board, i):
            add(i, i + 2, True)
        elif (end := _by_first_name(board, i, taken)) > i:
            add(i, end, True)
    for start, end in _titled(board, taken):
        add(start, end, True)
    for hit in board.hits:
        if hit.of("surname") and _surname_stands(board, hit):
            add(hit.start, hit.end, False)
    for start, end in _repeated(board, found, taken):
        add(start, end, False)
    found.sort(key=lambda n: n.start)
    for named in found:
        named.title = title_before(board, named.start)
    return found


_NO_SURNAME = words("people.no_surname")


def _by_first_name(board: Board, i: int, taken: list[bool]) -> int:
    """A first name before capitalised words of which nothing is known: a person that the recogniser missed. The token after it, or ``i``."""
    tokens, keys = board.tokens, board.keys
    if (
        taken[i]
        or not tokens[i].text.istitle()
        or tokens[i].pos_ != "PROPN"
        or board.geo[i]
        or not given(keys[i])
        or tokens[i].ent_type_ == "PERSON"
    ):
        return i
    if (
        i
        and tokens[i - 1].text.istitle()
        and tokens[i - 1].pos_ == "PROPN"
        and tokens[i - 1].ent_type_ == tokens[i].ent_type_ != ""
        and not look([keys[i - 1]])
    ):
        return i
    j = i + 1
    while (
        j < len(tokens)
        and j - i < 4
        and not taken[j]
        and not board.geo[j]
        and (tokens[j].pos_ == "PROPN" or keys[j] in _PARTICLES)
        and tokens[j].text[:1].isupper()
        and not lexicon().get(keys[j])
    ):
        if keys[j] in _NO_SURNAME:
            return i
        j += 1
    return j if j > i + 1 and not tokens[j - 1].text.isupper() else i


def _nickname(board: Board, end: int) -> bool:
    """ "C. A. (Dutch) Ruppersberger": the family name comes after the bracket."""
    tokens = board.tokens
    return (
        end + 3 < len(tokens) and tokens[end].text in ("(", '"', "“", "'") and tokens[end + 2].text in (")", '"', "”", "'") and tokens[end + 1].text.istitle()
        and tokens[end + 1].is_alpha
        and tokens[end + 3].pos_ == "PROPN" and tokens[end + 3].text.istitle()
    )  # fmt: skip


def _stretch(board: Board, end: int) -> int:
    """A known name goes on where the recogniser's span does: "Marjorie Taylor" "Greene"."""
    tokens = board.tokens
    while (
        end < len(tokens)
        and tokens[end].ent_iob_ == "I"
        and tokens[end].ent_type_ == "PERSON"
        and tokens[end].text[0].isupper()
        and board.keys[end] != "s"
    ):
        end += 1
    return end


def _trim(board: Board, start: int, end: int) -> list[tuple[int, int]]:
    """A recognised person without the titles, adjectives and stray words that the recogniser took along."""
    tokens, keys = board.tokens, board.keys
    while start < end:
        key, fact = keys[start], board.geo[start]
        role = lexicon().get(key) or lexicon().get(key.removesuffix("s"))
        if (
            not key
            or board.named[start]
            or fact
            or (role and not any(f.kind == "given" for f in facts(key)))
            or key in _NEVER
            or not tokens[start].text[0].isupper()
        ) and (key not in _PARTICLES):
            start += 1
        else:
            break
    stop = start
    while (
        stop < end
        and not tokens[stop].is_space
        and tokens[stop].text not in ("'s", "’s", ",", ";", "(", "/", "_", "--", "—")
        and not board.named[stop]
    ):
        stop += 1
    while stop > start and not (
        tokens[stop - 1].text[0].isupper()
        or tokens[stop - 1].text[0] == "."
        or (stop - start > 2 and tokens[stop - 2].text == "-")
    ):
        stop -= 1
    one = stop - start == 1
    if stop <= start or (
        one
        and (
            len(tokens[start].text) < 2
            or lexicon().get(keys[start])
            or (tokens[start].text.isupper() and len(tokens[start].text) < 5)
        )
    ):
        return []
    return [(start, stop)]


def _is_name(token: Token) -> bool:
    return token.text[0].isupper() and token.is_alpha and token.pos_ == "PROPN"


def _titled(board: Board, taken: list[bool]) -> list[tuple[int, int]]:
    """Capitalised words after "Mr", "Sen.", "President", "foreign minister"."""
    out = []
    tokens, keys = board.tokens, board.keys
    for i, key in enumerate(keys[:-1]):
        role = lexicon().get(key)
        short = key in TITLES or (key in SHORT_TITLES and tokens[i].text[0].isupper())
        if not (short or (role and role.shape == "person")) or taken[i]:
            continue
        j = i + 1
        if tokens[j].text == "." and short and j + 1 < len(tokens):
            j += 1
        start = j
        while j < len(tokens) and not taken[j] and not board.geo[j] and (
            _is_name(tokens[j]) or (j > start and (tokens[j].text == "-" or keys[j] in _PARTICLES) and j + 1 < len(tokens) and _is_name(tokens[j + 1]))
            or (tokens[j].text[0].isupper() and len(keys[j]) <= 2 and tokens[j].text.endswith("."))
        ) and not lexicon().get(keys[j]):  # fmt: skip
            j += 1
        if (
            j > start
            and (short or tokens[start].pos_ == "PROPN")
            and keys[start] not in _NEVER
            and len(keys[j - 1]) > 1
        ):
            out.append((start, j))
    return out


def _surname_stands(board: Board, hit: Hit) -> bool:
    """Whether a bare surname of a head of state may be taken for him: in office then, and no common word unless recognised."""
    token = board.tokens[hit.start]
    if board.named[hit.start] or hit.geo or not token.text[0].isupper():
        return False
    if (
        token.ent_type_ in ("GPE", "LOC", "FAC", "EVENT", "DATE", "WORK_OF_ART", "PRODUCT", "LAW")
        and token.ent_iob_ == "I"
    ):
        return False
    near = [f for f in hit.of("surname") if f.holds(board.day)] or [f for f in hit.of("surname") if f.rank == 0]
    if not near or (needs_support(near[0]) and token.ent_type_ != "PERSON"):
        return False
    return token.pos_ == "PROPN" or token.is_upper


def _repeated(board: Board, found: list[Named], taken: list[bool]) -> list[tuple[int, int]]:
    """Later (or headline) mentions by surname that the recogniser missed or took for something else."""
    last = {named.words[-1] for named in found if len(named.words) > 1 and len(named.words[-1]) > 1}
    last |= {
        named.words[0]
        for named in found
        if len(named.words) in (2, 3) and not given(named.words[0]) and len(named.words[0]) > 1
    }
    last |= {"".join(named.words[-2:]) for named in found if len(named.words) > 2 and named.words[-2] in _PARTICLES}
    alone = Counter(
        key
        for i, key in enumerate(board.keys)
        if board.tokens[i].pos_ == "PROPN" and board.tokens[i].text.istitle() and not taken[i]
    )
    last |= {
        key
        for key, n in alone.items()
        if n >= 2 and given(key) and not lexicon().get(key) and all(f.kind in ("given", "person") for f in facts(key))
    }
    out = []
    for i, key in enumerate(board.keys):
        if (
            key in last
            and not taken[i]
            and board.tokens[i].text[0].isupper()
            and (board.tokens[i].pos_ == "PROPN" or board.tokens[i].ent_type_)
        ):
            nxt = board.tokens[i + 1] if i + 1 < len(board.tokens) else None
            glued = (
                nxt is not None
                and nxt.pos_ == "PROPN"
                and nxt.ent_iob_ == "I"
                and board.tokens[i].ent_type_ != "PERSON"
            )
            if not glued and not board.geo[i]:
                out.append((i, i + 1))
    return out
