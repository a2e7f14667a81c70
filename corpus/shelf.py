"""Loads the corpus from its sources: articles, stories, single sentences, and their splits."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import quill

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
Split = Literal["train", "dev", "test"]


def articles() -> list[dict]:
    """The articles, by file."""
    return _pieces("articles")


def stories() -> list[dict]:
    """All tellings of the stories; those without text (copies) as header only."""
    return _pieces("stories")


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
