"""How well the coder reads the quidnunc corpus: events at four levels, actors over the document.

    python benchmarks/corpus.py [--split dev] [--verbose]

Events go through the scorer that the public sets go through (quidnunc.evaluation). Actors: F1 of mentions (same
head word), B-cubed F1 of entities over the mentions found, country and sector of the entities found. The corpus lists those who take part in events, speak, or
are named and political; so the mentions found count against precision only of actors that take part in a coded event, speak, or match one of the corpus.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "corpus"), str(ROOT / "benchmarks")]

import actors as actor_bench  # noqa: E402
import shelf  # noqa: E402

from quidnunc import Page, code_all  # noqa: E402
from quidnunc.evaluation import LEVELS, Coding, Tally, tally  # noqa: E402
from quidnunc.evaluation._codings import of_article, of_gold  # noqa: E402
from quidnunc.evaluation._levels import match  # noqa: E402


def f1(right: float, found: float, gold: float) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    p, r = right / max(1e-9, found), right / max(1e-9, gold)
    return p, r, 2 * p * r / max(1e-9, p + r)


_CUT = re.compile(
    r",? (?:of|in|from|at|who|which|that|near|on|for|with|under|to|against|behind|loyal|led|based|outside|by)\b"
)


def key_of(text: str, span: tuple[int, int]) -> tuple[int, str]:
    """A mention by its head word and where that ends: what stands before, phrases behind it and a possessive ending may differ."""
    words = text[span[0] : span[1]]
    cut = _CUT.search(words, 1)
    words = words[: cut.start()] if cut and cut.start() > 2 else words
    for ending in ("'s", "’s", "'", "’"):
        words = words.removesuffix(ending)
    return span[0] + len(words), words.rsplit(" ", 1)[-1].lower()


def score_actors(piece: dict, coded, tally: Counter) -> None:
    """Add one article to the counts."""
    text, found_text = piece["text"], coded.article.text
    gold = {key_of(text, tuple(span)): actor for actor in piece["actors"] for span in actor["mentions"]}
    found = {}
    busy = {party.actor for event in coded.events for party in (*event.sources, *event.targets)}
    busy |= {statement.speaker for statement in coded.statements}
    for actor in coded.actors:
        for mention in actor.mentions:
            found.setdefault(key_of(found_text, mention), actor.id)
    by_id = {actor.id: actor for actor in coded.actors}
    both = [key for key in gold if key in found]
    tally["mentions right"] += len(both)
    tally["mentions gold"] += len(gold)
    busy |= {found[key] for key in both}
    tally["mentions found"] += sum(actor in busy for actor in found.values())
    for key in both:
        mine = {other for other in both if found[other] == found[key]}
        theirs = {other for other in both if gold[other]["id"] == gold[key]["id"]}
        tally["b3 precision"] += len(mine & theirs) / len(mine)
        tally["b3 recall"] += len(mine & theirs) / len(theirs)
    for actor in piece["actors"]:
        ids = Counter(found[key] for key in both if gold[key] is actor)
        if not ids:
            continue
        best = by_id[ids.most_common(1)[0][0]]
        tally["entities"] += 1
        tally["country"] += actor_bench.same_country(best.country, actor["country"] or "")
        sectors = actor["sectors"] or [""]
        if set(sectors) & {"UNO", "EUR", "IGO"} and best.country in ("UNO", "EUR", "IGO"):
            tally["sector"] += 1  # the country says it
            continue
        tally["sector"] += any(actor_bench.same_sector(tuple(best.sectors), sector, best.kind) for sector in sectors)


def score_status(pairs: list[tuple[Coding, Coding]]) -> None:
    """Print macro-F1 of status over the events whose sentence and type are right; any status that the coders would defend counts."""
    said = []
    for gold, one in pairs:
        for at, (level, found) in match(gold.events, one.events).items():
            if level >= 2:
                wanted, own = gold.events[at], one.events[found].status
                said.append((own if own in wanted.defended else wanted.status, own))
    each = {}
    for status in sorted({wanted for wanted, _ in said}):
        right = sum(pair == (status, status) for pair in said)
        each[status] = f1(right, sum(own == status for _, own in said), sum(wanted == status for wanted, _ in said))[2]
    print(
        f"status: macro-F1 {sum(each.values()) / max(1, len(each)):.3f} of {len(said)} events; "
        + ", ".join(f"{name} {value:.2f}" for name, value in each.items())
    )


def score_events(pairs: list[tuple[Coding, Coding]], verbose: bool) -> None:
    """Print precision, recall and F1 at the four levels."""
    total = sum((tally(gold, one) for gold, one in pairs), Tally())
    for gold, one in pairs if verbose else ():
        got = match(gold.events, one.events)
        for at, event in enumerate(gold.events):
            reached = LEVELS[got[at][0] - 1] if at in got else "MISSED"
            print(
                f"  {'core' if event.core else 'more'}  {reached:6}  {gold.id}#{at} {event.type} {event.sentence[:50]}"
            )
    print(f"core gold {total.core}, predicted {total.found}")
    for at, level in enumerate(LEVELS):
        p, r, both = total.scores(at)
        print(f"{level:6} P {p:.3f}  R {r:.3f}  F1 {both:.3f}")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", default="dev", choices=["train", "dev", "test", "all"])
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    pieces = shelf.full_pieces(None if given.split == "all" else given.split)
    pages = [
        Page(piece["id"], piece["text"], f"https://corpus.example/{piece['id']}", piece["meta"]["published"])
        for piece in pieces
    ]
    counts: Counter = Counter()
    pairs = []
    for piece, coded in zip(pieces, code_all(pages), strict=True):
        if isinstance(coded, Exception):
            print(f"{piece['id']}: {coded}")
            continue
        pairs.append((of_gold(shelf.event_gold(piece)), of_article(coded)))
        counts["moved"] += coded.article.text != piece["text"]
        if coded.article.text == piece["text"]:
            score_actors(piece, coded, counts)
    score_events(pairs, given.verbose)
    score_status(pairs)
    mentions = f1(counts["mentions right"], counts["mentions found"], counts["mentions gold"])
    b3 = f1(
        1,
        counts["mentions right"] / max(1e-9, counts["b3 precision"]),
        counts["mentions right"] / max(1e-9, counts["b3 recall"]),
    )
    print(
        f"{given.split}: {len(pieces)} texts, {counts['moved']} of them read with another text than given (actors not scored)"
    )
    print(f"mentions P {mentions[0]:.3f} R {mentions[1]:.3f} F1 {mentions[2]:.3f}; entities B3 P {b3[0]:.3f} R {b3[1]:.3f} F1 {b3[2]:.3f}; "
          f"country {counts['country'] / max(1, counts['entities']):.3f} sector {counts['sector'] / max(1, counts['entities']):.3f} of {counts['entities']} entities")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
