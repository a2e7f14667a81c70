"""Coding of single sentences from public sets, nothing given but the words.

    python benchmarks/sentences.py [--verbose]

CoPED (ConfliBERT's political event data): how many sentences labelled neutral give an event all the same, and how far source and target found overlap those of the
gold, over sentences with an event. PLOVER's gold standard records: events with the right type and the countries of both actors right; its 18 types of the draft
(YIELD, INVESTIGATE, PROVIDE) are read as today's. The sets are kept beside the checkout and are not shipped.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold"
TODAY = {
    "YIELD": {"CONCEDE", "RETREAT"}, "INVESTIGATE": {"ACCUSE"}, "PROVIDE": {"AID"}, "DISAPPROVE": {"ACCUSE"}, "FIGHT": {"ASSAULT"}, "USE": {"ASSAULT"},
    "REDUCE": {"SANCTION"}, "ASSAULT": {"ASSAULT"}, "DEMAND": {"REQUEST"},
}  # fmt: skip
"""Types of the draft by another name today."""
ONE = {"UNO": "IGO", "EUR": "IGO", "ITL": "ITA", "JAP": "JPN", "VTN": "VNM"}
"""Organisations of states count as one, as in the scorer of articles; three codes of the records are no ISO codes."""


def detokenized(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence as print has it, and where each token stands in it."""
    text, spans, quote = "", [], False
    for n, token in enumerate(tokens):
        tight = (
            n == 0
            or token in ".,;:!?)%'’s"
            or token in ("'s", "’s", "n't")
            or text.endswith(("(", "$"))
            or (token == '"' and quote)
        )
        if text.endswith('"') and quote and token != '"':
            tight = True
        if token == '"':
            quote = not quote
        text += "" if tight else " "
        spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans


def coped(verbose: bool) -> None:
    """False events on neutral sentences; spans of the parties."""
    from quidnunc import Page, code_all

    rows = [json.loads(line) for line in (GOLD / "coped_train.jsonl").read_text(encoding="utf-8").splitlines()]
    made = [detokenized(row["tokens"]) for row in rows]
    neutral = events_on_neutral = 0
    right, found, gold = {"S": 0, "T": 0}, {"S": 0, "T": 0}, {"S": 0, "T": 0}
    pages = [Page(f"c{n}", text, f"https://coped.example/{n}") for n, (text, _) in enumerate(made)]
    for row, (_, where), coded in zip(rows, made, code_all(pages), strict=True):
        events = [] if isinstance(coded, Exception) else list(coded.events)
        if row["penta"] == 0:
            neutral += 1
            events_on_neutral += bool(events)
            if events and verbose:
                print(
                    "neutral:",
                    [(e.type, coded.article.text[slice(*e.spans.trigger)]) for e in events],
                    coded.article.text[:160],
                )
            continue
        if row["penta"] is None:
            continue
        spans = {"S": [], "T": []}
        for kind, start, end, _ in row["spans"]:
            for side in ("S", "T") if kind == "R" else (kind,):
                spans[side].append((where[start][0], where[min(end, len(where)) - 1][1]))
        parties = {
            "S": [span for e in events for span in e.spans.sources],
            "T": [span for e in events for span in e.spans.targets],
        }
        for side in ("S", "T"):
            gold[side] += len(spans[side])
            own = sorted(set(parties[side]))
            hits = [any(a < d and c < b for a, b in own) for c, d in spans[side]]
            found[side] += len(own)
            right[side] += sum(hits)
    print(
        f"CoPED: {events_on_neutral / max(1, neutral):.3f} of {neutral} neutral sentences give an event (goal 0.10 or less)"
    )
    for side, name in (("S", "source"), ("T", "target")):
        p, r = right[side] / max(1, found[side]), right[side] / max(1, gold[side])
        print(f"CoPED {name}: P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f} by overlap")


def gsr(verbose: bool) -> None:
    """Type with both actors' countries, end to end."""
    from quidnunc import Page, code_all

    rows = [json.loads(line) for line in (GOLD / "plover_gsr_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    typed = both = both_typed = countries = 0
    for row, coded in zip(
        rows, code_all([Page(row["id"], row["text"], f"https://gsr.example/{row['id']}") for row in rows]), strict=True
    ):
        events = [] if isinstance(coded, Exception) else list(coded.events)
        types = TODAY.get(row["event"], {row["event"]})
        wanted = [
            {
                ONE.get(actor["code"][:3], actor["code"][:3])
                for actor in row[side]
                if isinstance(actor, dict) and actor.get("code")
            }
            for side in ("source", "target")
        ]
        hit_type = [e for e in events if e.type in types]

        def fits(event, wanted=wanted) -> bool:
            sides = [
                {ONE.get(p.country, p.country) for p in side if p.country} for side in (event.sources, event.targets)
            ]
            return all(not want or want & has for want, has in zip(wanted, sides, strict=True))

        typed += bool(hit_type)
        who = [e for e in events if fits(e)]
        both += bool(who)
        good = any(fits(e) for e in hit_type)
        both_typed += good
        countries += 1
        if verbose and not good:
            print(
                f"gsr {row['event']} {wanted}: {[(e.type, [p.country for p in e.sources], [p.country for p in e.targets]) for e in events]} {row['text'][:170]}"
            )
    print(f"PLOVER GSR: type right {typed / countries:.3f}, both countries right {both / countries:.3f}, both together {both_typed / countries:.3f} of {countries}; "
          f"of those with the countries right, type {both_typed / max(1, both):.3f} (goal 0.65)")  # fmt: skip


def main() -> int:
    """Print the figures of the sets that are there."""
    verbose = "--verbose" in sys.argv[1:]
    for name, run in (("coped_train.jsonl", coped), ("plover_gsr_dev.jsonl", gsr)):
        if (GOLD / name).exists():
            run(verbose)
        else:
            print(f"{name}: skipped, the set is not there")
    return 0


if __name__ == "__main__":
    sys.exit(main())
