"""Titles: the words before a name ("Iranian Foreign Minister"), after it (", China's public security minister,"), and what they tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quidnunc.actors._board import Board
from quidnunc.actors._lists import words
from quidnunc.actors._roles import FORMER, SHORT_TITLES, TITLES, Role, lexicon, look, sector_by_modifiers

_PARTY_STATE = re.compile(r"^\(?([RDI])[-–\s]")


CHAIRS = frozenset({"president", "vice president", "commissioner", "chief executive", "general secretary"})
"""Posts that states have and other bodies too: in a phrase that names a body they are that body's."""

DIPLOMATS = words("titles.diplomats")
"""Posts whose "in Libya", "to the UN" or "for Poland" says where or for whom, not whose."""


@dataclass(slots=True)
class Title:
    """What the words around a name say of its bearer; ``role`` is None for "Mr" and the like."""

    text: str
    words: list[str] = field(default_factory=list)
    role: Role | None = None
    sector: str | None = None
    country: str | None = None
    country_why: str | None = None
    sex: str | None = None
    former: bool = False
    neutral: bool = False
    start: int = 0


def title_before(board: Board, name: int) -> Title | None:
    """The title that ends right before token ``name``."""
    tokens, keys = board.tokens, board.keys
    i = name
    while i > 0 and (tokens[i - 1].text == "." or tokens[i - 1].text == ","):
        i -= 1
    if i > 0 and keys[i - 1] in TITLES and i >= name - 1:
        found = title_before(board, i - 1) if i > 1 else None
        return found if found and found.role else Title(tokens[i - 1].text, sex=TITLES[keys[i - 1]] or None)
    comma = i < name and tokens[i].text == ","
    start = phrase_start(board, i)
    if start == i:
        return None
    if comma and tokens[i - 1].pos_ not in ("NOUN", "PROPN"):
        return None
    title = _title(board, start, i)
    if title is None or (
        comma
        and (title.role is None or (tokens[start - 1].dep_ not in ("det", "poss", "case") and title.country is None))
    ):
        return None
    return title


def phrase_start(board: Board, end: int) -> int:
    """Where the noun phrase that ends before token ``end`` begins, its determiner left out."""
    tokens = board.tokens
    i = end
    while i > 0 and end - i < 10:
        token = tokens[i - 1]
        text = token.text
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") and not token.is_space and not text.startswith(("\n",)):
            mark = board.named[i - 1]
            if mark is not None and mark.entity.kind == "person" and i == end:
                break
            i -= 1
        elif (
            (
                text in ("-", "'s", "’s", "&", "'", "’")
                and end > i
                and token.pos_ in ("PUNCT", "PART", "CCONJ", "SYM", "NOUN", "PROPN")
            )
            or (text in ("of", "for") and i >= 2 and i < end and board.keys[i - 2] in lexicon())
            or (token.pos_ == "VERB" and token.tag_ in ("VBN", "VBG") and token.dep_ in ("amod", "compound"))
            or text.lower() == "then"
        ):
            i -= 1
        else:
            break
    while i < end and (not board.keys[i] or board.keys[i] == "s"):
        i += 1
    return i


def _title(board: Board, start: int, end: int) -> Title | None:
    words, where = [], []
    for k in range(start, end):
        for word in board.keys[k].split():
            words.append(word)
            where.append(k)
    if not words:
        return None
    found = look(words)
    if found is None:
        for n in (2, 1):
            full = SHORT_TITLES.get(" ".join(words[-n:]))
            if full:
                found = look([*words[:-n], *full.split()])
                found = (found[0], n) if found else None
                break
    if found is None and words[-1].endswith("s"):
        found = look([*words[:-1], words[-1][:-1]])
    if found is None or found[0].shape not in ("person", "people"):
        return None
    role, n = found
    before = words[: len(words) - n]
    sector = (sector_by_modifiers(before) if role.neutral else None) or role.sector
    if role.neutral or role.words in CHAIRS:
        sector = next(
            (
                m.entity.sectors[0]
                for m in board.named[start:end]
                if m is not None and m.entity.sectors and m.entity.kind not in ("person", "state")
            ),
            sector,
        )
    if role.sector in ("MIL", "REL") and {"minister", "secretary", "president", "governor"} & set(before):
        sector = "GOV"
    title = Title("", words[-n:] if n > 1 else words[-2:], role, sector, neutral=role.neutral, start=start)
    title.words = [w for w in words if w not in ("of", "the", "for", "s")]
    title.former = bool(FORMER & set(before))
    title.country, title.country_why, last = country_in(board, start, end)
    first = max(start, last)
    while first < end and (not board.keys[first] or board.keys[first] in ("s", "former", "then")):
        first += 1
    title.text = board.text(first, end) or board.text(start, end)
    if title.former:
        title.text = f"former {title.text}"
    short = board.keys[end - 1] if board.keys[end - 1] else board.keys[max(end - 2, 0)]
    title.text = SHORT_TITLES.get(short, title.text) if short in SHORT_TITLES else title.text
    if not title.text.isupper():
        title.text = " ".join(w if w.isupper() else w[:1].lower() + w[1:] for w in title.text.split())
    return title


def country_in(board: Board, start: int, end: int) -> tuple[str | None, str | None, int]:
    """The country that the words of a phrase name, why, and the token after the words that name it (for adjectives and possessors)."""
    last = start
    best: tuple[str | None, str | None] = (None, None)
    for k in range(start, end):
        fact, mark = board.geo[k], board.named[k]
        if fact is not None:
            best = (fact.country, f"'{fact.name}' in the same phrase")
            last = k + 1
        elif mark is not None and mark.entity.country and mark.entity.kind != "person":
            best = (mark.entity.country, f"'{mark.entity.name}' in the same phrase")
    return best[0], best[1], last


def title_after(board: Board, start: int, end: int) -> Title | None:
    """An apposition after a name: "Awa Diallo, Mali's top diplomat,", "John Doe, head of the army", "Sen. Jane Roe (R-Ohio)"."""
    tokens = board.tokens
    i = end
    if i + 1 >= len(tokens):
        return None
    if (
        tokens[i].text in ("(", ",")
        and _PARTY_STATE.match(
            tokens[i + 1].text + "-" if tokens[i + 1].text in ("R", "D", "I") else tokens[i + 1].text
        )
        and tokens[i + 1].text[0] in "RDI"
    ):
        if tokens[i + 1].text in ("R", "D", "I") and (
            i + 2 >= len(tokens) or tokens[i + 2].text not in ("-", "–", ",")
        ):
            return None
        why = f"'{board.text(i, i + 2)}' after the name"
        return Title("lawmaker", ["lawmaker"], lexicon()["lawmaker"], "LEG", "USA", why)
    if tokens[i].text != ",":
        return None
    i += 1
    stop = i
    while (
        stop < len(tokens)
        and stop - i < 14
        and tokens[stop].text not in (",", ".", ";", ":", "(", ")", "—", "--", '"', "”", "“")
        and tokens[stop].pos_ not in ("VERB", "AUX", "PRON", "SCONJ")
        and not tokens[stop].is_space
    ):
        stop += 1
    return _apposed(board, i, stop)


def _apposed(board: Board, start: int, stop: int) -> Title | None:
    """The first role noun phrase of the apposition, with the country of its of-phrase."""
    tokens = board.tokens
    if start < stop and tokens[start].text.lower() in (
        "and",
        "but",
        "or",
        "to",
        "in",
        "on",
        "at",
        "as",
        "for",
        "with",
        "from",
        "by",
        "after",
    ):
        return None
    k = start
    while k < stop and tokens[k].pos_ != "ADP":
        k += 1
    head = k
    if tokens[start].pos_ == "DET" and tokens[start].text.lower() in ("the", "a", "an"):
        start += 1
    if head <= start:
        return None
    title = _title(board, start, head)
    if title is None and k < stop and tokens[k].text == "of":
        title = _title(board, start, stop)
    if title is not None and k < stop:
        country, why, _ = country_in(board, k, stop)
        abroad = bool(DIPLOMATS & set(title.words)) or bool(DIPLOMATS & set(board.keys[k:stop]))
        if (
            title.country is None
            and country
            and tokens[k].text in ("of", "for", "at", "in", "from", "with")
            and not abroad
        ):
            title.country, title.country_why = country, why
        if title.neutral and tokens[k].text in ("of", "for", "at"):
            words = [w for i in range(k + 1, stop) for w in board.keys[i].split()]
            title.sector = _by_of(board, k + 1, stop, words) or title.sector
    return title


def _by_of(board: Board, start: int, stop: int, words: list[str]) -> str | None:
    for i in range(start, stop):
        mark = board.named[i]
        if mark is not None and mark.entity.sectors:
            return mark.entity.sectors[0]
    for n in range(len(words), 0, -1):
        found = look(words[:n]) or look([*words[: n - 1], words[n - 1].removesuffix("s")])
        if found and not found[0].neutral:
            return found[0].sector
    return sector_by_modifiers(words)
