"""A kind of JSON object that is known by its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quidnunc.errors import InputError
from quidnunc.pages.carriers._reader import Source
from quidnunc.records import Page

Json = Mapping[str, Any]
"""A decoded JSON object."""


@dataclass(frozen=True)
class Shape:
    """A kind of JSON object that holds one or more pages."""

    name: str
    is_for: str
    """Who writes it, in a few words."""
    claims: Callable[[Json], bool]
    """Whether an object is of this kind, by its keys."""
    pages: Callable[[Json, str, Source], Iterator[Page | InputError]]
    """The pages of an object that is, given the name of the record."""
