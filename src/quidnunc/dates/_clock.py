"""What a time expression is relative to, and what it comes to mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from quidnunc.dates._values import Days

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Direction = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class Clock:
    """Now, as the text sees it: the day of publication, the way its verb points, and the last date it named."""

    day: date | None
    """Day of publication (or of the dateline); None: unknown."""
    direction: Direction | None = None
    """Where the governing verb points; None: nobody knows."""
    last: Days | None = None
    """Days of the last date named before this expression."""
    quarter: str | None = None
    """TIMEX3 value of a quarter named shortly before, for "a year earlier" in results stories."""


class Meaning(NamedTuple):
    """A TIMEX3 type and value; ``days`` only where the value alone does not tell the interval."""

    type: TimexType
    value: str
    days: Days | None = None
