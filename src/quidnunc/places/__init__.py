"""Where: place names resolved to a gazetteer, and the place of each event.

    find(text, country_hint=...) -> list[Place]        on raw text, without a parse
    in_doc(doc, ...) -> PlaceIndex                      over the parse: .places, .event_place(token)
    key_of(name)                                        the form under which the gazetteer files a name

Gazetteer: GeoNames (CC BY 4.0) and a table of strategic places of our own.
"""

from quidnunc.places._find import find
from quidnunc.places._gazetteer import key_of
from quidnunc.places._index import PlaceIndex, in_doc

__all__ = ["PlaceIndex", "find", "in_doc", "key_of"]
