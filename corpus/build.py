"""Writes the corpus as files for use: ``python corpus/build.py OUT [--text WIKIPEDIA.jsonl.gz]``.

articles.jsonl, stories.jsonl, sentences.jsonl, pages.jsonl (flattened), html.jsonl, wikipedia.jsonl (with text only where its file is given); every record
has its ``split``. Layers are stand-off: spans are [start, end) code points of ``text``. The same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import layouts
import markup
import shelf
import wikipedia


def write(path: Path, records: Iterable[dict]) -> None:
    """Write JSON lines and say how many of which split."""
    splits: Counter = Counter()
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            splits[record["split"]] += 1
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(f"{path.name}: {splits.total()} {dict(sorted(splits.items()))}")


def with_split(records: Iterable[dict], key: str = "id") -> Iterable[dict]:
    """Records with the split of their writer."""
    for record in records:
        yield {**record, "split": shelf.split_of(record[key])}


def main() -> None:
    """Write all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--text", type=Path, help="the Current events items, to write their annotations with text")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    write(given.out / "articles.jsonl", with_split(shelf.articles()))
    write(given.out / "stories.jsonl", with_split(shelf.stories()))
    write(given.out / "sentences.jsonl", with_split(shelf.sentences()))
    filled = list(layouts.pages())
    by_id = {piece["id"]: piece for piece in layouts.articles()}
    flat = [
        {"id": p.id, "article": p.article, "layout": p.layout.name, "flat_text": p.flat_text, "kinds": p.kinds}
        for p in filled
    ]
    write(given.out / "pages.jsonl", with_split(flat, "article"))
    chosen = [page for at, page in enumerate(filled) if at % layouts.FILLINGS < shelf.HTML_FILLINGS]
    write(given.out / "html.jsonl", with_split((markup.markup(p, by_id[p.article]) for p in chosen), "article"))
    if wikipedia.ANNOTATIONS.exists():
        lines = wikipedia.ANNOTATIONS.read_text(encoding="utf-8").splitlines()
        records = wikipedia.load(given.text) if given.text else map(json.loads, lines)
        write(
            given.out / "wikipedia.jsonl",
            ({**record, "split": wikipedia.split_of(record["item"])} for record in records),
        )


if __name__ == "__main__":
    main()
