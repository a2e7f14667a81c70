"""How well ``stories.compare`` tells copies and retellings apart, on real pairs that people have read.

    python benchmarks/stories.py [PAIRS.jsonl]

Pairs are labelled near_copy, same_story, related or different; a related pair is about the same affair but not the same
happening, and so counts as different. Prints a table of answers, F1 for copies and for the same story (copies included).
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

from quidnunc.stories import StoryIndex, compare, happenings
from quidnunc.stories._compare import relate
from quidnunc.stories._features import features

ROOT = Path(__file__).resolve().parents[1]

PAIRS = Path(__file__).parents[2] / "shared" / "gold" / "dup_pairs_dev.jsonl"
LABELS = ("near_copy", "same_story", "related", "different")
ANSWERS = ("copy", "same_story", "different")


def f1(table: Counter[tuple[str, str]], labels: set[str], answers: set[str]) -> float:
    right = sum(count for (label, answer), count in table.items() if label in labels and answer in answers)
    said = sum(count for (_, answer), count in table.items() if answer in answers)
    there = sum(count for (label, _), count in table.items() if label in labels)
    return 2 * right / (said + there) if said + there else 0.0


def corpus_texts() -> list[tuple[str, str, str, dict]]:
    """Tellings of the corpus's stories: id, story, the telling whose text it goes back to, what ``compare`` reads. Copies without a text of their own get the first telling's, whole or cut."""
    sys.path.insert(0, str(ROOT / "corpus"))
    import shelf

    pieces = {piece.get("id") or piece["meta"]["id"]: piece for piece in shelf.stories()}
    found = []
    for name, piece in sorted(pieces.items()):
        meta, text = piece["meta"], piece.get("text")
        if text is None:
            whole = pieces[meta["of"]]
            text = whole["text"]
            if meta.get("keep"):
                kept = [
                    number
                    for part in meta["keep"].split(",")
                    for number in range(int(part.partition("-")[0]), int(part.partition("-")[2] or part) + 1)
                ]
                spans = [whole["sentences"][number - 1] for number in kept if number <= len(whole["sentences"])]
                text = "\n\n".join(
                    whole["text"][slice(*(s if isinstance(s, (list, tuple)) else s["span"]))] for s in spans
                )
        told = {
            "title": meta.get("headline", ""),
            "text": text,
            "date": meta.get("published"),
            "source": meta.get("outlet", ""),
        }
        story = meta.get("story") or name  # a near miss is a story of its own
        line = meta.get("of") or (f"{story}a" if meta.get("relation") == "edited" else name)
        while line in pieces and pieces[line]["meta"].get("of"):
            line = pieces[line]["meta"]["of"]
        if line in pieces and pieces[line]["meta"].get("relation") == "edited":
            line = f"{story}a"
        found.append((name, story, line, told))
    return found


def corpus(split: str | None) -> None:
    """Every pair of tellings of the corpus's stories: copies (also cut and edited ones), the same story, different."""
    sys.path.insert(0, str(ROOT / "corpus"))
    import shelf

    tellings = [t for t in corpus_texts() if split in (None, shelf.split_of(t[0]))]
    read = [features(told) for *_, told in tellings]
    table: Counter[tuple[str, str]] = Counter()
    near: Counter[str] = Counter()
    for i, (_, story, line, _) in enumerate(tellings):
        for j in range(i):
            _, other_story, other_line, _ = tellings[j]
            if story != other_story:
                label = "different"
            elif line == other_line:
                label = "copy"
            else:
                label = "same_story"
            answer = relate(read[i], read[j])
            table[label, answer] += 1
            if label == "different" and answer != "different":
                near[f"{story} {other_story}"] += 1
    print(f"corpus, {split or 'all'}: {len(tellings)} tellings")
    for label in ("copy", "same_story", "different"):
        print(f"{label:12}" + "".join(f"{table[label, answer]:12}" for answer in ANSWERS))
    print(f"copies      F1 {f1(table, {'copy'}, {'copy'}):.3f}")
    print(f"same story  F1 {f1(table, {'copy', 'same_story'}, {'copy', 'same_story'}):.3f}  (copies included)")
    misses = near_misses({name: told for name, *_, told in tellings})
    print(f"near misses against their story's tellings: {misses['different']} of {misses.total()} pairs kept apart")


def near_misses(tellings: dict[str, dict]) -> Counter[str]:
    """Answers for each near miss beside each telling of the story that it resembles."""
    import shelf

    stories = {piece["id"]: piece["meta"].get("story") for piece in shelf.stories()}
    return Counter(
        relate(features(tellings[piece["id"]]), features(told))
        for piece in shelf.near_misses()
        if piece["id"] in tellings
        for name, told in tellings.items()
        if stories.get(name) == piece["meta"]["near"]
    )


def same_happening() -> None:
    """Pairs of events across the tellings of the corpus's dev and test stories, coded by hand: which are one happening?"""
    sys.path.insert(0, str(ROOT / "corpus"))
    import shelf

    right = said = there = 0
    for story, twins in sorted(shelf.happenings().items()):
        tellings = [p for p in shelf.stories() if "text" in p and p["meta"].get("story") == story]
        found = happenings(shelf.coded(piece) for piece in tellings)
        linked = {
            pair for one in found for pair in combinations(sorted((r.article[-1], r.event) for r in one.reports), 2)
        }
        gold = {pair for one in twins for pair in combinations(sorted((key[0], f"e{key[1:]}") for key in one), 2)}
        right, said, there = right + len(linked & gold), said + len(linked), there + len(gold)
    print(
        f"same happening, {there} pairs of hand-coded events: F1 {2 * right / (said + there):.3f} (P {right / said:.3f}, R {right / there:.3f}; goal .80)"
    )


def plain_minhash(pairs: list[dict]) -> None:
    """The peer: MinHash of word triples alone, at the threshold that is best on these very pairs."""
    import rensa

    def sketch(text: str) -> rensa.RMinHash:
        words = text.lower().split()
        made = rensa.RMinHash(num_perm=192, seed=1)
        made.update([" ".join(words[k : k + 3]) for k in range(max(1, len(words) - 2))])
        return made

    scored = [(sketch(pair["a"]["text"]).jaccard(sketch(pair["b"]["text"])), pair["label"]) for pair in pairs]
    for name, labels in (("copies", {"near_copy"}), ("same story", {"near_copy", "same_story"})):
        best = (0.0, 0.0)
        for threshold in sorted({round(score, 3) for score, _ in scored}):
            said = [label for score, label in scored if score >= threshold]
            right = sum(label in labels for label in said)
            there = sum(label in labels for _, label in scored)
            best = max(best, (2 * right / (len(said) + there), threshold))
        print(f"plain MinHash, best threshold {best[1]:.3f}: {name} F1 {best[0]:.3f}")


def speed(count: int) -> None:
    """Milliseconds to add an article to an index of ``count``."""
    rng = random.Random(3)
    names = [
        f"{a}{b}"
        for a in ("kar", "mel", "tor", "sa", "lun", "bre", "vin", "dor")
        for b in ("ova", "ek", "inga", "us", "ara", "os")
    ]
    index = StoryIndex()
    times = []
    for number in range(count):
        day = 735000 + number // 2000
        title = " ".join(rng.choice(names) + str(int(rng.paretovariate(0.7)) % 5000) for _ in range(8))
        told = {
            "title": title,
            "text": title + " " + " ".join(f"w{rng.randrange(30000)}" for _ in range(120)),
            "date": date.fromordinal(day).isoformat(),
            "source": "x",
        }
        start = time.perf_counter()
        index.add(f"{number:08x}", told)
        times.append(time.perf_counter() - start)
    last = times[-1000:]
    print(
        f"adding to {count:,} articles: {1000 * sum(last) / len(last):.2f} ms an article, {1000 * max(last):.1f} ms at most (goal 10 at a million)"
    )


def main() -> None:
    """Print every table."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    if not path.exists():
        print(f"{path.name}: skipped, it is not there")
    else:
        pairs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        table: Counter[tuple[str, str]] = Counter((pair["label"], compare(pair["a"], pair["b"])) for pair in pairs)
        print(f"{'label':12}" + "".join(f"{answer:>12}" for answer in ANSWERS))
        for label in LABELS:
            print(f"{label:12}" + "".join(f"{table[label, answer]:12}" for answer in ANSWERS))
        print(f"copies      F1 {f1(table, {'near_copy'}, {'copy'}):.3f}")
        print(f"same story  F1 {f1(table, {'near_copy', 'same_story'}, {'copy', 'same_story'}):.3f}  (copies included)")
        plain_minhash(pairs)
    for split in ("dev", "test", None):
        corpus(split)
    same_happening()
    speed(20_000)


if __name__ == "__main__":
    main()
