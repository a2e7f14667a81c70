"""quidnunc reads the news and writes down who did what to whom, when, where, and who says so.

    code(page)                one page, HTML or text -> CodedArticle
    code_all(pages)           many, in order and in batches
    Page, Options             an input with what is known about it; what a user may set
    Store                     the database of coded articles
    schema()                  JSON Schema of what is written
    records, errors           the nouns that all rooms share, and all that is raised on purpose

Each room can be used alone: ``quidnunc.pages``, ``language``, ``actors``, ``dates``, ``places``, ``statements``, ``events``,
``stories``, ``store``, ``formats``, ``collect``, ``evaluation``. Nothing heavy is loaded before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from quidnunc._version import __version__

if TYPE_CHECKING:
    from quidnunc._schema import schema
    from quidnunc.coder import Options, code, code_all
    from quidnunc.records import CodedArticle, Page
    from quidnunc.store import Store

__all__ = ["CodedArticle", "Options", "Page", "Store", "__version__", "code", "code_all", "schema"]

_HOMES = {
    "CodedArticle": "quidnunc.records",
    "Options": "quidnunc.coder",
    "Page": "quidnunc.records",
    "Store": "quidnunc.store",
    "code": "quidnunc.coder",
    "code_all": "quidnunc.coder",
    "schema": "quidnunc._schema",
}
_ROOMS = frozenset(
    [
        "actors",
        "adjudicator",
        "collect",
        "dates",
        "errors",
        "evaluation",
        "events",
        "formats",
        "language",
        "pages",
        "places",
        "records",
        "statements",
        "store",
        "stories",
    ]
)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in _ROOMS:
        return import_module(f"quidnunc.{name}")
    raise AttributeError(f"module 'quidnunc' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_ROOMS})
