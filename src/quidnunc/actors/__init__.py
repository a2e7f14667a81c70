"""Who: the states, people, organisations and groups of a text, resolved over the whole text.

cast(doc, published=…) -> Cast         every actor of a parsed text and where it is mentioned
Cast, Mention                          actors, mentions, and what stands at a token
resolve(text, context=…, date=…)       one actor phrase on its own -> records.Actor
extend(path)                           lay a CSV or YAML of one's own actors over the knowledge
cow(country), cameo(actor)             Correlates of War number; CAMEO actor string (CHNGOV); back: country_of_cameo, sectors_of_cameo
version()                              of the knowledge file
"""

from quidnunc.actors._cast import Cast, Mention, cast
from quidnunc.actors._codes import cameo, country_of_cameo, cow, sectors_of_cameo
from quidnunc.actors._knowledge import extend
from quidnunc.actors._knowledge import ready as version
from quidnunc.actors._resolve import resolve

__all__ = [
    "Cast",
    "Mention",
    "cameo",
    "cast",
    "country_of_cameo",
    "cow",
    "extend",
    "resolve",
    "sectors_of_cameo",
    "version",
]
