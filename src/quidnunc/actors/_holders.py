"""Who held which post when: the knowledge asked for a name on a day."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quidnunc.actors._fold import fold
from quidnunc.actors._knowledge import Fact, facts, surname

if TYPE_CHECKING:
    from quidnunc.actors._board import Board


_PRIVATE = frozenset({"CVL", "BUS", "REB", "CRM", "JRN", "NGO", "OPP", "PTY", "REL"})
"""Sectors that nobody leaves by losing an office."""


class Post(NamedTuple):
    """A post that somebody holds, held or will hold on the day of the text."""

    name: str
    country: str
    sectors: tuple[str, ...]
    role: str | None
    current: bool
    sure: bool
    because: str
    rank: int = 9


def holder(key: str, board: Board, countries: list[str]) -> Post | None:
    """The post of the person with this full folded name on the text's day; of namesakes the one whose country the text names."""
    post = _pick([f for f in facts(key) if f.kind in ("person", "surname")], board, countries)
    if post is None or post.current or post.rank <= 1 or post.country in countries:
        return post
    seen = seen_countries(board)
    return post if not seen or post.country in seen or post.country in ("EUR", "IGO", "UNO") else None


def post_by_surname(word: str, board: Board, countries: list[str], titles: list[list[str]]) -> Post | None:
    """The post that a bare surname tells: a head of state or government in office, or whoever in office fits title and country."""
    heads = [f for f in facts(word) if f.kind == "surname" and (f.holds(board.day) or f.rank == 0)]
    if countries and heads:
        heads = [f for f in heads if f.country in countries]
    if heads:
        return _pick(heads, board, countries)
    if not titles:
        return None
    wanted = {w for title in titles for w in title if len(w) > 3}
    fitting: list[Fact] = []
    near = set(countries) or seen_countries(board)
    for key in surname(word):
        for fact in facts(key):
            if (
                fact.kind == "person"
                and fact.holds(board.day)
                and (fact.country in near or not near)
                and same_post(wanted, fact.role)
            ):
                fitting.append(fact)
    return _pick(fitting, board, countries) if len({(f.country, f.name.split()[0]) for f in fitting}) == 1 else None


_SYNONYMS = {
    "defense": "defence",
    "home": "interior",
    "premier": "prime",
    "secretary": "minister",
    "affairs": "",
    "national": "",
    "internal": "interior",
    "labor": "labour",
}


def same_post(wanted: set[str], role: str) -> bool:
    """ "interior minister" and "Minister of the Interior"."""
    have = {_SYNONYMS.get(w, w) for w in fold(role).split()}
    want = {_SYNONYMS.get(w, w) for w in wanted} - {""}
    return bool(want) and want <= have


def seen_countries(board: Board) -> set[str]:
    """The countries that the text names."""
    return {f.country for f in board.geo if f is not None}


def _pick(found: list[Fact], board: Board, countries: list[str]) -> Post | None:
    if not found:
        return None
    by_country: dict[str, list[Fact]] = defaultdict(list)
    for fact in found:
        by_country[fact.country].append(fact)
    if len(by_country) > 1:
        seen = seen_countries(board)
        order = sorted(
            by_country,
            key=lambda c: (c not in countries, not any(f.holds(board.day) and f.rank <= 1 for f in by_country[c]), c not in seen,
                           not any(f.holds(board.day) for f in by_country[c]), min(f.rank for f in by_country[c]), c),
        )  # fmt: skip
        chosen = by_country[order[0]]
    else:
        chosen = found
    return _on(chosen, board.day)


def _on(found: list[Fact], day: str) -> Post:
    """The post on a day: the highest that holds, else the last one held (then the person is a former official), else none yet."""
    hand = [f for f in found if f.rank == 0]
    now = [f for f in hand if f.holds(day)] or [f for f in found if f.holds(day) and not _stale(f, day)]
    if now:
        fact = min(now, key=lambda f: (f.rank, _reverse(f.start), f.role))
        role = _role(fact)
        until = f"..{fact.end}" if fact.end else ""
        return Post(
            fact.name,
            fact.country,
            fact.sectors,
            role,
            True,
            fact.rank == 0,
            f"'{fact.name}' was {role or 'known'} on {day} (term {fact.start or '?'}{until}, {fact.source})",
            fact.rank,
        )
    past = [f for f in found if f.over(day) or _stale(f, day)]
    if past:
        return _past(max(past, key=lambda f: (f.end or f.start, -f.rank)), day)
    fact = min(found, key=lambda f: (f.start, f.rank))
    why = f"'{fact.name}' became {_role(fact) or 'known'} only on {fact.start}, after {day} ({fact.source})"
    return Post(fact.name, fact.country, (), None, False, False, why, fact.rank)


def _past(fact: Fact, day: str) -> Post:
    """A post that is over: an official becomes a former one (ELI) if the end is known, others stay what they were."""
    role = _role(fact)
    if not fact.end:
        why = f"'{fact.name}' was {role or 'known'} when last listed (from {fact.start}, {fact.source})"
        return Post(fact.name, fact.country, fact.sectors, role, False, True, why, fact.rank)
    why = f"'{fact.name}' had been {role or 'known'} until {fact.end}, before {day} ({fact.source})"
    official = not _PRIVATE & set(fact.sectors)
    former = f"former {role}" if official and role else role
    return Post(fact.name, fact.country, ("ELI",) if official else fact.sectors, former, False, True, why, fact.rank)


def _stale(fact: Fact, day: str) -> bool:
    """An open end of the 2022 lists does not hold for ever: fifteen years for a minister, none after 2023 for lesser posts; heads were checked when the file was built."""
    if fact.end or fact.rank <= 1 or fact.source not in ("Wikidata", "CountryInfo"):
        return False
    return day[:4] > "2023" and (
        fact.source == "CountryInfo" or fact.rank > 2 or int(day[:4]) - int(fact.start[:4] or 2000) > 14
    )


def _reverse(start: str) -> int:
    digits = (start.replace("-", "") + "00000000")[:8]
    return -int(digits) if digits.isdigit() else 0


def _role(fact: Fact) -> str | None:
    role = fact.role
    return (role[0].lower() + role[1:] if role[:1].isupper() and not role[:3].isupper() else role) or None
