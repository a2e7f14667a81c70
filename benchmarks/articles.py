"""How well whole articles are coded: real articles with careful gold, and a real page with all its furniture.

    python benchmarks/articles.py [--verbose]

Prints what the scorer beside the gold prints: precision, recall and F1 at four levels, each on top of the one before: where (sentence
and quad class), what (type), who (countries of source and target), full (status and date). Exits with 1 if a floor of floors.json is
missed. Gold and scorer are kept beside the checkout and are not shipped; without them there is nothing to do.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "score_events.py"
FLOORS = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["articles"]


def code_articles(gold: Path, out: Path) -> int:
    """Code the texts of a gold file; returns how many."""
    from quidnunc import Page, code_all

    articles = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    pages = [
        Page(one["id"], one["text"], f"https://articles.example/{one['id']}", one.get("published")) for one in articles
    ]
    with out.open("w", encoding="utf-8") as lines:
        for coded in code_all(pages):
            if isinstance(coded, Exception):
                raise coded
            lines.write(json.dumps(coded.to_dict()) + "\n")
    return len(articles)


def code_page(page: Path, out: Path) -> int:
    """Code one page with its cards."""
    from quidnunc import code

    coded = code(page.read_bytes())
    out.write_text("".join(json.dumps(line) + "\n" for line in coded.lines()), encoding="utf-8")
    return 1


def score(gold: Path, coded: Path, verbose: bool) -> str:
    flags = ["-v"] if verbose else []
    return subprocess.run(
        [sys.executable, SCORER, *flags, gold, coded], check=True, capture_output=True, text=True
    ).stdout


def main() -> int:
    verbose = "--verbose" in sys.argv[1:]
    jobs = (
        (SHARED / "gold" / "articles_dev.jsonl", SHARED / "gold" / "articles_dev.jsonl", code_articles),
        (SHARED / "pages" / "seed.gold.json", SHARED / "pages" / "seed.txt", code_page),
    )
    missed = []
    for gold, given, coder in jobs:
        if not (SCORER.exists() and gold.exists() and given.exists()):
            print(f"{gold.name}: skipped, gold or scorer is not there")
            continue
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "coded.jsonl"
            count = coder(given, out)
            found = score(gold, out, verbose)
        print(f"{gold.name}: {count} coded\n{found}")
        if coder is code_articles:
            missed = [level for level, least in FLOORS.items() if f1(found, level) < least]
    for level in missed:
        print(f"floor missed: {level}, wanted F1 {FLOORS[level]}")
    return 1 if missed else 0


def f1(found: str, level: str) -> float:
    """F1 of a level in what the scorer printed."""
    line = next(line for line in found.splitlines() if line.split()[:1] == [level])
    return float(re.findall(r"\d+\.\d+|\.\d+", line)[-1])


if __name__ == "__main__":
    sys.exit(main())
