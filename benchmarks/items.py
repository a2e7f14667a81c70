"""How well the coder reads real sentences: the annotated items of Wikipedia's Current events portal, scored apart from our own prose.

    python benchmarks/items.py WIKIPEDIA.jsonl.gz [--split dev] [--missed]

The annotations are those of ``corpus/wikipedia.jsonl``; their text is in the file that is given. Every item is coded as a text of its own, with its day. Prints precision, recall
and F1 at the four levels of the scorer (quidnunc.evaluation), and on how many items without an event the coder finds one; ``--missed`` lists the types of core events that
are missed and the words that tell them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "corpus"), str(ROOT / "benchmarks")]

import agree  # noqa: E402
import corpus as corpus_bench  # noqa: E402
import wikipedia  # noqa: E402

from quidnunc import Page, code_all  # noqa: E402
from quidnunc.evaluation._codings import of_article, of_gold  # noqa: E402
from quidnunc.evaluation._levels import match  # noqa: E402


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("--split", default="dev", choices=["train", "dev", "test"])
    parser.add_argument("--missed", action="store_true")
    given = parser.parse_args()
    items = (item for item in wikipedia.load(given.text) if wikipedia.split_of(item["item"]) == given.split)
    items = sorted(items, key=lambda item: item["item"])
    pages = [
        Page(item["item"], item["text"], f"https://items.example/{item['item']}", item["date"], form="body")
        for item in items
    ]
    pairs, silent, heard = [], 0, 0
    missed: Counter = Counter()
    for item, coded in zip(items, code_all(pages), strict=True):
        if isinstance(coded, Exception):
            print(f"{item['item']}: {coded}")
            continue
        gold, own = of_gold(agree.sentence_gold(item["item"], item["text"], item)), of_article(coded)
        pairs.append((gold, own))
        if not gold.events:
            silent += 1
            heard += bool(own.events)
        got = match(gold.events, own.events)
        for at, event in enumerate(gold.events):
            if event.core and at not in got:
                missed[event.type, item["text"][slice(*item["events"][at]["spans"]["trigger"])]] += 1
    print(f"{given.split}: {len(pairs)} items; an event in {heard} of {silent} that have none")
    corpus_bench.score_events(pairs, False)
    corpus_bench.score_status(pairs)
    if given.missed:
        for (kind, words), count in sorted(missed.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1])):
            print(f"  {count:>3}  {kind:10} {words}")


if __name__ == "__main__":
    main()
