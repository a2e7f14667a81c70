"""Agreement of the first and the blind second coding (corpus/blind/): ``python corpus/agree.py [--differ]``.

For articles, single sentences and real sentences apart: F1 of events at the four levels of the scorer (where, what, who, full; the mean of taking either coding as the
measure), Krippendorff's alpha of type, mode and status over events of both, share of pieces on which both see events or none, overlap of triggers; for articles F1 of actors'
mentions (same words, and same last word), of statements (same cue) and of places. ``--differ`` lists what the two see otherwise.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable

import blind
import shelf

from quidnunc.evaluation import LEVELS, Agreement, agree
from quidnunc.evaluation._codings import Coding, of_gold

Span = tuple[int, int]


def sentence_gold(key: str, text: str, one: dict) -> dict:
    """A coded sentence in the form that scorers read."""

    def side(parties: list[dict]) -> list[dict]:
        return [
            {"name": text[slice(*party["span"])], "country": party["country"] or "", "sectors": party["sectors"]}
            for party in parties
        ]

    events = [
        {
            "sentence": text,
            "trigger": text[slice(*event["spans"]["trigger"])],
            "source": side(event["sources"]),
            "target": side(event["targets"]),
            "date": None,
            **{name: event[name] for name in ("type", "mode", "alt_types", "status", "alt_status", "core")},
        }
        for event in one["events"]
    ]
    return {"id": key, "text": text, "events": events}


def compare(name: str, first: list[Coding], second: list[Coding], differ: bool) -> None:
    """Print the agreement of two codings of the same pieces."""
    there, back = agree(first, second), agree(second, first)
    print(
        f"\n{name}: {there.articles} pieces, {sum(len(c.events) for c in first)} and {sum(len(c.events) for c in second)} events"
    )
    print("  F1 " + ", ".join(f"{level} {(_f1(there, level) + _f1(back, level)) / 2:.3f}" for level in LEVELS))
    for field in there.fields:
        if field.name in ("type", "mode", "status"):
            print(
                f"  alpha of {field.name} {field.alpha:.3f} over {field.events} events of both, the same in {field.same:.3f}"
            )
    by_id = {coding.id: coding for coding in second}
    alike = sum(bool(one.events) == bool(by_id[one.id].events) for one in first) / len(first)
    print(f"  events or none alike in {alike:.3f} of the pieces")
    if differ:
        for one in there.disagreements:
            print(
                f"  {one.article} {'/'.join(one.fields) or 'alone'}: {one.sentence[:160]}\n      1: {one.first}\n      2: {one.second}"
            )


def _f1(found: Agreement, level: str) -> float:
    return next(one.value for one in found.measures if one.name == f"{level} F1")


def triggers(pairs: Iterable[tuple[dict, dict]]) -> float:
    """Mean intersection over union of triggers that meet, each with the one it shares most with."""
    shares = []
    for a, b in pairs:
        for event in a["events"]:
            start, end = event["spans"]["trigger"]
            met = [_overlap((start, end), tuple(other["spans"]["trigger"])) for other in b["events"]]
            shares += [max(met)] if met and max(met) > 0 else []
    return sum(shares) / max(1, len(shares))


def _overlap(a: Span, b: Span) -> float:
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def f1(pairs: Iterable[tuple[set, set]]) -> float:
    """F1 of sets over pieces."""
    both = sizes = 0
    for a, b in pairs:
        both += len(a & b)
        sizes += len(a) + len(b)
    return 2 * both / max(1, sizes)


def mentions(piece: dict) -> set[Span]:
    """Where actors are mentioned."""
    return {tuple(span) for actor in piece["actors"] for span in actor["mentions"]}


def main() -> None:
    """Print the agreement of each sort."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--differ", action="store_true", help="list what differs")
    given = parser.parse_args()
    first, second = blind.articles("first"), blind.articles("second")
    pairs = [(first[key], second[key]) for key in sorted(second)]
    if pairs:
        compare(
            "articles", *([of_gold(shelf.event_gold(pair[side])) for pair in pairs] for side in (0, 1)), given.differ
        )  # type: ignore[misc]
        print(f"  triggers overlap by {triggers(pairs):.3f}")
        print(f"  F1 of mentions {f1((mentions(a), mentions(b)) for a, b in pairs):.3f}, "
              f"by last word {f1(({end for _, end in mentions(a)}, {end for _, end in mentions(b)}) for a, b in pairs):.3f}")  # fmt: skip
        for what in ("cue", "content"):
            print(
                f"  F1 of statements by {what} {f1((_statements(a, what), _statements(b, what)) for a, b in pairs):.3f}"
            )
        print(
            f"  F1 of places {f1((_ends(a, 'places'), _ends(b, 'places')) for a, b in pairs):.3f}, of times {f1((_ends(a, 'times'), _ends(b, 'times')) for a, b in pairs):.3f}"
        )
        found = Counter((event["date"] is None, other["date"] is None, event["date"] == other["date"]) for a, b in pairs for event, other in _same_trigger(a, b))  # fmt: skip
        print(
            f"  dates of events with one trigger: {found.total()}, the same {sum(n for (_, _, same), n in found.items() if same) / max(1, found.total()):.3f}"
        )
    singles, again = blind.sentences("first"), blind.sentences("second")
    both = [(singles[key], again[key]) for key in sorted(again) if key in singles]
    if both:
        compare(
            "single sentences",
            *(
                [of_gold(sentence_gold(pair[0]["text"], pair[0]["text"], pair[side])) for pair in both]
                for side in (0, 1)
            ),
            given.differ,
        )  # type: ignore[misc]
        print(f"  triggers overlap by {triggers(both):.3f}")
    real, again = blind.items("first"), blind.items("second")
    both = [(real[key], again[key]) for key in sorted(again) if key in real]
    if both:
        compare(
            "real sentences (without their text: by item)",
            *([of_gold(_item_gold(pair[0]["item"], pair[side])) for pair in both] for side in (0, 1)),
            False,
        )  # type: ignore[misc]
        print(f"  triggers overlap by {triggers(both):.3f}")


def _statements(piece: dict, what: str) -> set:
    if what == "cue":
        return {tuple(one["spans"]["cue"] or one["content"][0]) for one in piece["statements"]}
    return {tuple(one["content"][0]) for one in piece["statements"]}


def _ends(piece: dict, layer: str) -> set[int]:
    """Where the spans of a layer end: "on Thursday" and "Thursday" are one."""
    return {span[1] for one in piece[layer] for span in one["spans"]}


def _same_trigger(a: dict, b: dict) -> list[tuple[dict, dict]]:
    """Events whose triggers overlap and whose types are the same."""
    return [
        (event, other)
        for event in a["events"]
        for other in b["events"]
        if event["type"] == other["type"] and _overlap(tuple(event["spans"]["trigger"]), tuple(other["spans"]["trigger"])) > 0
    ]  # fmt: skip


def _item_gold(key: str, one: dict) -> dict:
    """A real sentence without its text: triggers and names stand as offsets."""
    text = f"item {key}"
    made = {"events": [{**event, "spans": {"trigger": [0, 0]}} for event in one["events"]]}
    made["events"] = [{**event, **{side: [{**p, "span": [0, 0]} for p in event[side]] for side in ("sources", "targets")}} for event in made["events"]]  # fmt: skip
    return sentence_gold(key, text, made)


if __name__ == "__main__":
    main()
