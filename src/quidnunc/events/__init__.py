"""What was done: acts with their parties, PLOVER type and mode, CAMEO code, status and confidence.

find(rooms, threshold=...) -> tuple[Event, ...]              the events of a parsed article with its actors
classify(sentence, source, target) -> dict[str, float]       one sentence, one pair: the 16 types and NONE
may_hold_events(text) -> bool                                whether an article is worth parsing, judged by its words alone
read_codebook(path) -> Codebook                              a user's own types; plover_text() is PLOVER as such a file
"""

from quidnunc.events._candidates import Rooms
from quidnunc.events._classify import classify
from quidnunc.events._codebook import Codebook, plover_text, read_codebook
from quidnunc.events._find import find
from quidnunc.events._gate import may_hold_events

__all__ = ["Codebook", "Rooms", "classify", "find", "may_hold_events", "plover_text", "read_codebook"]
