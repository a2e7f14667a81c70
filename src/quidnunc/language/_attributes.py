"""Part of speech, features and lemma of each token, as spaCy's attribute ruler and lemmatizer give them, remembered.

What those two give a token follows from its word, tag and dependency and, for a few contractions, from the token beside it. Running them again for
every "the" costs a sixth of the parse; here each such combination is put to them once, in a document of its own.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

Key = tuple[int, int, int, str, str]
LEFT = re.compile(r"^(gon|got|let|y'?|ai|c'm)$")
RIGHT = re.compile(r"^(n'?t|na|ta|'s|on|all)$")
"""Words that make up a contraction with the word behind or before them."""
LARGEST = 400_000
"""Combinations that are remembered; then all are forgotten, so that memory stays bounded."""


class Attributes:
    """The component of the pipeline; ``ruler`` and ``lemmatizer`` are asked for what is not known yet."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.ruler: Any = nlp.get_pipe("attribute_ruler")
        self.lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self.known: dict[Key, tuple[int, int, int, int, int]] = {}
        self.expletive = nlp.vocab.strings["expl"]

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of every token."""
        if not len(doc):
            return doc
        rows = doc.to_array([ORTH, TAG, DEP]).tolist()
        keys = self._keys(rows)
        new = [i for i, key in enumerate(keys) if key not in self.known]
        if new:
            self._learn(doc, keys, new)
        found = np.array([self.known[key] for key in keys], dtype=np.uint64)
        doc.from_array([TAG, DEP, POS, MORPH, LEMMA], found)  # type: ignore[arg-type]
        return doc

    def _keys(self, rows: list[list[int]]) -> list[Key]:
        strings = self.nlp.vocab.strings
        words = [strings[orth].lower() for orth, _, _ in rows]
        keys: list[Key] = []
        last = len(rows) - 1
        for i, (orth, tag, dep) in enumerate(rows):
            before = words[i - 1] if i and (LEFT.match(words[i - 1]) or rows[i - 1][2] == self.expletive) else ""
            after = words[i + 1] if i < last and RIGHT.match(words[i + 1]) else ""
            if before and rows[i - 1][2] == self.expletive:
                before = "expl"
            keys.append((orth, tag, dep, before, after))
        return keys

    def _learn(self, doc: Doc, keys: list[Key], new: list[int]) -> None:
        """Ask for each new combination, the token between its neighbours."""
        if len(self.known) > LARGEST:
            self.known.clear()
            new = list(range(len(doc)))
        once = list({keys[i]: i for i in reversed(new)}.values())
        places: list[int] = []
        tokens: list[int] = []
        for i in once:
            _, _, _, before, after = keys[i]
            around = [*([i - 1] if before else []), i, *([i + 1] if after else [])]
            places.append(len(tokens) + around.index(i))
            tokens += around
        asked = Doc(
            self.nlp.vocab,
            words=[doc[k].text for k in tokens],
            tags=[doc[k].tag_ for k in tokens],
            deps=[doc[k].dep_ for k in tokens],
            heads=list(range(len(tokens))),
        )
        answered = self.lemmatizer(self.ruler(asked)).to_array([TAG, DEP, POS, MORPH, LEMMA])
        for i, place in zip(once, places, strict=True):
            self.known[keys[i]] = tuple(answered[place].tolist())


@Language.factory("attributes")
def _attributes(nlp: Language, name: str) -> Attributes:
    return Attributes(nlp)


def remember(nlp: Language) -> None:
    """Put the component in the place of the ruler and the lemmatizer."""
    nlp.add_pipe("attributes", after="lemmatizer")
    nlp.select_pipes(disable=["attribute_ruler", "lemmatizer"])
