"""How well pages are read, beside trafilatura in the same run.

    python benchmarks/pages.py [--data FOLDER] [--sets scrapinghub,fundus,wcxb,flat] [--limit N] [--no-peer] [--worst N]

Body: precision, recall and F1 of 4-gram shingles averaged over pages, and the share of pages whose tokens are all the same
(the measure of scrapinghub/article-extraction-benchmark). Headline, day and authors: exact, on pages whose gold has them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quidnunc import pages
from quidnunc.errors import QuidnuncError

ROOT = Path(__file__).resolve().parent.parent
TOKEN = re.compile(r"\w+")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The 4-grams of a text's tokens (the whole text where it is shorter)."""
    tokens = TOKEN.findall(text)
    if len(tokens) < 4:
        return Counter([tuple(tokens)]) if tokens else Counter()
    return Counter(tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3))


@dataclass
class Score:
    """Sums over pages."""

    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    exact: int = 0
    pages: int = 0
    seconds: float = 0.0
    fields: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def body(self, gold: str, found: str) -> float:
        """Count one page; gives its F1."""
        true, got = shingles(gold), shingles(found)
        both = sum((true & got).values())
        self.pages += 1
        self.exact += TOKEN.findall(gold) == TOKEN.findall(found)
        p = both / sum(got.values()) if got else (0.0 if true else 1.0)
        r = both / sum(true.values()) if true else 1.0
        if got:
            self.precision.append(p)
        if true:
            self.recall.append(r)
        return 2 * p * r / (p + r) if p + r else 0.0

    def row(self, name: str) -> str:
        """A line of the table."""
        p = sum(self.precision) / max(1, len(self.precision))
        r = sum(self.recall) / max(1, len(self.recall))
        f = 2 * p * r / (p + r) if p + r else 0.0
        metadata = "  ".join(
            f"{key} {self.fields[key] / self.fields[key + ' gold']:.3f}"
            for key in ("headline", "date", "authors")
            if self.fields[key + " gold"]
        )
        speed = self.pages / self.seconds if self.seconds else 0.0
        return (
            f"{name:<28} F1 {f:.4f}  P {p:.4f}  R {r:.4f}  exact {self.exact / max(1, self.pages):.3f}  "
            f"{speed:6.1f} pages/s  slowest {self.slowest:.2f} s  {metadata}"
        )


def norm(text: str | None) -> str:
    """A headline or name for comparison: tokens in lower case."""
    return " ".join(TOKEN.findall((text or "").lower()))


def ours(page: str | bytes, url: str | None) -> dict[str, Any]:
    """Body, headline, day and authors by quidnunc."""
    try:
        article = pages.read(page, url=url)
    except QuidnuncError as error:
        return {"body": "", "error": str(error)}
    body = "\n".join([article.standfirst or "", article.text]) if STANDFIRST else article.text
    return {"body": body, "title": article.headline, "date": article.published, "authors": list(article.authors)}


STANDFIRST = False


def peer(page: str | bytes, url: str | None) -> dict[str, Any]:
    """The same by trafilatura."""
    import trafilatura

    document: Any = trafilatura.bare_extraction(page, url=url, include_comments=False, with_metadata=True)
    if document is None:
        return {"body": ""}
    authors = [name.strip() for name in (document.author or "").split(";") if name.strip()]
    return {"body": document.text or "", "title": document.title, "date": document.date, "authors": authors}


def peer_flat(page: str | bytes, url: str | None) -> dict[str, Any]:
    """For flattened text: long lines that end in punctuation, the best rule that needs no model."""
    text = page if isinstance(page, str) else page.decode()
    return {"body": "\n".join(ln for ln in text.splitlines() if len(ln) > 80 and ln.rstrip()[-1:] in '.!?"”’:')}


def count_fields(score: Score, gold: dict[str, Any], found: dict[str, Any]) -> None:
    """Exactness of headline, day and authors."""
    if gold.get("title"):
        score.fields["headline gold"] += 1
        score.fields["headline"] += norm(gold["title"]) == norm(found.get("title"))
    if gold.get("date"):
        score.fields["date gold"] += 1
        score.fields["date"] += str(gold["date"])[:10] == str(found.get("date") or "")[:10]
    if gold.get("authors"):
        score.fields["authors gold"] += 1
        score.fields["authors"] += {norm(a) for a in gold["authors"]} == {norm(a) for a in found.get("authors") or []}


def run(
    rows: list[dict[str, Any]], reader: Callable[[str | bytes, str | None], dict[str, Any]], worst: int = 0
) -> Score:
    """Score a reader on pages; optionally print its worst pages."""
    score = Score()
    marks: list[tuple[float, str, dict[str, Any]]] = []
    for row in rows:
        begin = time.process_time()
        found = reader(row["page"], row.get("url"))
        took = time.process_time() - begin
        score.seconds += took
        score.slowest = max(score.slowest, took)
        marks.append((score.body(row["body"], found["body"]), row["id"], found))
        count_fields(score, row, found)
    for mark, name, found in sorted(marks, key=lambda item: item[0])[:worst]:
        print(f"      {mark:.3f} {name} {found.get('error', '')}")
    return score


def html_rows(data: Path, name: str) -> Iterator[dict[str, Any]]:
    """The pages of an HTML set."""
    for line in (data / f"{name}.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        row["page"] = gzip.decompress((data / row["html"]).read_bytes())
        yield row


def flat_rows(data: Path, form: str) -> Iterator[dict[str, Any]]:
    """The flattened pages of one form."""
    for line in (data / "flat_pairs_dev.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["form"] == form:
            yield {"id": row["id"], "page": row["flat_text"], "body": row["body"], "url": None}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "pages")
    parser.add_argument("--sets", default="scrapinghub,fundus,wcxb,flat")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"skipped: no labelled pages under {options.data}; give their folder with --data")
        return
    for name in options.sets.split(","):
        forms = ["htmltext", "seed"] if name == "flat" else [None]
        for form in forms:
            source = flat_rows(options.data, form) if form else html_rows(options.data, name)
            rows = list(source)[: options.limit]
            title = f"{name} {form or ''} ({len(rows)})"
            global STANDFIRST
            STANDFIRST = name == "fundus"
            print(run(rows, ours, options.worst).row(f"{title} quidnunc"), flush=True)
            if not options.no_peer:
                print(run(rows, peer_flat if form else peer).row(f"{title} peer"), flush=True)


if __name__ == "__main__":
    main()
