"""Annotations of real sentences: items of Wikipedia's Current events portal, kept by item and offsets, without their text.

    python corpus/wikipedia.py draw --text FILE.jsonl.gz --out FOLDER     writes batches of items to be coded
    python corpus/wikipedia.py take --text FILE.jsonl.gz --out FOLDER     reads the coded batches, writes corpus/wikipedia.jsonl
    python corpus/wikipedia.py check --text FILE.jsonl.gz                 every item found, every span inside its text

The text file holds JSON lines with ``date``, ``category`` and ``text`` (CC BY-SA 4.0, Wikipedia contributors). ``load`` brings both together.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import quill

HERE = Path(__file__).resolve().parent
ANNOTATIONS = HERE / "wikipedia.jsonl"
YEARS = range(2002, 2024)
A_YEAR, BATCH = 160, 40
_POLITICAL = re.compile(
    r"armed|attack|law|crime|politic|election|international|relation|conflict|protest|war|spring|coup|human rights|diplom",
    re.I,
)
_SHARES = {"political": 96, "unsorted": 118, "other": 22}
"""Most items a year of each sort; the years before 2011 sort little."""


def key_of(item: dict) -> str:
    """What an item is known by: its day and a hash of its text."""
    return f"{item['date']}-{hashlib.sha256(item['text'].encode()).hexdigest()[:16]}"


def read_text(path: Path) -> Iterator[dict]:
    """The items of the text file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def split_of(key: str) -> str:
    """The split of an item, by its hash: 70, 15 and 15 of a hundred."""
    number = int(key.rpartition("-")[2], 16) % 100
    return "train" if number < 70 else "dev" if number < 85 else "test"


def _sort(item: dict) -> str:
    category = item.get("category") or "Uncategorized"
    return "political" if _POLITICAL.search(category) else "unsorted" if category == "Uncategorized" else "other"


def draw(path: Path) -> list[dict]:
    """The items to be coded: so many a year, by a hash of their text, within the shares of the sorts."""
    by_year: dict[int, list[dict]] = {}
    seen = set()
    for item in read_text(path):
        words = len(item["text"].split())
        year = int(item["date"][:4])
        if year in YEARS and 12 <= words <= 70 and item["text"] not in seen:
            seen.add(item["text"])
            by_year.setdefault(year, []).append(item)
    chosen = []
    for _year, items in sorted(by_year.items()):
        items.sort(key=lambda item: hashlib.sha256(("draw" + item["text"]).encode()).hexdigest())
        left = Counter(_SHARES)
        taken = []
        for item in items:
            if left[_sort(item)] and len(taken) < A_YEAR:
                left[_sort(item)] -= 1
                taken.append(item)
        chosen += sorted(taken, key=lambda item: (item["date"], item["text"]))
    order = sorted(chosen, key=lambda item: hashlib.sha256(item["text"].encode()).hexdigest())
    return order


def write_batches(path: Path, out: Path) -> None:
    """Files of items to be coded."""
    out.mkdir(parents=True, exist_ok=True)
    items = draw(path)
    for at in range(0, len(items), BATCH):
        lines = [
            f"[{n}] {item['date']} | {item.get('category')} | {item['text']}"
            for n, item in enumerate(items[at : at + BATCH], at)
        ]
        (out / f"batch-{at // BATCH:03}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(items)} items in {-(-len(items) // BATCH)} batches")


def answers(path: Path, items: list[dict]) -> Iterator[dict]:
    """The coded items of one answer file. Raises quill.Wrong at the first that is wrong."""
    for chunk in re.split(r"(?m)^\[(?=\d+\])", path.read_text(encoding="utf-8"))[1:]:
        number, _, rest = chunk.partition("]")
        item = items[int(number)]
        lines = [line for line in rest.split("\n")[1:] if line[:2] in ("E ", "N ", "T ", "P ", "S ")]
        text = item["text"].replace("\n", " ")
        held = _Text(f"{path.stem} [{number}]", f"> {text}\n" + "\n".join(lines))
        for coded in quill.sentences(held):
            layers = {name: coded[name] for name in ("times", "places", "statements", "events", "hard")}
            yield {"item": key_of(item), "reader": path.stem.rpartition("-")[2], **layers}


class _Text:
    """Text that reads like a file."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.stem, self._text = name, name, text

    def read_text(self, encoding: str = "utf-8") -> str:
        return self._text


def take(text: Path, folder: Path, target: Path) -> int:
    """Write the annotations of all answers that are right; the number of items that are not."""
    items = draw(text)
    right: dict[str, dict] = {}
    wrong = 0
    for path in sorted(folder.glob("answer-*.txt")):
        whole = path.read_text(encoding="utf-8")
        for chunk in re.split(r"(?m)^(?=\[\d+\])", whole):
            if not chunk.startswith("["):
                continue
            try:
                for coded in answers(_Answer(path, chunk), items):
                    right[coded["item"]] = coded
            except (quill.Wrong, ValueError, IndexError) as error:
                print("WRONG", error)
                wrong += 1
    target.write_text(
        "".join(json.dumps(right[key], ensure_ascii=False) + "\n" for key in sorted(right)), encoding="utf-8"
    )
    events = Counter(event["type"] for coded in right.values() for event in coded["events"])
    print(f"{len(right)} items right, {wrong} wrong, {events.total()} events {dict(events.most_common())}")
    return wrong


class _Answer(_Text):
    """One item of an answer file."""

    def __init__(self, path: Path, chunk: str) -> None:
        super().__init__(path.name, chunk)
        self.stem = path.stem


def load(text: Path, annotations: Path = ANNOTATIONS) -> Iterator[dict]:
    """The annotated items with their text, date and category. Raises KeyError for an item that the text file does not hold."""
    wanted = {coded["item"]: coded for coded in map(json.loads, annotations.open(encoding="utf-8"))}
    found = set()
    for item in read_text(text):
        coded = wanted.get(key_of(item))
        if coded is not None and coded["item"] not in found:
            found.add(coded["item"])
            yield coded | {"text": item["text"].replace("\n", " "), "date": item["date"], "category": item["category"]}
    if missing := set(wanted) - found:
        raise KeyError(
            f"{len(missing)} items are not in {text.name}, the first is {min(missing)}: give the file they were drawn from"
        )


def main() -> int:
    """Draw, take or check."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["draw", "take", "check"])
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--target", type=Path, default=ANNOTATIONS)
    given = parser.parse_args()
    if given.what == "draw":
        write_batches(given.text, given.out)
        return 0
    if given.what == "take":
        return int(take(given.text, given.out, given.target) > 0)
    count = 0
    for coded in load(given.text):
        spans = [event["spans"]["trigger"] for event in coded["events"]] + [time["span"] for time in coded["times"]]
        count += 1
        assert all(0 <= start < end <= len(coded["text"]) for start, end in spans), coded["item"]
    print(f"{count} items, all found, all spans inside")
    return 0


if __name__ == "__main__":
    sys.exit(main())
