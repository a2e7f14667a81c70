"""Word lists of this room, by name, from ``data/words.txt``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from quidnunc.errors import KnowledgeError


@lru_cache(maxsize=1)
def _sections() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    name = ""
    for line in (files("quidnunc.actors") / "data" / "words.txt").read_text(encoding="utf8").splitlines():
        if line.startswith("["):
            name = line.strip("[] ")
        elif line.strip() and not line.startswith("#"):
            table[name] = table.get(name, frozenset()) | frozenset(
                word.strip() for word in line.split(",") if word.strip()
            )
    return table


def words(name: str) -> frozenset[str]:
    """The words of the section ``[name]``; raises KnowledgeError where there is none."""
    found = _sections().get(name)
    if found is None:
        raise KnowledgeError(f"data/words.txt of quidnunc.actors has no section [{name}]")
    return found
