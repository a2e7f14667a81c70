"""The database: everything that was read and coded, kept under the version that coded it.

Store(path_or_url)                SQLite file, or PostgreSQL by URL; a context manager
  .add(coded)                     one CodedArticle or many; adding the same twice changes nothing
  .events(source=, type=, ...)    a table of events: Arrow, Polars or pandas
  .articles()                     a table of articles
  .event(id)                      one event with its article: what ``quidnunc why`` shows
  .correct(id, action, author=)   accept, reject, change, add: what people say, beside the codes; .events(view="corrected")
  .series(source, target)         a pair of countries by month
  .search(words)                  articles by their words
  .find_stories(), .stories()     which articles tell the same story; .story(article): its happenings, each with its reports
  .sql(question)                  SQL that can change nothing
  .diff(old, new)                 what another version of the coder says otherwise
  .archive(folder)                everything as Parquet with checksums
  .coded(...)                     the CodedArticles as they were added
  .ledger()                       what is watched: sources, hosts, pages, alerts
Added, Outcome                    what ``add`` did
Counts                            the conservation law of a run: inputs = articles + duplicates + skipped + failed
Selection                         which events: the filters of ``events``
event_rows(coded), article_row(coded)     the flat rows of a CodedArticle, as ``events`` gives them
event_table(rows), article_table(rows)    tables of such rows
"""

from quidnunc.store._archive import check as check_archive
from quidnunc.store._corrections import Correction
from quidnunc.store._diff import Change
from quidnunc.store._ledger import Alert, Coded, Ledger, Link, iso
from quidnunc.store._rows import StoredArticle, StoredEvent, article_row, by_year, encoded, event_rows, short_id
from quidnunc.store._schema import ARTICLE_COLUMNS, EVENT_COLUMNS, SCHEMA_VERSION
from quidnunc.store._selection import Selection
from quidnunc.store._store import Added, Counts, Failure, Outcome, Store
from quidnunc.store._stories import StoredStory
from quidnunc.store._tables import article_table, event_columns, event_table

__all__ = [
    "ARTICLE_COLUMNS",
    "EVENT_COLUMNS",
    "SCHEMA_VERSION",
    "Added",
    "Alert",
    "Change",
    "Coded",
    "Correction",
    "Counts",
    "Failure",
    "Ledger",
    "Link",
    "Outcome",
    "Selection",
    "Store",
    "StoredArticle",
    "StoredEvent",
    "StoredStory",
    "article_row",
    "article_table",
    "by_year",
    "check_archive",
    "encoded",
    "event_columns",
    "event_rows",
    "event_table",
    "iso",
    "short_id",
]
