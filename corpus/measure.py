"""Counts of the corpus: what is in it, how varied it is, what is told twice.

    python corpus/measure.py            counts, openings, bigrams, near-duplicates
    python corpus/measure.py --verbs    and lemmas of verbs (parses all sentences)
    python corpus/measure.py --cells    only a table (tab-separated): type, mode, status, region, decade, style, number of events

Near-duplicates are pairs of articles outside of the stories whose sets of four-word runs overlap by more than half (Jaccard).
"""

from __future__ import annotations

import argparse
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import shelf

_WORD = re.compile(r"\w+")
MOST_OPENING = 0.02
MOST_OVERLAP = 0.5


def table(title: str, counts: Counter, total: int | None = None) -> None:
    """Print counts with their shares, the greatest first."""
    whole = total or counts.total()
    print(f"\n{title} ({counts.total()})")
    for key, count in sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))):
        print(f"  {count:>5}  {count / max(1, whole):6.1%}  {key}")


def sentences_of(pieces: Iterable[dict]) -> list[str]:
    """The sentences of full pieces."""
    return [piece["text"][start:end] for piece in pieces for start, end in piece["sentences"]]


def openings(sentences: Sequence[str]) -> Counter:
    """How sentences begin: their first three words, numbers and names made alike."""
    found: Counter = Counter()
    for sentence in sentences:
        words = [
            ("N" if word[0].isupper() and at else word.lower()) for at, word in enumerate(_WORD.findall(sentence)[:3])
        ]
        if len(words) == 3:
            found[" ".join(words)] += 1
    return found


def shingles(text: str, size: int = 4) -> set[tuple[str, ...]]:
    """The runs of words of a text."""
    words = _WORD.findall(text.lower())
    return set(zip(*(words[at:] for at in range(size)), strict=False))


def doubles(pieces: Sequence[dict]) -> list[tuple[float, str, str]]:
    """Pairs of pieces that overlap too much."""
    sets = [(piece["id"], shingles(piece["text"])) for piece in pieces]
    found = []
    for (a, left), (b, right) in itertools.combinations(sets, 2):
        both = len(left & right)
        overlap = both / max(1, len(left) + len(right) - both)
        if overlap > MOST_OVERLAP:
            found.append((overlap, a, b))
    return sorted(found, reverse=True)


def lemmas(sentences: Sequence[str]) -> Counter:
    """Lemmas of verbs."""
    from quidnunc.language import parse

    found: Counter = Counter()
    for sentence in sentences:
        for token in parse(sentence):
            if token.pos_ == "VERB":
                found[token.lemma_.lower()] += 1
    return found


def cells(pieces: Iterable[dict], singles: Iterable[dict]) -> Counter:
    """Events by type, mode, status, region, decade and style together."""
    found: Counter = Counter()
    for one in [
        *((piece["meta"], piece["events"]) for piece in pieces),
        *((single["meta"], single["events"]) for single in singles),
    ]:
        where = tuple(one[0].get(name) or "-" for name in ("region", "decade", "style"))
        found.update((event["type"], event["mode"] or "-", event["status"], *where) for event in one[1])
    return found


def main() -> None:
    """Print all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--verbs", action="store_true")
    parser.add_argument("--cells", action="store_true")
    given = parser.parse_args()
    articles, stories, singles = shelf.articles(), shelf.stories(), shelf.sentences()
    if given.cells:
        for cell, count in sorted(
            cells([*articles, *(piece for piece in stories if "text" in piece)], singles).items()
        ):
            print(*cell, count, sep="\t")
        return
    told = [piece for piece in stories if "text" in piece]
    full = articles + told
    sentences = sentences_of(full)
    events = [(piece, event) for piece in full for event in piece["events"]]
    print(f"{len(articles)} articles, {len({p['meta']['story'] for p in stories if 'story' in p['meta']})} stories of {len(stories)} pieces "
          f"({len(told)} with text), {len(sentences)} sentences, {len(events)} events, {sum(len(p['statements']) for p in full)} statements, "
          f"{len(singles)} single sentences with {sum(len(s['events']) for s in singles)} events")  # fmt: skip
    lengths = sorted(len(piece["text"].split()) for piece in articles)
    if lengths:
        print(f"words an article: {lengths[0]} to {lengths[-1]}, middle {lengths[len(lengths) // 2]}")
    few = sum(sum(event["core"] for event in piece["events"]) <= 1 for piece in articles)
    print(f"articles with at most one core event: {few} ({few / max(1, len(articles)):.0%})")
    for name in ("region", "decade", "style"):
        table(name, Counter(piece["meta"][name] for piece in full))
    every = [event for _, event in events] + [event for s in singles for event in s["events"]]
    table("type", Counter(event["type"] for event in every))
    table("mode", Counter(f"{event['type']}.{event['mode']}" for event in every if event["mode"]))
    table("status", Counter(event["status"] for event in every))
    table("context", Counter(name for event in every for name in event["contexts"]))
    table("hard cases among single sentences", Counter(s["hard"] for s in singles if s["hard"]))
    table("relation of tellings", Counter(piece["meta"].get("relation", "-") for piece in stories))
    everything = sentences + [single["text"] for single in singles]
    first = openings(everything)
    often = {key: count for key, count in first.items() if count > MOST_OPENING * len(everything)}
    print(
        f"\nopenings in more than {MOST_OPENING:.0%} of sentences: {often or 'none'}; the commonest: {first.most_common(5)}"
    )
    words = [_WORD.findall(sentence.lower()) for sentence in everything]
    bigrams = Counter(pair for row in words for pair in itertools.pairwise(row))
    print(f"distinct bigrams: {len(bigrams):,} of {bigrams.total():,}")
    print(f"near-duplicates outside of the stories: {doubles(articles) or 'none'}")
    if given.verbs:
        found = lemmas(everything)
        print(f"lemmas of verbs: {len(found):,} of {found.total():,} verbs; the commonest: {found.most_common(12)}")


if __name__ == "__main__":
    main()
