"""Pages from the web.

fetch(url) -> Fetched         one page: its bytes and the URL it was found at in the end
"""

from quidnunc.collect._fetch import Fetched, fetch

__all__ = ["Fetched", "fetch"]
