"""First persons in quotations: "we will not talk" means whoever is quoted."""

from __future__ import annotations

from collections.abc import Sequence

from quidnunc.actors import Cast, Mention
from quidnunc.language import Doc
from quidnunc.records import Statement

FIRST_PERSON = frozenset(["i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"])


def with_speakers(doc: Doc, cast: Cast, statements: Sequence[Statement]) -> Cast:
    """The cast with first-person pronouns in the statements as mentions of their speakers; the same cast where there is none."""
    taken = {mention.head for mention in cast.mentions}
    spoken_by: dict[int, Mention] = {}
    for statement in statements:
        if statement.speaker is None:
            continue
        for start, end in statement.content:
            span = doc.char_span(start, end, alignment_mode="contract")
            for token in span or ():
                if token.lower_ in FIRST_PERSON and token.pos_ == "PRON" and token.i not in taken:
                    spoken_by[token.i] = Mention(
                        start=token.idx,
                        end=token.idx + len(token),
                        head=token.i,
                        actor=statement.speaker,
                        form="pronoun",
                    )
    return cast.with_mentions(spoken_by.values()) if spoken_by else cast
