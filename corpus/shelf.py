"""Loads the corpus from its sources: articles, stories, single sentences, and their splits."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import quill

from quidnunc.records import Article, CodedArticle, Event, EventDate, EventSpans, Party

HTML_FILLINGS = 2
"""Fillings of each layout that are written as HTML too."""

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
Split = Literal["train", "dev", "test"]


def articles() -> list[dict]:
    """The articles, by file."""
    return _pieces("articles")


def stories() -> list[dict]:
    """All tellings of the stories; those without text (copies) as header only."""
    return _pieces("stories")


def near_misses() -> list[dict]:
    """Articles that look like a telling of a story (header ``near:``) and are not: the same sides, another day, place or act."""
    return [piece for piece in stories() if "near" in piece["meta"]]


def happenings() -> dict[str, list[list[str]]]:
    """By story, its happenings that more than one telling reports: each the tellings' letters with the number of the event."""
    found: dict[str, list[list[str]]] = {}
    for line in (SOURCES / "happenings.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            story, *chains = line.split()
            found[story] = [chain.split("=") for chain in chains]
    return found


def coded(piece: dict) -> CodedArticle:
    """A piece as the coder's own record, with the hand's codes."""
    by_id = {actor["id"]: actor for actor in piece["actors"]}
    meta, text = piece["meta"], piece["text"]

    def side(parties: list[dict]) -> tuple[Party, ...]:
        actors = [by_id[party["actor"]] for party in parties]
        return tuple(Party(actor=a["id"], text=a["name"], country=a["country"], sectors=tuple(a["sectors"] or ())) for a in actors)  # fmt: skip

    events = tuple(
        Event(
            id=f"e{number}",
            type=event["type"],
            mode=event["mode"],
            cameo=event["cameo"] or "",
            quad=1,
            plover_score=0.0,
            sources=side(event["sources"]),
            targets=side(event["targets"]),
            date=EventDate(**event["date"], precision="day") if event["date"] else None,
            status=event["status"],
            confidence=1.0,
            decided_by="hand",
            spans=EventSpans(
                trigger=tuple(event["spans"]["trigger"]),
                sentence=tuple(event["spans"]["sentence"]),
            ),
        )
        for number, event in enumerate(piece["events"], 1)
    )
    page = Article(
        id=piece["id"], text=text, headline=meta["headline"], outlet=meta["outlet"], published=None, blocks=()
    )
    return CodedArticle(quidnunc="hand", article=page, events=events)


def _pieces(folder: str) -> list[dict]:
    return [piece for path in sorted((SOURCES / folder).glob("*.txt")) for piece in quill.read(path)]


def sentences() -> list[dict]:
    """The single sentences."""
    return [sentence for path in sorted((SOURCES / "sentences").glob("*.txt")) for sentence in quill.sentences(path)]


DEV_WRITERS, TEST_WRITERS = {"w5"}, {"w4"}
"""Whole writers, so that neither a story nor a hand stands on two sides."""


def split_of(name: str) -> Split:
    """The split of a piece or a sentence, by its writer; sentences of x-writers by the number of their file (every seventh)."""
    writer, _, rest = name.partition("-")
    if writer.startswith("x"):
        number = int(rest[:2]) if rest[:2].isdigit() else 0
        return "dev" if number % 7 == 3 else "test" if number % 7 == 6 else "train"
    return "dev" if writer in DEV_WRITERS else "test" if writer in TEST_WRITERS else "train"


def full_pieces(split: Split | None = None) -> list[dict]:
    """Articles and tellings that have a text."""
    return [piece for piece in articles() + stories() if "text" in piece and split in (None, split_of(piece["id"]))]


def event_gold(piece: dict) -> dict:
    """A piece in the form that scorers of coded events read: id, text, published and events with names, countries and sectors."""
    by_id = {actor["id"]: actor for actor in piece["actors"]}
    places = {place["id"]: place for place in piece["places"]}

    def side(parties: list[dict]) -> list[dict]:
        found = [by_id[party["actor"]] for party in parties]
        return [
            {"name": actor["name"], "country": actor["country"] or "", "sector": (actor["sectors"] or [""])[0]}
            for actor in found
        ]

    def sentence_at(span: list[int]) -> str:
        return next((piece["text"][s:e] for s, e in piece["sentences"] if s <= span[0] < e), "")

    events = []
    for event in piece["events"]:
        start, end = event["spans"]["sentence"]
        also = {sentence_at(span) for span in event["also"]} - {piece["text"][start:end], ""}
        events.append(
            {
                "sentence": piece["text"][start:end],
                "trigger": piece["text"][slice(*event["spans"]["trigger"])],
                "type": event["type"],
                "mode": event["mode"],
                "alt_types": event["alt_types"],
                "source": side(event["sources"]),
                "target": side(event["targets"]),
                "status": event["status"],
                "alt_status": event["alt_status"],
                "date": event["date"],
                "place": places[event["place"]]["name"] if event["place"] else "",
                "core": event["core"],
                "also": sorted(also),
            }
        )
    meta = piece["meta"]
    return {
        "id": piece["id"],
        "text": piece["text"],
        "published": meta["published"],
        "headline": meta["headline"],
        "events": events,
    }
