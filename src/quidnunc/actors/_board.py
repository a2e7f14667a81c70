"""The actors of one text while they are being worked out: entities, and the marks that they leave on the tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from quidnunc.actors._knowledge import Fact
from quidnunc.actors._spot import Hit
from quidnunc.language import Doc, Token, sentences
from quidnunc.records import ActorKind

Form = Literal["name", "role", "pronoun", "metonym", "demonym"]


@dataclass(eq=False, slots=True)
class Entity:
    """An actor in the making. ``because`` collects the evidence, in words."""

    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    sex: str | None = None
    plural: bool = False
    because: list[str] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    """Folded words by which a later, shorter phrase may mean it."""
    things: bool = False
    """Warplanes, tanks, ships: they come from the state that acts, not from where they are."""
    at_home: bool = False
    """Whether its country is, for want of better, that of its surroundings."""


@dataclass(eq=False, slots=True)
class Mark:
    """An entity stands at tokens [start, end), its head at ``head``."""

    start: int
    end: int
    head: int
    entity: Entity
    form: Form
    as_place: bool = False


class Board:
    """Tokens, their folded words, known names and what has been marked so far."""

    def __init__(self, doc: Doc, keys: list[str], hits: list[Hit], day: str) -> None:
        self.doc, self.keys, self.hits, self.day = doc, keys, hits, day
        self.tokens: list[Token] = list(doc)
        self.marks: list[Mark] = []
        self.entities: dict[tuple[str, ...], Entity] = {}
        self.named: list[Mark | None] = [None] * len(doc)
        """The name mark that covers each token."""
        self.geo: list[Fact | None] = [None] * len(doc)
        """The geographic fact of each token that is part of a state's, city's or people's name."""
        self.sent_of: list[int] = [0] * len(doc)
        self.para_of: list[int] = [0] * len(doc)
        for number, sent in enumerate(sentences(doc)):
            for i in range(sent.start, sent.end):
                self.sent_of[i] = number
        paragraph = 0
        for i, token in enumerate(self.tokens):
            self.para_of[i] = paragraph
            paragraph += token.is_space and "\n" in token.text

    def mark(self, start: int, end: int, head: int, entity: Entity, form: Form, as_place: bool = False) -> Mark:
        """Put an entity on tokens; names claim their tokens."""
        made = Mark(start, end, head, entity, form, as_place)
        self.marks.append(made)
        if form in ("name", "metonym"):
            for i in range(start, end):
                self.named[i] = made
        return made

    def entity(
        self,
        key: tuple[str, ...],
        name: str,
        kind: ActorKind,
        country: str | None = None,
        sectors: tuple[str, ...] = (),
    ) -> Entity:
        """The entity of that key, made at first sight."""
        found = self.entities.get(key)
        if found is None:
            found = self.entities[key] = Entity(name, kind, country or None, sectors)
        return found

    def text(self, start: int, end: int) -> str:
        """The text of tokens [start, end)."""
        return self.doc[start:end].text

    def head(self, start: int, end: int) -> int:
        """The grammatical head of tokens [start, end)."""
        return int(self.doc[start:end].root.i) if end > start + 1 else start
