"""Persons: names found, put together over the document ("Wang" after "Wang Xiaohong"), with post and country by title or by knowledge."""

from __future__ import annotations

from dataclasses import dataclass, field

from quidnunc.actors._board import Board, Entity
from quidnunc.actors._holders import Post, holder, post_by_surname
from quidnunc.actors._knowledge import FAMILY_FIRST, facts, given
from quidnunc.actors._roles import SHORT_TITLES, TITLES, lexicon, look
from quidnunc.actors._spot import Hit, needs_support
from quidnunc.actors._states import names_like
from quidnunc.actors._titles import DIPLOMATS, Title, title_after, title_before
from quidnunc.language import Token

_PARTICLES = frozenset("al el bin bint ibn von van der den de la le di da dos del du ul ben abu ter st san santa".split())
_NEVER = frozenset(
    "the a an and or of monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december "
    "reuters ap afp god christmas easter internet twitter facebook brexit obamacare covid ebola zika".split()
)  # fmt: skip
_JUNIOR = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(slots=True)
class _Named:
    """One place where a person is named."""

    start: int
    end: int
    words: list[str]
    title: Title | None = None
    sure: bool = False


@dataclass(slots=True)
class _Person:
    """One person of the text."""

    words: list[str]
    places: list[_Named] = field(default_factory=list)
    sex: str | None = None


def put_people(board: Board) -> None:
    """Find, group and mark all persons."""
    found = _find(board)
    people = _group(board, found)
    for person in sorted(people, key=lambda p: p.places[0].start):
        _put(board, person)


# ---- finding --------------------------------------------------------------------------------------------------------


def _find(board: Board) -> list[_Named]:
    taken = [mark is not None for mark in board.named]
    found: list[_Named] = []

    def add(start: int, end: int, sure: bool) -> None:
        while start < end and board.keys[start] in TITLES or start < end and board.keys[start] in SHORT_TITLES and end - start > 1:
            start += 1
        while end > start and (not board.keys[end - 1] or board.keys[end - 1] == "s" or board.keys[end - 1] in _JUNIOR and end - start < 3):
            end -= 1
        if start >= end or any(taken[start:end]):
            return
        first = end
        if _nickname(board, end) and not any(taken[end : end + 4]):
            end += 4
        words = [w for i in (*range(start, first), *range(first + 3, end)) for w in board.keys[i].split() if w not in _JUNIOR and w != "s"]
        if words and not (len(words) == 1 and (words[0] in _NEVER or len(words[0]) < 2)):
            taken[start:end] = [True] * (end - start)
            found.append(_Named(start, end, words, sure=sure))

    for hit in board.hits:
        if hit.of("person") and not (board.named[hit.start] or hit.geo):
            add(hit.start, _stretch(board, hit.end), True)
    for ent in board.doc.ents:
        if ent.label_ == "PERSON":
            for start, end in _trim(board, ent.start, ent.end):
                token = board.tokens[start]
                if end - start > 1 or not (token.dep_ in ("compound", "amod") and token.head.pos_ == "NOUN" and token.head.i == end):
                    add(start, end, False)
    for i in range(len(board.tokens) - 1):
        if names_like(board, i):
            add(i, i + 2, True)
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


def _nickname(board: Board, end: int) -> bool:
    """ "C. A. (Dutch) Ruppersberger": the family name comes after the bracket."""
    tokens = board.tokens
    return (
        end + 3 < len(tokens) and tokens[end].text in ("(", '"', "“", "'") and tokens[end + 2].text in (")", '"', "”", "'") and tokens[end + 1].text.istitle()
        and tokens[end + 3].pos_ == "PROPN" and tokens[end + 3].text.istitle()
    )  # fmt: skip


def _stretch(board: Board, end: int) -> int:
    """A known name goes on where the recogniser's span does: "Marjorie Taylor" "Greene"."""
    tokens = board.tokens
    while end < len(tokens) and tokens[end].ent_iob_ == "I" and tokens[end].ent_type_ == "PERSON" and tokens[end].text[0].isupper() and board.keys[end] != "s":
        end += 1
    return end


def _trim(board: Board, start: int, end: int) -> list[tuple[int, int]]:
    """A recognised person without the titles, adjectives and stray words that the recogniser took along."""
    tokens, keys = board.tokens, board.keys
    while start < end:
        key, fact = keys[start], board.geo[start]
        role = lexicon().get(key) or lexicon().get(key.removesuffix("s"))
        if (not key or board.named[start] or fact or (role and not any(f.kind == "given" for f in facts(key))) or key in _NEVER or not tokens[start].text[0].isupper()) and (
            key not in _PARTICLES
        ):
            start += 1
        else:
            break
    stop = start
    while stop < end and not tokens[stop].is_space and tokens[stop].text not in ("'s", "’s", ",", ";", "(", "/", "_", "--", "—") and not board.named[stop]:
        stop += 1
    while stop > start and not (tokens[stop - 1].text[0].isupper() or tokens[stop - 1].text[0] == "."):
        stop -= 1
    one = stop - start == 1
    if stop <= start or (one and (len(tokens[start].text) < 2 or lexicon().get(keys[start]) or tokens[start].text.isupper() and len(tokens[start].text) < 5)):
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
        if j > start and (short or tokens[start].pos_ == "PROPN") and keys[start] not in _NEVER and len(keys[j - 1]) > 1:
            out.append((start, j))
    return out


def _surname_stands(board: Board, hit: Hit) -> bool:
    """Whether a bare surname of a head of state may be taken for him: in office then, and no common word unless recognised."""
    token = board.tokens[hit.start]
    if board.named[hit.start] or hit.geo or not token.text[0].isupper():
        return False
    if token.ent_type_ in ("GPE", "LOC", "FAC", "EVENT", "DATE", "WORK_OF_ART", "PRODUCT", "LAW") and token.ent_iob_ == "I":
        return False
    near = [f for f in hit.of("surname") if f.holds(board.day)] or [f for f in hit.of("surname") if f.rank == 0]
    if not near or needs_support(near[0]) and token.ent_type_ != "PERSON":
        return False
    return token.pos_ == "PROPN" or token.is_upper


def _repeated(board: Board, found: list[_Named], taken: list[bool]) -> list[tuple[int, int]]:
    """Later (or headline) mentions by surname that the recogniser missed or took for something else."""
    last = {named.words[-1] for named in found if len(named.words) > 1 and len(named.words[-1]) > 1}
    last |= {named.words[0] for named in found if len(named.words) == 2 and not given(named.words[0]) and len(named.words[0]) > 1}
    last |= {"".join(named.words[-2:]) for named in found if len(named.words) > 2 and named.words[-2] in _PARTICLES}
    out = []
    for i, key in enumerate(board.keys):
        if key in last and not taken[i] and board.tokens[i].text[0].isupper() and (board.tokens[i].pos_ == "PROPN" or board.tokens[i].ent_type_):
            nxt = board.tokens[i + 1] if i + 1 < len(board.tokens) else None
            glued = nxt is not None and nxt.pos_ == "PROPN" and nxt.ent_iob_ == "I" and board.tokens[i].ent_type_ != "PERSON"
            if not glued and not board.geo[i]:
                out.append((i, i + 1))
    return out


# ---- grouping -------------------------------------------------------------------------------------------------------


def _group(board: Board, found: list[_Named]) -> list[_Person]:
    people: list[_Person] = []
    for named in (n for n in found if len(n.words) > 1):
        same = next((p for p in reversed(people) if _compatible(p.words, named.words)), None)
        if same is None:
            same = _Person(named.words)
            people.append(same)
        elif len(named.words) > len(same.words):
            same.words = named.words
        same.places.append(named)
        same.sex = same.sex or (named.title.sex if named.title else None)
    for named in (n for n in found if len(n.words) == 1):
        same = _bearer(people, named)
        if same is None:
            same = _Person(named.words)
            people.append(same)
        same.places.append(named)
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
    return x == y or (len(x) == 1 or len(y) == 1) and x[0] == y[0] or set(a) <= set(b) or set(b) <= set(a)


def _bearer(people: list[_Person], named: _Named) -> _Person | None:
    """The person whom a single name means: the last one named before it who bears it, else the first after."""
    word = named.words[0]
    ranked = [
        [p for p in people if len(p.words) == 1 and p.words[0] == word or len(p.words) > 1 and p.words[-1] == word],
        [p for p in people if len(p.words) > 1 and p.words[0] == word and (len(p.words) <= 3)],
        [p for p in people if len(p.words) > 2 and word in p.words[1:-1] and len(word) > 2],
    ]
    for bearers in ranked:
        fitting = [p for p in bearers if not (named.title and named.title.sex and p.sex and p.sex != named.title.sex)]
        if bearers and not fitting:
            return None
        before = [(n.start, k) for k, p in enumerate(fitting) for n in p.places if n.start < named.start]
        if before:
            return fitting[max(before)[1]]
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
        entity.country = next((t.country for t in titles if t.country), None)
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
    clash = bool(title and title.country and post and post.country != title.country and not {title.country, post.country} & {"EUR", "IGO", "UNO"})
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
    elif post is None or clash:
        entity.sectors, entity.role = (title.sector,) if title.sector else ("CVL",), title.text
    elif post.current or title.country in ("EUR", "IGO", "UNO") or not post.sectors:
        entity.role = entity.role if title.neutral and entity.role else title.text
        if not title.neutral and title.sector and not post.sure:
            entity.sectors = (title.sector,)
    entity.because.append(f"title '{title.text}'{where}")
    abroad = bool(DIPLOMATS & set(title.words)) and title.country in ("EUR", "IGO", "UNO")
    if title.country and (entity.country is None or clash or title.country in ("EUR", "IGO", "UNO") and not abroad):
        entity.country = title.country


def family_first(country: str | None) -> bool:
    """Whether people of that country are written family name first."""
    return country in FAMILY_FIRST
