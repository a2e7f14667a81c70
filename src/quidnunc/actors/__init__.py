"""Who: the states, people, organisations and groups of a text, resolved over the whole text.

cast(doc, published=…) -> Cast         every actor of a parsed text and where it is mentioned
Cast, Mention                          actors, mentions, and what stands at a token
resolve(text, context=…, date=…)       one actor phrase on its own -> records.Actor
extend(path)                           lay a CSV or YAML of one's own actors over the knowledge
cow(country), cameo(actor)             Correlates of War number; CAMEO actor string (CHNGOV)
version()                              of the knowledge file
"""

from quidnunc.actors._cast import Cast, Mention, cast
from quidnunc.actors._codes import cameo, cow
from quidnunc.actors._knowledge import extend
from quidnunc.actors._knowledge import ready as version
from quidnunc.actors._resolve import resolve

__all__ = ["Cast", "Mention", "cameo", "cast", "cow", "extend", "resolve", "version"]
