"""Trains the model that tells how probable it is that a word names an event (quidnunc.events._signs).

    python training/events.py --text WIKIPEDIA.jsonl.gz [--corrections CORRECTIONS.jsonl] [--write]

Learns from the train split of the quidnunc corpus and of the annotated Current events items; prints how well it ranks the words of the dev splits. With --write it
writes src/quidnunc/events/data/signs.npz. Needs the extra ``training`` (scikit-learn); the order of everything is fixed.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "corpus"))

import corrections  # noqa: E402
import shelf  # noqa: E402
import wikipedia  # noqa: E402

from quidnunc.events._signs import MODEL, sign_arrays, signs  # noqa: E402
from quidnunc.language import parse_all  # noqa: E402

LEAST, STRENGTH, MINOR = 2, 0.3, 0.5
"""Signs seen so often count; the regularisation (C); what a minor event weighs."""
Row = tuple[list[str], int, float]


def texts(split: str, text: Path | None) -> list[tuple[str, list[dict]]]:
    """Texts of a split with their events."""
    found = [(piece["text"], piece["events"]) for piece in shelf.full_pieces(split)]
    found += [(one["text"], one["events"]) for one in shelf.sentences() if shelf.split_of(one["id"]) == split]
    if text is not None and wikipedia.ANNOTATIONS.exists():
        items = (item for item in wikipedia.load(text) if wikipedia.split_of(item["item"]) == split)
        found += sorted((item["text"], item["events"]) for item in items)
    return found


def rows(given: list[tuple[str, list[dict]]]) -> Iterator[Row]:
    """A row for each verb, noun and adjective: its signs, whether it is a trigger, its weight. Words that only repeat an event are left out."""
    for doc, (_, events) in zip(parse_all([text for text, _ in given]), given, strict=True):
        triggers: dict[int, float] = {}
        repeated: set[int] = set()
        for event in events:
            span = doc.char_span(*event["spans"]["trigger"], alignment_mode="expand")
            if span is not None:
                triggers[span.root.i] = 1.0 if event["core"] else MINOR
            again = (doc.char_span(*also, alignment_mode="expand") for also in event["also"])
            repeated |= {span.root.i for span in again if span is not None}
        for token in doc:
            named = token.i in triggers
            if named or (token.pos_ in ("VERB", "NOUN", "ADJ") and token.i not in repeated):
                yield signs(token), int(named), triggers.get(token.i, 1.0)


def matrix(found: list[Row], index: dict[str, int]) -> sparse.csr_matrix:
    """Signs as columns."""
    pairs = [(at, index[sign]) for at, (own, _, _) in enumerate(found) for sign in sorted(set(own)) if sign in index]
    where = np.array(pairs).T
    return sparse.csr_matrix((np.ones(len(pairs)), (where[0], where[1])), (len(found), len(index)))


def save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """An .npz whose bytes depend on the arrays alone."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for key, array in sorted(arrays.items()):
            held = io.BytesIO()
            np.save(held, array, allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{key}.npy", (1980, 1, 1, 0, 0, 0)), held.getvalue(), zipfile.ZIP_DEFLATED)


def main() -> None:
    """Fit, score, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=Path)
    parser.add_argument(
        "--corrections", type=Path, help="sentences of a store that people judged (training/corrections.py)"
    )
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    more = [(one["text"], one["events"]) for one in corrections.load(given.corrections)] if given.corrections else []
    learned = list(rows(texts("train", given.text) + more))
    counts = Counter(sign for own, _, _ in learned for sign in set(own))
    names = sorted(sign for sign, count in counts.items() if count >= LEAST and "\n" not in sign)
    index = {name: at for at, name in enumerate(names)}
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    weight = np.array([own for _, _, own in learned])
    model.fit(matrix(learned, index), [named for _, named, _ in learned], sample_weight=weight)
    print(f"{len(learned)} words, {sum(named for _, named, _ in learned)} triggers, {len(names)} signs")
    judged = list(rows(texts("dev", given.text)))
    chance = model.predict_proba(matrix(judged, index))[:, 1]
    print(
        f"dev: average precision {average_precision_score([named for _, named, _ in judged], chance):.3f} of {len(judged)} words"
    )
    if given.write:
        kept = np.abs(model.coef_[0]) >= 0.02
        used = [name for name, keep in zip(names, kept, strict=True) if keep]
        arrays = sign_arrays(used, model.coef_[0][kept], float(model.intercept_[0]))
        path = ROOT / "src" / "quidnunc" / "events" / "data" / MODEL
        save(path, arrays)
        print(f"{path.name}: {path.stat().st_size:,} bytes, {len(used)} signs")


if __name__ == "__main__":
    main()
