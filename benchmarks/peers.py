"""quidnunc beside what else PyPI has, on one machine, in one go: accuracy, and speed as ratios.

    python benchmarks/peers.py [--pages 200] [--only pages,dates,coding,fleet] [--rounds 2] [--write]

    pages     reading HTML: body F1 and time, beside trafilatura, newspaper4k, goose3, readability-lxml, jusText, resiliparse
    dates     dates in running text: F1 of calendar days and time, beside dateparser's search
    coding    page in, events stored, beside spaCy alone on the same article bodies, on one core
    fleet     one worker and two of `quidnunc fleet` on the same articles

Each reader runs in a fresh process on one core. Peers that are not installed (extra ``bench``) are named and left out, and so is what
needs labelled pages where these are not at hand. Saves benchmarks/results/peers.json; --write puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / "benchmarks" / "results" / "peers.json"
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"
SETS = ("scrapinghub", "fundus")

sys.path.insert(0, str(ROOT / "benchmarks"))

import speed  # noqa: E402

Figures = dict[str, Any]


def read_part(name: str, which: str, limit: int) -> Figures:
    """One reader over one set of labelled pages."""
    import pages

    logging.disable(logging.CRITICAL)
    rows = list(islice(pages.html_rows(SHARED / "pages", which), limit))
    reader = pages.ours if name == "quidnunc" else pages.careful(pages.PEERS[name][1])
    score = pages.run(rows, reader)
    p, r = (sum(values) / max(len(values), 1) for values in (score.precision, score.recall))
    return {"pages": score.pages, "body_f1": round(2 * p * r / max(p + r, 1e-9), 3), "ms": round(1000 * score.seconds / max(score.pages, 1), 1)}  # fmt: skip


def dates_part(name: str, limit: int) -> Figures:
    """Calendar days of date expressions in running news text."""
    import dates as bench

    texts = bench.rows(SHARED / "gold" / "timeml_dev.jsonl")[:limit]
    counts, seconds = Counter[str](), 0.0
    find = _dateparser if name == "dateparser" else _quidnunc_dates
    find("He left on Monday.", "2024-03-05")
    for row in texts:
        published = (row.get("created") or row["dct"])[:10]
        gold = [(t["start"], t["end"], days) for t in row["timexes"] if (days := bench.gold_days(t))]
        started = time.perf_counter()
        mine = find(row["text"], published)
        seconds += time.perf_counter() - started
        counts["gold"] += len(gold)
        counts["found"] += len(mine)
        counts["hit"] += sum(any(m[2] == d for m in mine if bench.overlaps(m, (a, b))) for a, b, d in gold)
    p, r = counts["hit"] / max(counts["found"], 1), counts["hit"] / max(counts["gold"], 1)
    return {"texts": len(texts), "p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / max(p + r, 1e-9), 3), "ms": round(1000 * seconds / max(len(texts), 1), 1)}  # fmt: skip


def _quidnunc_dates(text: str, published: str) -> list[Any]:
    from quidnunc import dates

    return [
        (e.start, e.end, e.span_of_days) for e in dates.find(text, published=published) if e.type in ("DATE", "TIME") and e.span_of_days
    ]  # fmt: skip


def _dateparser(text: str, published: str) -> list[Any]:
    from dateparser.search import search_dates

    base = {"RELATIVE_BASE": datetime.fromisoformat(published), "PREFER_DATES_FROM": "past"}
    found, at = [], 0
    for words, when in search_dates(text, languages=["en"], settings=base) or []:
        at = max(text.find(words, at), 0)
        found.append((at, at + len(words), (when.date(), when.date())))
        at += len(words)
    return found


def fleet_part(workers: int, count: int) -> Figures:
    """Articles a second of a fleet, after its workers are up and have coded something."""
    from quidnunc import fleet
    from quidnunc.coder import Options

    rows = [(name, text, url) for name, text, url, _ in speed.chosen(count) if isinstance(text, str)]
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "in.jsonl"
        given.write_text("".join(json.dumps({"url": u, "text": t}) + "\n" for _, t, u in rows), encoding="utf-8")
        shards = fleet.plan([str(given)], Options(), shard_bytes=max(2000, given.stat().st_size // 40))
        clock: list[tuple[float, int]] = []
        done = lambda one, *_: clock.append((time.perf_counter(), one.inputs))  # noqa: E731
        fleet.run(shards, str(Path(folder) / "out"), Options(), workers=workers, told=done)
    skip = 2 * workers  # the first ones of each worker load the models
    inputs = sum(n for _, n in clock[skip:])
    return {"workers": workers, "articles": inputs, "a_second": round(inputs / (clock[-1][0] - clock[skip - 1][0]), 2)}


def measure(given: argparse.Namespace) -> Figures:
    """All parts that were asked for."""
    wanted = given.only.split(",")
    found: Figures = {"machine": machine(), "date": datetime.now(UTC).date().isoformat()}
    if "pages" in wanted:
        import pages

        names = ["quidnunc", *(name for name, (module, _) in pages.PEERS.items() if importlib.util.find_spec(module))]
        found["missing"] = sorted(set(pages.PEERS) - set(names))
        there = [which for which in SETS if (SHARED / "pages" / f"{which}.jsonl").exists()]
        found["pages"] = {
            which: {name: part("read", name, which, str(given.pages)) for name in names} for which in there
        }
    if "dates" in wanted and (SHARED / "gold" / "timeml_dev.jsonl").exists():
        names = ["quidnunc", *(["dateparser"] if importlib.util.find_spec("dateparser") else [])]
        found["dates"] = {name: part("dates", name, str(given.pages)) for name in names}
    if "coding" in wanted:
        both = speed.measure(speed.chosen(given.pages), given.rounds)
        rates = {name: one["articles"] / one["seconds"] for name, one in both.items()}
        found["coding"] = {
            "articles": int(both["quidnunc"]["articles"]), "ratio": round(rates["quidnunc"] / rates["parser"], 2),
            "quidnunc_a_second": round(rates["quidnunc"], 1), "spacy_a_second": round(rates["parser"], 1),
            "quidnunc_gb": round(both["quidnunc"]["rss"], 2), "spacy_gb": round(both["parser"]["rss"], 2),
        }  # fmt: skip
    if "fleet" in wanted:
        rounds = [
            [part("fleet", str(n), str(given.pages), cores=n)["a_second"] for n in (1, 2)] for _ in range(given.rounds)
        ]
        best = [max(column) for column in zip(*rounds, strict=True)]
        found["fleet"] = {"one": best[0], "two": best[1], "ratio": round(best[1] / best[0], 2)}
    return found


PARTS = {
    "read": lambda name, which, limit: read_part(name, which, int(limit)),
    "dates": lambda name, limit: dates_part(name, int(limit)),
    "fleet": lambda workers, count: fleet_part(int(workers), int(count)),
}


def part(name: str, *arguments: str, cores: int = 1) -> Figures:
    """A part in a fresh process."""
    print(name, *arguments, file=sys.stderr, flush=True)
    if cores == 1:
        printed = speed.one_core(__file__, "--part", name, *arguments)
    else:
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        command = [sys.executable, __file__, "--part", name, *arguments]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **threads}).stdout  # fmt: skip
    return dict(json.loads(printed.splitlines()[-1]))


def machine() -> str:
    """The machine in a few words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    return f"{len(os.sched_getaffinity(0))} cores ({platform.machine()}), {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}, no GPU"


def table(found: Figures) -> str:
    """The figures as Markdown."""
    lines = [f"Machine: {found['machine']}. Measured on {found['date']}.", ""]
    for which, readers in found.get("pages", {}).items():
        own = readers["quidnunc"]
        lines += [f"**Reading pages**: {which}, {own['pages']} pages, labelled", "", "| reader | body F1 | ms a page | time beside quidnunc's |", "|---|---|---|---|"]  # fmt: skip
        lines += [f"| {name} | {one['body_f1']:.3f} | {one['ms']:.1f} | {one['ms'] / own['ms']:.2f} |" for name, one in sorted(readers.items(), key=lambda item: -item[1]["body_f1"])]  # fmt: skip
        lines.append("")
    if "dates" in found:
        own = found["dates"]["quidnunc"]
        lines += [f"**Dates in running text**: {own['texts']} news articles with annotated time expressions, calendar days", "", "| finder | P | R | F1 | ms a text |", "|---|---|---|---|---|"]  # fmt: skip
        lines += [f"| {name} | {one['p']:.3f} | {one['r']:.3f} | {one['f1']:.3f} | {one['ms']:.0f} |" for name, one in found["dates"].items()]  # fmt: skip
        lines.append("")
    if "coding" in found:
        one = found["coding"]
        lines += [
            f"**Coding**: {one['articles']} pages on one core", "", "| | articles a second | peak memory |", "|---|---|---|",
            f"| quidnunc: page in, events stored | {one['quidnunc_a_second']} | {one['quidnunc_gb']} GB |",
            f"| spaCy alone: the bodies parsed, nothing else | {one['spacy_a_second']} | {one['spacy_gb']} GB |", "",
            f"quidnunc does the whole work at {one['ratio']} × the speed of the bare parser (goal: 1.5).", "",
        ]  # fmt: skip
    if "fleet" in found:
        one = found["fleet"]
        lines += [f"**Two workers** of `quidnunc fleet` code {one['ratio']} × as fast as one (goal: 1.85).", ""]
    return "\n".join(lines)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=200)
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--only", default="pages,dates,coding,fleet")
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--part", nargs="+", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.part:
        print(json.dumps(PARTS[given.part[0]](*given.part[1:])))
        return 0
    found = measure(given)
    earlier = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(earlier | found, indent=1) + "\n", encoding="utf-8")
    print(table(found))
    for name in found.get("missing", ()):
        print(f"{name}: not installed, left out (pip install 'quidnunc[bench]')")
    if given.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n\n{table(earlier | found)}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
