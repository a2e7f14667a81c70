"""Pages from the web: one by one, or a list of feeds that is watched.

fetch(url) -> Fetched         one page: its bytes and the URL it was found at in the end
read_feeds(path) -> Feeds     the user's list: what to watch, how politely, what to be told of
Watch(store, feeds, ...)      polls, fetches, codes and stores; its ledger in the store survives any end
"""

from quidnunc.collect._feeds import Feed, Feeds, Mail, Manners, Rule, read_feeds
from quidnunc.collect._fetch import Fetched, fetch
from quidnunc.collect._watch import Report, Watch

__all__ = ["Feed", "Feeds", "Fetched", "Mail", "Manners", "Report", "Rule", "Watch", "fetch", "read_feeds"]
