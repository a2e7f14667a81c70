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
