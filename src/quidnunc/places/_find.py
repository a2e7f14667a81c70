"""Places of a raw text."""

from __future__ import annotations

from quidnunc.places._names import names
from quidnunc.places._rank import resolve
from quidnunc.records import Place


def find(text: str, *, country_hint: str | None = None) -> list[Place]:
    """Places that a text names, left to right, with ``span`` in code points.

    Reads capitalised words only and needs no parse. ``country_hint`` (ISO alpha-3) is the country that the text is about
    or comes from: it decides between namesakes that the text itself does not.
    """
    return resolve(text, list(names(text)), country_hint=country_hint)
