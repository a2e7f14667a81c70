"""Where the words around a time expression point, read without a parse: a look back (or ahead) for the next verb."""

from __future__ import annotations

import re

from quidnunc.dates._clock import Direction

REACH = 170
"""Characters looked at on each side."""

_FUTURE = (
    r"will(?! not have| have)|['’]ll|won['’]t|shall|going to|gonna|(?:is|are|was|were|be|been|being) (?:expected|scheduled|planned|slated"
    r"|set|due|poised|supposed|likely|booked|projected|forecast) (?:to|for|on)|(?:expected|scheduled|planned|slated|due|set|booked|planning|plans|plan|intends?|hopes?"
    r"|hoping|aims?|wants?|promised|vowed|pledged|agreed|decided|threatened|threatens|invited|asked|urged|ordered|prepar(?:es|ing)) (?:to|for|on)|scheduled|slated|expected|due|upcoming"
    r"|(?:is|are) to|to be|to (?:meet|begin|start|hold|visit|vote|travel|leave|arrive|open|take|discuss|resume|go|come|make|decide|announce"
    r"|appear|attend|address|speak|talk|present|consider|hear|rule|release|publish|host|sign|run|return|report|face)|ahead of|deadline|starting|beginning|effective|"
    r"should|could|may|might|must|can"
)
_PAST = (
    r"was|were|had|did|said|told|says|has|have|been|made|took|went|came|saw|found|began|met|held|left|fell|rose|won|lost|gave|got|led|sent|ran"
    r"|spoke|broke|shot|struck|hit|cut|put|set|became|brought|bought|sold|paid|kept|felt|grew|wrote|thought|heard|drew|flew|fought|\w{2,20}(?<!ne)ed"
)
_CUES = re.compile(rf"(?<![\w'’])(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))(?![\w])|(?P<future2>['’]ll)\b")
_STOP = re.compile(r"[.!?;](?:[\"”’')]*\s)|\n\s*\n")
_CLOSING = re.compile(r"(?:by|until|till|before)\s$")


def _direction(found: re.Match[str]) -> Direction:
    return "past" if found["past"] else "future"


def direction(low: str, start: int, end: int) -> Direction | None:
    """Where the nearest verb before the expression points; for one that opens its sentence, the first verb after."""
    before = low[max(0, start - REACH) : start]
    stops = [found.end() for found in _STOP.finditer(before)]
    before = before[stops[-1] :] if stops else before
    cues = list(_CUES.finditer(before))
    if cues:
        return _direction(cues[-1])
    after = low[end : end + REACH]
    stop = _STOP.search(after)
    following = _CUES.search(after[: stop.start() + 1] if stop else after)
    return _direction(following) if following else None
