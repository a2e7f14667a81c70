"""Organisations that the recogniser sees and the knowledge has not: sector by their words, country by their company."""

from __future__ import annotations

from quidnunc.actors._board import Board, Entity
from quidnunc.actors._roles import look
from quidnunc.actors._words import WAYS, left_edge, named_inside, named_objects
from quidnunc.records import ActorKind

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
        if any(m is not None and (m.entity.kind != "state" or k == end - start - 1) for k, m in enumerate(marks)) or (
            marks[-1] is not None
        ):
            continue
        words = [w for k in range(start, end) for w in board.keys[k].split()]
        found = look(words) or look([*words[:-1], words[-1].removesuffix("s")]) if words else None
        if (
            not words
            or (found and found[0].shape != "body")
            or all(board.geo[k] for k in range(start, end) if board.keys[k])
            or (len(words) == 1 and words[0] in ("covid", "twitter", "god", "reps"))
        ):
            continue
        if len(words) == 1 and (
            found or not board.tokens[start].text[0].isupper() or board.tokens[start].pos_ not in ("PROPN", "NOUN")
        ):
            continue
        sector = found[0].sector if found else next((_ORG_WORDS[w] for w in reversed(words) if w in _ORG_WORDS), None)
        kind: ActorKind = (
            "company"
            if sector == "BUS"
            else "party"
            if sector == "PTY"
            else "armed_group"
            if sector == "REB"
            else "media"
            if sector == "JRN"
            else "organisation"
        )
        name = board.text(start, end)
        entity = board.entity(("org", " ".join(words)), name, kind, None, (sector,) if sector else ())
        entity.words = frozenset(words)
        if not entity.because:
            entity.because.append(
                f"'{name}' stands as an organisation's name"
                + (
                    f", '{next((w for w in reversed(words) if w in _ORG_WORDS), words[-1])}' tells its sector"
                    if sector
                    else ""
                )
            )
            _country_of_words(board, entity, start, end, board.head(start, end))
            entity.at_home = entity.country is None and sector not in ("NGO", None)
        board.mark(start, end, board.head(start, end), entity, "name")


def _country_of_words(board: Board, entity: Entity, start: int, end: int, head: int) -> None:
    """The country that an organisation's own words, its possessor or its of-phrase name."""
    found = named_inside(board, min(start, left_edge(board, board.tokens[head])), end)
    for prep in () if found else board.tokens[head].rights:
        if prep.dep_ == "prep" and prep.lower_ in WAYS:
            for obj in prep.children:
                found = found or (named_objects(board, obj) if obj.dep_ == "pobj" else [])
    if found:
        entity.country = found[0][0]
        entity.because.append(str(found[0][1]))
