"""One sentence and one pair of parties: how probable is each type."""

from __future__ import annotations

from typing import get_args

from quidnunc.actors import Cast, Mention, Side_from_spans
