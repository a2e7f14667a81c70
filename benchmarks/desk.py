"""The reading desk in a browser: how long until each view shows what it is for, on a small store and on a million events.

    python benchmarks/desk.py [--events 1000000] [--keep FILE] [--runs 3]

The small store holds the pages of examples/; the large one is made up (``synthetic_store``) and kept with ``--keep``. A view's time runs from asking for the address in a new
browser profile, so nothing is cached, to its content on the screen (the slowest part: lists, charts, map); the median of the runs is printed beside its goal. It needs
chromium and playwright. Layout shift is the browser's own measure; below 0.1 is called good.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from synthetic_store import fill

from quidnunc.web._app import STATIC

ROOT = Path(__file__).resolve().parents[1]
SHIFT = "new Promise(r => { let s = 0; new PerformanceObserver(l => { for (const e of l.getEntries()) s += e.value; }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => r(s), 200); })"
VIEWS = {
    "home": ("#/", ".ranks li"),
    "article": ("#/article/{short}", ".card"),
    "search, all": ("#/search", ".line"),
    "search, a country": ("#/search?source={a}", ".line"),
    "search, words": ("#/search?q={word}", ".line"),
    "dyad": ("#/dyad?a={a}&b={b}", ".chart svg, .line"),
    "two dyads by type": ("#/dyad?a={a}&b={b}&c={a}&d={c}&by=type", ".pair:nth-child(2) .chart svg, .line"),
    "world": ("#/world", ".chart svg"),
    "stories": ("#/stories", ".stories li, .empty"),
    "story": ("#/story/{story}", ".told .line"),
    "inbox": ("#/inbox", "textarea"),
}
"""Address, and what must be on the screen: all of the selectors."""


@contextmanager
def served(path: Path) -> Iterator[str]:
    """A process that serves one store."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from quidnunc.cli import main; main()",
        "serve",
        "--db",
        str(path),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(base + "/api/inbox").read()
            break
        except OSError:
            time.sleep(0.1)
    try:
        yield base
    finally:
        process.terminate()
        process.wait(20)


def measured(browser: Any, base: str, facts: dict[str, str], runs: int) -> Iterator[tuple[str, float, float]]:
    """Each view's median seconds and largest layout shift."""
    for name, (address, shown) in VIEWS.items():
        times, shifts = [], []
        try:
            at = base + "/" + address.format(**facts)
        except KeyError:
            continue  # a store without stories has no story to open
        for _ in range(runs):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            started = time.perf_counter()
            page.goto(at)
            for selector in shown.split(", "):
                if selector != ".empty":
                    page.wait_for_selector(selector if ".empty" not in shown else shown)
            times.append(time.perf_counter() - started)
            shifts.append(page.evaluate(SHIFT))
            context.close()
        yield name, statistics.median(times), max(shifts)


def ask(base: str, path: str) -> Any:
    """What the API says."""
    import json

    return json.load(urllib.request.urlopen(base + "/api/" + path))


def report(browser: Any, path: Path, goal: float, runs: int) -> bool:
    """Print a store's views; whether all reached the goal."""
    with served(path) as base:
        about, world, told = ask(base, "about"), ask(base, "world"), ask(base, "stories")
        pairs = world["pairs"]
        others = [pair["target"] for pair in pairs if pair["source"] == pairs[0]["source"]]
        facts = {
            "short": about["recent"][0]["short"],
            "a": pairs[0]["source"],
            "b": pairs[0]["target"],
            "c": others[-1],
            "word": "talks" if goal < 2 else "envoys",
        }
        if told["items"]:
            facts["story"] = told["items"][0]["story"]
        print(f"\n{about['articles']:,} articles, {about['dyad_events']:,} events of pairs; goal {goal:g} s")
        good = True
        for name, seconds, shift in measured(browser, base, facts, runs):
            good &= seconds < goal and shift < 0.1
            print(
                f"  {name:20} {seconds:5.2f} s   shift {shift:.3f}{'' if seconds < goal and shift < 0.1 else '   ABOVE'}",
                flush=True,
            )
    return good


def main() -> None:
    """Measure both stores."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="the large store, made if it is not there")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    packed = sum(len(gzip.compress(file.read_bytes())) for file in STATIC.rglob("*") if file.is_file())
    print(f"assets, packed: {packed / 1e6:.2f} MB (goal 1.5)")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        small, large = Path(folder) / "small.db", given.keep or Path(folder) / "large.db"
        pages = sorted(str(page) for page in (ROOT / "examples").iterdir() if page.suffix in (".txt", ".html"))
        code = [sys.executable, "-c", "from quidnunc.cli import main; main()", "code", *pages, "--db", str(small)]
        subprocess.run(code, check=False, capture_output=True)
        if not large.exists():
            fill(str(large), given.events)
        executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        good = [report(browser, small, 1.0, given.runs), report(browser, large, 2.0, given.runs)]
        browser.close()
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
