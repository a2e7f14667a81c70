"""Where the words around a time expression point, read without a parse: a look back (or ahead) for the next verb."""

from __future__ import annotations

import re

from quidnunc.dates._clock import Direction

REACH = 150
"""Characters looked at on each side."""

_PLANS = (
    "expected|scheduled|planned|planning|slated|due|set|booked|plans?|intends?|hopes?|hoping|aims?|wants?|promised|promises|vowed|vows|pledged"
    "|pledges|agreed|agrees|decided|threatened|threatens|invited|asked|urged|ordered|prepared|prepar(?:es|ing)|poised|supposed|likely|projected"
    "|forecast|proposed|proposes|ready|seeks?|needs?|calls?|allows?|want|be able|upcoming"
)
_INFINITIVES = (
    "be|meet|begin|start|hold|visit|vote|travel|leave|arrive|open|take|discuss|resume|go|come|make|decide|announce|appear|attend|address"
    "|speak|talk|present|consider|hear|rule|release|publish|host|sign|run|return|report|face|testify|send|fly|launch|deliver|give|close|end"
    "|join|play|reach|complete|finish|pay|issue|lead|stage|strike|march|protest|gather|convene|rally"
)
_FUTURE = (
    rf"(?:{_PLANS}) (?:to|for|on)(?: (?:be )?\w+)?|(?:is|are|was|were|be) (?:being )?(?:{_PLANS})|scheduled|slated|expected|planned|planning"
    rf"|(?:will|shall|won['’]t|['’]ll|going to|would|should|may|might|must|can)(?: not| also| then| likely| probably)?(?: (?:be|have been))?(?: \w+)?"
    rf"|to (?:{_INFINITIVES})(?: \w+(?:ed|en|ld|wn|de|nt))?|deadline|payable|effective"
)
_PAST = (
    r"was|were|had|did|said|told|says|has|have|been|made|took|went|came|saw|found|began|met|held|left|fell|rose|won|lost|gave|got|led|sent|ran"
    r"|spoke|broke|shot|struck|hit|cut|put|became|brought|bought|sold|paid|kept|felt|grew|wrote|thought|heard|drew|flew|fought|tore|swept|threw"
    r"|blew|drove|shook|woke|caught|taught|built|spent|stood|sat|lay|knew|slid|sank|sought|(?!united|need|indeed|speed|hundred|limited|armed|sacred|wounded)\w{2,20}ed"
)
_CUES = re.compile(rf"(?<![\w'’])(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))(?![\w])|(?P<later>['’]ll \w+)")
_RIGHT_AFTER = re.compile(rf"\s(?:(?P<future>will|would|is to|are to)|(?P<past>{_PAST}))(?!\w)")
_STOP = re.compile(r"[.!?;](?:[\"”’')]*\s)|\n\s*\n|\s['‘]{2}\s")
_UNTIL = re.compile(r"(?:until|till|ahead of|as soon as|as early as|no later than)(?: the)? $")
_SINCE = re.compile(r"since(?: the| last)? $")
_COMING = re.compile(r"(?:upcoming|for|before|in|at) (?:the )?$")
_NOT = re.compile(r"\b(?:not|n['’]t|never)\b")
_ABBREVIATION = re.compile(
    r"\b(?:u\.s|mr|mrs|ms|dr|gen|sen|rep|gov|lt|col|st|jan|feb|mar|apr|aug|sept|oct|nov|dec|a\.m|p\.m|inc|corp|co|u\.n|u\.k)\.\s$"
)


def _since_stop(before: str) -> str:
    """The part after the last end of a sentence."""
    start = 0
    for found in _STOP.finditer(before):
        if not _ABBREVIATION.search(before[: found.end()]):
            start = found.end()
    return before[start:]


def certain(low: str, start: int, end: int) -> Direction | None:
    """What the words right beside the expression decide: since, until, as soon as, "Wednesday's ruling"."""
    before = _since_stop(low[max(0, start - REACH) : start])
    if _SINCE.search(before):
        return "past"
    if _UNTIL.search(before) or low.startswith(("as soon as", "as early as"), start):
        late = _NOT.search(before[-70:]) or (len(before) < 8 and _NOT.search(low[end : end + 40]))
        return "past" if late else "future"
    if low.startswith(("'s", "’s"), end) and not _COMING.search(before):
        return "past"
    right = _RIGHT_AFTER.match(low, end)
    return None if right is None else "past" if right["past"] else "future"


def direction(low: str, start: int, end: int) -> Direction | None:
    """Where the nearest verb before the expression points; for one that opens its sentence, the first verb after."""
    if sure := certain(low, start, end):
        return sure
    before = _since_stop(low[max(0, start - REACH) : start])
    cues = list(_CUES.finditer(before))
    if cues:
        return "past" if cues[-1]["past"] else "future"
    after = low[end : end + REACH]
    stop = _STOP.search(after)
    following = _CUES.search(after[: stop.start() + 1] if stop else after)
    return None if following is None else "past" if following["past"] else "future"
