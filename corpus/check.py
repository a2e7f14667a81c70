"""Prove what can be proved of the corpus: ``python corpus/check.py [FILES]`` (all of corpus/sources without FILES).

Every quoted phrase is found and becomes a span, codes exist, spans lie inside sentences. With FILES of one writer it also says what stands out; without, it also proves
that spans hold the words they were made from, that splits do not leak, and that the totals that the plan wants are there.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import quill
import shelf
import wikipedia

HERE = Path(__file__).resolve().parent


def sentence_file(path: Path) -> int:
    """Check a file of single sentences; the number of what is wrong."""
    wrong, right = 0, []
    groups = path.read_text(encoding="utf-8").split("\n> ")
    for number, group in enumerate(groups):
        held = group if number == 0 else "> " + group
        try:
            right += list(quill.sentences(_Text(f"{path.stem}.{number}", held)))
        except (quill.Wrong, ValueError) as error:
            print("WRONG", error)
            wrong += 1
    events = [event for sentence in right for event in sentence["events"]]
    opening = Counter(" ".join(sentence["text"].split()[:3]).lower() for sentence in right)
    print(
        f"{path.name}: {len(right)} sentences right, {wrong} wrong, {len(events)} events, {sum(not s['events'] for s in right)} without; hard {dict(Counter(s['hard'] for s in right if s['hard']))}"
    )
    print(
        "   types", dict(Counter(f"{e['type']}.{e['mode']}" if e["mode"] else e["type"] for e in events).most_common())
    )
    print("   status", dict(Counter(e["status"] for e in events).most_common()))
    print("   openings more than once:", [key for key, count in opening.items() if count > 1])
    return wrong


def problems(path: Path) -> tuple[list[str], list[dict]]:
    """What is wrong in a source file, piece by piece, and the pieces that are right."""
    wrong, right = [], []
    try:
        chunks = path.read_text(encoding="utf-8").split("\n=== ")
    except OSError as error:
        return [str(error)], []
    for number, chunk in enumerate(chunks):
        part = path.with_suffix(f".{number}.part")
        try:
            whole = chunk if number == 0 else "=== " + chunk
            right += list(quill.read(_Text(part.name, whole)))
        except quill.Wrong as error:
            wrong.append(str(error))
    return wrong, right


class _Text:
    """A piece of a file that reads like one."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text, self.stem = name, text, name

    def read_text(self, encoding: str = "utf-8") -> str:
        return self.text


WANTED = {
    "articles": 500, "sentences of articles and tellings": 5000, "stories": 80, "single sentences": 4000, "real sentences": 3000, "flattened pages": 120, "layouts": 30,
    "HTML pages": 60, "styles": 12, "near misses": 40,
}  # fmt: skip
"""What the plan wants at least."""
SHARES = {"train": (0.6, 0.8), "dev": (0.1, 0.2), "test": (0.1, 0.2)}
"""Bounds of the splits, as shares of articles and tellings (70, 15 and 15 are wanted)."""


def whole() -> int:
    """Totals, splits and leaks of the whole corpus; the number of what is wrong."""
    import layouts  # needs the other sources to be right

    pieces, stories, filled = shelf.full_pieces(), shelf.stories(), list(layouts.pages())
    found = {
        "articles": len(shelf.articles()),
        "sentences of articles and tellings": sum(len(piece["sentences"]) for piece in pieces),
        "stories": len({piece["meta"]["story"] for piece in stories if "story" in piece["meta"]}),
        "single sentences": len(shelf.sentences()),
        "real sentences": len(wikipedia.ANNOTATIONS.read_text(encoding="utf-8").splitlines()),
        "flattened pages": len(filled),
        "layouts": len({page.layout.name for page in filled}),
        "HTML pages": len(filled) // layouts.FILLINGS * shelf.HTML_FILLINGS,
        "styles": len({piece["meta"]["style"] for piece in pieces}),
        "near misses": len(shelf.near_misses()),
    }
    bad = 0
    for name, count in found.items():
        bad += count < WANTED[name]
        print(f"{'WRONG' if count < WANTED[name] else 'ok   '} {name}: {count} (at least {WANTED[name]})")
    ids = Counter(piece["id"] for piece in shelf.articles() + stories)
    for name in (name for name, count in ids.items() if count > 1):
        print("WRONG", name, "is there twice")
        bad += 1
    splits = Counter(shelf.split_of(piece["id"]) for piece in pieces)
    for split, (least, most) in SHARES.items():
        share = splits[split] / len(pieces)
        bad += not least <= share <= most
        print(f"{'ok   ' if least <= share <= most else 'WRONG'} split {split}: {share:.1%} of {len(pieces)}")
    for leak in leaks(stories):
        print("WRONG", leak)
        bad += 1
    return bad


def leaks(stories: list[dict]) -> list[str]:
    """What stands in two splits: tellings of a story, a copy and its original, a near miss and its story."""
    split_by_story = {
        piece["meta"]["story"]: shelf.split_of(piece["id"]) for piece in stories if "story" in piece["meta"]
    }
    found = []
    for piece in stories:
        meta, split = piece["meta"], shelf.split_of(piece["id"])
        tied = {meta["of"]: shelf.split_of(meta["of"])} if "of" in meta else {}
        tied |= {meta[key]: split_by_story[meta[key]] for key in ("story", "near") if key in meta}
        found += [f"{piece['id']} is {split}, {name} is {other}" for name, other in tied.items() if other != split]
    return found


def main(names: list[str]) -> int:
    paths = [Path(n) for n in names] or sorted((HERE / "sources").glob("*/*.txt"))
    bad = 0
    for path in paths:
        if path.parent.name == "sentences":
            bad += sentence_file(path)
            continue
        wrong, right = problems(path)
        for what in wrong:
            print("WRONG", what)
        bad += len(wrong)
        full = [p for p in right if "text" in p]
        words = [len(p["text"].split()) for p in full]
        events = [e for p in full for e in p["events"]]
        print(f"{path.name}: {len(right)} pieces right, {len(wrong)} wrong, {sum(len(p['sentences']) for p in full)} sentences, {len(events)} events, "
              f"{sum(len(p['statements']) for p in full)} statements; words {min(words, default=0)}-{max(words, default=0)}, {sum(w < 120 or w > 350 for w in words)} outside 120-350")  # fmt: skip
        print("   types", dict(Counter(e["type"] for e in events).most_common()))
        print("   status", dict(Counter(e["status"] for e in events).most_common()))
        ids = Counter(p["id"] for p in right)
        for key in (k for k, n in ids.items() if n > 1):
            print("WRONG", path.name, key, "is there twice")
            bad += 1
    if not names and not bad:
        bad += whole()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
