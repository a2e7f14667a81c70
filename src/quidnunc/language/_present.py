"""Verbs of the news present that the tagger takes for nouns: "police arrest 43", "a court orders Twitter to pay".

Two repairs, each only where the sentence has no other verb to stand on. A noun that the parser itself gave a subject is a verb. And where the parser hung everything on a noun,
the sentence is parsed again with that word in the past tense ("ordered"), which cannot be read as a noun; if it then carries the sentence, that reading is kept.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

TRIES = 3
"""Words of a sentence that are tried at most."""
LONGEST = 60
"""Tokens of a sentence that is still parsed again: longer ones without a verb are lists."""
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
OBJECTS = frozenset({"dobj", "dative", "xcomp", "ccomp", "oprd"})
AFTER = frozenset({"DT", "JJ", "CD", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "TO", "IN", "RB", "$", "``", ".", "RP"})
IRREGULAR = {
    "bid": "bid", "break": "broke", "build": "built", "buy": "bought", "cut": "cut", "draw": "drew", "fall": "fell", "fight": "fought", "hit": "hit", "hold": "held",
    "lead": "led", "leave": "left", "meet": "met", "quit": "quit", "rise": "rose", "run": "ran", "sell": "sold", "shoot": "shot", "shut": "shut", "split": "split",
    "strike": "struck", "win": "won",
}  # fmt: skip
"""Past of those words that are nouns and irregular verbs alike."""


class Present:
    """The component of the pipeline."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        lookups: Any = nlp.get_pipe("lemmatizer")
        self.verbs: frozenset[str] = frozenset(lookups.lookups.get_table("lemma_index")["verb"])

    def __call__(self, doc: Doc) -> Doc:
        """Read the sentences again that need it."""
        rows: Any = None
        for sentence in doc.sents:
            if not 4 <= len(sentence) <= LONGEST:
                continue
            for root in (
                token for token in sentence if token.head.i == token.i and (token.tag_ in NOUNS or _infinitive(token))
            ):
                if rows is None:
                    rows = doc.to_array([TAG, DEP, HEAD])
                if self._has_subject(root):
                    rows[root.i][0] = self._tag(root)
                else:
                    self._again(sentence, rows)
                break
        return doc if rows is None else doc.from_array([TAG, DEP, HEAD], rows)

    def _has_subject(self, token: Token) -> bool:
        subject = any(child.dep_ == "nsubj" and child.i < token.i for child in token.children)
        noun = any(child.dep_ in ("det", "poss", "amod", "nummod", "cop", "aux") for child in token.lefts)
        return subject and not noun and self.base(token) is not None

    def base(self, token: Token) -> str | None:
        """The verb that a noun may be."""
        word = token.lower_
        if token.tag_ == "NN":
            return word if word in self.verbs else None
        if token.tag_ == "NNS" and word.endswith("s"):
            for stem in (
                word[:-1],
                word[:-2] if word.endswith("es") else "",
                word[:-3] + "y" if word.endswith("ies") else "",
            ):
                if stem in self.verbs:
                    return stem
        return None

    def _tag(self, token: Token) -> int:
        tag: int = self.nlp.vocab.strings["VBZ" if token.tag_ == "NNS" else "VBP"]
        return tag

    def _again(self, sentence: Span, rows: Any) -> None:
        """Parse with one word in the past tense; keep what comes out if that word then carries the sentence."""
        doc, start = sentence.doc, sentence.start
        tried = 0
        for token in sentence[1:-1]:
            base = self.base(token)
            before, after = doc[token.i - 1], doc[token.i + 1]
            if base is None or before.tag_ not in NOUNS or after.tag_ not in AFTER:
                continue
            many = (
                before.tag_ in ("NNS", "NNPS")
                or before.lower_ == "police"
                or any(t.lower_ == "and" for t in doc[start : token.i])
            )
            if token.tag_ == "NN" and not many:
                continue
            tried += 1
            if tried > TRIES:
                return
            words = [t.text if t.i != token.i else past(base) for t in sentence]
            again = Doc(self.nlp.vocab, words=words, spaces=[bool(t.whitespace_) for t in sentence])
            for name in ("tok2vec", "tagger", "parser"):
                again = self.nlp.get_pipe(name)(again)
            now = again[token.i - start]
            kinds = {child.dep_ for child in now.children}
            carries = now.tag_ == "VBD" and now.head.i == now.i and "nsubj" in kinds
            if carries and (kinds & OBJECTS or sentence[-1].text == "."):
                for k, other in enumerate(again):
                    tag = other.tag if other.i != now.i else self._tag(token)
                    rows[start + k] = (
                        tag,
                        other.dep,
                        np.array(other.head.i - other.i, dtype=np.int64).astype(np.uint64),
                    )
                return


def _infinitive(root: Token) -> bool:
    """``a jury orders the firms to pay``, hung on "pay"."""
    return root.tag_ == "VB" and any(child.dep_ == "aux" and child.lower_ == "to" for child in root.children)


def past(base: str) -> str:
    """The past tense of a verb by the rules of spelling."""
    if base in IRREGULAR:
        return IRREGULAR[base]
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    vowels = [letter in "aeiou" for letter in base]
    if len(base) in (3, 4) and vowels[-3:] == [False, True, False] and base[-1] not in "wxy":
        return base + base[-1] + "ed"
    return base + "ed"


@Language.factory("present")
def _present(nlp: Language, name: str) -> Present:
    return Present(nlp)
