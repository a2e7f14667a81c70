"""What people said of a store's events, as training data: the sentences that they judged, with the events that stand after it.

    python training/corrections.py quidnunc.db CORRECTIONS.jsonl

One line a sentence, in the form of the corpus's single sentences (id, text, events with the spans of trigger and parties), which ``events.py --corrections`` and
``pairs_data.py --corrections`` read. A rejected event is gone, so that its word counts as no trigger; an accepted or changed one is core; one in the same sentence of which nobody said
anything is minor. Sentences without a word from anybody are left out: silence is no consent. What cannot be found in the text (a name that somebody wrote otherwise) is
left out and counted, and so are added events: they do not say which words they were read from.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quidnunc.events._codes import cameo
from quidnunc.records import Event
from quidnunc.store import Store, StoredArticle

Span = tuple[int, int]
PLAIN = {"type", "mode", "status", "cameo"}
"""Fields that a change gives to an event of the training data as they are."""


def load(path: Path) -> list[dict[str, Any]]:
    """The sentences of a file that this script wrote."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def judged(store: Store, counts: Counter[str]) -> Iterator[dict[str, Any]]:
    """Each judged sentence with its events, in the order of the store."""
    said: dict[str, list[Any]] = {}
    for one in store.corrections():
        said.setdefault(one.event, []).append(one)
    for stored in store.coded():
        own = {event: words for event, words in said.items() if event.rsplit(":", 1)[0] == stored.short}
        if own:
            yield from sentences(stored, own, counts)


def sentences(stored: StoredArticle, said: dict[str, list[Any]], counts: Counter[str]) -> Iterator[dict[str, Any]]:
    """The judged sentences of one article."""
    text = stored.coded.article.text
    where: dict[Span, list[dict[str, Any]]] = {}
    touched: set[Span] = set()
    for event in stored.events:
        words = said.get(stored.event_id(event), [])
        sentence = event.spans.sentence
        where.setdefault(sentence, [])
        if words:
            touched.add(sentence)
        after = corrected(event, words, text, counts)
        if after is not None:
            where[sentence].append(after)
    counts.update("added, without words" for words in said.values() if words[0].action == "add")
    for start, end in sorted(touched):
        events = [moved(event, start) for event in where[start, end]]
        yield {"id": f"{stored.short}-{start}", "text": text[start:end], "events": events}


def corrected(event: Event, words: list[Any], text: str, counts: Counter[str]) -> dict[str, Any] | None:
    """The event after what was said, or None where it was rejected."""
    verdict = "not judged"
    plain: dict[str, Any] = {"type": event.type, "mode": event.mode, "status": event.status, "cameo": event.cameo}
    sides = {"sources": list(event.spans.sources), "targets": list(event.spans.targets)}
    for one in words:
        if one.action in ("accept", "reject"):
            verdict = one.action
        elif one.action == "change":
            verdict = "change"
            if one.field in PLAIN:
                plain[one.field] = one.value
                if one.field == "type":
                    plain |= {"mode": None, "cameo": cameo(one.value)}
            elif one.field in ("source_names", "target_names"):
                sides[one.field.replace("_names", "s")] = named(one.value, text, event.spans.sentence, counts)
    counts[verdict] += 1
    if verdict == "reject":
        return None
    return record(plain, sides, event.spans.trigger, core=verdict != "not judged")


def named(names: list[str], text: str, sentence: Span, counts: Counter[str]) -> list[Span]:
    """Where names stand in a sentence; those that do not are counted."""
    spans = []
    for name in names:
        at = text.find(name, *sentence) if name else -1
        if at >= 0:
            spans.append((at, at + len(name)))
        else:
            counts["names not in the sentence"] += 1
    return spans


def record(plain: dict[str, Any], sides: dict[str, list[Span]], trigger: Span, *, core: bool) -> dict[str, Any]:
    """An event as the corpus has it, with spans into the article."""
    parties = {side: [{"span": list(span)} for span in spans] for side, spans in sides.items()}
    return {**plain, **parties, "core": core, "also": [], "spans": {"trigger": list(trigger)}}


def moved(event: dict[str, Any], start: int) -> dict[str, Any]:
    """The event with spans into its sentence; parties of other sentences keep no span."""

    def side(parties: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"span": [a - start, b - start] if a >= start else None} for a, b in (party["span"] for party in parties)]  # fmt: skip

    a, b = event["spans"]["trigger"]
    return {**event, "sources": side(event["sources"]), "targets": side(event["targets"]), "spans": {"trigger": [a - start, b - start]}}  # fmt: skip


def main() -> None:
    """Write the sentences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    with Store(given.store, create=False) as store:
        found = list(judged(store, counts))
    given.out.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
    print(f"{len(found)} sentences; events: {', '.join(f'{n} {what}' for what, n in sorted(counts.items())) or 'none'}")


if __name__ == "__main__":
    main()
