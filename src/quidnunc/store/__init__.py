"""The database: everything that was read and coded, kept under the version that coded it.

Store(path_or_url)                SQLite file, or PostgreSQL by URL; a context manager
  .add(coded)                     one CodedArticle or many; adding the same twice changes nothing
  .events(source=, type=, ...)    a table of events: Arrow, Polars or pandas
  .articles()                     a table of articles
  .event(id)                      one event with its article: what ``quidnunc why`` shows
  .coded(...)                     the CodedArticles as they were added
Added, Outcome                    what ``add`` did
Counts                            the conservation law of a run: inputs = articles + duplicates + skipped + failed
Selection                         which events: the filters of ``events``
event_rows(coded)                 the flat rows of a CodedArticle, as ``events`` gives them
"""

from quidnunc.store._rows import StoredArticle, StoredEvent, event_rows, short_id
from quidnunc.store._schema import ARTICLE_COLUMNS, EVENT_COLUMNS, SCHEMA_VERSION
from quidnunc.store._selection import Selection
from quidnunc.store._store import Added, Counts, Failure, Outcome, Store
from quidnunc.store._tables import event_columns, event_table

__all__ = [
    "ARTICLE_COLUMNS",
    "EVENT_COLUMNS",
    "SCHEMA_VERSION",
    "Added",
    "Counts",
    "Failure",
    "Outcome",
    "Selection",
    "Store",
    "StoredArticle",
    "StoredEvent",
    "event_columns",
    "event_rows",
    "event_table",
    "short_id",
]
