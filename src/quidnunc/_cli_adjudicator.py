"""The options of ``quidnunc code`` that ask for a second opinion."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options; the command gets an ``Adjudicator``, or None, as ``adjudicator``."""

    @wraps(command)
    def with_adjudicator(
        *args: Any,
        adjudicator: str | None,
        adjudicate_below: float,
        adjudicator_model: str,
        adjudicator_seconds: float,
        adjudicator_cache: Path | None,
        **rest: Any,
    ) -> Any:
        if adjudicator is None:
            return command(*args, adjudicator=None, **rest)
        from quidnunc.adjudicator import Adjudicator, Endpoint

        endpoint = Endpoint(adjudicator, adjudicator_model, adjudicator_seconds)
        judge = Adjudicator(endpoint, below=adjudicate_below, cache=adjudicator_cache)
        return command(*args, adjudicator=judge, **rest)

    out: Callable[..., Any] = with_adjudicator
    for option in reversed(
        (
            click.option("--adjudicator", metavar="URL", help="Ask an OpenAI-compatible endpoint about doubtful events: their words go there (docs/adjudicator.md)."),
            click.option("--adjudicate-below", type=click.FloatRange(0, 1), default=0.6, show_default=True, metavar="P", help="Events less probable than this are doubtful."),
            click.option("--adjudicator-model", default="default", show_default=True, metavar="NAME", help="The model to ask for."),
            click.option("--adjudicator-seconds", type=click.FloatRange(0.1, 600), default=20, show_default=True, help="To wait for an answer."),
            click.option("--adjudicator-cache", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Where answers are kept; default: the user's cache folder."),
        )
    ):  # fmt: skip
        out = option(out)
    return out
