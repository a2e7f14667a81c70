"""Role phrases and unknown organisations: "the interior minister", "Chinese state media", "two US warplanes", "protesters"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from quidnunc.actors._board import Board, Entity, Mark
from quidnunc.actors._roles import FORMER, Role, lexicon, look, sector_by_modifiers
from quidnunc.actors._titles import CHAIRS, DIPLOMATS
from quidnunc.language import Token
from quidnunc.records import ActorKind

_LEFT = frozenset({"amod", "compound", "nmod", "poss", "nummod", "quantmod", "advmod", "dep", "punct", "npadvmod", "appos"})
_OF = frozenset({"of", "in", "from", "for", "at", "inside", "with"})
_ABSTRACT = frozenset({"justice", "force", "power", "defence", "defense", "industry", "radio", "television", "customs", "prosecution", "labour", "executive", "general", "marine", "council", "board",
                       "leadership", "mission", "law enforcement", "campaign", "operator", "school", "college", "university", "hospital", "factory", "temple", "church", "mosque", "daily", "weekly", "faculty", "facility"})  # fmt: skip
"""Words that mean a building, a thing or an idea as often as an actor: alone they count only as subjects, objects or with a possessor."""
_VAGUE = frozenset({"member", "source", "figure", "side", "group", "team", "unit", "body", "board", "panel", "committee", "convoy", "network", "organization", "organisation", "camp", "wing", "branch",
                    "cell", "patrol", "agent", "operative", "partner", "founder", "successor", "predecessor", "counterpart", "chair", "deputy", "secretary", "director", "cofounder", "co founder",
                    "officer", "agents", "leaders", "agency", "commission", "council"})  # fmt: skip
_PEOPLE_NAMES = {"person": "generic", "people": "generic", "body": "organisation", "thing": "generic"}
_ORG_SECTOR = (
    ("GOV", "ministry department agency authority government administration office bureau council embassy commission treasury consulate municipality secretariat board service customs"),
    ("MIL", "army navy force forces brigade battalion regiment command guard corps squadron division fleet militia-army military marines"),
    ("COP", "police gendarmerie sheriff constabulary"),
    ("JUD", "court tribunal judiciary prosecutor supreme"),
    ("LEG", "parliament senate congress assembly house legislature knesset duma diet caucus"),
    ("PTY", "party alliance coalition campaign movement democrats republicans bloc league front"),
    ("EDU", "university college school institute academy"),
    ("BUS", "corp corporation inc company co ltd plc group bank holdings airlines airways industries motors energy oil gas steel technologies technology llc llp gmbh ag sa spa partners capital systems pharmaceuticals electronics telecom enterprises insurance"),
    ("LAB", "union federation-of-labor workers teachers teamsters"),
    ("NGO", "foundation association society watch network initiative fund trust coalition-for federation charity institute centre center forum committee"),
    ("JRN", "news times post journal herald tribune radio tv television magazine gazette press broadcasting daily"),
    ("REL", "church diocese mosque synagogue ministries"),
    ("REB", "brigades mujahideen liberation jihad rebels"),
    ("MED", "hospital clinic"),
)  # fmt: skip
_ORG_WORDS = {word: sector for sector, words in reversed(_ORG_SECTOR) for word in words.split()}


@dataclass(slots=True)
class _Phrase:
    """A role noun with its words: tokens [start, head]."""

    head: int
    start: int
    role: Role
    words: int
    plural: bool
    end: int
    """After the phrase: past the head for "chief of staff"."""


def put_organisations(board: Board) -> None:
    """Organisations that the recogniser sees and the knowledge has not: sector by their words."""
    for ent in board.doc.ents:
        if ent.label_ != "ORG":
            continue
        start, end = ent.start, ent.end
        while start < end and (board.tokens[start].pos_ in ("DET", "PUNCT", "PART") or board.tokens[start].is_space):
            start += 1
        while end > start and (not board.keys[end - 1] or board.keys[end - 1] == "s" or board.tokens[end - 1].is_space):
            end -= 1
        if start >= end or any(board.tokens[k].is_space for k in range(start, end)):
            continue
        marks = [board.named[k] for k in range(start, end)]
        if any(m is not None and (m.entity.kind != "state" or k == end - start - 1) for k, m in enumerate(marks)) or (marks[-1] is not None):
            continue
        words = [w for k in range(start, end) for w in board.keys[k].split()]
        found = look(words) or look([*words[:-1], words[-1].removesuffix("s")]) if words else None
        if not words or (found and found[0].shape != "body") or all(board.geo[k] for k in range(start, end) if board.keys[k]) or (len(words) == 1 and words[0] in ("covid", "twitter", "god", "reps")):
            continue
        if len(words) == 1 and (found or not board.tokens[start].text[0].isupper() or board.tokens[start].pos_ not in ("PROPN", "NOUN")):
            continue
        sector = found[0].sector if found else next((_ORG_WORDS[w] for w in reversed(words) if w in _ORG_WORDS), None)
        kind: ActorKind = "company" if sector == "BUS" else "party" if sector == "PTY" else "armed_group" if sector == "REB" else "media" if sector == "JRN" else "organisation"
        name = board.text(start, end)
        entity = board.entity(("org", " ".join(words)), name, kind, None, (sector,) if sector else ())
        entity.words = frozenset(words)
        if not entity.because:
            entity.because.append(f"'{name}' stands as an organisation's name" + (f", '{next((w for w in reversed(words) if w in _ORG_WORDS), words[-1])}' tells its sector" if sector else ""))
            _country_of_words(board, entity, start, end, board.head(start, end))
            entity.at_home = entity.country is None and sector not in ("NGO", None)
        board.mark(start, end, board.head(start, end), entity, "name")


def _country_of_words(board: Board, entity: Entity, start: int, end: int, head: int) -> None:
    """The country that an organisation's own words, its possessor or its of-phrase name."""
    found = _inside(board, min(start, _left_edge(board, board.tokens[head])), end)
    for prep in () if found else board.tokens[head].rights:
        if prep.dep_ == "prep" and prep.lower_ in _OF:
            for obj in prep.children:
                found = found or (_objects(board, obj) if obj.dep_ == "pobj" else [])
    if found:
        entity.country = found[0][0]
        entity.because.append(str(found[0][1]))


def put_phrases(board: Board) -> None:
    """All role phrases of the text."""
    past = 0
    for token in board.tokens:
        if token.i < past:
            continue
        if token.pos_ in ("NOUN", "PROPN", "ADJ") and board.keys[token.i]:
            phrase = _phrase(board, token)
            if phrase is not None:
                past = phrase.end
                _put(board, phrase)


def singular(token: Token, key: str) -> str:
    """The lemma of a noun, where the tagger took a plural for a name too ("Democrats", "Policemen")."""
    if token.pos_ == "NOUN":
        return " ".join([*key.split()[:-1], token.lemma_.lower()]) if key.isalpha() else key
    for ending, other in (("men", "man"), ("women", "woman"), ("ies", "y"), ("s", "")):
        if key.endswith(ending) and len(key) > len(ending) + 2 and not key.endswith("ss"):
            return key.removesuffix(ending) + other
    return key


def _phrase(board: Board, token: Token) -> _Phrase | None:
    i = token.i
    mark = board.named[i]
    if mark is not None or board.geo[i] is not None:
        return None
    start = _left_edge(board, token)
    words = [w for k in range(start, i) for w in board.keys[k].split()]
    key = board.keys[i]
    lemma = singular(token, key)
    longer = _with_of(board, token)
    if longer is not None and not _is_title(board, board.tokens[longer[1] - 1]):
        return _Phrase(i, start, longer[0], 2, token.tag_ in ("NNS", "NNPS"), longer[1])
    found = look([*words, key]) or look([*words, lemma])
    better = look([*words, lemma])
    if better and found and better[1] > found[1]:
        found = better
    if found is None or (token.pos_ == "ADJ" and not _nominal(token)) or (token.pos_ == "ADJ" and found[0].shape != "people"):
        return None
    if _is_title(board, token) or not _acts(board, token, found[0], words):
        return None
    plural = token.tag_ in ("NNS", "NNPS") or found[0].shape in ("body",) and False
    return _Phrase(i, start, found[0], found[1], plural, i + 1)


def _with_of(board: Board, token: Token) -> tuple[Role, int] | None:
    """ "chief of staff", "secretary of state", "member of parliament": a role whose head is its first word; and the token after it."""
    i = token.i
    if i + 2 >= len(board.tokens) or board.tokens[i + 1].lower_ != "of":
        return None
    lemma = singular(token, board.keys[i])
    for end in (i + 6, i + 5, i + 4, i + 3):
        found = lexicon().get(" ".join(k for k in (lemma, *board.keys[i + 1 : end]) if k))
        if found and end <= len(board.tokens) and board.keys[end - 1]:
            return found, end
    return None


def _nominal(token: Token) -> bool:
    return token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "conj") and token.tag_ in ("NNS", "NNPS", "NN", "NNP", "JJ")


def _left_edge(board: Board, head: Token) -> int:
    """The first token of the noun phrase that ends with ``head``, determiners left out."""
    start = head.i
    for child in head.lefts:
        if child.dep_ in _LEFT:
            start = min(start, child.left_edge.i)
    tokens = board.tokens
    while start < head.i and (tokens[start].pos_ in ("DET", "PRON", "PUNCT", "SPACE", "ADP", "CCONJ") or not board.keys[start] or tokens[start].lower_ in ("about", "some", "more", "than", "at", "least", "other")):
        start += 1
    for k in range(head.i - 1, start - 1, -1):
        if tokens[k].is_space or tokens[k].text in (";", ":", "(", ")", '"', "“", "”", "--", "—") or tokens[k].pos_ == "VERB" and tokens[k].dep_ == "relcl":
            return k + 1
    if head.i - start > 12:
        return head.i
    return start


def _is_title(board: Board, token: Token) -> bool:
    """ "President" in "President Xi": part of the person's name phrase, no mention of its own."""
    nxt = token.i + 1
    if nxt < len(board.tokens) and board.tokens[nxt].text == "." and nxt + 1 < len(board.tokens):
        nxt += 1
    mark = board.named[nxt] if nxt < len(board.tokens) else None
    return mark is not None and mark.entity.kind == "person" and mark.start == nxt and token.dep_ in ("compound", "nmod", "amod", "appos", "dep", "ROOT", "nsubj", "pobj", "dobj", "conj", "npadvmod") and (
        token.text[0].isupper() or token.dep_ in ("compound", "nmod", "amod")
    )  # fmt: skip


def _acts(board: Board, token: Token, role: Role, words: list[str]) -> bool:
    """Whether this use of a role noun stands for an actor."""
    if token.dep_ in ("compound", "nmod", "amod"):
        head = token.head
        if head.i > token.i and (look([singular(head, board.keys[head.i])]) or head.pos_ == "PROPN"):
            return False
        if role.words in _ABSTRACT or role.words in _VAGUE or token.tag_ == "NN" and role.shape == "thing":
            return False
    if role.neutral and role.words in _VAGUE:
        return bool(sector_by_modifiers(words)) or _names_somebody(board, token) or token.dep_ in ("nsubj", "nsubjpass")
    if role.words in _ABSTRACT:
        return bool(words) or token.dep_ in ("nsubj", "nsubjpass", "dobj") or token.tag_ == "NNS"
    if role.words == "major" or token.lemma_.lower() == "force" and token.tag_ == "NN" and not words:
        return False
    return not (role.shape == "thing" and token.dep_ == "pobj" and not words)


def _names_somebody(board: Board, token: Token) -> bool:
    return any(board.named[k] or board.geo[k] for k in range(token.left_edge.i, min(token.right_edge.i + 1, token.i + 8)))


def _put(board: Board, phrase: _Phrase) -> None:
    same = _same_thing(board, phrase)
    if same is not None:
        board.mark(phrase.start, phrase.end, phrase.head, same, "role")
        return
    words = [w for k in range(phrase.start, phrase.head) for w in board.keys[k].split()]
    role = phrase.role
    sector = (_sector_around(board, phrase, words) if role.neutral or role.words in CHAIRS else None) or role.sector
    if role.sector == "MIL" and not role.neutral:
        sector = _armed(board, phrase, words) or sector
    former = bool(FORMER & set(words)) and role.shape in ("person", "people") and sector in ("GOV", "LEG", "MIL", "COP", "JUD", "SPY")
    for country, why in _countries(board, phrase):
        entity = _entity(board, phrase, sector, country, former)
        if not entity.because:
            text = board.text(phrase.start, phrase.end)
            entity.because.append(f"the role phrase '{text}'" + (f" + {why}" if why else ""))
            entity.at_home = country is None and role.at_home and sector not in ("REF", "UNK") and not _foreign(words) and not (phrase.plural and role.words in ("government", "party", "administration", "parliament", "military", "army"))
        board.mark(phrase.start, phrase.end, phrase.head, entity, "role")


def _armed(board: Board, phrase: _Phrase, words: list[str]) -> str | None:
    """ "rebel forces", "the FDLR force", "police commander": not the army."""
    for k in range(phrase.start, phrase.head):
        mark = board.named[k]
        if mark is not None and mark.entity.kind == "armed_group" and mark.entity.sectors:
            return mark.entity.sectors[0]
    found = sector_by_modifiers(words)
    return found if found in ("REB", "COP", "UAF", "SPY") else None


def _same_thing(board: Board, phrase: _Phrase) -> Entity | None:
    """The named actor that a phrase is: "the Xinhua news agency", "Chinese carmaker BYD", "Hungary, a Russian ally,", "Hungary is a member"."""
    head, tokens = board.tokens[phrase.head], board.tokens
    sector = phrase.role.sector
    nxt = board.named[phrase.end] if phrase.end < len(tokens) else None
    if nxt is not None and nxt.start == phrase.end and nxt.entity.kind not in ("person", "group") and nxt.form == "name" and not phrase.plural and tokens[nxt.head].dep_ != "poss":
        if head.head.i == nxt.head and head.dep_ in ("compound", "nmod", "amod", "appos") or tokens[nxt.head].head.i == head.i and tokens[nxt.head].dep_ == "appos":
            return nxt.entity
    if phrase.head > 0 and not phrase.plural and phrase.role.shape == "body":
        k = phrase.end - 1 - phrase.words
        mark = board.named[k] if k >= phrase.start else None
        if mark is not None and mark.entity.kind not in ("person", "state", "group", "igo") and mark.entity.sectors[:1] in ((sector,), ()) and tokens[mark.end].text not in ("'s", "’s", "'", "’"):
            return mark.entity
    other = head.head if head.dep_ == "appos" else next((c for c in head.head.children if c.dep_ == "nsubj"), None) if head.dep_ == "attr" and head.head.lemma_ == "be" else None
    if other is not None and not phrase.plural:
        mark = board.named[other.i]
        if mark is not None and mark.entity.kind not in ("person", "group") and not (mark.entity.kind == "state" and phrase.role.shape == "body"):
            return mark.entity
    return None


def _foreign(words: list[str]) -> bool:
    return bool({"foreign", "international", "world", "western", "european", "arab", "relevant", "various", "african", "global", "overseas", "asian"} & set(words))


def _sector_around(board: Board, phrase: _Phrase, words: list[str]) -> str | None:
    before = words[: len(words) - phrase.words + 1]
    found = sector_by_modifiers(before)
    if found:
        return found
    for k in range(phrase.start, phrase.head):
        mark = board.named[k]
        if mark is not None and mark.entity.kind not in ("state", "person", "group") and mark.entity.sectors:
            return mark.entity.sectors[0]
    for prep in board.tokens[phrase.head].rights:
        if prep.dep_ == "prep" and prep.lower_ in ("of", "for", "at", "with", "from"):
            for obj in prep.children:
                if obj.dep_ == "pobj":
                    mark = board.named[obj.i]
                    if mark is not None:
                        return mark.entity.sectors[0] if mark.entity.sectors and mark.entity.kind != "person" else None
                    left = [w for k in range(_left_edge(board, obj), obj.i) for w in board.keys[k].split()]
                    role = look([*left, singular(obj, board.keys[obj.i])]) or look([board.keys[obj.i]])
                    if role and not role[0].neutral:
                        return role[0].sector
                    return sector_by_modifiers([*left, board.keys[obj.i]])
    return None


def _countries(board: Board, phrase: _Phrase) -> list[tuple[str | None, str | None]]:
    """The countries of a phrase, each with its reason; several for "U.S. and Chinese negotiators" or "the ministers of France and Germany"."""
    found = _inside(board, phrase.start, phrase.head)
    head = board.tokens[phrase.head]
    if not found:
        ways = {"of"} if phrase.role.words in DIPLOMATS else _OF
        for prep in head.rights:
            if prep.dep_ == "prep" and prep.lower_ in ways:
                for obj in prep.children:
                    if obj.dep_ == "pobj":
                        found = _objects(board, obj, phrase.role.at_home)
                if found:
                    break
    if not found:
        found = _apposed_or_shared(board, head)
    return list(dict(found).items()) if found else [(None, None)]


def _inside(board: Board, start: int, head: int) -> list[tuple[str | None, str | None]]:
    found: list[tuple[str | None, str | None]] = []
    for k in range(head - 1, start - 1, -1):
        fact, mark = board.geo[k], board.named[k]
        country, name = (fact.country, fact.name) if fact else (mark.entity.country, mark.entity.name) if mark is not None else (None, None)
        if country is None or any(c == country for c, _ in found):
            continue
        if found:
            token = board.tokens[k]
            joined = any(t.text.lower() in ("and", "or", ",", "/", "-", "&") for t in board.tokens[k + 1 : k + 4])
            if not (joined and token.pos_ in ("ADJ", "PROPN")):
                break
        if {board.keys[k - 1], board.keys[k - 2]} & {"pro", "anti"} and k > 1 and (board.keys[k - 1] in ("pro", "anti") or board.tokens[k - 1].text == "-"):
            continue
        if k + 2 < head and board.tokens[k + 1].text == "-" and board.tokens[k + 2].lower_ in ("backed", "led", "held", "controlled", "born", "supported", "based", "trained", "funded", "occupied", "sponsored", "style", "speaking", "aligned", "friendly") and board.tokens[k + 2].lower_ not in ("based", "led", "born"):
            continue
        found.append((country, f"'{name}' in the same phrase"))
    return found


def _objects(board: Board, obj: Token, home: bool = True) -> list[tuple[str | None, str | None]]:
    found: list[tuple[str | None, str | None]] = []
    for token in (obj, *obj.conjuncts):
        fact, mark = board.geo[token.i], board.named[token.i]
        country = fact.country if fact else mark.entity.country if mark is not None else None
        name = fact.name if fact else mark.entity.name if mark is not None else token.text
        if country is None and not found and home:
            inner = _inside(board, _left_edge(board, token), token.i)
            if inner:
                country, name = inner[0][0], token.text
        if country:
            found.append((country, f"'{name}' in '{board.text(token.i, token.i + 1) and board.tokens[token.i].head.text} {name}'"))
    return found


def _apposed_or_shared(board: Board, head: Token) -> list[tuple[str | None, str | None]]:
    if head.dep_ in ("appos", "attr") or any(c.dep_ == "appos" for c in head.children):
        others = [head.head] if head.dep_ == "appos" else [c for c in head.children if c.dep_ == "appos"]
        if head.dep_ == "attr":
            others = [c for c in head.head.children if c.dep_ == "nsubj"]
        for other in others:
            mark = board.named[other.i]
            if mark is not None and mark.entity.kind == "person" and mark.entity.country:
                return [(mark.entity.country, f"apposition to '{mark.entity.name}'")]
    return []


def _entity(board: Board, phrase: _Phrase, sector: str, country: str | None, former: bool) -> Entity:
    """The phrase's entity: the same for the same words and country; a government is one per state."""
    head = phrase.role.words
    text = board.text(phrase.start, phrase.end).replace("\n", " ")
    sectors = ("ELI",) if former else (sector,)
    kind: ActorKind = "generic"
    if phrase.role.shape == "body":
        kind = {"BUS": "company", "JRN": "media", "PTY": "party", "REB": "armed_group"}.get(sector, "organisation")  # type: ignore[assignment]
        if phrase.plural:
            kind = "group"
    elif phrase.plural or phrase.role.shape == "people":
        kind = "group"
    if country is not None and head in ("government", "administration") and sector == "GOV" and not phrase.plural and country not in ("EUR", "IGO", "UNO"):
        own = [w for k in range(phrase.start, phrase.head) for w in board.keys[k].split()]
        if not {"local", "regional", "provincial", "state", "city", "interim", "former"} & set(own):
            entity = board.entity(("government", country), text, "state", country, ("GOV",))
            return entity
    key = ("role", head if phrase.words > 1 else text.lower() if phrase.role.neutral else head, sector, country or "", "plural" if phrase.plural else "", "former" if former else "")
    if phrase.role.shape == "person" and not phrase.plural and _indefinite(board, phrase):
        key = (*key, str(phrase.head))
    entity = board.entity(key, text, kind, country, sectors)
    entity.plural = phrase.plural
    if phrase.role.shape == "person":
        entity.role = entity.role or text
    entity.words = frozenset(phrase.role.words.split())
    return entity


def _indefinite(board: Board, phrase: _Phrase) -> bool:
    return any(c.lower_ in ("a", "an", "another", "one") for c in board.tokens[phrase.head].lefts)


_ANAPHORA: dict[str, tuple[str, ...]] = {
    "bloc": ("igo",), "alliance": ("igo",), "union": ("igo", "organisation"), "organisation": ("igo", "organisation"), "organization": ("igo", "organisation"),
    "commission": ("igo",), "company": ("company",), "firm": ("company",), "giant": ("company",), "carmaker": ("company",), "group": ("armed_group", "organisation", "igo", "company"), "party": ("party",),
    "newspaper": ("media",), "paper": ("media",), "agency": ("media", "organisation"), "bank": ("company",), "airline": ("company",), "telecom giant": ("company",), "tech giant": ("company",),
    "movement": ("party", "armed_group"), "militia": ("armed_group",), "network": ("media",), "broadcaster": ("media",), "news agency": ("media",), "maker": ("company",), "regulator": ("organisation",),
}  # fmt: skip


def name_things(board: Board) -> None:
    """ "The bloc", "the company", "the country", "the group" mean the last named actor of their sort."""
    names = sorted((m for m in board.marks if m.form in ("name", "metonym")), key=lambda m: m.start)
    heads = {m.head: m for m in board.marks if m.form == "role"}
    for token in board.tokens:
        low = token.lower_
        if token.tag_ != "NN" or not (low in _ANAPHORA or low in ("country", "nation")) or not any(c.lower_ in ("the", "this", "that") for c in token.lefts):
            continue
        if any(c.dep_ == "prep" and c.lower_ == "of" for c in token.rights) or any(c.dep_ == "relcl" for c in token.rights) or any(board.named[c.i] for c in token.lefts):
            continue
        kinds = ("state",) if low in ("country", "nation") else _ANAPHORA[low]
        before = [m for m in names if m.start < token.i and m.entity.kind in kinds and board.sent_of[m.head] >= board.sent_of[token.i] - 3]
        adjective = next((board.geo[c.i] for c in token.lefts if board.geo[c.i]), None)
        if low == "commission":
            before = [m for m in before if m.entity.country == "EUR" and token.text.istitle()]
        if adjective is not None:
            before = [m for m in before if m.entity.country == adjective.country]
        if not before:
            continue
        here = [m for m in before if board.sent_of[m.head] == board.sent_of[token.i]]
        subjects = [m for m in here if board.tokens[m.head].dep_ in ("nsubj", "nsubjpass")] if kinds == ("state",) else []
        meant = (subjects or before)[-1].entity
        if kinds == ("state",) and not subjects:
            last = board.sent_of[token.i] - 1
            earlier = [m for m in before if board.sent_of[m.head] == last and board.tokens[m.head].dep_ in ("nsubj", "nsubjpass") and not m.as_place]
            often = Counter(m.entity.country for m in names if m.entity.kind == "state")
            meant = earlier[-1].entity if earlier else max(before, key=lambda m: (often[m.entity.country], m.start)).entity
        if token.i in heads:
            heads[token.i].entity = meant
        else:
            board.mark(token.i, token.i + 1, token.i, meant, "role")


def merge_roles(board: Board) -> None:
    """ "The minister" and "the president" mean the last person who bears that title; appositions mean the person beside them."""
    people = sorted((m for m in board.marks if m.form == "name" and m.entity.kind == "person"), key=lambda m: m.start)
    for mark in board.marks:
        if mark.form == "role" and not mark.entity.plural and mark.entity.kind == "generic":
            person = _same_person(board, mark, people)
            if person is not None and person.entity is not mark.entity:
                text = board.text(mark.start, mark.end)
                if not any(text in reason for reason in person.entity.because):
                    person.entity.because.append(f"'{text}' is taken for the same person")
                mark.entity = person.entity


def _same_person(board: Board, mark: Mark, people: list[Mark]) -> Mark | None:
    token = board.tokens[mark.head]
    beside = [token.head] if token.dep_ == "appos" else [c for c in token.children if c.dep_ == "appos"]
    for other in beside:
        named = board.named[other.i]
        if named is not None and named.entity.kind == "person":
            return named
    definite = any(c.lower_ in ("the", "his", "her") for c in token.lefts) or (token.text[0].isupper() and token.i > token.sent.start)
    if not definite:
        return None
    words, country = mark.entity.words, mark.entity.country
    for person in reversed([p for p in people if p.start < mark.start]):
        role = person.entity.role
        if role and words <= set(role.lower().replace("-", " ").split()) and country in (None, person.entity.country):
            return None if role.startswith("former") != bool(FORMER & set(board.keys[mark.start : mark.end])) else person
    return None
