"""Names of states, peoples, seats of government and organisations, put on the board: actor or only a place?"""

from __future__ import annotations

from collections import Counter

from quidnunc.actors._board import Board, Form
from quidnunc.actors._homonyms import choose_geo, inside_other
from quidnunc.actors._knowledge import Fact, state_rows
from quidnunc.actors._lists import words
from quidnunc.actors._roles import look
from quidnunc.actors._spot import PLACE_LIKE, Hit
from quidnunc.language import Token
from quidnunc.records import ActorKind

_IN = words("states.in")
_MOVE = words("states.move")
_PARTS = words("states.parts")
_PARTITION = _PARTS | {"people", "city", "town", "area"}

KINDS: dict[str, ActorKind] = {
    "igo": "igo", "party": "party", "acronym": "party", "armed_group": "armed_group", "company": "company", "media": "media",
    "organisation": "organisation", "metonym": "organisation", "state": "state", "group": "group", "generic": "generic",
}  # fmt: skip


def as_place(token: Token) -> bool:
    """Whether a place name is used only to say where: "met in Beijing", "a visit to Budapest", "the capital of France"."""
    dep, head = token.dep_, token.head
    if dep == "pobj":
        prep = head.lower_
        if prep in _IN:
            return True
        ruler = head.head
        if prep in ("to", "from", "for", "towards", "toward"):
            return ruler.lemma_.lower() in _MOVE
        if prep == "of":
            return ruler.lemma_.lower() in _PARTS
        return prep == "over" and ruler.lemma_.lower() in ("fly", "shoot")
    if dep in ("conj", "appos") and head.ent_type_ in ("GPE", "LOC"):
        return as_place(head)
    if dep in ("npadvmod", "advmod"):
        return True
    before = token.nbor(-1) if token.i else None
    if (
        before is not None
        and before.text == ","
        and token.i > 1
        and token.nbor(-2).ent_type_ == "GPE"
        and dep in ("appos", "dep", "conj", "npadvmod")
    ):
        return True
    return dep == "compound" and head.lemma_.lower() in (
        "airport",
        "resident",
        "suburb",
        "border",
        "street",
        "area",
        "time",
    )


def put_names(board: Board) -> None:
    """All known names except people's: states, peoples, seats, organisations, parties, groups, companies, media."""
    tally = _tally(board)
    for hit in board.hits:
        _put(board, hit, tally)


def _tally(board: Board) -> Counter[str]:
    """How often the text names each country, for names that need support."""
    seen: Counter[str] = Counter()
    for hit in board.hits:
        if hit.geo is not None:
            seen[hit.geo.country] += 1
        else:
            sure = {
                f.country
                for f in hit.facts
                if f.kind not in ("acronym", "surname") and f.rank <= 2 and f.holds(board.day)
            }
            if len(sure) == 1:
                seen[sure.pop()] += 1
    return seen


def _put(board: Board, hit: Hit, tally: Counter[str]) -> None:
    if hit.of("none") or inside_other(board, hit):
        return
    geo = choose_geo(board, hit)
    if geo is not None:
        _put_geo(board, hit, geo)
        return
    fact = _choose(board, hit, tally)
    if fact is None:
        return
    fact = _of_another(board, hit, fact)
    kind = KINDS[fact.kind]
    entity = board.entity((fact.kind, fact.name, fact.country), fact.name, kind, fact.country, fact.sectors)
    if not entity.because:
        entity.because.append(f"the name '{board.text(hit.start, hit.end)}' is known ({fact.source})")
    form: Form = "metonym" if fact.kind == "metonym" else "name"
    board.mark(hit.start, hit.end, board.head(hit.start, hit.end), entity, form)


def _of_another(board: Board, hit: Hit, fact: Fact) -> Fact:
    """ "Chile's Defense Department": a generic name under another state's possessor or adjective is that state's."""
    i = hit.start - 1
    if i > 0 and board.tokens[i].text in ("'s", "’s", "'", "’"):
        i -= 1
    owner = board.geo[i] if i >= 0 else None
    if (
        fact.kind != "metonym"
        or owner is None
        or owner.country == fact.country
        or owner.country in ("EUR",)
        or not look(board.keys[hit.end - 1].split())
    ):
        return fact
    return fact._replace(country=owner.country, sectors=fact.sectors if fact.sectors != ("MIL",) else ("GOV",))


def _is_language(token: Token) -> bool:
    """ "in French", "she speaks Spanish": no people is meant."""
    if token.ent_type_ == "LANGUAGE":
        return True
    alone = token.pos_ in ("PROPN", "NOUN", "ADJ") and not any(c.dep_ == "det" for c in token.lefts)
    spoken = token.dep_ == "dobj" and token.head.lemma_.lower() in ("speak", "learn", "understand", "teach", "study")
    return alone and (spoken or (token.dep_ == "pobj" and token.head.lower_ in ("in", "into")))


def _put_geo(board: Board, hit: Hit, geo: Fact) -> None:
    if geo.kind == "adjective" and _is_language(board.tokens[hit.start]):
        return
    for i in range(hit.start, hit.end):
        board.geo[i] = geo
    head = board.head(hit.start, hit.end)
    if geo.kind == "place":
        _put_place(board, hit, geo, head)
        return
    token = board.tokens[head]
    country = geo.country
    if geo.kind in ("adjective", "demonym"):
        _put_people(board, hit, geo, head)
        return
    where = as_place(token)
    if country == "EUR" and geo.kind == "adjective":
        _put_people(board, hit, geo, head)
        return
    if geo.kind == "capital" and not where:
        entity = board.entity(
            ("government", country),
            geo.name,
            "igo" if country == "EUR" else "state",
            country,
            ("GOV",) if country != "EUR" else (),
        )
        if not entity.because:
            entity.because.append(
                f"'{geo.name}' is the seat of government of {country} and is said to act ({geo.source})"
            )
        board.mark(hit.start, hit.end, head, entity, "metonym")
        return
    if geo.kind == "capital" and country == "EUR":
        country = "BEL"
    name = geo.name if geo.kind != "capital" and not geo.name.replace(".", "").isupper() else state_name(country)
    key = ("pre", geo.name) if geo.kind == "pre" else ("state", country)
    entity = board.entity(key, name, "state", country, ("PRE",) if geo.kind == "pre" else ())
    if not entity.because:
        entity.because.append(
            f"'{geo.name}' is {'a name' if geo.kind != 'capital' else 'the capital'} of {country} ({geo.source})"
        )
    board.mark(hit.start, hit.end, head, entity, "metonym" if geo.kind == "capital" else "name", where)


_VISITS = frozenset({"visit", "trip", "travel", "tour", "fly", "arrive", "arrival", "journey"})
_ACTED_ON = frozenset({"against", "by", "with", "on"})


def _put_place(board: Board, hit: Hit, geo: Fact, head: int) -> None:
    """A city or province is an actor only where it acts or is acted on ("shelled Kharkiv", "Texas sued"), its state's soil where it is visited."""
    token = board.tokens[head]
    if geo.rank > 0 and token.ent_type_ not in ("GPE", "LOC"):
        return
    if as_place(token):
        if token.dep_ == "pobj" and token.head.head.lemma_.lower() in _VISITS:
            entity = board.entity(("state", geo.country), state_name(geo.country), "state", geo.country)
            entity.because = entity.because or [f"'{geo.name}' lies in {geo.country} ({geo.source})"]
            board.mark(hit.start, hit.end, head, entity, "metonym", True)
        return
    acts = token.dep_ in ("nsubj", "nsubjpass", "dobj", "poss") or (
        token.dep_ == "pobj" and token.head.lower_ in _ACTED_ON
    )
    if acts:
        entity = board.entity(
            ("place", geo.name, geo.country),
            geo.name,
            "organisation",
            geo.country,
            ("GOV",) if token.dep_ == "nsubj" else (),
        )
        entity.because = entity.because or [
            f"'{geo.name}', a place in {geo.country}, acts or is acted on here ({geo.source})"
        ]
        board.mark(hit.start, hit.end, head, entity, "metonym")


def _put_people(board: Board, hit: Hit, geo: Fact, head: int) -> None:
    """ "Russian attack" names the state, "the Russians" and "a Syrian" name people of it."""
    token = board.tokens[head]
    joined = head + 1 < len(board.tokens) and board.tokens[head + 1].text == "-"
    alone = geo.kind == "demonym" or (
        token.dep_ not in ("amod", "compound", "nmod", "poss") and token.pos_ in ("NOUN", "PROPN")
    )
    if not joined and (alone or (token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj") and token.pos_ == "ADJ")):
        entity = board.entity(("people", geo.country), geo.name, "group", geo.country)
        entity.plural = True
    elif geo.country == "EUR":
        entity = board.entity(("igo", "European Union", "EUR"), "European Union", "igo", "EUR")
    else:
        entity = board.entity(("state", geo.country), state_name(geo.country), "state", geo.country)
    if not entity.because:
        entity.because.append(f"'{geo.name}' is the {geo.kind} of {geo.country} ({geo.source})")
    board.mark(hit.start, hit.end, head, entity, "demonym")


_NAMES: dict[str, str] = {}


def state_name(country: str) -> str:
    """The everyday English name of a state."""
    if not _NAMES:
        _NAMES.update(_state_names())
    return _NAMES.get(country, country)


def _state_names() -> dict[str, str]:

    best: dict[str, tuple[int, int, str]] = {}
    for country, name, rank, source in state_rows():
        if not name.replace(".", "").isupper() and "of" not in name.split():
            score = (0 if source == "CLDR" else 1 if rank == 0 else 2, len(name), name)
            best[country] = min(best.get(country, score), score)
    return {country: name for country, (_, _, name) in best.items()} | {
        "USA": "United States", "GBR": "United Kingdom", "COD": "DR Congo", "RUS": "Russia", "CHN": "China", "MMR": "Myanmar", "TUR": "Turkey", "CZE": "Czech Republic",
        "KOR": "South Korea", "PRK": "North Korea", "HKG": "Hong Kong", "PSE": "Palestine", "COG": "Congo-Brazzaville", "FRA": "France", "VAT": "Holy See", "EUR": "European Union",
    }  # fmt: skip


def _choose(board: Board, hit: Hit, tally: Counter[str]) -> Fact | None:
    """Of an organisation's possible readings the one that holds on the day and that the text supports."""
    found = [f for f in hit.facts if f.kind in KINDS and f.kind not in ("state",)]
    held = [f for f in found if f.holds(board.day)] or found
    if not held:
        return None
    sure = [f for f in held if f.rank < 9]
    supported = [f for f in held if f.country and tally[f.country]]
    if sure and min(f.rank for f in sure) == 0:
        top = [f for f in sure if f.rank == 0]
        return max(top, key=lambda f: (tally[f.country], -top.index(f)))
    if supported:
        return max(supported, key=lambda f: (tally[f.country], -f.rank))
    lone = {f.country for f in sure}
    if sure and (len(lone) == 1 or hit.end - hit.start >= 3):
        return min(sure, key=lambda f: (f.rank, f.country))
    return None


def place_like(fact: Fact | None) -> bool:
    """Whether a geographic fact is of a place rather than of a people."""
    return fact is not None and fact.kind in PLACE_LIKE
