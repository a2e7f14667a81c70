"""Carriers: the forms in which pages reach us, one file each.

open_pages(name, data)   the pages of an input, an InputError in the place of each bad record
Pages                    what it gives: an iterator that also counts what was skipped
READERS                  all readers, in the order in which they are asked
warc_member(data)        where the next gzip member that begins a WARC record stands: files are cut there
Reader, Head, Source     what a new reader has to offer and what it is given
"""

from quidnunc.pages.carriers._open import READERS, Pages, open_pages
from quidnunc.pages.carriers._reader import Head, Reader, Source
from quidnunc.pages.carriers._warc_members import find_member as warc_member

__all__ = ["READERS", "Head", "Pages", "Reader", "Source", "open_pages", "warc_member"]
