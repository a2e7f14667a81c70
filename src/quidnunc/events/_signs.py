"""How probable it is that a word names an event here: a linear model over the word, its grammar and its neighbours.

``training/events.py`` fits it on the quidnunc corpus and on real sentences of Wikipedia's Current events; docs/events.md says how well it does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import numpy as np
import numpy.typing as npt

from quidnunc.errors import KnowledgeError
from quidnunc.events._reading import reading
from quidnunc.language import Token

MODEL = "signs.npz"


def signs(token: Token) -> list[str]:
    """What the model sees of a word: itself, its place in the sentence's grammar, its dependants, its neighbours, its reading in the lexicon."""
    lemma, dep, head = token.lemma_.lower(), token.dep_, token.head
    out = [
        f"l={lemma}/{token.pos_[:1]}", f"w={token.lower_}", f"tag={token.tag_}", f"dep={dep}", f"hl={head.lemma_.lower()}", f"hd={head.dep_}/{dep}",
        f"l+dep={lemma}/{dep}", f"l+hl={lemma}/{head.lemma_.lower()}", f"pre={token.lower_[:5]}", f"suf={token.lower_[-3:]}",
    ]  # fmt: skip
    for child in token.children:
        word, role = child.lemma_.lower(), child.dep_
        out += [f"k={role}", f"k={role}={word}", f"lk={lemma}={role}", f"lk={lemma}={role}={word}"]
        if child.ent_type_:
            out += [f"ke={role}={child.ent_type_}", f"lke={lemma}={role}={child.ent_type_}"]
    doc = token.doc
    out += [
        f"n{step}={doc[token.i + step].lemma_.lower()}" for step in (-2, -1, 1, 2) if 0 <= token.i + step < len(doc)
    ]
    act = reading(token)
    return [*out, "nolex"] if act is None else [*out, f"lex={act.type}", f"lex={act.type}{act.weight}", "lexed"]


@dataclass(frozen=True)
class Signs:
    """Weights of the signs, and the weight of none."""

    weights: dict[str, float]
    start: float

    def chance(self, token: Token) -> float:
        """The probability, from 0 to 1, that the word names an event that a careful coder writes down."""
        kept: dict[int, float] = token.doc.user_data.setdefault("event chances", {})
        if token.i not in kept:
            kept[token.i] = self._chance(token)
        return kept[token.i]

    def _chance(self, token: Token) -> float:
        total = self.start + sum(self.weights.get(sign, 0.0) for sign in dict.fromkeys(signs(token)))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def sign_arrays(names: list[str], weights: npt.NDArray[np.float64], start: float) -> dict[str, npt.NDArray[np.generic]]:
    """The model as arrays for the package's file."""
    text = np.frombuffer("\n".join(names).encode(), np.uint8)
    return {"names": text, "weights": weights.astype(np.float16), "start": np.array(start, np.float32)}


@cache
def model() -> Signs:
    """The model of the package. Raises KnowledgeError if its file is not whole."""
    try:
        with files("quidnunc.events").joinpath("data").joinpath(MODEL).open("rb") as file:
            arrays = dict(np.load(cast("str", file), allow_pickle=False))
        names = arrays["names"].tobytes().decode().split("\n")
        weights = arrays["weights"].astype(np.float64).tolist()
        return Signs(dict(zip(names, weights, strict=True)), float(arrays["start"][()]))
    except (OSError, KeyError, ValueError) as error:
        raise KnowledgeError(f"events/data/{MODEL}: {error}; reinstall the package") from error
