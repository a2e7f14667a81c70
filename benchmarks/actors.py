"""How well actors are found and coded: single phrases (a peer's own test cases) and the parties of gold events in whole articles.

    python benchmarks/actors.py [GOLD_FOLDER] [-v]        default: ../shared/gold beside the project; -v lists the misses

Phrases: country and sector right, by method. Articles: for each source and target of each gold event, is there a mention that overlaps its
name in the text (recall), and of those found, has one of them the gold country and sector. IGO, UNO, EUR and INT count as one country, as in
the event scorer; a bare state counts as its government. Also prints the time of the room beside the parser's.
"""

from __future__ import annotations

import collections
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from quidnunc import actors, language
from quidnunc.evaluation.sets.actors import ENCYCLOPEDIA, judge, load, resolve, same_country


def same_sector(got: tuple[str, ...], want: str, kind: str) -> bool:
    """Among the sectors given; a bare state acts through its government."""
    return (
        want in got
        or (not got and want in ("", "GOV", "MIL") and kind in ("state", "igo", "group"))
        or (not want and kind in ("state", "igo"))
    )


def phrases(path: Path, verbose: bool) -> None:
    """The single phrases, by method, and those that need no encyclopedia apart."""
    tally: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for case in load(path):
        want = case["expect"]
        got = resolve(case)
        for group in (case["method"], "no encyclopedia" if not want.get(ENCYCLOPEDIA) else "encyclopedia", "all"):
            for field, right in judge(got, want):
                tally[group][f"{field} n"] += 1
                tally[group][f"{field} right"] += right
                if verbose and not right and group == "all":
                    print(
                        f"  {field:8} {case['text']!r:55} {case['context']} want {want}  got {got.country} {got.sectors}  {got.resolved_by[:90]}"
                    )
    for group, n in tally.items():
        print(
            f"{group:22}",
            "   ".join(
                f"{f} {n[f + ' right']}/{n[f + ' n']} = {n[f + ' right'] / n[f + ' n']:.3f}"
                for f in ("country", "sector")
                if n[f + " n"]
            ),
        )


def articles(path: Path, verbose: bool) -> None:
    """The parties of the gold events."""
    n: collections.Counter[str] = collections.Counter()
    for line in path.open(encoding="utf8"):
        article = json.loads(line)
        text = article["text"]
        doc = language.parse(text)
        cast = actors.cast(doc, published=date.fromisoformat(article["published"]))
        for name, country, sector, spans in _parties(article, text):
            n["parties"] += 1
            if not spans:
                n["not in the text"] += 1
                continue
            near = [m for m in cast.mentions for s, e in spans if m.start < e and s < m.end and m.form != "pronoun"]
            here = [cast.actor(m.actor) for m in near]
            found, right = bool(here), any(same_country(a.country, country) for a in here)
            good = any(same_sector(a.sectors, sector, a.kind) and same_country(a.country, country) for a in here)
            n["found"] += found
            n["country"] += found and right
            n["sector"] += found and good
            best = _best(near, spans)
            if best is not None:
                actor = cast.actor(best.actor)
                n["head country"] += same_country(actor.country, country)
                n["head sector"] += same_sector(actor.sectors, sector, actor.kind)
                if verbose and not (
                    same_country(actor.country, country) and same_sector(actor.sectors, sector, actor.kind)
                ):
                    print(
                        f"  {article['id'][:18]:18} {name[:50]!r:52} want {country} {sector:4} got {actor.name[:30]!r} {actor.country} {actor.sectors} {actor.resolved_by[:100]}"
                    )
            elif verbose:
                print(f"  {article['id'][:18]:18} {name[:50]!r:52} want {country} {sector:4} NOT FOUND")
    inside, found = n["parties"] - n["not in the text"], n["found"]
    print(f"parties {n['parties']}, named in the text {inside}, found {found / inside:.3f}")
    print(
        f"of those found: country {n['country'] / found:.3f} (closest mention {n['head country'] / found:.3f}), sector {n['sector'] / found:.3f} (closest {n['head sector'] / found:.3f})"
    )


def _parties(article: dict[str, Any], text: str) -> Iterator[tuple[str, str, str, list[tuple[int, int]]]]:
    seen = set()
    for event in article["events"]:
        for party in (*event["source"], *event["target"]):
            key = (party["name"], party["country"], party["sector"])
            if key not in seen:
                seen.add(key)
                at, spans = text.find(party["name"]), []
                while at >= 0:
                    spans.append((at, at + len(party["name"])))
                    at = text.find(party["name"], at + 1)
                yield *key, spans


def _best(near: list[actors.Mention], spans: list[tuple[int, int]]) -> actors.Mention | None:
    """The mention closest to the gold span in extent."""
    return max(
        near,
        key=lambda m: max((min(m.end, e) - max(m.start, s)) / (max(m.end, e) - min(m.start, s)) for s, e in spans),
        default=None,
    )


def people(path: Path, verbose: bool) -> None:
    """Coreference of named people (GUM): names, he/she and role phrases that get the actor of the person's fullest name."""
    n: collections.Counter[str] = collections.Counter()
    for line in path.open(encoding="utf8"):
        article = json.loads(line)
        doc = language.parse(article["text"])
        cast = actors.cast(doc, published=date.fromisoformat(article["dct"]) if article.get("dct") else None)
        chains: dict[str, list[dict[str, Any]]] = collections.defaultdict(list)
        for mention in article["mentions"]:
            if mention["etype"] == "person":
                chains[mention["eid"]].append(mention)
        for chain in chains.values():
            names = [m for m in chain if m["head_upos"] == "PROPN"]
            if not names:
                continue
            whole = max(names, key=lambda m: (min(len(m["text"].split()), 4), -m["start"]))
            actor = _actor_at(cast, whole)
            for m in chain:
                low = m["text"].lower()
                kind = (
                    "names"
                    if m["head_upos"] == "PROPN"
                    else "he/she"
                    if low in ("he", "she", "him", "her", "his", "himself", "herself")
                    else "roles"
                    if m["head_upos"] == "NOUN"
                    else ""
                )
                if kind:
                    right = actor is not None and _actor_at(cast, m) == actor
                    n[f"{kind} n"] += 1
                    n[f"{kind} right"] += right
                    if verbose and not right:
                        print(
                            f"  {article['id'][4:20]:16} {kind:7} {m['text'][:40]!r:42} of {whole['text'][:30]!r} {'(person not found)' if actor is None else ''}"
                        )
    print(
        f"{path.stem}:",
        "   ".join(
            f"{k} {n[k + ' right']}/{n[k + ' n']} = {n[k + ' right'] / max(n[k + ' n'], 1):.3f}"
            for k in ("names", "he/she", "roles")
        ),
    )


def _actor_at(cast: actors.Cast, mention: dict[str, Any]) -> str | None:
    """The person (else the unnamed one) whose mention covers the head, else the first inside the mention."""
    start, end, head = mention["start"], mention["end"], mention["head_start"]
    near = [
        m
        for m in cast.mentions
        if m.start < end and start < m.end and cast.actor(m.actor).kind in ("person", "generic")
    ]
    near.sort(
        key=lambda m: (not m.start <= head < m.end, cast.actor(m.actor).kind != "person", m.start, m.end - m.start)
    )
    return near[0].actor if near and near[0].start < head + 60 else None


def speed(path: Path) -> None:
    """Seconds for the parser and for the room on the same texts."""
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf8")]
    actors.cast(language.parse(texts[0]))
    start = time.perf_counter()
    docs = list(language.parse_all(texts))
    parsed = time.perf_counter()
    for doc in docs:
        actors.cast(doc)
    done = time.perf_counter()
    words = sum(len(doc) for doc in docs)
    print(
        f"{words} tokens: parser {parsed - start:.2f} s ({words / (parsed - start):.0f}/s), actors {done - parsed:.2f} s ({100 * (done - parsed) / (parsed - start):.0f} % of it)"
    )


def main() -> None:
    """Print all figures."""
    args = [a for a in sys.argv[1:] if a != "-v"]
    gold = Path(args[0]) if args else Path(__file__).resolve().parents[2] / "shared" / "gold"
    if not (gold / "actors_dev.jsonl").exists():
        print(f"no gold data in {gold}: skipped")
        return
    phrases(gold / "actors_dev.jsonl", "-v" in sys.argv)
    articles(gold / "articles_dev.jsonl", "-v" in sys.argv)
    for name in ("gum_news_dev.jsonl", "gum_interview_dev.jsonl"):
        people(gold / name, "-v" in sys.argv)
    speed(gold / "articles_dev.jsonl")


if __name__ == "__main__":
    main()
