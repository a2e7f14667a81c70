"""How much a word tells of what a story is about: written to ``src/quidnunc/stories/data/weights.txt``.

    python training/story_weights.py --text wikipedia_current_events.jsonl.gz

Counts in how many items of Wikipedia's Current events portal (CC BY-SA 4.0, Wikipedia contributors; dated news summaries of 2002 to 2023) each stem stands. Only the counts
enter the file, of stems that stand in at least one item of 5,000; a rarer stem weighs as one of 5,000 does.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from quidnunc.stories._features import stems

TARGET = Path(__file__).parents[1] / "src" / "quidnunc" / "stories" / "data" / "weights.txt"
RAREST = 5000


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=Path, required=True)
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    items = 0
    with gzip.open(given.text, "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(set(stems(json.loads(line)["text"])))
            items += 1
    kept = sorted(
        (stem, round(RAREST * count / items)) for stem, count in counts.items() if count * RAREST >= 2 * items
    )
    head = (
        f"# Of {RAREST} news summaries, in how many a stem stands; stems in fewer than two are left out.\n"
        "# Counted by training/story_weights.py on Wikipedia's Current events portal (CC BY-SA 4.0, Wikipedia contributors).\n"
    )
    TARGET.write_text(head + "".join(f"{stem} {count}\n" for stem, count in kept), encoding="utf-8")
    print(f"{items:,} items, {len(kept):,} stems")


if __name__ == "__main__":
    main()
