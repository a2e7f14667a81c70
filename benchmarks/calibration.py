"""How far an event's confidence can be taken at its word.

    python benchmarks/calibration.py [--fit]

Codes the corpus with threshold 0 and compares each event's confidence with whether the gold has an event of its type there (level "what" of the scorer): expected
calibration error over ten bins, on the dev and test splits and on the real development articles. With --fit it prints the slope and shift that a logistic line through
train and dev would add (0 and 1 where the confidence is right as it is).
"""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "corpus"))
SHARED = ROOT.parent / "shared"

import shelf  # noqa: E402

from quidnunc import Options, Page, code_all  # noqa: E402


def outcomes(articles: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Confidence of each coded event, and whether it is right."""
    spec = importlib.util.spec_from_file_location("score_events", SHARED / "score_events.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    pages = [
        Page(one["id"], one["text"], f"https://corpus.example/{one['id']}", one.get("published")) for one in articles
    ]
    sure, right = [], []
    for one, coded in zip(articles, code_all(pages, options=Options(threshold=0.0)), strict=True):
        plain = json.loads(json.dumps(coded.to_dict()))
        matched = scorer.match(scorer.gold_article(one), [plain])
        hits = {event for level, (_, event) in matched.values() if level >= 2}
        sure += [event["confidence"] for event in plain["events"]]
        right += [number in hits for number in range(len(plain["events"]))]
    return np.array(sure), np.array(right)


def error(sure: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten bins."""
    bins = np.minimum((sure * 10).astype(int), 9)
    return sum((bins == at).mean() * abs(sure[bins == at].mean() - right[bins == at].mean()) for at in np.unique(bins))


def main() -> int:
    """Print the errors."""
    if not (SHARED / "score_events.py").exists():
        print("skipped: the scorer is not there")
        return 0
    sets = {split: [shelf.event_gold(piece) for piece in shelf.full_pieces(split)] for split in ("dev", "test")}
    real = SHARED / "gold" / "articles_dev.jsonl"
    sets["real articles"] = [json.loads(line) for line in real.read_text(encoding="utf-8").splitlines()]
    for name, articles in sets.items():
        sure, right = outcomes(articles)
        kept = sure >= Options().threshold
        print(
            f"{name}: {len(sure)} events, ECE {error(sure, right):.3f}; {kept.sum()} above the threshold, ECE {error(sure[kept], right[kept]):.3f}, right {right[kept].mean():.3f}"
        )
    if "--fit" in sys.argv[1:]:
        from sklearn.linear_model import LogisticRegression

        sure, right = outcomes(
            [shelf.event_gold(piece) for split in ("train", "dev") for piece in shelf.full_pieces(split)]
        )
        odds = [[math.log(p / (1 - p))] for p in np.clip(sure, 0.01, 0.99)]
        line = LogisticRegression(C=1000).fit(odds, right)
        print(
            f"train and dev: {len(sure)} events, ECE {error(sure, right):.3f}; slope {line.coef_[0][0]:.3f}, shift {line.intercept_[0]:.3f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
