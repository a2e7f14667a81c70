"""Pairs of parties in sentences, with what one does to the other: what training/pairs.py learns from.

    python training/pairs_data.py --text WIKIPEDIA.jsonl.gz [--corrections CORRECTIONS.jsonl] --out PAIRS.jsonl

One line a pair: text, source and target spans, type, CAMEO root, split, weight. Pairs come from the quidnunc corpus (articles, stories, single sentences) and from the
annotated Current events items. For an event without a target, a noun phrase of its clause stands in. Pairs with no event between them, and pairs turned round, are
NONE, so that who does what to whom is learnt and not only what the sentence speaks of.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "corpus"))

import corrections  # noqa: E402
import shelf  # noqa: E402
import wikipedia  # noqa: E402

from quidnunc.events._classify import root_of  # noqa: E402
from quidnunc.language import parse_all  # noqa: E402

MUTUAL = {"CONSULT", "COOPERATE", "AGREE"}
LONGEST = 700
NONES = 2
"""At most so many pairs without event a sentence."""


def scopes(text: Path) -> Iterator[tuple[str, str, list[dict]]]:
    """Split, text and events with the spans of their parties."""
    for piece in shelf.full_pieces():
        yield shelf.split_of(piece["id"]), piece["text"], piece["events"]
    for one in shelf.sentences():
        yield shelf.split_of(one["id"]), one["text"], one["events"]
    for item in wikipedia.load(text):
        yield wikipedia.split_of(item["item"]), item["text"], item["events"]


def pairs(split: str, text: str, events: list[dict], doc, rng: random.Random) -> Iterator[dict]:
    """The pairs of one text, sentence by sentence."""
    for sentence in doc.sents:
        start, end = sentence.start_char, sentence.end_char
        if end - start > LONGEST:
            continue
        here = [e for e in events if start <= e["spans"]["trigger"][0] < end]
        known: set[tuple[tuple[int, int], tuple[int, int]]] = set()
        spans: set[tuple[int, int]] = set()
        chunks = [(c.start_char, c.end_char) for c in sentence.noun_chunks if c.root.pos_ != "PRON"]
        made = []
        for event in here:
            sources = [tuple(p["span"]) for p in event["sources"] if p.get("span") and start <= p["span"][0] < end]
            targets = [tuple(p["span"]) for p in event["targets"] if p.get("span") and start <= p["span"][0] < end]
            spans |= {*sources, *targets}
            trigger = event["spans"]["trigger"]
            weight = 1.0 if event["core"] else 0.6
            if sources and not targets:
                near = [
                    c for c in chunks if c[0] >= trigger[1] - 1 and not any(a < c[1] and c[0] < b for a, b in sources)
                ]
                targets, weight = near[:1], 0.5 * weight
            elif targets and not sources:
                continue
            for source in sources[:2]:
                for target in targets[:2]:
                    if source != target:
                        known |= {(source, target), (target, source)}
                        made.append((source, target, event, weight))
        for source, target, event, weight in made:
            root = root_of(event["cameo"], event["type"], event["status"])
            yield row(text, start, end, source, target, event["type"], root, split, weight)
            if event["type"] not in MUTUAL:
                back = [e for s, t, e, _ in made if (s, t) == (target, source)]
                if not back and rng.random() < 0.5:
                    yield row(text, start, end, target, source, "NONE", "NONE", split, 0.5)
        free = sorted(spans) or chunks
        others = [
            (a, b)
            for a in free
            for b in {*free, *chunks}
            if a != b and (a, b) not in known and not (a[0] < b[1] and b[0] < a[1])
        ]
        others.sort()
        for source, target in rng.sample(others, min(NONES if here else 1, len(others))):
            yield row(text, start, end, source, target, "NONE", "NONE", split, 0.5)


def row(text: str, start: int, end: int, source, target, kind: str, root: str, split: str, weight: float) -> dict:
    """A pair with spans inside its sentence."""
    return {
        "text": text[start:end], "source": [source[0] - start, source[1] - start], "target": [target[0] - start, target[1] - start], "type": kind, "root": root,
        "split": split, "weight": weight,
    }  # fmt: skip


def main() -> None:
    """Write the pairs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument(
        "--corrections", type=Path, help="sentences of a store that people judged (training/corrections.py)"
    )
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    rng = random.Random(20260101)
    found = list(scopes(given.text))
    if given.corrections:
        found += [("train", one["text"], one["events"]) for one in corrections.load(given.corrections)]
    docs = parse_all([text for _, text, _ in found])
    made = [
        pair
        for (split, text, events), doc in zip(found, docs, strict=True)
        for pair in pairs(split, text, events, doc, rng)
    ]
    given.out.write_text("".join(json.dumps(pair) + "\n" for pair in made), encoding="utf-8")
    print(f"{len(made)} pairs, {sum(pair['type'] != 'NONE' for pair in made)} with an event")


if __name__ == "__main__":
    main()
