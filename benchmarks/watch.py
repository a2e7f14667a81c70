"""A watch over 2,000 pages that behave as badly as the real ones, killed again and again: every page must be accounted for.

    python benchmarks/watch.py [--pages 2000] [--kills 10] [--json FILE]

Starts sites on loopback (tests/newsworld.py: slow, broken, cut, redirecting, looping, huge, packed to burst, paywalled, changing, withdrawn,
forbidden, repeated pages), runs ``quidnunc watch --once`` with the whole coder on them, kills it (-9) at random points and starts it
again until it ends by itself. Prints what became of the pages, how many were asked again after they had been written down (none may), and
pages a second. Exits with 1 if a page is lost, is something else than it must be, or was fetched again.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from newsworld import Site, mistakes  # noqa: E402

from quidnunc.store import Store  # noqa: E402


def toml(feeds: dict[str, object]) -> str:
    """A list of feeds as a user would write it."""
    lines = ["[watch]", *(f"{name} = {json.dumps(value)}" for name, value in dict(feeds["watch"]).items())]  # type: ignore[call-overload]
    for feed in feeds["feed"]:  # type: ignore[attr-defined]
        lines += ["[[feed]]", *(f"{name} = {json.dumps(value)}" for name, value in feed.items())]
    return "\n".join(lines) + "\n"


def landed(path: Path) -> set[str]:
    """URLs that were written down as fetched, or as failed for good."""
    if not path.exists():
        return set()
    with Store(path) as store:
        return {str(row[0]) for row in store.sql("SELECT url FROM pages WHERE state <> 'queued'", limit=100_000)[1]}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=2000)
    arguments.add_argument("--kills", type=int, default=10)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    rng = random.Random(1)
    kills = again = 0
    with tempfile.TemporaryDirectory() as folder, Site(given.pages) as site:
        path, listed = Path(folder) / "events.db", Path(folder) / "feeds.toml"
        listed.write_text(toml(site.feeds()), encoding="utf-8")
        start = [sys.executable, "-c", "from quidnunc.cli import main; main()"]
        command = [*start, "watch", str(listed), "--once", "--db", str(path)]
        seen: set[str] = set()
        mark, started, ended = 0, time.monotonic(), False
        while not ended:
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            try:
                process.wait(timeout=4 + rng.random() * 8 if kills < given.kills else None)
                ended = True
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                kills += 1
            asked = {f"http://{host}:{site.port}{where}" for host, where in site.log[mark:]}
            again += len(seen & asked)
            seen, mark = landed(path), len(site.log)
        seconds = time.monotonic() - started
        with Store(path) as store:
            rows = {row[0]: row for row in store.sql("SELECT url, state, reason FROM pages", limit=100_000)[1]}
            counts, events = store.ledger().counts(), store.sql("SELECT count(*) FROM events")[1][0][0]
        states = {n: rows[site.url(n)] for n in range(given.pages) if site.url(n) in rows}
        wrong = mistakes(given.pages, {n: r[1] if r[1] != "failed" else f"failed {r[2]}" for n, r in states.items()})
        requests = len(site.log)
    total = sum(counts.values())
    figures = {
        "pages": total, "named": given.pages, "kills": kills, "lost": given.pages - len(states), "wrong": len(wrong), "fetched_again": again,
        "requests": requests, "events": events, "seconds": round(seconds, 1), "pages_a_second": round(total / seconds, 1), "states": counts,
    }  # fmt: skip
    for name, value in figures.items():
        print(f"{name:15} {value}")
    print("\n".join(wrong[:20]))
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 1 if wrong or again or figures["lost"] or counts["queued"] or counts["fetched"] else 0


if __name__ == "__main__":
    sys.exit(main())
