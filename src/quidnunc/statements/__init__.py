"""Who says so: direct and reported speech, its speakers, and the chain through which it reached the reader.

find(text) -> list[Attribution]                     in a bare text
in_doc(doc, cast, ...) -> tuple[Statement, ...]     in a parsed article with its actors resolved
"""

from quidnunc.statements._find import Attribution, find, in_parse
from quidnunc.statements._resolve import in_doc, innermost

__all__ = ["Attribution", "find", "in_doc", "in_parse", "innermost"]
