"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

DATABASE = "quidnunc.db"


def database(command: F) -> F:
    """``--db``: which database, that of the folder if none is named."""
    return click.option(
        "--db", default=DATABASE, show_default=True, metavar="FILE", help="SQLite file, or postgresql:// URL."
    )(command)
