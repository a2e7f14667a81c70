"""What kind of language a line is: running prose, a title, a cut-off teaser."""

from __future__ import annotations

import re

from quidnunc.pages._line import Line

_ENDS = re.compile(r"[.!?…。！？؟।:;][\"'”’»)\]】」』*†]{0,3}$|[”\"’»]$|''$")
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s?$")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


def is_cut(text: str) -> bool:
    """It breaks off with dots, as teasers do."""
    return _CUT.search(text[-8:]) is not None


def ends_sentence(text: str) -> bool:
    """It ends as a sentence does: with a stop or a closing quotation mark after one."""
    return _ENDS.search(text[-5:]) is not None


def weight(line: Line) -> int:
    """Its length in words; for scripts that are written without spaces, half of its characters."""
    if line.words * 12 < len(line.text) and _CJK.search(line.text):
        return max(line.words, len(line.text) // 2)
    return line.words


def is_prose(line: Line) -> bool:
    """A sentence or more: long, or long enough and ended as sentences are."""
    size = weight(line)
    if is_cut(line.text):
        return size >= 45
    return size >= 22 or (size >= 6 and ends_sentence(line.text))


def is_title(line: Line) -> bool:
    """A headline by its form: three to thirty words, not ended by a stop."""
    size = weight(line)
    return 3 <= size <= 30 and len(line.text) <= 250 and not line.text.rstrip("\"'”’").endswith((".", ";", ",", ":"))


def content_words(text: str) -> set[str]:
    """The words of four letters and more, in lower case, without plural and possessive endings."""
    words = re.findall(r"[^\W\d_]{4,}", text[:6000].lower())
    return {word[:6] for word in words}
