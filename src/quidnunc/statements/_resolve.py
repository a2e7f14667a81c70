"""From attributions to statements: speakers become actors, and the chain back to the mouth is written down."""

from __future__ import annotations

from quidnunc.actors import Cast
from quidnunc.language import Doc
from quidnunc.records import Span, Statement, StatementSpans
from quidnunc.statements._find import Attribution, in_parse


def in_doc(doc: Doc, cast: Cast, *, outlet: str | None = None, agency: str | None = None) -> tuple[Statement, ...]:
    """The statements of a parsed article, in text order (ids "s1", "s2" ...).

    ``chain`` runs from the reader back to the mouth: outlet, agency, those who are cited for the citing, speaker.
    """
    attributions = [a for a in in_parse(doc) if a.speech]
    body = doc.text
    statements = []
    for number, a in enumerate(attributions, 1):
        names = [_name(o, body, cast) for o in _around(a, attributions)]
        speaker = _actor(a.speaker, cast)
        text = body[a.source[0][0] : a.source[0][1]]
        chain = [n for n in (outlet, agency, *names, _name(a, body, cast)) if n]
        statements.append(
            Statement(
                id=f"s{number}",
                speaker=speaker,
                speaker_text=text,
                cue=body[a.cue[0][0] : a.cue[0][1]],
                stance=a.stance,
                direct=a.direct,
                content=a.content,
                addressee=_actor(a.addressee, cast) if a.addressee is not None else None,
                chain=tuple(_without_repeats(chain)),
                spans=StatementSpans(speaker=a.source[0], cue=a.cue[0]),
            )
        )
    return tuple(statements)


def innermost(position: int, statements: tuple[Statement, ...]) -> Statement | None:
    """The statement with the shortest content that holds a character position."""
    best: tuple[int, Statement] | None = None
    for statement in statements:
        for start, end in statement.content:
            if start <= position < end and (best is None or end - start < best[0]):
                best = (end - start, statement)
    return best[1] if best else None


def _around(inner: Attribution, attributions: list[Attribution]) -> list[Attribution]:
    """The attributions in whose content another's cue stands, outermost first."""
    holders = [(c[1] - c[0], a) for a in attributions if a is not inner for c in a.content if _holds(c, inner.cue[0])]
    return [a for _, a in sorted(holders, key=lambda h: -h[0])]


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _actor(token: int, cast: Cast) -> str | None:
    mention = cast.at(token)
    return mention.actor if mention is not None and mention.head == token else None


def _name(a: Attribution, text: str, cast: Cast) -> str:
    actor = _actor(a.speaker, cast)
    return cast.actor(actor).name if actor is not None else text[a.source[0][0] : a.source[0][1]]


def _without_repeats(names: list[str]) -> list[str]:
    seen: list[str] = []
    for name in names:
        if name not in seen:
            seen.append(name)
    return seen
