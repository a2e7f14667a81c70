"""Who says so: direct and reported speech, its speakers, and the chain through which it reached the reader.

find(text) -> list[Attribution]                     in a bare text
in_doc(doc, cast, ...) -> tuple[Statement, ...]     in a parsed article with its actors resolved
with_speakers(doc, cast, statements) -> Cast        "we" and "I" in quotations as mentions of those who speak
"""

from quidnunc.statements._find import Attribution, find, in_parse
from quidnunc.statements._resolve import in_doc, innermost
from quidnunc.statements._speakers import with_speakers

__all__ = ["Attribution", "find", "in_doc", "in_parse", "innermost", "with_speakers"]
