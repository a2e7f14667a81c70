"""What was done: acts with their parties, PLOVER type and mode, CAMEO code, status and confidence.

find(rooms, threshold=...) -> tuple[Event, ...]              the events of a parsed article with its actors
classify(sentence, source, target) -> dict[str, float]       one sentence, one pair: the 16 types and NONE
read_codebook(path) -> Codebook                              a user's own types; plover_text() is PLOVER as such a file
"""

from quidnunc.events._candidates import Rooms
from quidnunc.events._classify import classify
from quidnunc.events._codebook import Codebook, plover_text, read_codebook
from quidnunc.events._find import find

__all__ = ["Codebook", "Rooms", "classify", "find", "plover_text", "read_codebook"]
