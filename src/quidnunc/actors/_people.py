"""Persons: names found, put together over the document ("Diallo" after "Awa Diallo"), with post and country by title or by knowledge."""

from __future__ import annotations

from dataclasses import dataclass, field

from quidnunc.actors._board import Board, Entity
from quidnunc.actors._find_people import Named, find_people
from quidnunc.actors._holders import Post, holder, post_by_surname, same_post
from quidnunc.actors._knowledge import given
from quidnunc.actors._titles import DIPLOMATS, Title, title_after

_EPITHETS = frozenset({"dictator", "strongman", "ruler", "autocrat", "politician", "statesman", "billionaire"})
"""Words that describe a holder of office without naming the office."""


@dataclass(slots=True)
class _Person:
    """One person of the text."""

    words: list[str]
    places: list[Named] = field(default_factory=list)
    sex: str | None = None
    short: bool = False
    """Whether the text has called this person by a single name already."""


def put_people(board: Board) -> None:
    """Find, group and mark all persons."""
    found = find_people(board)
    people = _group(board, found)
    for person in sorted(people, key=lambda p: p.places[0].start):
        _put(board, person)


# ---- grouping -------------------------------------------------------------------------------------------------------


def _group(board: Board, found: list[Named]) -> list[_Person]:
    people: list[_Person] = []
    for named in (n for n in found if len(n.words) > 1):
        same = next((p for p in reversed(people) if _compatible(p.words, named.words)), None)
        if same is None:
            same = _Person(named.words)
            people.append(same)
        elif len(named.words) > len(same.words) and named.words[-1] == same.words[-1]:
            same.words = named.words
        same.places.append(named)
        same.sex = same.sex or (named.title.sex if named.title else None)
    for named in (n for n in found if len(n.words) == 1):
        same = _bearer(people, named)
        if same is None:
            same = _Person(named.words)
            people.append(same)
        same.places.append(named)
        same.short = True
        same.sex = same.sex or (named.title.sex if named.title else None)
    for person in people:
        person.places.sort(key=lambda n: n.start)
    return people


def _compatible(a: list[str], b: list[str]) -> bool:
    """Two full names of one person: the same last word, and first words that agree or abbreviate each other."""
    if a == b or (len(a) > 1 and len(b) > 1 and sorted(a) == sorted(b)):
        return True
    if a[-1] != b[-1]:
        return len(a) != len(b) and min(len(a), len(b)) >= 2 and (a[: len(b)] == b or b[: len(a)] == a)
    x, y = a[0], b[0]
    return x == y or ((len(x) == 1 or len(y) == 1) and x[0] == y[0]) or set(a) <= set(b) or set(b) <= set(a)


def _bearer(people: list[_Person], named: Named) -> _Person | None:
    """The person whom a single name means: the last one named before it who bears it, else the first after."""
    word = named.words[0]
    ranked = [
        [p for p in people if (len(p.words) == 1 and p.words[0] == word) or (len(p.words) > 1 and p.words[-1] == word)],
        [p for p in people if len(p.words) > 1 and p.words[0] == word and (len(p.words) <= 3)],
        [p for p in people if len(p.words) > 2 and word in p.words[1:-1] and len(word) > 2],
    ]
    for bearers in ranked:
        fitting = [p for p in bearers if not (named.title and named.title.sex and p.sex and p.sex != named.title.sex)]
        if bearers and not fitting:
            return None
        before = [(bool(p.short), n.start, k) for k, p in enumerate(fitting) for n in p.places if n.start < named.start]
        if before:
            return fitting[max(before)[2]]
        if fitting:
            return min(fitting, key=lambda p: p.places[0].start)
    return None


# ---- who they are ---------------------------------------------------------------------------------------------------


def _put(board: Board, person: _Person) -> None:
    titles = [n.title for n in person.places if n.title and n.title.role]
    longest = max(person.places, key=lambda n: (len(n.words), -n.start))
    titles += [t for n in person.places if (t := title_after(board, n.start, n.end))]
    title = next(iter(titles), None)
    entity = Entity(board.text(longest.start, longest.end).replace("\n", " "), "person")
    entity.sex = person.sex
    entity.words = frozenset(person.words)
    post = _post(board, person, titles)
    _describe(entity, title, post)
    if entity.country is None:
        telling = next((t for t in titles if t.country), None)
        if telling is not None:
            entity.country = telling.country
            entity.because.append(f"{telling.country_why or telling.text} tells the country")
    entity.at_home = entity.country is None
    if entity.sex is None:
        entity.sex = given(person.words[0]) if len(person.words) > 1 else None
    if not entity.because:
        entity.because.append(f"the name '{entity.name}' and nothing that tells a post")
    board.entities[("person", *person.words, str(person.places[0].start))] = entity
    for named in person.places:
        board.mark(named.start, named.end, board.head(named.start, named.end), entity, "name")


def _post(board: Board, person: _Person, titles: list[Title]) -> Post | None:
    countries = [t.country for t in titles if t.country]
    if len(person.words) > 1:
        full = " ".join(person.words)
        post = holder(full, board, countries)
        if post is None and len(person.words) > 2:
            post = holder(f"{person.words[0]} {person.words[-1]}", board, countries)
        return post
    return post_by_surname(person.words[0], board, countries, [t.words for t in titles])


def _describe(entity: Entity, title: Title | None, post: Post | None) -> None:
    """Country, sectors and role from the title in the text and the post in the knowledge, with the reason."""
    clash = bool(
        title
        and title.country
        and post
        and post.country != title.country
        and not {title.country, post.country} & {"EUR", "IGO", "UNO"}
    )
    if post is not None and not clash:
        entity.country, entity.sectors, entity.role = post.country, post.sectors, post.role
        entity.because.append(post.because)
        if post.name and " " not in entity.name and post.name.split()[-1] != entity.name:
            entity.because.append(f"'{entity.name}' is taken for {post.name}")
    if title is None:
        if entity.role is None and not entity.sectors:
            entity.sectors = ("CVL",)
        return
    where = f" + {title.country_why}" if title.country_why else ""
    if title.former and not (post is not None and post.current):
        entity.sectors, entity.role = ("ELI",), title.text
    elif title.former:
        pass
    elif (
        post is None or clash or not (post.current or not title.sector or same_post(set(title.words), post.role or ""))
    ):
        entity.sectors, entity.role = (title.sector,) if title.sector else ("CVL",), title.text
    elif post.current or title.country in ("EUR", "IGO", "UNO") or not post.sectors:
        loose = title.neutral or (title.role is not None and title.role.words in _EPITHETS)
        entity.role = entity.role if loose and entity.role else title.text
        if not title.neutral and title.sector and not post.sure:
            entity.sectors = (title.sector,)
    entity.because.append(f"title '{title.text}'{where}")
    abroad = bool(DIPLOMATS & set(title.words)) and title.country in ("EUR", "IGO", "UNO")
    if title.country and (entity.country is None or clash or (title.country in ("EUR", "IGO", "UNO") and not abroad)):
        entity.country = title.country
