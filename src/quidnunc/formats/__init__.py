"""Export: one file per format, each of which says what it cannot say.

FORMATS                           name -> Format
export(store, format, path, ...)  write the events selected; the file is there whole or not at all
Format                            what a new format has to offer
"""

from quidnunc.formats._format import Format, export
from quidnunc.formats._registry import FORMATS

__all__ = ["FORMATS", "Format", "export"]
