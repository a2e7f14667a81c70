"""Role phrases: "the interior minister", "Chinese state media", "two US warplanes", "protesters"."""

from __future__ import annotations

from dataclasses import dataclass

from quidnunc.actors._board import Board, Entity
from quidnunc.actors._lists import words
from quidnunc.actors._roles import FORMER, Role, lexicon, look, sector_by_modifiers
from quidnunc.actors._titles import CHAIRS, DIPLOMATS
from quidnunc.actors._words import WAYS, Named, left_edge, named_inside, named_objects, singular
from quidnunc.language import Token
from quidnunc.records import ActorKind

_ABSTRACT = words("phrases.abstract")
"""Words that mean a building, a thing or an idea as often as an actor: alone they count only as subjects, objects or with a possessor."""
_VAGUE = words("phrases.vague")
_DONE_TO, _DONE_BY = words("phrases.done_to"), words("phrases.done_by")
_COUNTS, _NO_PEOPLE = words("phrases.counts"), words("phrases.no_people")
_SOMEBODY = Role("people", "CVL", "people", False, True)
_PEOPLE_NAMES = {"person": "generic", "people": "generic", "body": "organisation", "thing": "generic"}


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


def put_phrases(board: Board) -> None:
    """All role phrases of the text."""
    past = 0
    for token in board.tokens:
        if token.i < past:
            continue
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") and board.keys[token.i]:
            phrase = _phrase(board, token) or somebody(board, token)
            if phrase is not None:
                past = phrase.end
                _put(board, phrase)


def _phrase(board: Board, token: Token) -> _Phrase | None:
    i = token.i
    mark = board.named[i]
    if mark is not None or board.geo[i] is not None:
        return None
    start = left_edge(board, token)
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
    if (
        found is None
        or (token.pos_ == "ADJ" and not _nominal(token))
        or (token.pos_ == "ADJ" and found[0].shape != "people")
    ):
        return None
    if _is_title(board, token) or not _acts(board, token, found[0], words[: len(words) - found[1] + 1]):
        return None
    plural = token.tag_ in ("NNS", "NNPS")
    return _Phrase(i, start, found[0], found[1], plural, i + 1)


def somebody(board: Board, token: Token) -> _Phrase | None:
    """People without a role word: whoever is arrested or killed ("two sheikhs"), and counts of people ("dozens marched")."""
    i = token.i
    if (
        board.named[i] is not None
        or board.geo[i] is not None
        or token.ent_type_ in ("PERSON", "ORG", "GPE", "MONEY", "PERCENT", "DATE", "TIME")
    ):
        return None
    verb, lemma = token.head, singular(token, board.keys[i])
    done_to = token.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in _DONE_TO
    done_to = done_to and (verb.lemma_.lower() != "hang" or verb.lower_ == "hanged")
    done_by = token.dep_ == "nsubj" and verb.lemma_.lower() in _DONE_BY
    count = token.pos_ == "NUM" or lemma in _COUNTS
    if lemma in _NO_PEOPLE or any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children):
        return None
    if (count and (done_to or done_by)) or (done_to and token.pos_ == "NOUN"):
        return _Phrase(i, left_edge(board, token), _SOMEBODY, 1, token.tag_ in ("NNS", "CD") or count, i + 1)
    return None


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
    return token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "conj") and token.tag_ in (
        "NNS",
        "NNPS",
        "NN",
        "NNP",
        "JJ",
    )


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
        if (
            head.i > token.i
            and not token.nbor().is_quote
            and (look([singular(head, board.keys[head.i])]) or head.pos_ == "PROPN")
        ):
            return False
        if role.words in _ABSTRACT or role.words in _VAGUE or (token.tag_ == "NN" and role.shape == "thing"):
            return False
    if role.neutral and role.words in _VAGUE:
        return bool(sector_by_modifiers(words)) or _names_somebody(board, token) or token.dep_ in ("nsubj", "nsubjpass")
    if role.words in _ABSTRACT:
        return bool(words) or token.dep_ in ("nsubj", "nsubjpass", "dobj") or token.tag_ == "NNS"
    if role.words == "major" or (token.lemma_.lower() == "force" and token.tag_ == "NN" and not words):
        return False
    return not (role.shape == "thing" and token.dep_ == "pobj" and not words)


def _names_somebody(board: Board, token: Token) -> bool:
    if any(board.named[k] or board.geo[k] for k in range(left_edge(board, token), token.i)):
        return True
    of = (c for c in token.rights if c.dep_ == "prep" and c.lower_ == "of")
    return any(board.named[o.i] or board.geo[o.i] for prep in of for o in prep.children)


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
    former = (
        bool(FORMER & set(words))
        and role.shape in ("person", "people")
        and sector in ("GOV", "LEG", "MIL", "COP", "JUD", "SPY")
    )
    for country, why in _countries(board, phrase):
        entity = _entity(board, phrase, sector, country, former)
        if not entity.because:
            text = board.text(phrase.start, phrase.end)
            entity.because.append(f"the role phrase '{text}'" + (f" + {why}" if why else ""))
            entity.at_home = (
                country is None
                and role.at_home
                and sector not in ("REF", "UNK")
                and not _foreign(words)
                and not (
                    phrase.plural
                    and role.words in ("government", "party", "administration", "parliament", "military", "army")
                )
            )
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
    if (
        nxt is not None
        and nxt.start == phrase.end
        and nxt.form == "name"
        and nxt.entity.kind not in ("person", "group")
    ):
        before = head.head.i == nxt.head and head.dep_ in ("compound", "nmod", "amod", "appos")
        after = tokens[nxt.head].head.i == head.i and tokens[nxt.head].dep_ == "appos"
        if (before or (after and tokens[nxt.head].dep_ != "poss")) and not phrase.plural:
            return nxt.entity
    if phrase.head > 0 and not phrase.plural and phrase.role.shape == "body":
        k = phrase.end - 1 - phrase.words
        mark = board.named[k] if k >= phrase.start else None
        if (
            mark is not None
            and mark.entity.kind not in ("person", "state", "group", "igo")
            and mark.entity.sectors[:1] in ((sector,), ())
            and tokens[mark.end].text not in ("'s", "’s", "'", "’")
        ):
            return mark.entity
    other = (
        head.head
        if head.dep_ == "appos"
        else next((c for c in head.head.children if c.dep_ == "nsubj"), None)
        if head.dep_ == "attr" and head.head.lemma_ == "be"
        else None
    )
    if other is not None and not phrase.plural:
        mark = board.named[other.i]
        if (
            mark is not None
            and mark.entity.kind not in ("person", "group")
            and not (mark.entity.kind == "state" and phrase.role.shape == "body")
        ):
            return mark.entity
    return None


def _foreign(words: list[str]) -> bool:
    return bool(
        {
            "foreign",
            "international",
            "world",
            "western",
            "european",
            "arab",
            "relevant",
            "various",
            "african",
            "global",
            "overseas",
            "asian",
        }
        & set(words)
    )


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
                    left = [w for k in range(left_edge(board, obj), obj.i) for w in board.keys[k].split()]
                    role = look([*left, singular(obj, board.keys[obj.i])]) or look([board.keys[obj.i]])
                    if role and not role[0].neutral:
                        return role[0].sector
                    return sector_by_modifiers([*left, board.keys[obj.i]])
    return None


def _countries(board: Board, phrase: _Phrase) -> list[tuple[str | None, str | None]]:
    """The countries of a phrase, each with its reason; several for "U.S. and Chinese negotiators" or "the ministers of France and Germany"."""
    head = board.tokens[phrase.head]
    found = _possessor(board, phrase, head) or named_inside(board, phrase.start, phrase.head)
    if not found:
        ways = {"of"} if phrase.role.words in DIPLOMATS else WAYS
        for prep in head.rights:
            if prep.dep_ == "prep" and prep.lower_ in ways:
                for obj in prep.children:
                    if obj.dep_ == "pobj":
                        found = named_objects(board, obj, phrase.role.at_home)
                if found:
                    break
    if not found:
        found = _apposed_or_shared(board, head)
    return list(dict(found).items()) if found else [(None, None)]


def _possessor(board: Board, phrase: _Phrase, head: Token) -> Named:
    """ "BYD's first European factory": a body is its owner's, whatever adjectives follow."""
    if phrase.role.shape != "body":
        return []
    for child in head.lefts:
        mark = board.named[child.i] if child.dep_ == "poss" else None
        if mark is not None and mark.entity.country:
            return [(mark.entity.country, f"'{mark.entity.name}' owns it")]
    return []


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
    if (
        country is not None
        and head in ("government", "administration")
        and sector == "GOV"
        and not phrase.plural
        and country not in ("EUR", "IGO", "UNO")
    ):
        own = [w for k in range(phrase.start, phrase.head) for w in board.keys[k].split()]
        if not {"local", "regional", "provincial", "state", "city", "interim", "former"} & set(own):
            entity = board.entity(("government", country), text, "state", country, ("GOV",))
            return entity
    key: tuple[str, ...] = (
        "role",
        head if phrase.words > 1 else text.lower() if phrase.role.neutral else head,
        sector,
        country or "",
        "plural" if phrase.plural else "",
        "former" if former else "",
    )
    if phrase.role.shape == "person" and not phrase.plural and _indefinite(board, phrase):
        key = (*key, str(phrase.head))
    entity = board.entity(key, text, kind, country, sectors)
    entity.plural = phrase.plural
    entity.things = phrase.role.shape == "thing"
    if phrase.role.shape == "person":
        entity.role = entity.role or text
    entity.words = frozenset(phrase.role.words.split())
    return entity


def _indefinite(board: Board, phrase: _Phrase) -> bool:
    return any(c.lower_ in ("a", "an", "another", "one") for c in board.tokens[phrase.head].lefts)
