"""Codes that follow from type and mode: quad class, PLOVER score, CAMEO code and Goldstein value."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from quidnunc.records import EventType

QUAD: dict[str, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""Quad class of each type; SANCTION is material conflict, as in its own section of the PLOVER manual."""

COOPERATIVE = frozenset(t for t, q in QUAD.items() if q in (1, 2))
MATERIAL_CONFLICT = frozenset(t for t, q in QUAD.items() if q == 4)
SPOKEN_CONTENT: dict[str, dict[str, str]] = {
    "AGREE": {"CONSULT": "036", "SUPPORT": "032", "AID": "033", "COOPERATE": "031", "RETREAT": "0356", "CONCEDE": "035"},
    "CONCEDE": {"RETREAT": "0356", "CONCEDE": "035"},
    "REQUEST": {
        "CONSULT": "106", "SUPPORT": "102", "AID": "103", "COOPERATE": "101", "RETREAT": "105", "CONCEDE": "105",
        "ACCUSE": "104", "SANCTION": "104", "ASSAULT": "1012", "COERCE": "1013",
    },
    "REJECT": {
        "CONSULT": "125", "SUPPORT": "120", "AID": "122", "COOPERATE": "121", "RETREAT": "124", "CONCEDE": "124",
    },
    "THREATEN": {
        "SANCTION": "1312", "ASSAULT": "138", "COERCE": "132", "PROTEST": "133", "MOBILIZE": "138", "REJECT": "130",
        "RETREAT": "136", "ACCUSE": "130",
    },
}  # fmt: skip
"""CAMEO code of a spoken act by the type of what is spoken of."""

CONTENT_MODE: dict[str, dict[str, str]] = {
    "REQUEST": {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"},
    "REJECT": {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"},
    "THREATEN": {
        "SANCTION": "relations", "COERCE": "restrict", "ASSAULT": "violence", "MOBILIZE": "violence", "PROTEST": "restrict",
    },
}  # fmt: skip
"""Mode of a spoken act by the type of what is spoken of."""


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[tuple[str, str], float], dict[str, float]]:
    data = files("quidnunc.events") / "data"
    scores: dict[tuple[str, str], float] = {}
    for line in (data / "plover_scores.tsv").read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            kind, mode, value = line.split("\t")
            scores[kind, mode] = float(value)
    goldstein: dict[str, float] = {}
    for line in (data / "goldstein.tsv").read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            code, value = line.split("\t")
            goldstein[code] = float(value)
    return scores, goldstein


def plover_score(kind: EventType, mode: str | None) -> float:
    """Intensity of a type (and mode), -10 to +10, as the PLOVER 2.0 manual lists it."""
    scores, _ = _tables()
    return scores.get((kind, mode or ""), scores[kind, ""])


def goldstein(cameo: str) -> float | None:
    """Goldstein value of a CAMEO code, or of its parent where the code has none of its own."""
    _, values = _tables()
    while cameo:
        if cameo in values:
            return values[cameo]
        cameo = cameo[:-1]
    return None


@lru_cache(maxsize=1)
def _cameo() -> dict[tuple[str, str], str]:
    text = (files("quidnunc.events") / "data" / "cameo.tsv").read_text(encoding="utf8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {(kind, mode): code for kind, mode, code in rows}


def cameo(kind: str, mode: str | None = None) -> str:
    """The CAMEO code of a type and mode where no word tells a finer one; raises KeyError for what PLOVER has not."""
    return _cameo()[kind, mode or ""]
