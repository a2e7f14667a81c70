"""Score the dates room: calendar values, all values, weekdays, the dates of events, and speed.

    python benchmarks/dates.py GOLD_FOLDER [-v]

GOLD_FOLDER holds timeml_dev.jsonl, gum_news_dev.jsonl, date_cases.json, eventdates_dev.jsonl and articles_dev.jsonl;
sets that are not there are left out.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from quidnunc import dates, language
from quidnunc.evaluation.sets.timeml import counts, gold_days, overlaps


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def f1(hits: int, found: int, gold: int) -> str:
    """Precision, recall and F as text."""
    p, r = hits / max(found, 1), hits / max(gold, 1)
    return f"P {p:.3f} R {r:.3f} F {2 * p * r / max(p + r, 1e-9):.3f}"


def timex_scores(texts: list[dict[str, Any]], verbose: bool) -> None:
    """CAL: DATE/TIME with a calendar value, compared as day intervals; ALL: exact TIMEX3 value, any type."""
    hit, found_cal, gold_cal, exact, found_all, gold_all = (sum(column) for column in zip(*map(counts, texts), strict=True))  # fmt: skip
    for row in texts if verbose else ():
        tell_misses(row)
    print(f"  CAL  {f1(hit, found_cal, gold_cal)}  ({gold_cal} gold)")
    print(f"  ALL  {f1(exact, found_all, gold_all)}  ({gold_all} gold, exact value strings)")


def tell_misses(row: dict[str, Any]) -> None:
    """Print the calendar values of one text that were missed, and those that are too many."""
    text, published = row["text"], (row.get("created") or row["dct"])[:10]
    mine = [
        (e.start, e.end, e.span_of_days)
        for e in dates.find(text, published=published)
        if e.type in ("DATE", "TIME") and e.span_of_days
    ]
    gold = [(t["start"], t["end"], days) for t in row["timexes"] if (days := gold_days(t))]
    for start, end, days in gold:
        near = [one for one in mine if overlaps(one, (start, end))]
        if not any(one[2] == days for one in near):
            got = [(text[a:b], str(d[0]), str(d[1])) for a, b, d in near]
            context = text[max(0, start - 70) : end + 40].replace("\n", " ")
            print(f"MISS {published} [{text[start:end]}] {days[0]} {days[1]} got {got} | {context}")
    for start, end, _ in mine:
        if not any(overlaps((start, end), timex) for timex in gold):
            print(f"EXTRA {published} [{text[start:end]}] | {text[max(0, start - 60) : end + 40]!r}")


def weekday_scores(texts: Iterable[dict[str, Any]]) -> None:
    """Bare weekdays by the direction of the gold."""
    hits, totals = Counter[str](), Counter[str]()
    for row in texts:
        published = date.fromisoformat((row.get("created") or row["dct"])[:10])
        found = dates.find(row["text"], published=published)
        for timex in row["timexes"]:
            words = row["text"][timex["start"] : timex["end"]].strip().lower()
            days = gold_days(timex)
            if not re.fullmatch(r"(mon|tues|wednes|thurs|fri|satur|sun)day", words) or not days:
                continue
            gap = (days[0] - published).days
            side = "future" if 0 < gap <= 7 else "past" if -7 <= gap <= 0 else "far"
            totals[side] += 1
            hits[side] += any(
                e.span_of_days == days for e in found if overlaps((e.start, e.end), (timex["start"], timex["end"]))
            )
    print("  weekdays " + ", ".join(f"{side} {hits[side]}/{totals[side]}" for side in ("past", "future", "far")))


def case_scores(cases: list[dict[str, Any]], verbose: bool) -> None:
    """Phrases with a reference time: the date or date range is found with the right first day."""
    hits = total = 0
    for case in cases:
        reference = case.get("Context", {}).get("ReferenceDateTime", "")[:10]
        for result in case["Results"]:
            wanted = _resolutions(result)
            if not wanted:
                continue
            total += 1
            found = dates.find(case["Input"], published=reference or None)
            near = [
                e for e in found if overlaps((e.start, e.end), (result["Start"], result["End"] + 1)) and e.span_of_days
            ]
            hit = any(str(e.span_of_days[0]) in wanted for e in near if e.span_of_days)
            hits += hit
            if verbose and not hit:
                print("CASE", reference, case["Input"], wanted, [(e.text, e.value) for e in found])
    print(f"  first day among the accepted: {hits}/{total} = {hits / max(total, 1):.3f}")


def _resolutions(result: dict[str, Any]) -> set[str]:
    if not str(result.get("TypeName", "")).startswith("datetimeV2.date"):
        return set()
    values = (result.get("Resolution") or {}).get("values", [])
    return {str(value.get("value") or value.get("start"))[:10] for value in values} - {"None", "not resol"}


def event_scores(texts: list[dict[str, Any]], verbose: bool) -> None:
    """Dates of event mentions (SemEval-2015 task 4 form): exact at the gold's own precision; ours at its last day."""
    hits, totals = Counter[str](), Counter[str]()
    for row, doc in zip(texts, language.parse_all(row["text"] for row in texts), strict=True):
        calendar = dates.in_doc(doc, published=row["dct"])
        for event in row["events"]:
            token = token_at(doc, event["start"], event["end"])
            got = calendar.event_date(token.i, status=rough_status(token))
            gold = event["date"].replace("-XX", "")
            mine = event_value(got)
            kind = "undated" if gold == "XXXX" else "publication day" if gold == row["dct"] else "other day"
            hit = mine == gold
            totals[kind] += 1
            hits[kind] += hit
            if verbose and not hit:
                sentence = token.sent.text.replace("\n", " ")
                print(
                    f"EVENT {row['dct']} [{event['text']}] {gold} got {mine} ({got.because if got else ''}) | {sentence}"
                )
    total = sum(totals.values())
    print(
        f"  exact {sum(hits.values())}/{total} = {sum(hits.values()) / total:.3f}; "
        + ", ".join(f"{kind} {hits[kind]}/{totals[kind]}" for kind in sorted(totals))
    )


def event_value(got: Any) -> str:
    """A date as SemEval writes it: a day, a month or a year, cut where the interval is wider; XXXX for none."""
    if got is None:
        return "XXXX"
    first, last = date.fromisoformat(got.start), date.fromisoformat(got.end)
    if got.text is None or first == last:
        return str(got.end)
    if (last - first).days <= 7:
        return str(got.end)
    if got.start[:7] == got.end[:7]:
        return str(got.start[:7])
    return str(got.start[:4])


def rough_status(token: Any) -> str:
    """The status that a coder would know from the auxiliaries alone."""
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    words = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if words & {"will", "'ll", "to"}:
        return "planned"
    return "hypothetical" if words & {"would", "could", "may", "might"} else "occurred"


def token_at(doc: Any, start: int, end: int) -> Any:
    """The head token of a span of characters."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root


def article_scores(texts: list[dict[str, Any]], verbose: bool) -> None:
    """Dates of the coded articles' events: do the days overlap with the gold's?"""
    hits, totals, wide = Counter[str](), Counter[str](), 0
    for row, doc in zip(texts, language.parse_all(row["text"] for row in texts), strict=True):
        calendar = dates.in_doc(doc, published=row["published"])
        for event in row["events"]:
            token = trigger_of(doc, row["text"], event)
            if token is None or not event.get("date"):
                continue
            got = calendar.event_date(token.i, status=event["status"])
            gold = event["date"]["start"], event["date"]["end"]
            hit = got is not None and got.start <= gold[1] and gold[0] <= got.end
            wide += got is not None and (date.fromisoformat(got.end) - date.fromisoformat(got.start)).days > 31
            totals[event["status"]] += 1
            hits[event["status"]] += hit
            if verbose and not hit:
                print(
                    f"ARTICLE {row['published'][:10]} {event['status']} [{event['trigger']}] {gold} got {got and (got.start, got.end, got.because)} | {event['sentence']}"
                )
    total = sum(totals.values())
    print(
        f"  overlap {sum(hits.values())}/{total} = {sum(hits.values()) / total:.3f} ({wide} wider than a month); "
        + ", ".join(f"{kind} {hits[kind]}/{totals[kind]}" for kind in sorted(totals))
    )


def trigger_of(doc: Any, text: str, event: dict[str, Any]) -> Any:
    """The head token of the gold trigger in its sentence; None where it cannot be found."""
    at = text.find(event["sentence"][:60])
    inside = text.find(event["trigger"], max(at, 0))
    if at < 0 or inside < 0:
        return None
    return token_at(doc, inside, inside + len(event["trigger"]))


def speed(texts: list[dict[str, Any]]) -> None:
    """Kilobytes a second of ``find``."""
    text = "\n\n".join(row["text"] for row in texts)
    dates.find(text[:1000], published="2020-01-01")
    begun = time.perf_counter()
    dates.find(text, published="2020-01-01")
    print(f"  find: {len(text) / (time.perf_counter() - begun) / 1000:.0f} kB/s")


def main() -> int:
    """Run all that is there."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("gold", type=Path)
    options.add_argument("-v", "--verbose", action="store_true")
    options.add_argument("--only", default="")
    given = options.parse_args()
    for name in ("timeml_dev.jsonl", "gum_news_dev.jsonl"):
        if (given.gold / name).exists() and given.only in name:
            texts = rows(given.gold / name)
            print(name)
            timex_scores(texts, given.verbose)
            weekday_scores(texts)
            speed(texts)
    if (given.gold / "date_cases.json").exists() and given.only in "date_cases.json":
        print("date_cases.json")
        case_scores(json.loads((given.gold / "date_cases.json").read_text(encoding="utf-8-sig")), given.verbose)
    if (given.gold / "eventdates_dev.jsonl").exists() and given.only in "eventdates_dev.jsonl":
        print("eventdates_dev.jsonl")
        event_scores(rows(given.gold / "eventdates_dev.jsonl"), given.verbose)
    if (given.gold / "articles_dev.jsonl").exists() and given.only in "articles_dev.jsonl":
        print("articles_dev.jsonl")
        article_scores(rows(given.gold / "articles_dev.jsonl"), given.verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main())
