"""Trains the gate: the model that tells, before anything is parsed, which articles may hold an event (quidnunc.events._gate).

    python training/gate.py [--text WIKIPEDIA.jsonl.gz] [--tune ARTICLES.jsonl] [--unlabelled ARTICLES.jsonl.xz --count 400] [--write]

Learns, sentence by sentence, from the train split of the quidnunc corpus with its silent articles, of the annotated Current events items and, with
--unlabelled, from articles in which the coder itself, without a gate, finds events or none (they weigh less; what ships was trained without, since only text with an open
licence may shape it). An article is let through for its
strongest sentence; the threshold is the highest that loses no more than 1 % of the core events of the corpus's dev articles (and of those of --tune), and no more than
2 % of what the coder finds in a fifth of the unlabelled ones, from which nothing was learned. Prints what thresholds lose; with --write it writes
src/quidnunc/events/data/gate.npz. Needs the extra ``training`` (scikit-learn); the order of everything is fixed.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from itertools import islice
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "corpus")]

import events as training_events  # noqa: E402

from quidnunc import CodedArticle, Page, code_all  # noqa: E402
from quidnunc.events._gate import BUCKETS, MODEL, SHORT, columns, gate_arrays, sentences  # noqa: E402

STRENGTH, MINOR, FOUND = 0.15, 0.5, 0.35
"""The regularisation (C); what a minor event weighs, and a sentence that the coder judged."""
LOSS = {"corpus dev": 0.01, "real": 0.01, "unlabelled, held out": 0.02}
"""Of core events, and of what the coder finds, of which not all is right."""
Row = tuple[list[int], int, float]


def rows(text: str, triggers: list[tuple[int, float]], least: float = 1.0) -> list[Row]:
    """Each rough sentence: its columns, whether it holds an event, its weight."""
    found, at = [], 0
    for sentence in sentences(text):
        at = text.index(sentence, at)
        end = at + len(sentence)
        here = [weight for where, weight in triggers if at <= where < end]
        found.append((columns(sentence), int(bool(here)), max(here) if here else least))
        at = end
    return found


def gold(split: str, text: Path | None) -> list[tuple[str, list[tuple[int, float]]]]:
    """Texts with the places of their triggers; 1 for core events."""
    return [
        (words, [(event["spans"]["trigger"][0], 1.0 if event["core"] else MINOR) for event in events])
        for words, events in training_events.texts(split, text)
    ]


def judged(path: Path, count: int, skip: int) -> list[tuple[str, list[tuple[int, float]]]]:
    """Articles as the coder without a gate codes them; the first ones are left to benchmarks."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        held = ROOT.parent / "shared" / "gold" / "articles_dev.jsonl"
        out = {json.loads(line)["id"] for line in held.open(encoding="utf-8")} if held.exists() else set()
        found = (row for row in map(json.loads, lines) if row["id"] not in out)
        pages = [
            Page(row["id"], row["text"], None, row["date"], form="body") for row in islice(found, skip, skip + count)
        ]
    return [
        (one.article.text, [(event.spans.trigger[0], FOUND) for event in one.events])
        for one in code_all(pages)
        if isinstance(one, CodedArticle)
    ]


def matrix(found: list[Row]) -> sparse.csr_matrix:
    """Columns as a matrix."""
    where = [(at, column) for at, (own, _, _) in enumerate(found) for column in own]
    rows_, columns_ = np.array(where).T
    return sparse.csr_matrix((np.ones(len(where)), (rows_, columns_)), (len(found), BUCKETS))


def strongest(weights: np.ndarray, start: float, text: str) -> float:
    """The sum of the strongest sentence; that of a short text is above all thresholds."""
    if len(text) < SHORT:
        return float("inf")
    return max((start + float(weights[columns(sentence)].sum()) for sentence in sentences(text)), default=-99.0)


def threshold(articles: list[tuple[float, int, int]], loss: float) -> float:
    """The highest that loses so much of the events; articles: sum, events, characters."""
    allowed, lost = loss * sum(events for _, events, _ in articles), 0
    for top, events, _ in sorted(articles):
        lost += events
        if lost > allowed:
            return top
    return 0.0


def main() -> None:
    """Fit, choose the threshold, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--tune", type=Path, help="annotated articles that only help to choose the threshold")
    parser.add_argument("--unlabelled", type=Path)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    learned = [row for text, triggers in gold("train", given.text) for row in rows(text, triggers)]
    print(f"corpus: {len(learned):,} sentences, {sum(row[1] for row in learned):,} with events")
    held: list[tuple[str, list[tuple[int, float]]]] = []
    if given.unlabelled is not None:
        found = judged(given.unlabelled, given.count, 400)
        held = found[::5]
        learned += [row for n, (text, triggers) in enumerate(found) if n % 5 for row in rows(text, triggers, FOUND)]
    print(f"learned from {len(learned):,} sentences, {sum(row[1] for row in learned):,} with events")
    model = LogisticRegression(C=STRENGTH, max_iter=400)
    model.fit(matrix(learned), [row[1] for row in learned], sample_weight=[row[2] for row in learned])
    weights = model.coef_[0].astype(np.float16).astype(np.float64)
    start = float(model.intercept_[0])
    dev = [(text, triggers) for text, triggers in gold("dev", None) if len(text) >= SHORT]
    sets = {"corpus dev": [(t, sum(weight == 1.0 for _, weight in triggers)) for t, triggers in dev]}
    if given.tune is not None:
        real = [json.loads(line) for line in given.tune.read_text(encoding="utf-8").splitlines()]
        sets["real"] = [
            (a["text"], sum(e.get("core", True) for e in a["events"])) for a in real if len(a["text"]) >= SHORT
        ]
    sets["unlabelled, held out"] = [(text, len(triggers)) for text, triggers in held]
    least = float("inf")
    for name, texts in sets.items():
        articles = [(strongest(weights, start, text), events, len(text)) for text, events in texts]
        for loss in (0.0, 0.01, 0.02, 0.05) if articles else ():
            top = threshold(articles, loss)
            skipped = sum(size for one, _, size in articles if one < top) / sum(size for _, _, size in articles)
            print(
                f"{name}, {len(articles)} articles: {loss:.1%} of events lost below {top:5.2f}, where {skipped:.0%} of the text is left out"
            )
        least = min(least, threshold(articles, LOSS[name]) if articles else least)
    print(f"threshold {least:.2f}")
    if given.write:
        path = ROOT / "src" / "quidnunc" / "events" / "data" / MODEL
        training_events.save(path, gate_arrays(weights, start, least))
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
