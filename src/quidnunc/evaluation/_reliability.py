"""Krippendorff's alpha and Cohen's kappa of each field, over events that two codings share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from quidnunc.errors import ModelError
from quidnunc.evaluation._codings import CodedEvent

Value = Callable[[CodedEvent], str]

FIELDS: dict[str, Value] = {
    "type": lambda event: event.type,
    "mode": lambda event: event.mode or "-",
    "status": lambda event: event.status,
    "source countries": lambda event: " ".join(sorted(event.sources)) or "-",
    "target countries": lambda event: " ".join(sorted(event.targets)) or "-",
    "date": lambda event: "/".join(event.date) if event.date else "-",
}


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on one field: the share that is the same, and the two coefficients (None where only one value occurs)."""

    name: str
    events: int
    same: float
    alpha: float | None
    kappa: float | None


def fields(pairs: Sequence[tuple[CodedEvent, CodedEvent]]) -> tuple[Field, ...]:
    """Every field's agreement; nothing where no event is shared."""
    if not pairs:
        return ()
    return tuple(_field(name, [(value(a), value(b)) for a, b in pairs]) for name, value in FIELDS.items())


def _field(name: str, said: Sequence[tuple[str, str]]) -> Field:
    same = sum(a == b for a, b in said) / len(said)
    return Field(name=name, events=len(said), same=same, alpha=alpha(said), kappa=kappa(said))


def alpha(said: Sequence[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha of two coders, nominal; None where only one value occurs."""
    return float(_task(said).alpha()) if _varied(said) else None


def kappa(said: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two coders; None where only one value occurs."""
    return float(_task(said).kappa()) if _varied(said) else None


def _varied(said: Sequence[tuple[str, str]]) -> bool:
    return len({value for pair in said for value in pair}) > 1


def _task(said: Sequence[tuple[str, str]]) -> Any:
    try:
        from nltk.metrics.agreement import AnnotationTask
    except ImportError as error:
        raise ModelError("nltk is not installed, and alpha and kappa need it: pip install 'quidnunc[evaluation]'") from error  # fmt: skip
    return AnnotationTask([(coder, at, pair[coder]) for at, pair in enumerate(said) for coder in (0, 1)])
