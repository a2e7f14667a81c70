"""Other people's codes as CodedArticles, so that they can be stored, counted and compared beside one's own.

FORMATS                              name -> Importer
read(path, format, ...)              CodedArticles, with what could not be read in a Tally
load(store, path, format, ...)       the same into a store

Every imported event keeps its own row as its words, and says where it came from: ``CodedArticle.quidnunc`` is ``import:gdelt`` and so on.
"""

from quidnunc.imports._files import Refused, Tally
from quidnunc.imports._registry import FORMATS, Importer, load, read

__all__ = ["FORMATS", "Importer", "Refused", "Tally", "load", "read"]
