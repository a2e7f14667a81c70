"""How well statements are found: PolNeAR, GUM news, and the corpus's own articles.

    python benchmarks/statements.py [--part dev] [--split dev] [--verbose]

PolNeAR (840 articles of US politics): content at IoU >= 0.5 ("what"), and its source too ("who+what"); recall of contents in quotation marks. GUM news (Wikinews):
the same over its attribution clauses. Beside the figures that ../shared/LANGUAGE.md measured for peers on PolNeAR's test part. The corpus: content, who+what, the
stance, and the chain: each link from the outermost speaker that is cited down to the mouth, by actor; right where all links are. Speed: seconds of finding beside
seconds of parsing. Sets that are not beside the checkout are skipped with a line.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
sys.path.insert(0, str(ROOT / "corpus"))

from quidnunc import Page, code_all, language, statements  # noqa: E402
from quidnunc.evaluation.sets import polnear  # noqa: E402
from quidnunc.evaluation.sets.polnear import Spans, characters, iou  # noqa: E402


def f1(right: int, found: int, gold: int) -> str:
    """Precision, recall and F1 as text."""
    p, r = right / max(found, 1), right / max(gold, 1)
    return f"P {p:.3f}  R {r:.3f}  F1 {2 * p * r / (p + r) if p + r else 0:.3f}"


def attributions(path: Path) -> None:
    """Score ``statements.find`` on a file of texts with attributions."""
    if not path.exists():
        print(f"{path.name}: skipped, the set is not there")
        return
    gold, found, what, who, direct, direct_found = (sum(column) for column in zip(*map(polnear.counts, polnear.load(path)), strict=True))  # fmt: skip
    print(f"{path.name}: {gold} attributions, {found} found")
    print(f"  what      {f1(what, found, gold)}")
    print(f"  who+what  {f1(who, found, gold)}")
    print(f"  recall of what is quoted {direct_found / max(direct, 1):.3f} of {direct}")


def links(statement: dict, every: list[dict]) -> list[str]:
    """The speakers of a corpus statement from the outermost to its own, by the statements in whose content it stands."""
    cue = statement["spans"].get("cue") or statement["spans"].get("speaker") or statement["content"][0]
    around = [
        (end - start, other["speaker"])
        for other in every
        if other is not statement and other["speaker"] != statement["speaker"]
        for start, end in other["content"]
        if start <= cue[0] and cue[1] <= end
    ]
    return [speaker for _, speaker in sorted(around, key=lambda x: -x[0])] + [statement["speaker"]]


def same_actor(names: dict[str, dict], spans: dict[str, Spans], one: str | None, two: str | None) -> bool:
    """Whether an actor of the corpus and one that was found share a mention; nobody is nobody."""
    if one is None or two is None or one not in names:
        return one is None and two is None
    return bool(characters(names[one]["mentions"]) & characters(spans.get(two, [])))


def corpus(split: str, verbose: bool) -> None:
    """Score the statements of the corpus's articles."""
    import shelf

    pieces = shelf.full_pieces(split)
    tally: Counter[str] = Counter()
    pages = [Page(p["id"], p["text"], None, p["meta"].get("published")) for p in pieces]
    for piece, coded in zip(pieces, code_all(pages), strict=True):
        shift = piece["text"].find(coded.article.text)
        if not hasattr(coded, "statements") or shift < 0:
            continue
        names = {a["id"]: a for a in piece["actors"]}
        spans = {a.id: [[s + shift, e + shift] for s, e in a.mentions] for a in coded.actors}
        found = [
            {
                "speaker": s.speaker,
                "content": [[b + shift, e + shift] for b, e in s.content],
                "spans": {"cue": [x + shift for x in s.spans.cue] if s.spans.cue else None},
                "at": [x + shift for x in s.spans.speaker] if s.spans.speaker else [0, 0],
                "stance": s.stance,
            }
            for s in coded.statements
        ]
        every = piece["statements"]
        tally["gold"] += len(every)
        tally["found"] += len(found)
        for gold in every:
            best = max(found, key=lambda f: iou(gold["content"], f["content"]), default=None)
            if best is None or iou(gold["content"], best["content"]) < 0.5:
                if verbose:
                    print(
                        "MISSED",
                        names[gold["speaker"]]["name"] if gold["speaker"] in names else None,
                        "|",
                        piece["text"][slice(*gold["content"][0])][:90],
                    )
                continue
            tally["what"] += 1
            own, other = links(gold, every), links(best, found)

            same = partial(same_actor, names, spans)
            said = gold["spans"].get("speaker") or [0, 0]
            who = same(own[-1], other[-1]) or bool(characters([said]) & characters([best["at"]]))
            tally["who"] += who
            tally["stance"] += gold["stance"] == best["stance"]
            tally["chain"] += (
                who and len(own) == len(other) and all(same(a, b) for a, b in zip(own[:-1], other[:-1], strict=True))
            )
            if len(own) > 1:
                tally["nested"] += 1
                tally["nested right"] += (
                    who
                    and len(own) == len(other)
                    and all(same(a, b) for a, b in zip(own[:-1], other[:-1], strict=True))
                )
    print(f"corpus, {split}: {tally['gold']} statements, {tally['found']} found")
    print(f"  what      {f1(tally['what'], tally['found'], tally['gold'])}")
    print(f"  who+what  {f1(tally['who'], tally['found'], tally['gold'])}")
    whole, nested = tally["chain"] / max(tally["what"], 1), tally["nested right"] / max(tally["nested"], 1)
    print(
        f"  of those found: chain wholly right {whole:.3f} (more than one link: {nested:.3f} of {tally['nested']}), stance {tally['stance'] / max(tally['what'], 1):.3f}"
    )


def speed(path: Path) -> None:
    """Finding beside parsing, one core."""
    if not path.exists():
        return
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf8").splitlines()[:60]]
    start = time.process_time()
    docs = list(language.parse_all(texts))
    parsed = time.process_time()
    for doc in docs:
        statements.in_parse(doc)
    found = time.process_time()
    size = sum(map(len, texts)) / 1000
    print(
        f"speed: parse {size / (parsed - start):.0f} kB/s, finding given the parse {size / (found - parsed):.0f} kB/s; both {(parsed - start) / (found - start):.2f} x the parse"
    )


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", default="dev")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    print("peers on PolNeAR's test part      what   who+what")
    for name, (what, who) in polnear.PUBLISHED:
        print(f"  {name:30}  {what:.3f}  {who:.3f}")
    attributions(GOLD / f"polnear_{given.part}.jsonl")
    attributions(GOLD / "gum_news_dev.jsonl")
    corpus(given.split, given.verbose)
    speed(GOLD / f"polnear_{given.part}.jsonl")


if __name__ == "__main__":
    main()
