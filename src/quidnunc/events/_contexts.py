"""PLOVER contexts of a sentence, by the words in it."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from quidnunc.language import Sentence

MOST = 4
"""Contexts kept for one event: those with the most words, ties in the manual's order."""


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    text = (files("quidnunc.events") / "data" / "contexts.txt").read_text(encoding="utf8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            context, _, words = line.partition(":")
            for word in words.split():
                table.setdefault(word, []).append(context.strip())
    return {word: tuple(contexts) for word, contexts in table.items()}


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The 37 contexts in the manual's order."""
    return tuple(dict.fromkeys(c for contexts in _words().values() for c in contexts))


def contexts(sentence: Sentence) -> tuple[str, ...]:
    """The contexts that the sentence's words speak of, most words first."""
    table = _words()
    lemmas = [t.lemma_.lower() for t in sentence]
    found: dict[str, int] = {}
    for i, lemma in enumerate(lemmas):
        pair = f"{lemma}_{lemmas[i + 1]}" if i + 1 < len(lemmas) else ""
        for key in (lemma, pair):
            for context in table.get(key, ()):
                found[context] = found.get(context, 0) + 1
    order = {name: i for i, name in enumerate(names())}
    return tuple(sorted(found, key=lambda c: (-found[c], order[c]))[:MOST])
