"""Sentences, tokens and their grammar: the only room that knows the parser.

parse(text) -> Doc                one text
parse_all(texts) -> Iterator      many, in batches
sentences(doc), sentence_of(token)    cut once for a text
Doc, Sentence, Token              the parsed text, its sentences and tokens: offsets everywhere, nothing copied
"""

from quidnunc.language._parser import (
    BATCH,
    Doc,
    Sentence,
    Token,
    model_name,
    parse,
    parse_all,
    ready,
    sentence_of,
    sentences,
)

__all__ = ["BATCH", "Doc", "Sentence", "Token", "model_name", "parse", "parse_all", "ready", "sentence_of", "sentences"]
