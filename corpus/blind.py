"""Blind second coding: a fifth of all pieces, coded again by somebody who has not seen the first codes.

    python corpus/blind.py draw FOLDER [--text WIKIPEDIA.jsonl.gz] [--part 0] [--but w9 x7 ...]
                                      writes what is to be coded; keeps the first codes under corpus/blind/
    python corpus/blind.py take FOLDER [--text WIKIPEDIA.jsonl.gz]    reads the answers (same file names) into corpus/blind/

Which pieces is decided by a hash of their name or text, so that what is written later is drawn the same way: the first of five parts; of the second part (``--part 1``) come
more pieces of hands that a reader may judge, where he wrote others himself (``--but``). First codes are kept as they were when the second reader
began: what is settled afterwards changes the sources, not these. ``agree.py`` compares both.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import quill
import shelf
import wikipedia

HERE = Path(__file__).resolve().parent / "blind"
Reader = Literal["first", "second"]
SORTS = {"articles": 12, "sentences": 100, "items": 50}
"""Sorts of pieces, and how many go into a file."""


def drawn(key: str, part: int = 0) -> bool:
    """Whether a piece is among a fifth (the first, unless ``part`` says another) that is coded twice."""
    return int(hashlib.sha256(f"blind {key}".encode()).hexdigest(), 16) % 5 == part


def articles(reader: Reader) -> dict[str, dict]:
    """The articles and tellings as one reader coded them, by name; their texts are those of the sources."""
    raw = {name: text for name, _, text, _ in _source_pieces()}
    found = {}
    for name, lines in _layers(HERE / f"{reader}-articles.txt").items():
        text, sentences = quill.lay_out(raw[name])
        layers = quill.layers(quill.Piece(f"{reader} {name}", text), sentences, lines)
        found[name] = {"id": name, "meta": {"published": "-", "headline": "-"}, "text": text, "sentences": sentences, **layers}  # fmt: skip
    return found


def sentences(reader: Reader) -> dict[str, dict]:
    """The single sentences as one reader coded them, by text."""
    path = HERE / f"{reader}-sentences.txt"
    return {one["text"]: one for one in quill.sentences(path)} if path.exists() else {}


def items(reader: Reader) -> dict[str, dict]:
    """The real sentences as one reader coded them, by item."""
    path = HERE / f"{reader}-items.jsonl"
    return {one["item"]: one for one in map(json.loads, path.open(encoding="utf-8"))} if path.exists() else {}


def _source_pieces() -> Iterator[tuple[str, dict[str, str], str, list[str]]]:
    for folder in ("articles", "stories"):
        for path in sorted((shelf.SOURCES / folder).glob("*.txt")):
            yield from (one for one in quill.blocks(path) if one[2].strip())


def _layers(path: Path) -> dict[str, list[str]]:
    """Layer lines by piece of a file that holds nothing else."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith("=== "):
            found[line.removeprefix("=== ").strip()] = lines = []
        elif line.strip():
            lines.append(line)
    return found


def _save_layers(path: Path, pieces: dict[str, list[str]]) -> None:
    path.write_text("\n".join("\n".join([f"=== {name}", *lines, ""]) for name, lines in sorted(pieces.items())), encoding="utf-8")  # fmt: skip


def _sentence_groups(path: Path) -> dict[str, str]:
    """The lines of each sentence of a file by its text, the shared ``@`` line before each."""
    found, shared, text = {}, "", None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            shared, text = line, None
        elif line.startswith("> "):
            text = line[2:].strip()
            found[text] = f"{shared}\n> {text}\n"
        elif text and line.strip() and not line.startswith("#"):
            found[text] += line + "\n"
    return found


def draw(out: Path, text: Path | None, part: int = 0, but: tuple[str, ...] = ()) -> None:
    """Write what is to be coded of a part, without what the hands ``but`` wrote, and keep the first codes of what is not kept yet."""
    out.mkdir(parents=True, exist_ok=True)
    HERE.mkdir(exist_ok=True)
    chosen = [one for one in _source_pieces() if drawn(one[0], part) and not one[0].startswith(but)]
    kept = {name: lines for name, _, _, lines in chosen} | _layers(HERE / "first-articles.txt")
    _save_layers(HERE / "first-articles.txt", kept)
    groups: dict[str, str] = {}
    for path in sorted((shelf.SOURCES / "sentences").glob("*.txt")):
        if not path.stem.startswith(but):
            groups |= {key: lines for key, lines in _sentence_groups(path).items() if drawn(key, part)}
    first = HERE / "first-sentences.txt"
    groups_kept = groups | (_sentence_groups(first) if first.exists() else {})
    first.write_text("".join(groups_kept[key] for key in sorted(groups_kept)), encoding="utf-8")
    asked: dict[str, Iterable[str]] = {
        "articles": (_bare(name, header, raw) for name, header, raw, _ in chosen),
        "sentences": ("\n".join(lines.split("\n")[:2]) + "\n" for lines in groups.values()),
        "items": _draw_items(text, part, but) if text else (),
    }
    for sort, size in SORTS.items():
        every = list(asked[sort])
        for at in range(0, len(every), size):
            (out / f"{sort}-{at // size + 1:02}.txt").write_text("\n".join(every[at : at + size]), encoding="utf-8")
        print(f"{len(every)} {sort}")


def _bare(name: str, header: dict[str, str], raw: str) -> str:
    head = "".join(f"{key}: {value}\n" for key, value in header.items())
    return f"=== {name}\n{head}--- text\n{raw.strip()}\n--- layers\n"


def _draw_items(text: Path, part: int, but: tuple[str, ...]) -> Iterator[str]:
    coded = {one["item"]: one for one in map(json.loads, wikipedia.ANNOTATIONS.open(encoding="utf-8"))}
    chosen = {key: one for key, one in coded.items() if drawn(key, part) and not one["reader"].startswith(but)}
    kept = chosen | items("first")
    (HERE / "first-items.jsonl").write_text("".join(json.dumps(kept[key], ensure_ascii=False) + "\n" for key in sorted(kept)), encoding="utf-8")  # fmt: skip
    for number, item in enumerate(wikipedia.draw(text)):
        if wikipedia.key_of(item) in chosen:
            yield f"[{number}] {item['date']} | {item.get('category')} | {item['text']}\n"


def take(folder: Path, text: Path | None) -> None:
    """Read the answers; what is wrong stops with its place."""
    coded = _layers(HERE / "second-articles.txt")
    for path in sorted(folder.glob("articles-*.txt")):
        coded |= {name: lines for name, _, _, lines in quill.blocks(path)}
    _save_layers(HERE / "second-articles.txt", coded)
    second = HERE / "second-sentences.txt"
    groups = _sentence_groups(second) if second.exists() else {}
    for path in sorted(folder.glob("sentences-*.txt")):
        groups |= _sentence_groups(path)
    second.write_text("".join(groups[key] for key in sorted(groups)), encoding="utf-8")
    if text:
        with tempfile.TemporaryDirectory() as held:
            for path in sorted(folder.glob("items-*.txt")):
                (Path(held) / f"answer-{path.stem}-b.txt").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")  # fmt: skip
            wikipedia.take(text, Path(held), Path(held) / "taken.jsonl")
            taken = {one["item"]: one for one in map(json.loads, (Path(held) / "taken.jsonl").open(encoding="utf-8"))}
        kept = items("second") | taken
        lines = (json.dumps(kept[key], ensure_ascii=False) + "\n" for key in sorted(kept))
        (HERE / "second-items.jsonl").write_text("".join(lines), encoding="utf-8")
    print(f"{len(articles('second'))} articles, {len(sentences('second'))} sentences, {len(items('second'))} items")


def main() -> None:
    """Draw or take."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["draw", "take"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--text", type=Path, help="the Current events items")
    parser.add_argument("--part", type=int, default=0, choices=range(5), help="which fifth")
    parser.add_argument("--but", nargs="*", default=[], help="hands whose pieces are left out, as w9 or x7")
    given = parser.parse_args()
    if given.what == "draw":
        draw(given.folder, given.text, given.part, tuple(given.but))
    else:
        take(given.folder, given.text)


if __name__ == "__main__":
    main()
