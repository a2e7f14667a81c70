"""What the gate leaves out, and which events it loses.

    python benchmarks/gate.py [--text WIKIPEDIA.jsonl.gz]

Of each gold set: articles and text that are left out, and core events in them (wanted: at most 1 %). The sets: the dev articles of the quidnunc
corpus, silent ones among them; real articles with careful gold; single items of Current events (short texts always pass). Exits with 1 if
more than 1 % of the core events of all sets together is lost. Sets that are not at hand are left out. What is saved: benchmarks/speed.py.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT / "corpus"))

import shelf  # noqa: E402
import wikipedia  # noqa: E402

from quidnunc.events import may_hold_events  # noqa: E402

MOST = 0.01


def sets(text: Path) -> dict[str, list[tuple[str, int]]]:
    """Texts with the number of their core events."""
    found = {"corpus dev": [(p["text"], sum(e["core"] for e in p["events"])) for p in shelf.full_pieces("dev")]}
    gold = SHARED / "gold" / "articles_dev.jsonl"
    if gold.exists():
        rows = map(json.loads, gold.read_text(encoding="utf-8").splitlines())
        found["articles"] = [(row["text"], sum(bool(e.get("core", True)) for e in row["events"])) for row in rows]
    if text.exists():
        items = (one for one in wikipedia.load(text) if wikipedia.split_of(one["item"]) != "test")
        found["current events"] = [(one["text"], sum(e["core"] for e in one["events"])) for one in items]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, default=SHARED / "text" / "wikipedia_current_events.jsonl.gz")
    lost = events = 0
    for name, texts in sets(parser.parse_args().text).items():
        out = [(text, core) for text, core in texts if not may_hold_events(text)]
        here, total = sum(core for _, core in out), sum(core for _, core in texts)
        share = sum(len(text) for text, _ in out) / sum(len(text) for text, _ in texts)
        print(
            f"{name:15} {len(out):4} of {len(texts):5} articles left out ({share:.1%} of the text), {here} of {total:,} core events lost"
        )
        lost, events = lost + here, events + total
    print(f"{'all':15} {lost} of {events:,} core events lost: {lost / max(events, 1):.2%}")
    return 1 if lost > MOST * events else 0


if __name__ == "__main__":
    sys.exit(main())
