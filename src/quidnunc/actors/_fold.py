"""Names as keys: what two spellings of one name have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ə": "a",
        "’": "'",
        "ʼ": "'",
    }
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|(?:[^\W\d_]\.)+[^\W\d_]\b(?!\w)")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case without accents, dots and punctuation: "Côte d'Ivoire" and "Cote d' Ivoire" are ``cote d ivoire``, "U.S." is ``us``."""
    if name.isascii():
        plain = name.lower()
    else:
        spread = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
        plain = "".join(c for c in spread if not unicodedata.combining(c)).translate(_LETTERS)
    if "." in plain:
        plain = _DOTTED.sub(lambda found: found.group().replace(".", ""), plain)
    return " ".join(re.findall(r"[^\W_]+", plain))
