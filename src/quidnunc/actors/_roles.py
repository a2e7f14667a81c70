"""Role nouns: what "the interior minister", "riot police" or "protesters" are, by their words alone.

The words stand in ``data/roles.txt``; a neutral head ("leader", "spokesman", "forces") takes its sector from the words around it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

from quidnunc.actors._fold import fold
from quidnunc.actors._lists import words

Shape = Literal["person", "people", "body", "thing"]


class Role(NamedTuple):
    """What a role noun is. ``sector`` is the noun's own; ``at_home``: by default of the country that the text speaks of."""

    words: str
    sector: str
    shape: Shape
    neutral: bool
    at_home: bool


LONGEST = 5

FORMER = words("roles.former")
"""Modifiers that make an official a former one (ELI)."""

_MODIFIERS = {
    "COP": "police riot-police gendarmerie sheriff constabulary policing narcotics",
    "MIL": "military army navy naval air-force marine marines armed combat infantry artillery special-forces defence defense airborne soldier battlefield war",
    "SPY": "intelligence spy espionage cia",
    "REB": "rebel insurgent guerrilla militant terrorist terror jihadist jihadi islamist separatist secessionist extremist mujahideen rebels insurgency liberation suicide al-qaeda",
    "UAF": "militia paramilitary mercenary vigilante gunmen armed-group",
    "OPP": "opposition dissident anti-government pro-democracy antigovernment",
    "LEG": "parliamentary congressional senate legislative parliament congress house lawmaker committee",
    "JUD": "judicial court prosecution supreme-court prosecutor legal tribunal",
    "PTY": "party campaign republican democratic conservative democrat electoral communist socialist liberal gop coalition presidential-campaign tory far-right right-wing left-wing",
    "LAB": "union labor labour trade-union strike workers",
    "BUS": "business company industry bank corporate firm trade-group oil tech airline banking mining factory investment hedge-fund",
    "JRN": "media press newspaper news television tv radio broadcasting broadcaster",
    "EDU": "student university school academic education-union college campus",
    "REL": "religious muslim christian church catholic buddhist hindu jewish islamic spiritual sunni shiite shia evangelical orthodox mosque clerical sikh",
    "CRM": "gang criminal mafia cartel drug smuggling trafficking crime mob theft",
    "NGO": "aid relief humanitarian rights human-rights charity environmental ngo advocacy nonprofit watchdog",
    "CVL": "protest community tribal indigenous civil civic civilian neighborhood neighbourhood village local-community protester grassroots kurdish-tribal protesters victims victim resident women ethnic",
    "MED": "medical hospital nursing medicine ambulance",
    "REF": "refugee migrant asylum",
    "AGR": "farm farmers agricultural peasant",
    "GOV": "government presidential ministerial ministry cabinet diplomatic foreign embassy state federal provincial municipal administration treasury regional justice-department state-department white-house",
    "PRE": "breakaway",
}  # fmt: skip
MODIFIERS: dict[str, str] = {fold(word): sector for sector, words in _MODIFIERS.items() for word in words.split()}
"""Folded modifier to the sector that it lends a neutral head."""

TITLES = {
    "mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "lord": "m", "lady": "f", "dame": "f", "madam": "f", "madame": "f",
    "dr": "", "doctor": "", "prof": "",
}  # fmt: skip
"""Forms of address, and the sex that they tell."""

SHORT_TITLES = {
    "sen": "senator", "rep": "member of congress", "gov": "governor", "gen": "general", "col": "colonel", "lt": "lieutenant", "maj": "major",
    "capt": "captain", "sgt": "sergeant", "adm": "admiral", "pres": "president", "atty": "attorney", "cmdr": "commander", "brig": "brigadier",
    "rev": "reverend", "supt": "superintendent", "insp": "inspector", "cpl": "corporal", "hon": "minister", "amb": "ambassador", "sens": "senator",
    "reps": "member of congress", "gens": "general", "govs": "governor", "fr": "priest", "pm": "prime minister", "fm": "foreign minister", "sec": "secretary",
    "lt gen": "lieutenant general", "maj gen": "major general", "brig gen": "brigadier general", "lt col": "lieutenant colonel", "lt gov": "lieutenant governor",
}  # fmt: skip
"""Titles as abbreviated before names."""


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Role]:
    """Folded role words (the last one a lemma) to what they are."""
    table: dict[str, Role] = {}
    text = (files("quidnunc.actors") / "data" / "roles.txt").read_text(encoding="utf8")
    sector, shape, flags = "", "person", set[str]()
    for line in text.splitlines():
        if line.startswith("["):
            sector, shape, *rest = line.strip("[] ").split()
            flags = set(rest)
        elif line and not line.startswith("#"):
            for words in line.split(","):
                key = fold(words)
                if key and key not in table:
                    table[key] = Role(key, sector, cast(Shape, shape), "neutral" in flags, "stateless" not in flags)
    return table


def look(words: list[str]) -> tuple[Role, int] | None:
    """The role of the longest run at the end of ``words`` (folded, last one a lemma) and how many words it takes."""
    table = lexicon()
    for n in range(min(LONGEST, len(words)), 0, -1):
        found = table.get(" ".join(words[-n:]))
        if found is not None:
            return found, n
    return None


def _forms(word: str) -> tuple[str, ...]:
    """A folded word and what it may be the plural or possessive of ("owners'", "strikers")."""
    bare = word.removesuffix("'").removesuffix("'s")
    return (word, bare, bare.removesuffix("s"))


def sector_by_modifiers(words: list[str]) -> str | None:
    """The sector that the words before (or in the of-phrase after) a neutral head lend it, the nearest first."""
    for n, word in enumerate(reversed(words)):
        at = len(words) - 1 - n
        longer = look(words[: at + 1])
        if longer and longer[1] > 1 and not longer[0].neutral:
            return longer[0].sector
        pair = MODIFIERS.get(f"{words[at - 1]} {word}") if at else None
        found = pair or MODIFIERS.get(word)
        if found is None:
            found = next((r.sector for form in _forms(word) if (r := lexicon().get(form)) and not r.neutral), None)
        if found:
            return found
    return None
