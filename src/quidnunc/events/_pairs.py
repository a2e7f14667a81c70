"""What one party does to another in a sentence: a small transformer over the words with both parties marked.

Three layers of MiniLM, fine-tuned by ``training/pairs.py`` on the quidnunc corpus and on real sentences of Wikipedia's Current events; int8, one sentence at a time
without padding, so that the same words always give the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt
import onnxruntime
import tokenizers

from quidnunc.errors import KnowledgeError
from quidnunc.records import Span

LONGEST = 128
"""Word pieces that are read; what is further from the parties is cut."""
MARKS = ((1, 2), (3, 4))
"""Pieces that open and close the source and the target."""
_BEFORE = 20


@dataclass(frozen=True)
class Pairs:
    """The network, its word pieces, its labels: pairs of a PLOVER 2.0 type and a type of the first PLOVER."""

    session: onnxruntime.InferenceSession
    pieces: tokenizers.Tokenizer
    labels: tuple[tuple[str, str], ...]

    def chances(self, sentence: str, source: Span, target: Span) -> dict[tuple[str, str], float]:
        """The probability of each label; they sum to 1."""
        logits = self._run("logits", sentence, source, target)
        weights = np.exp(logits - logits.max())
        return dict(zip(self.labels, (weights / weights.sum()).tolist(), strict=True))

    def told(self, sentence: str, source: Span, target: Span) -> npt.NDArray[np.float64]:
        """What the network makes of the pair before it decides: 1,152 numbers, alike where the pairs do alike things."""
        return self._run("told", sentence, source, target)

    def _run(self, output: str, sentence: str, source: Span, target: Span) -> npt.NDArray[np.float64]:
        ids = self._ids(sentence, source, target)
        given = {
            "ids": np.array([ids], np.int64),
            "mask": np.ones((1, len(ids)), np.int64),
            "source": np.array([_first(ids, 1)], np.int64),
            "target": np.array([_first(ids, 3)], np.int64),
        }
        return np.asarray(self.session.run([output], given)[0][0], np.float64)

    def _ids(self, sentence: str, source: Span, target: Span) -> list[int]:
        cuts = []
        for (start, end), (opens, closes) in zip((source, target), MARKS, strict=True):
            cuts += [(start, 1, opens), (end, 0, closes)]
        ids: list[int] = []
        at = 0
        for place, _, mark in sorted(cuts):
            ids += self.pieces.encode(sentence[at:place], add_special_tokens=False).ids
            ids.append(mark)
            at = place
        ids += self.pieces.encode(sentence[at:], add_special_tokens=False).ids
        room = LONGEST - 2
        if len(ids) > room:
            first = max(0, next(k for k, piece in enumerate(ids) if 1 <= piece <= 4) - _BEFORE)
            first = min(first, len(ids) - room)
            ids = ids[first : first + room]
        return [self.pieces.token_to_id("[CLS]") or 0, *ids, self.pieces.token_to_id("[SEP]") or 0]


def _first(ids: list[int], mark: int) -> int:
    return ids.index(mark) if mark in ids else 0


@cache
def pairs() -> Pairs:
    """The model of the package. Raises KnowledgeError if its files are not whole."""
    data = files("quidnunc.events").joinpath("data")
    try:
        words = data.joinpath("pairs.vocab.txt").read_text(encoding="utf-8").splitlines()
        labels = tuple(
            line.split() for line in data.joinpath("pairs.labels.txt").read_text(encoding="utf-8").splitlines()
        )
        pieces = tokenizers.Tokenizer(
            tokenizers.models.WordPiece(vocab={word: at for at, word in enumerate(words)}, unk_token="[UNK]")
        )
        pieces.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
        pieces.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with as_file(data.joinpath("pairs.onnx")) as path:
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        return Pairs(session, pieces, tuple((kind, root) for kind, root in labels))
    except (OSError, ValueError, RuntimeError) as error:
        raise KnowledgeError(f"events/data/pairs.onnx: {error}; reinstall the package") from error
