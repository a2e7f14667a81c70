"""Agreement of two codings of the same single sentences: ``python corpus/agree.py BLIND.txt ...``.

The blind files hold sentences of the corpus with a second reader's codes; their originals are found by text. Events are matched one to one, the best pairs first. Prints
F1 at four levels, each on top of the one before (quad class, type with either's alternatives, countries of both sides, status with either's alternatives), Krippendorff's
alpha for type and status over matched events, the share of sentences on which both see events or both see none, and the overlap of matched triggers.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import quill
import shelf

from quidnunc.evaluation._reliability import alpha
from quidnunc.events._codes import QUAD


def countries(side: list[dict]) -> set[str]:
    """The countries of one side, organisations of states as one."""
    return {
        "IGO" if party["country"] in ("UNO", "EUR", "IGO") else party["country"]
        for party in side
        if party.get("country")
    }


def level(a: dict, b: dict) -> int:
    """How far two events are the same: 0 to 4."""
    if QUAD[a["type"]] != QUAD[b["type"]] and not ({a["type"], *a["alt_types"]} & {b["type"], *b["alt_types"]}):
        return 0
    if b["type"] not in (a["type"], *a["alt_types"]) and a["type"] not in b["alt_types"]:
        return 1
    if countries(a["sources"]) != countries(b["sources"]) or countries(a["targets"]) != countries(b["targets"]):
        return 2
    same = b["status"] in (a["status"], *a["alt_status"]) or a["status"] in b["alt_status"]
    return 4 if same else 3


def overlap(a: dict, b: dict) -> float:
    """Intersection over union of the triggers."""
    (s, e), (t, f) = a["spans"]["trigger"], b["spans"]["trigger"]
    return max(0, min(e, f) - max(s, t)) / (max(e, f) - min(s, t))


def main() -> None:
    """Print the agreement."""
    first = {one["text"]: one for one in shelf.sentences()}
    second = [one for name in sys.argv[1:] for one in quill.sentences(Path(name))]
    both = [(first[one["text"]]["events"], one["events"]) for one in second if one["text"] in first]
    right, matched = Counter[int](), []
    for mine, theirs in both:
        ranked = sorted(
            ((level(a, b), overlap(a, b), i, k) for i, a in enumerate(mine) for k, b in enumerate(theirs)),
            key=lambda p: (-(p[1] > 0), -p[0], -p[1], p[2], p[3]),
        )
        left, other = set(range(len(mine))), set(range(len(theirs)))
        for found, shared, i, k in ranked:
            if i in left and k in other and (found or shared):
                left.remove(i)
                other.remove(k)
                matched.append((mine[i], theirs[k], shared))
                for step in range(1, found + 1):
                    right[step] += 1
    total = sum(len(a) + len(b) for a, b in both)
    print(f"{len(both)} sentences, {sum(len(a) for a, _ in both)} and {sum(len(b) for _, b in both)} events")
    print(
        "F1: "
        + ", ".join(
            f"{name} {2 * right[step] / total:.3f}"
            for step, name in enumerate(("quad", "type", "countries", "status"), 1)
        )
    )
    print(
        f"alpha: type {alpha([(a['type'], b['type']) for a, b, _ in matched]):.3f}, status {alpha([(a['status'], b['status']) for a, b, _ in matched]):.3f} of {len(matched)} matched events"
    )
    print(
        f"events or none alike in {sum(bool(a) == bool(b) for a, b in both) / len(both):.3f} of the sentences; triggers overlap by {sum(m[2] for m in matched) / len(matched):.3f}"
    )


if __name__ == "__main__":
    main()
