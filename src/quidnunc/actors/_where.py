"""The country that a passage speaks of: for "police", "the president" or "protesters" that do not say whose they are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from quidnunc.actors._board import Board, Mark
from quidnunc.actors._fold import fold
from quidnunc.actors._knowledge import LONGEST, facts
from quidnunc.actors._spot import GEO
from quidnunc.places import find as find_places

_NOT_HOME = frozenset({"IGO", "UNO", "EUR", "IMG", ""})
CLEAR = 0.4
"""The share of a text's countries that makes one its home for people of whom nothing is told."""


class Where:
    """Countries by sentence, by paragraph and for the whole text."""

    def __init__(self, board: Board, headline: str | None, dateline: str | None) -> None:
        self.board = board
        self.total: Counter[str] = Counter()
        self.sentences: dict[int, Counter[str]] = {}
        self.towns: dict[int, Counter[str]] = {}
        self._places: dict[int, Counter[str]] = {}
        self.subjects: list[tuple[int, str]] = []
        """Token and country of each state, government or official that is a subject, in order."""
        self.dateline = next(iter(countries_in(dateline)), None) if dateline else _dateline(board)
        for country in countries_in(headline or ""):
            self.total[country] += 2
        if self.dateline:
            self.total[self.dateline] += 2
        self._count()
        self._towns()

    def _towns(self) -> None:
        """Towns that only the gazetteer of places knows: they tell which country a local story is about."""
        board = self.board
        starts = [token.idx for token in board.tokens]
        for place in find_places(board.doc.text):
            token = bisect_right(starts, place.span[0] if place.span else 0) - 1
            if place.span and place.country and board.geo[token] is None and board.named[token] is None:
                self._add(token, place.country, 1)
                self.towns.setdefault(board.sent_of[token], Counter())[place.country] += 1

    def _count(self) -> None:
        board = self.board
        for i, fact in enumerate(board.geo):
            if fact is not None and (i == 0 or board.geo[i - 1] is not fact):
                self._add(i, fact.country, 1 + (board.sent_of[i] < 2))
        for mark in board.marks:
            entity = mark.entity
            if entity.kind not in ("state", "group") and entity.country and mark.form in ("name", "metonym"):
                self._add(mark.head, entity.country, 1)
            subject = board.tokens[mark.head].dep_ in ("nsubj", "nsubjpass")
            if subject and not mark.as_place and entity.country and (entity.kind == "state" or "GOV" in entity.sectors):
                self.subjects.append((mark.head, entity.country))
        self.subjects.sort()

    def _add(self, token: int, country: str, weight: int) -> None:
        if country not in _NOT_HOME:
            self.total[country] += weight
            self.sentences.setdefault(self.board.sent_of[token], Counter())[country] += 1

    def home(self, shut: frozenset[str] = frozenset()) -> tuple[str | None, str]:
        """The country that the whole text is about."""
        ranked = Counter({c: n for c, n in self.total.items() if c not in shut}).most_common(2)
        if not ranked:
            return None, ""
        country, n = ranked[0]
        if len(ranked) == 1 or n >= 1.5 * ranked[1][1] or (country == self.dateline and n >= ranked[1][1]):
            return country, f"the text is mostly about {country}"
        if self.dateline and self.total[self.dateline] >= 0.5 * n:
            return self.dateline, f"the dateline is in {self.dateline}"
        return country, f"the text speaks of {country} more than of others"

    def clear_home(self) -> tuple[str | None, str]:
        """``home``, if the text names it several times and clearly more than any other."""
        home, why = self.home()
        return (
            (home, why)
            if home and self.total[home] >= 2 and self.total[home] >= CLEAR * sum(self.total.values())
            else (None, "")
        )

    def of_office(self, token: int, shut: frozenset[str] = frozenset(), one: bool = True) -> tuple[str | None, str]:
        """The country of an official without nationality: the state subject of the sentence that is nearest, then the last before, then home.

        ``shut``: countries that have no such post. ``one``: a single official; bodies are rather of the country that the text is about.
        """
        no = _NOT_HOME | shut
        sent = self.board.sent_of[token]
        home, why = self.home(shut)
        ranked = Counter({c: n for c, n in self.total.items() if c not in no}).most_common(2)
        clear = bool(home) and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
        if clear and not one:
            return home, why
        here = [
            (abs(i - token), country)
            for i, country in self.subjects
            if self.board.sent_of[i] == sent and i != token and country not in no
        ]
        if here:
            country = min(here)[1]
            return country, f"{country} is the nearest state subject in the sentence"
        if clear:
            return home, why
        before = [
            country
            for i, country in self.subjects
            if i < token and country not in no and self.board.sent_of[i] >= sent - 2
        ]
        if before:
            return before[-1], f"{before[-1]} was the last state subject before"
        return home, why

    def of_place(self, token: int, shut: frozenset[str] = frozenset()) -> tuple[str | None, str]:
        """The country of local people: the places of the sentence, then those of the sentence before, then home."""
        home, why = self.home(shut)
        sent = self.board.sent_of[token]
        for number in (sent, sent - 1):
            where = Counter({c: n for c, n in self.located(number).items() if c not in _NOT_HOME | shut})
            if where:
                country = home if home in where else where.most_common(1)[0][0]
                return (
                    country,
                    f"a place in {country} is named {'in the sentence' if number == sent else 'in the sentence before'}",
                )
        return home, why

    def countries(self) -> list[str]:
        """The countries that the text names, in no order."""
        return [country for country in self.total if country not in _NOT_HOME]

    def nearest_subject(self, token: int) -> str | None:
        """The country of the state, government or official that is a subject of the sentence, nearest to the token."""
        sent = self.board.sent_of[token]
        here = [(abs(i - token), c) for i, c in self.subjects if self.board.sent_of[i] == sent and i != token]
        return min(here)[1] if here else None

    def last_subject(self, token: int) -> str | None:
        """The country of the last such subject before the token, at most two sentences back."""
        sent = self.board.sent_of[token]
        before = [c for i, c in self.subjects if i < token and self.board.sent_of[i] >= sent - 2]
        return before[-1] if before else None

    def within(self, mark: Mark) -> set[str]:
        """The countries named in the phrase around a mark ("shopkeepers in Madina")."""
        head = self.board.tokens[mark.head]
        facts = (
            self.board.geo[i] for i in range(head.left_edge.i, head.right_edge.i + 1) if not mark.start <= i < mark.end
        )
        return {fact.country for fact in facts if fact is not None}

    def located(self, sent: int) -> Counter[str]:
        """The countries of the places that a sentence names."""
        if sent not in self._places:
            self._places[sent] = self._located(sent)
        return self._places[sent]

    def _located(self, sent: int) -> Counter[str]:
        board, out = self.board, Counter(self.towns.get(sent, Counter[str]()))
        for i, fact in enumerate(board.geo):
            if fact is None or board.sent_of[i] != sent:
                continue
            mark = board.named[i]
            if fact.kind == "place" or (
                mark is not None and mark.as_place and board.tokens[mark.head].head.text.lower() != "from"
            ):
                out[fact.country] += 1
        return out


def _dateline(board: Board) -> str | None:
    """The country of a dateline that opens the text: "NAIROBI, Kenya (AP) --", "MOSCOW —"."""
    for i, token in enumerate(board.tokens[:14]):
        if token.text in ("--", "—", "–", "_", "-") or (token.text == "(" and i):
            found = [board.geo[k] for k in range(i) if board.geo[k] is not None]
            capitals = board.tokens[0].text.isupper() and len(board.tokens[0].text) > 2
            if found and (capitals or i <= 6):
                fact = found[-1]
                return (
                    fact.country
                    if fact is not None and fact.country not in _NOT_HOME
                    else ("BEL" if fact and fact.country == "EUR" else None)
                )
            return None
    return None


def countries_in(text: str) -> list[str]:
    """The countries that a line names, in order; for headlines and datelines."""
    words = fold(text).split()
    out: list[str] = []
    i = 0
    while i < len(words):
        step = 1
        for n in range(min(LONGEST, len(words) - i), 0, -1):
            found = [
                f
                for f in facts(" ".join(words[i : i + n]))
                if f.kind in GEO and not (n == 1 and len(f.key) < 4 and f.key not in ("us", "uk", "uae"))
            ]
            if found:
                if found[0].country not in _NOT_HOME and not (
                    found[0].rank and found[0].kind == "place" and n == 1 and len(found[0].key) < 5
                ):
                    out.append(found[0].country)
                step = n
                break
        i += step
    return out
