"""How well pages are read, beside the extraction libraries in the same run.

    python benchmarks/pages.py [--data FOLDER] [--sets scrapinghub,fundus,wcxb,flat] [--limit N] [--no-peer] [--worst N] [--folds]

Peers that are not installed are named and left out (extra ``bench``: trafilatura comes with quidnunc).

Body: precision, recall and F1 of 4-gram shingles averaged over pages, and the share of pages whose tokens are all the same
(the measure of scrapinghub/article-extraction-benchmark). Headline, day and authors: exact, on pages whose gold has them. Standfirst: kept as a block of its own where it can be seen;
"apart" counts only pages where it is not one of the paragraphs of the text.

The line models that ship are trained on the flat set, so the rows of that set flatter them; --folds adds the honest rows: each
page read by models that saw no page of its site (trains for ten minutes; needs the extra ``training``).
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quidnunc.evaluation.sets.pages import body_scores, field_scores, norm, read

ROOT = Path(__file__).resolve().parent.parent


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
        p, r, exact = body_scores(gold, found)
        self.pages += 1
        self.exact += exact
        if p is not None:
            self.precision.append(p)
        if r is not None:
            self.recall.append(r)
        p, r = p if p is not None else float(r is None), r or 0.0
        return 2 * p * r / (p + r) if p + r else 0.0

    def row(self, name: str) -> str:
        """A line of the table."""
        p = sum(self.precision) / max(1, len(self.precision))
        r = sum(self.recall) / max(1, len(self.recall))
        f = 2 * p * r / (p + r) if p + r else 0.0
        metadata = "  ".join(
            f"{key} {self.fields[key] / self.fields[key + ' gold']:.3f}"
            for key in ("headline", "date", "authors", "standfirst", "standfirst apart")
            if self.fields[key + " gold"]
        )
        speed = self.pages / self.seconds if self.seconds else 0.0
        return (
            f"{name:<34} F1 {f:.4f}  P {p:.4f}  R {r:.4f}  exact {self.exact / max(1, self.pages):.3f}  "
            f"{speed:6.1f} pages/s  slowest {self.slowest:.2f} s  {metadata}"
        )


def ours(page: str | bytes, url: str | None) -> dict[str, Any]:
    """Body, headline, day and authors by quidnunc."""
    return read(page, url, standfirst=STANDFIRST)


STANDFIRST = False


def peer(page: str | bytes, url: str | None) -> dict[str, Any]:
    """The same by trafilatura."""
    import trafilatura

    document: Any = trafilatura.bare_extraction(page, url=url, include_comments=False, with_metadata=True)
    if document is None:
        return {"body": ""}
    authors = [name.strip() for name in (document.author or "").split(";") if name.strip()]
    return {"body": document.text or "", "title": document.title, "date": document.date, "authors": authors}


def peer_readability(page: str | bytes, url: str | None) -> dict[str, Any]:
    """The same by readability-lxml."""
    import lxml.html
    import readability

    document = readability.Document(as_text(page))
    tree = lxml.html.fromstring(document.summary(html_partial=True))
    return {"body": "\n".join(tree.itertext()), "title": document.short_title(), "authors": []}


def peer_newspaper(page: str | bytes, url: str | None) -> dict[str, Any]:
    """The same by newspaper4k."""
    import newspaper

    article = newspaper.Article(url or "http://example.org/", fetch_images=False)
    article.download(input_html=as_text(page))
    article.parse()
    date = article.publish_date.isoformat() if article.publish_date else None
    return {"body": article.text, "title": article.title, "date": date, "authors": article.authors}


def peer_justext(page: str | bytes, url: str | None) -> dict[str, Any]:
    """The same by jusText."""
    import justext

    parts = justext.justext(as_text(page), justext.get_stoplist("English"))
    return {"body": "\n".join(part.text for part in parts if not part.is_boilerplate)}


def peer_resiliparse(page: str | bytes, url: str | None) -> dict[str, Any]:
    """The same by resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return {"body": extract_plain_text(as_text(page), main_content=True)}


def peer_goose(page: str | bytes, url: str | None) -> dict[str, Any]:
    """The same by goose3."""
    import goose3

    article = goose3.Goose({"enable_image_fetching": False}).extract(raw_html=as_text(page))
    return {
        "body": article.cleaned_text,
        "title": article.title,
        "date": article.publish_date,
        "authors": article.authors,
    }


def as_text(page: str | bytes) -> str:
    """A page as text, for libraries that want it so."""
    return page if isinstance(page, str) else page.decode("utf-8", "replace")


PEERS = {
    "trafilatura": ("trafilatura", peer),
    "readability-lxml": ("readability", peer_readability),
    "newspaper4k": ("newspaper", peer_newspaper),
    "jusText": ("justext", peer_justext),
    "resiliparse": ("resiliparse", peer_resiliparse),
    "goose3": ("goose3", peer_goose),
}


def careful(reader: Callable[[str | bytes, str | None], dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """A peer whose failure on a page costs it that page only."""

    def read(page: str | bytes, url: str | None) -> dict[str, Any]:
        try:
            return reader(page, url)
        except Exception as error:
            return {"body": "", "error": repr(error)}

    return read


def peer_flat(page: str | bytes, url: str | None) -> dict[str, Any]:
    """For flattened text: long lines that end in punctuation, the best rule that needs no model."""
    text = page if isinstance(page, str) else page.decode()
    return {"body": "\n".join(ln for ln in text.splitlines() if len(ln) > 80 and ln.rstrip()[-1:] in '.!?"”’:')}


def count_fields(score: Score, gold: dict[str, Any], found: dict[str, Any]) -> None:
    """Exactness of headline, day and authors."""
    for name, right in field_scores(gold, found).items():
        score.fields[f"{name} gold"] += 1
        score.fields[name] += right


def count_standfirst(score: Score, gold: dict[str, Any], found: dict[str, Any]) -> None:
    """Whether the summary of the gold, where a block of the page is just that, is kept as the standfirst.

    "apart" leaves out the pages on which the summary is read as a paragraph of the text.
    """
    summary = gold.get("summary") or []
    told = {norm(text) for text in ([summary] if isinstance(summary, str) else summary) if len(text.split()) > 3}
    shown = [block for block in found.get("blocks", ()) if norm(block.text) in told]
    if not shown:
        return
    kept = any(block.kind == "standfirst" for block in shown)
    score.fields["standfirst gold"] += 1
    score.fields["standfirst"] += kept
    if kept or not all(block.text_span for block in shown):
        score.fields["standfirst apart gold"] += 1
        score.fields["standfirst apart"] += kept


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
        count_standfirst(score, row, found)
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


def print_folds(data: Path) -> None:
    """The flat set, read with models that saw no page of the site: rules alone, and rules with models."""
    from block_kinds import training

    train = training()
    read = train.read_pages(data / "flat_pairs_dev.jsonl")
    judged = list(zip(read, train.out_of_fold(read, train.written_pages()), strict=True))
    for form in ("htmltext", "seed"):
        for name in ("rules alone", "five-fold by site", "  the same, standfirsts counted as body"):
            score = Score()
            for page, chances in judged:
                if page.form == form:
                    kinds = (
                        [ln.kind for ln in page.lines] if name == "rules alone" else train.final_kinds(page, chances)
                    )
                    wanted = FLAT_BODY | {"standfirst"} if "standfirst" in name else FLAT_BODY
                    lines = zip(page.lines, kinds, strict=True)
                    score.body(page.body, "\n".join(line.text for line, kind in lines if kind in wanted))
            print(score.row(f"flat {form} {name}"), flush=True)


FLAT_BODY = frozenset({"paragraph", "heading", "quote", "list"})


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "pages")
    parser.add_argument("--sets", default="scrapinghub,fundus,wcxb,flat")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--folds", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
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
            if options.no_peer:
                continue
            if form:
                print(run(rows, peer_flat).row(f"{title} long lines"), flush=True)
            for label, (module, reader) in () if form else PEERS.items():
                if importlib.util.find_spec(module) is None:
                    print(f"{title} {label}: not installed, left out")
                    continue
                print(run(rows, careful(reader)).row(f"{title} {label}"), flush=True)
    if options.folds:
        print_folds(options.data)


if __name__ == "__main__":
    main()
