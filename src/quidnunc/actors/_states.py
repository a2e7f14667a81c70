"""Names of states, peoples, seats of government and organisations, put on the board: actor or only a place?"""

from __future__ import annotations

from collections import Counter

from quidnunc.actors._board import Board, Form
from quidnunc.actors._knowledge import Fact, facts
from quidnunc.actors._roles import look
from quidnunc.actors._spot import PLACE_LIKE, Hit
from quidnunc.language import Token
from quidnunc.records import ActorKind

_IN = frozenset("in at near across inside outside throughout within around off along through via into onto between".split())
_MOVE = frozenset(
    "go come travel trip visit fly return arrive move flee escape drive head depart leave journey stop tour send transfer extradite deport migrate "
    "expel evacuate walk cross sail ship rush back take bring airlift relocate arrival flight departure".split()
)  # fmt: skip
_PARTS = frozenset(
    "city capital town village province region border part north south east west northeast northwest southeast southwest street outskirt coast shore "
    "suburb centre center area state district island port streets airport interior rest third half square".split()
)  # fmt: skip
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
    if before is not None and before.text == "," and token.i > 1 and token.nbor(-2).ent_type_ == "GPE" and dep in ("appos", "dep", "conj", "npadvmod"):
        return True
    return dep == "compound" and head.lemma_.lower() in ("airport", "resident", "suburb", "border", "street", "area", "time")


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
            sure = {f.country for f in hit.facts if f.kind not in ("acronym", "surname") and f.rank <= 2 and f.holds(board.day)}
            if len(sure) == 1:
                seen[sure.pop()] += 1
    return seen


def _put(board: Board, hit: Hit, tally: Counter[str]) -> None:
    if hit.of("none") or _inside_other(board, hit):
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
    if fact.kind != "metonym" or owner is None or owner.country == fact.country or owner.country in ("EUR",) or not look(board.keys[hit.end - 1].split()):
        return fact
    return fact._replace(country=owner.country, sectors=fact.sectors if fact.sectors != ("MIL",) else ("GOV",))


_FIRST_NAMES = frozenset("paris chad jordan israel kenya sydney london brooklyn austin dallas florence victoria charlotte georgia lincoln madison chelsea india cuba ireland asia dakota carolina tyrone virginia nancy santiago lima troy".split())
"""Places whose names are also first names."""


def names_like(board: Board, i: int) -> bool:
    """ "Paris Hilton", "Chad Smith": a place that is a first name, before a capitalised word that nothing else is known of."""
    if board.keys[i] not in _FIRST_NAMES or i + 1 >= len(board.tokens):
        return False
    after = board.tokens[i + 1]
    key = board.keys[i + 1]
    if not (after.is_alpha and after.text.istitle() and after.pos_ == "PROPN" and board.tokens[i].text.istitle()) or look([key]) or look([key.removesuffix("s")]):
        return False
    return board.tokens[i].dep_ in ("compound", "nmod") and not any(f.kind not in ("person", "surname", "given", "place") for f in facts(key)) and after.ent_type_ not in ("DATE", "EVENT", "FAC")


def _inside_other(board: Board, hit: Hit) -> bool:
    """A place name within a longer name of something else: "Paris Hilton", "South China Sea", "Bank of Oklahoma"."""
    first = board.tokens[hit.start]
    kind = first.ent_type_
    if names_like(board, hit.start):
        return True
    if not kind or kind in ("GPE", "NORP", "DATE", "CARDINAL", "TIME", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE"):
        return False
    left, right = hit.start, hit.end
    while left > 0 and board.tokens[left].ent_iob_ == "I":
        left -= 1
    while right < len(board.tokens) and board.tokens[right].ent_iob_ == "I":
        right += 1
    geo = hit.geo
    if geo is None:
        lead = board.tokens[hit.start - 1] if hit.start else None
        return hit.end - hit.start == 1 and kind == "PERSON" and lead is not None and first.ent_iob_ == "I" and lead.text[0].isupper() and lead.is_alpha and not look([board.keys[lead.i]])
    if geo.kind in ("adjective", "demonym") and kind != "PERSON":
        return False
    rest = [t for t in board.tokens[hit.end : right] if t.text not in ("'s", "’s", "'", "’") and t.is_alpha and t.text[0].isupper()]
    before = [t for t in board.tokens[left : hit.start] if t.is_alpha and t.text[0].isupper()]
    if kind == "PERSON":
        if geo.kind in ("adjective", "demonym") or geo.rank == 0 and not rest and not before:
            return False
        near = [facts(board.keys[t.i]) for t in (*before, *rest)]
        return bool(near) and not any(f.kind in ("surname", "state", "adjective", "igo") for found in near for f in found)
    return kind in ("FAC", "LOC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT") and bool(rest) and geo.kind != "state"


def choose_geo(board: Board, hit: Hit) -> Fact | None:
    """The geographic reading of a name, in the light of the whole text ("Georgia", "Congo", "Jordan" and their like)."""
    geo = hit.geo
    if geo is None or any(f.kind == "igo" for f in hit.facts):
        return None
    key, words = geo.key, frozenset(board.keys)
    if key == "georgia" and _us_georgia(board, hit, words):
        return geo._replace(kind="place", country="USA")
    if key in ("jordan", "chad", "israel", "kenya", "ireland", "chelsea") and _is_person(board, hit, words):
        return None
    if key == "congo" and ("brazzaville" in words and "kinshasa" not in words):
        return geo._replace(country="COG")
    if key == "macedonia" and words & {"thessaloniki", "salonica"}:
        return geo._replace(kind="place", country="GRC")
    if key == "washington" and board.tokens[hit.start].ent_type_ == "PERSON" and board.tokens[hit.start].ent_iob_ == "I":
        return None
    others = {f.country for f in hit.facts if f.kind == geo.kind}
    if len(others) > 1:
        for fact in hit.facts:
            if fact.kind == geo.kind and fact.rank == 0:
                return fact
    if geo.kind == "place" and geo.rank > 0 and any(f.kind not in ("place", "given") for f in hit.facts):
        return None
    return geo


def _us_georgia(board: Board, hit: Hit, words: frozenset[str]) -> bool:
    state = {"tbilisi", "abkhazia", "ossetia", "saakashvili", "caucasus", "batumi", "georgians", "russia", "russian", "armenia", "azerbaijan", "ukraine", "moldova", "nato", "moscow", "soviet"}
    us = {"atlanta", "savannah", "augusta", "macon", "alabama", "florida", "carolina", "tennessee", "republican", "republicans", "democrat", "democrats", "kemp", "warnock", "county", "u", "senate", "texas", "arizona", "pennsylvania", "gop", "trump", "biden"}
    return len(words & us) > len(words & state)


def _is_person(board: Board, hit: Hit, words: frozenset[str]) -> bool:
    token = board.tokens[hit.start]
    after = board.tokens[hit.end] if hit.end < len(board.tokens) else None
    before = board.tokens[hit.start - 1] if hit.start else None
    home = {"jordan": {"amman", "jordanian", "hashemite", "abdullah", "king"}, "chad": {"ndjamena", "chadian", "deby", "darfur", "sudan", "niger", "sahel"}}
    if words & home.get(hit.facts[0].key, frozenset()):
        return False
    if after is not None and after.pos_ == "PROPN" and after.text[0].isupper() and not facts(board.keys[after.i]):
        return True
    if before is not None and before.pos_ == "PROPN" and any(f.kind == "given" for f in facts(board.keys[before.i])):
        return True
    named = any(t.lower_ == token.lower_ and t.i != token.i and t.ent_iob_ == "I" and t.ent_type_ == "PERSON" for t in board.tokens)
    return named or (token.ent_type_ == "PERSON" and token.dep_ != "pobj")


def _put_geo(board: Board, hit: Hit, geo: Fact) -> None:
    for i in range(hit.start, hit.end):
        board.geo[i] = geo
    if geo.kind == "place":
        return
    head = board.head(hit.start, hit.end)
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
        entity = board.entity(("government", country), geo.name, "igo" if country == "EUR" else "state", country, ("GOV",) if country != "EUR" else ())
        if not entity.because:
            entity.because.append(f"'{geo.name}' is the seat of government of {country} and is said to act ({geo.source})")
        board.mark(hit.start, hit.end, head, entity, "metonym")
        return
    if geo.kind == "capital" and country == "EUR":
        country = "BEL"
    name = geo.name if geo.kind != "capital" and not geo.name.replace(".", "").isupper() else state_name(country)
    key = ("pre", geo.name) if geo.kind == "pre" else ("state", country)
    entity = board.entity(key, name, "state", country, ("PRE",) if geo.kind == "pre" else ())
    if not entity.because:
        entity.because.append(f"'{geo.name}' is {'a name' if geo.kind != 'capital' else 'the capital'} of {country} ({geo.source})")
    board.mark(hit.start, hit.end, head, entity, "metonym" if geo.kind == "capital" else "name", where)


def _put_people(board: Board, hit: Hit, geo: Fact, head: int) -> None:
    """ "Russian attack" names the state, "the Russians" and "a Syrian" name people of it."""
    token = board.tokens[head]
    joined = head + 1 < len(board.tokens) and board.tokens[head + 1].text == "-"
    alone = geo.kind == "demonym" or (token.dep_ not in ("amod", "compound", "nmod", "poss") and token.pos_ in ("NOUN", "PROPN"))
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
    from quidnunc.actors._knowledge import state_rows

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
