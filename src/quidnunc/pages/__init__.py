"""Pages: HTML or flattened text in, an Article with every block of the page labelled out.

read(page, url=..., published=..., fetched=...)    one page
open_pages(name, data)                             the pages of whatever carries them: a feed, a WARC file, a table ...
read_page(page)                                    one of those, with what its carrier knows
card_article(card, parent)                         a related card as a small article
canonical_url(url)                                 without fragment and tracking parameters
article_id(url, headline, text)                    what an article is called
"""

from quidnunc.pages._article import article_id, card_article
from quidnunc.pages._carried import read_page
from quidnunc.pages._metadata import canonical_url
from quidnunc.pages._read import read
from quidnunc.pages.carriers import open_pages

__all__ = ["article_id", "canonical_url", "card_article", "open_pages", "read", "read_page"]
