"""How well whole articles are coded: real articles with careful gold, and a real page with all its furniture.

    python benchmarks/articles.py [--verbose]

Prints precision, recall and F1 at four levels, each on top of the one before: where (sentence
and quad class), what (type), who (countries of source and target), full (status and date). Exits with 1 if a floor of floors.json is
missed. Gold, and the scorer of the page, are kept beside the checkout and are not shipped; without them there is nothing to do.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "score_events.py"
FLOORS = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["articles"]


def score_articles(gold: Path, verbose: bool) -> list[str]:
    """Print the four levels of a gold file; returns the levels below their floor."""
    from quidnunc.evaluation import LEVELS, Tally, tally
    from quidnunc.evaluation._codings import of_gold
    from quidnunc.evaluation._levels import match
    from quidnunc.evaluation.sets import articles

    rows = articles.load(gold)
    coded = articles.code_rows(rows)
    counted = [tally(of_gold(row), one) for row, one in zip(rows, coded, strict=True)]
    for row, one in zip(rows, coded, strict=True) if verbose else ():
        wanted = of_gold(row).events
        got = match(wanted, one.events if one else ())
        for at, event in enumerate(wanted):
            reached = LEVELS[got[at][0] - 1] if at in got else "MISSED"
            print(f"  {'core' if event.core else 'more'}  {reached:6}  {row['id']}#{at} {event.type} {event.sentence[:50]}")  # fmt: skip
    total = sum(counted, Tally())
    print(f"{gold.name}: {len(rows)} coded\ncore gold {total.core}, predicted {total.found}")
    missed = []
    for at, level in enumerate(LEVELS):
        p, r, f1 = total.scores(at)
        print(f"{level:6} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}")
        if round(f1, 3) < FLOORS[level]:
            missed.append(level)
    print()
    return missed


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
    gold, missed = SHARED / "gold" / "articles_dev.jsonl", []
    if gold.exists():
        missed = score_articles(gold, verbose)
    else:
        print(f"{gold.name}: skipped, the gold is not there")
    page_gold, page = SHARED / "pages" / "seed.gold.json", SHARED / "pages" / "seed.txt"
    if SCORER.exists() and page_gold.exists() and page.exists():
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "coded.jsonl"
            count = code_page(page, out)
            print(f"{page_gold.name}: {count} coded\n{score(page_gold, out, verbose)}")
    else:
        print(f"{page_gold.name}: skipped, page, gold or scorer is not there")
    for level in missed:
        print(f"floor missed: {level}, wanted F1 {FLOORS[level]}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
