"""Speakers before a colon or at a headline's end: ``TAPPER: What did ...``, ``Troops to leave by June - ministry``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quidnunc.language import Doc
from quidnunc.records import Span
from quidnunc.statements._cues import cues
from quidnunc.statements._spans import trim

LONGEST_NAME = 60
SPEAKER = re.compile(
    r"(?P<name>[A-Z][\w.'’-]*(?: [A-Z(][\w.'’)-]*| (?:of|the|for|de|al|bin|van|von)\b){0,7})(?P<cue>:)(?= ?[\w“\"'‘\[(])"
)
CLOSER = re.compile(r"(?P<cue>: | [-–—] )(?P<name>[A-Za-z][\w.'’ -]{2,40})$")
NO_SPEAKERS = frozenset(
    "update note warning photo photos video watch read related editor correction exclusive opinion analysis live breaking factbox explainer timeline source sources chart map "
    "image listen more here question summary key highlights background what why how who when where the latest".split()
)
SAYING = frozenset(
    "minister ministry official officials police report reports sources source spokesman spokeswoman spokesperson president army military state media agency agencies "
    "government premier court lawyer union witnesses witness activists monitor diplomat diplomats un eu nato study poll survey analyst analysts envoy ngo rights group".split()
)


@dataclass(frozen=True)
class Turn:
    """Who speaks, the mark that says so, and what is said."""

    source: Span
    cue: Span
    content: Span
    speaker: int
    trigger: int
    direct: bool


def turns(doc: Doc) -> Iterator[Turn]:
    """The turns of an interview or transcript, and the sources that headlines name."""
    text = doc.text
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        turn = _turn(doc, text, start, end) or _headline(doc, text, start, end) or _title(doc, text, start, end)
        if turn is not None:
            yield turn
        start += len(line) + 1


def _turn(doc: Doc, text: str, start: int, end: int) -> Turn | None:
    found = SPEAKER.match(text, start, end)
    if found is None or len(found["name"]) > LONGEST_NAME or found["name"].split()[0].lower() in NO_SPEAKERS:
        return None
    content = trim(text, (found.end("cue"), end))
    if content[1] - content[0] < 15 or (found["name"].islower()):
        return None
    return _made(doc, found.span("name"), found.span("cue"), content, direct=True)


def _headline(doc: Doc, text: str, start: int, end: int) -> Turn | None:
    if end - start > 160 or text[start:end].rstrip().endswith((".", "?", "!", "”", '"')):
        return None
    found = CLOSER.search(text, start, end)
    if found is None or not SAYING & set(found["name"].lower().split()):
        return None
    content = trim(text, (start, found.start("cue")))
    if content[1] - content[0] < 15:
        return None
    at = found.start("cue") + (1 if found["cue"][0] == " " else 0)
    return _made(doc, found.span("name"), (at, at + 1), content, direct=False)


def _title(doc: Doc, text: str, start: int, end: int) -> Turn | None:
    """``Union Chief Praises Rail Deal``: a headline in capitals, in which the parser sees no verb."""
    span = doc.char_span(start, end, alignment_mode="contract")
    if span is None or not 4 <= len(span) <= 25 or text[start:end].rstrip().endswith((".", "!")):
        return None
    if sum(t.text[:1].islower() for t in span if t.is_alpha and len(t) > 4) > 0:
        return None
    for token in span[1:-1]:
        if token.pos_ in ("PROPN", "NOUN") and _third_person(token.lower_):
            left, right = doc[span.start : token.i], doc[token.i + 1 : span.end]
            return Turn(
                trim(text, (left.start_char, left.end_char)), (token.idx, token.idx + len(token)),
                trim(text, (right.start_char, right.end_char)), left.root.i, token.i, False,
            )  # fmt: skip
    return None


def _third_person(word: str) -> bool:
    stems = [word[:-1]] if word.endswith("s") else []
    stems += [word[:-2]] if word.endswith("es") else []
    stems += [word[:-3] + "y"] if word.endswith("ies") else []
    return any((stem, "V") in cues() and (stem, "N") not in cues() for stem in stems)


def _made(doc: Doc, name: Span, cue: Span, content: Span, *, direct: bool) -> Turn | None:
    speaker = doc.char_span(*name, alignment_mode="expand")
    mark = doc.char_span(*cue, alignment_mode="expand")
    if speaker is None or mark is None:
        return None
    return Turn(name, cue, content, speaker.root.i, mark[0].i, direct)
