"""Codes of actors in other data sets: Correlates of War numbers and CAMEO actor strings."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from quidnunc.records import Actor

_PAIR = re.compile(r"([A-Z]{3}) (\d+)")

_CAMEO_AGENTS = {
    "GOV": "GOV", "MIL": "MIL", "COP": "COP", "LEG": "LEG", "JUD": "JUD", "PTY": "PTY", "OPP": "OPP", "REB": "REB", "SPY": "SPY", "UAF": "UAF", "PRM": "UAF",
    "CRM": "CRM", "CVL": "CVL", "JRN": "MED", "MED": "HLH", "BUS": "BUS", "LAB": "LAB", "AGR": "AGR", "EDU": "EDU", "REF": "REF", "REL": "REL", "NGO": "NGO",
    "ELI": "ELI", "PRE": "SEP",
}  # fmt: skip
"""PLOVER sectors and the CAMEO agents that stand for them; PLOVER writes MED for medicine, CAMEO for media."""

_CAMEO_COUNTRIES = {
    "ROU": "ROM",
    "TLS": "TMP",
    "XKX": "KSV",
    "UNO": "IGOUNO",
    "EUR": "IGOEUREEC",
    "IGO": "IGO",
    "IMG": "IMG",
}
"""Where CAMEO's country codes are not ISO's of today, as the dictionaries of openeventdata write them."""


@cache
def _numbers() -> dict[str, int]:
    text = (files("quidnunc.actors") / "data" / "cow.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {code: int(number) for line in lines for code, number in _PAIR.findall(line)}


def cow(country: str | None) -> int | None:
    """The Correlates of War number of a state (ISO 3166-1 alpha-3, or the old codes SUN, YUG, CSK, DDR, SCG); None for others."""
    return _numbers().get(country or "")


def cameo(actor: Actor) -> str:
    """An actor as a CAMEO string: country and agents, such as CHNGOV, HUNLEG, IGOUNO; agents alone (UAF) where no country is known, "" for nobody known.

    Sectors that CAMEO does not have are left out; the order is that of the sectors, each once.
    """
    country = _CAMEO_COUNTRIES.get(actor.country or "", actor.country or "")
    agents = dict.fromkeys(_CAMEO_AGENTS[sector] for sector in actor.sectors if sector in _CAMEO_AGENTS)
    return country + "".join(agents)


_SECTORS = {agent: sector for sector, agent in _CAMEO_AGENTS.items()} | {
    "MED": "JRN",
    "HLH": "MED",
    "UAF": "UAF",
    "SEP": "PRE",
}
_OLD_COUNTRIES = {"ROM": "ROU", "TMP": "TLS", "KSV": "XKX", "ZAR": "COD", "SCG": "SRB", "WSB": "PSE", "GZS": "PSE"}
"""Codes of other data sets, and ours of today."""


def sectors_of_cameo(agents: str) -> tuple[str, ...]:
    """PLOVER sectors of CAMEO agents (``GOVMIL``), each three letters; unknown ones are left out."""
    parts = (agents[k : k + 3] for k in range(0, len(agents), 3))
    return tuple(dict.fromkeys(_SECTORS[part] for part in parts if part in _SECTORS))


def country_of_cameo(code: str) -> str | None:
    """ISO 3166-1 alpha-3 (or IGO, UNO, EUR) of CAMEO's three letters; None for none."""
    code = code.strip().upper()[:3]
    return _OLD_COUNTRIES.get(code, code) or None
