"""The public sets: each a module with ``load(path)`` and ``score(rows, rounds)``; nothing of them is shipped.

docs/evaluation.md says where their authors publish them and which files are read.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from quidnunc.errors import InputError
from quidnunc.evaluation._intervals import ROUNDS
from quidnunc.evaluation._result import Result

FIELDS = {
    "plv": ("sentence", "marked", "root"), "coped": ("tokens", "spans", "penta"), "gsr": ("text", "event", "source", "target"),
    "actors": ("text", "context", "date", "method", "expect"), "timeml": ("text", "timexes"), "polnear": ("text", "attributions"),
    "pages": ("page", "body"), "articles": ("id", "text", "events"),
}  # fmt: skip
"""What every item of a set must have."""

SETS = ("plv", "coped", "gsr", "actors", "timeml", "polnear", "pages", "articles")


def evaluate(name: str, path: str | Path, *, rounds: int = ROUNDS, limit: int | None = None) -> Result:
    """Score quidnunc on one set, given as its authors publish it or as JSON lines.

    ``rounds``: of the bootstrap, whose seed is fixed. ``limit``: only the first so many items. Raises InputError for a set or file that is not there or does not fit.
    """
    if name not in SETS:
        raise InputError(f"there is no set {name!r}: choose from {', '.join(SETS)}")
    place = Path(path)
    if not place.exists():
        raise InputError(f"{place}: it is not there; docs/evaluation.md says where {name} is published")
    module: Any = import_module(f"quidnunc.evaluation.sets.{name}")
    try:
        rows = module.load(place)[:limit]
        for number, row in enumerate(rows, 1):
            if lacking := [field for field in FIELDS[name] if field not in row]:
                raise InputError(f"{place}: item {number} has no {', '.join(lacking)}: is it {name}? See docs/evaluation.md")  # fmt: skip
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise InputError(f"{place}: it does not look like {name} ({type(error).__name__}: {error}); see docs/evaluation.md") from error  # fmt: skip
    if not rows:
        raise InputError(f"{place}: nothing of {name} is in there; see docs/evaluation.md")
    result: Result = module.score(rows, rounds)
    return result
