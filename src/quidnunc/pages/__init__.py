"""Pages: HTML or flattened text in, an Article with every block of the page labelled out."""

from quidnunc.pages._article import card_article
from quidnunc.pages._carried import read_page
from quidnunc.pages._read import read

__all__ = ["card_article", "read", "read_page"]
